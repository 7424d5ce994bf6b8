import { problemsIn, type Problem } from '../kernel/index';
import { workOrderCommands } from './commands';
import { FIELD_FACTS, fieldFactItem, type FieldFactName } from './field-facts';

const shapes = new Map(FIELD_FACTS.map((fact) => [fact, fieldFactItem(fact)]));

/**
 * What is wrong with the body of RecordFacts, down to the field: the schema of a choice can only say that none of its
 * shapes fits, so each item is held against the shape that its own `fact` names.
 */
export const problemsInBatch = (body: unknown, limit = 50): readonly Problem[] => {
  const whole = problemsIn(workOrderCommands.RecordFacts.data, body, limit);
  const facts: unknown = (body as { readonly facts?: unknown } | null)?.facts;
  if (whole.length === 0 || !Array.isArray(facts) || facts.length > 100) return whole;
  const closer = facts.flatMap((item: unknown, index) => problemsInItem(item, `/facts/${index}`));
  return [...whole.filter(({ pointer }) => !/^\/facts\/\d+/.test(pointer)), ...closer].slice(0, limit);
};

const problemsInItem = (item: unknown, at: string): readonly Problem[] => {
  const fact = typeof item === 'object' && item !== null ? (item as { readonly fact?: unknown }).fact : undefined;
  const shape = shapes.get(fact as FieldFactName);
  if (!shape) return [{ pointer: `${at}/fact`, message: 'not the name of a fact' }];
  return problemsIn(shape, item).map(({ pointer, message }) => ({ pointer: `${at}${pointer}`, message }));
};
