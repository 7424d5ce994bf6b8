import type { TicketType } from '@aftercare/domain';
import type { LabelledMessage } from './messages';

/** What intake makes of one text. */
export interface Judgement {
  readonly type: TicketType;
  readonly safety: boolean;
}

/** Totals over many messages; shares lie between 0 and 1. */
export interface Evaluation {
  readonly messages: number;
  /** `confusion[labelled][found]` = how many messages. */
  readonly confusion: Readonly<Partial<Record<TicketType, Readonly<Partial<Record<TicketType, number>>>>>>;
  /** Share whose type is the labelled one; unclassified counts as wrong. */
  readonly typeRight: number;
  readonly unclassified: number;
  readonly safety: {
    readonly found: number;
    readonly missed: number;
    readonly falseAlarms: number;
    /** Of the labelled hazards, the share that was found. */
    readonly recall: number;
    /** Of what was called a hazard, the share that is labelled one. */
    readonly precision: number;
  };
}

/** What issue 3 promises on messages that the lists weren't tuned on. */
export const TARGETS = { safetyRecall: 0.95, safetyPrecision: 0.75, typeRight: 0.8, unclassified: 0.12 } as const;

/** Compares labels with judgements; only totals come out, so it may be run on messages that nobody may look at. */
export const evaluate = (rows: readonly LabelledMessage[], judge: (text: string) => Judgement): Evaluation => {
  const judged = rows.map((row) => ({ label: row, found: judge(row.text) }));
  const count = (holds: (pair: (typeof judged)[number]) => boolean): number => judged.filter(holds).length;
  const found = count(({ label, found: made }) => label.safety && made.safety);
  const missed = count(({ label, found: made }) => label.safety && !made.safety);
  const falseAlarms = count(({ label, found: made }) => !label.safety && made.safety);
  const confusion: Partial<Record<TicketType, Partial<Record<TicketType, number>>>> = {};
  for (const { label, found: made } of judged) {
    const row = (confusion[label.type] ??= {});
    row[made.type] = (row[made.type] ?? 0) + 1;
  }
  return {
    messages: rows.length,
    confusion,
    typeRight: share(
      count(({ label, found: made }) => label.type === made.type),
      rows.length,
    ),
    unclassified: share(
      count(({ found: made }) => made.type === 'unclassified'),
      rows.length,
    ),
    safety: {
      found,
      missed,
      falseAlarms,
      recall: share(found, found + missed),
      precision: share(found, found + falseAlarms),
    },
  };
};

const share = (part: number, whole: number): number => (whole === 0 ? 1 : part / whole);

/** The confusion table and the totals as text: a row per labelled type, a column per type found. */
export const describeEvaluation = (title: string, evaluation: Evaluation, types: readonly TicketType[]): string => {
  const { confusion, safety } = evaluation;
  const width = Math.max(...types.map((type) => type.length)) + 2;
  const cell = (text: string | number): string => String(text).padStart(6);
  const lines = types.map((label) => {
    const row = confusion[label] ?? {};
    const all = Object.values(row).reduce((sum, one) => sum + one, 0);
    const counts = types.map((type) => cell(row[type] ?? '·')).join('');
    return `${label.padEnd(width)}${counts}${cell(all)}${cell(all === 0 ? '' : percent((row[label] ?? 0) / all))}`;
  });
  const heading = `${'labelled \\ found'.padEnd(width)}${types.map((type) => cell(short(type))).join('')}${cell('all')}${cell('right')}`;
  return [
    `${title}: ${evaluation.messages} messages`,
    heading,
    ...lines.filter((line) => !line.startsWith('unclassified')),
    `type right ${percent(evaluation.typeRight)}, unclassified ${percent(evaluation.unclassified)}`,
    `safety: recall ${percent(safety.recall)}, precision ${percent(safety.precision)} (found ${safety.found}, missed ${safety.missed}, false alarms ${safety.falseAlarms})`,
  ].join('\n');
};

const percent = (figure: number): string => `${(figure * 100).toFixed(1)}%`;
const short = (type: TicketType): string => type.replace('software-', 's-').slice(0, 5);
