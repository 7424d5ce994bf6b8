import { idOf, type Problem, type Registry } from '@aftercare/domain';
import type { CommandOutcome } from '@aftercare/event-store';
import { notFound, problem, ProblemError } from '../http/problem';
import { textOfRefusal } from '../http/refusal-texts';
import type { CommandRoute } from './command-routes';

/** Body of every command's answer. */
export interface CommandAnswer {
  readonly id: string;
  readonly revision: number;
  /** True: this key had been used before; the first result is returned. */
  readonly repeated: boolean;
  /** What was recorded, without personal parts. */
  readonly events: readonly { readonly type: string; readonly eventId: string; readonly data: unknown }[];
  /** The ticket's number, on creation. */
  readonly number?: string;
}

interface Answer {
  readonly status: 200 | 201;
  readonly body: CommandAnswer;
  readonly position?: string;
  readonly location?: string;
}

/** Turns what came of a command into an answer, or throws the problem that it is. */
export const answerOf = (
  outcome: CommandOutcome,
  route: Pick<CommandRoute, 'creates' | 'aggregate'>,
  registry: Registry,
): Answer => {
  if (outcome.status !== 'done') throw problemOf(outcome, registry);
  const id = idOf(outcome.stream);
  const number = numberIn(outcome.events);
  return {
    status: route.creates ? 201 : 200,
    body: {
      id,
      ...(number === undefined ? {} : { number }),
      revision: outcome.revision,
      repeated: outcome.repeated,
      events: outcome.events.map(({ type, eventId, data }) => ({ type, eventId, data })),
    },
    ...(outcome.position === undefined ? {} : { position: outcome.position }),
    ...(route.creates ? { location: `/${route.aggregate.collection}/${id}` } : {}),
  };
};

const numberIn = (events: readonly { readonly data: unknown }[]): string | undefined => {
  const number = (events[0]?.data as { number?: unknown } | undefined)?.number;
  return typeof number === 'string' ? number : undefined;
};

/** 409 for a refusal, 412 with what is there now, 404, 422; the texts come from the domain. */
export const problemOf = (outcome: Exclude<CommandOutcome, { status: 'done' }>, registry: Registry): ProblemError => {
  switch (outcome.status) {
    case 'refused':
      return refusalOf(outcome, registry);
    case 'not-found':
      return notFound();
    case 'stale':
      return problem('PRECONDITION.FAILED', {
        details: { revision: outcome.revision },
        headers: { etag: `"${outcome.revision}"` },
      });
    case 'conflict':
      return problem('CONFLICT.CONCURRENT_CHANGE');
    case 'key-reused':
      return problem('IDEMPOTENCY.KEY_REUSED');
  }
};

/** A rule that points into the body found it malformed: 400 with all pointers. Any other refusal is a conflict: 409. */
const refusalOf = (
  { code, details }: Extract<CommandOutcome, { status: 'refused' }>,
  registry: Registry,
): ProblemError => {
  const { problems, ...rest } = details as { readonly problems?: readonly Problem[] };
  return new ProblemError(code, {
    status: problems !== undefined || code === 'EVENT.OCCURRED_IN_FUTURE' ? 400 : 409,
    details: rest,
    ...(problems === undefined ? {} : { errors: problems }),
    says: textOfRefusal(code, registry),
  });
};
