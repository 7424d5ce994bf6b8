import type { Severity } from '../vocabulary';
import type { Case, Measured } from './state';

/**
 * Values that the catalogue fixes for every company, and the severity rule. They are no policy data: a company that
 * shortens the period of an appeal would take a right away. `RULES` is recorded wherever one of them decided.
 */
export const RULES = 1;
/** ResponsibilityNotified starts so many working days. */
export const APPEAL_WORKING_DAYS = 5;
/** Calendar days within which a dismissal may be appealed. */
export const DISMISSAL_APPEAL_DAYS = 15;
/** Calendar days within which an ended complaint may be reopened. */
export const REOPEN_DAYS = 30;
/** CMP-14: attempts, and the local days they lie on, before silence counts as no answer. */
export const NO_ANSWER = { attempts: 3, days: 2 } as const;
/** Version of the evaluation form's scale (DEC-10). */
export const EVALUATION_SCALE = 1;

const RANK: Readonly<Record<Severity, number>> = { general: 0, important: 1, urgent: 2 };

/** Positive: `a` is graver than `b`. */
export const compareSeverity = (a: Severity, b: Severity): number => RANK[a] - RANK[b];

/** What the rule looks at; a member that nobody said yet weighs nothing. */
export interface Measures extends Measured {
  /** 12315, a platform or a court has it. */
  readonly external: boolean;
}

/**
 * CMP-08, severity v1: a safety hazard, a grave cause (CMP-18), a grave fault or "at once" is urgent, always; an external
 * body, a serious nature, more than one customer or "soon" is important; the rest is general.
 *
 * @returns the level and which inputs made it so
 */
export const severityOf = (measures: Measures): { readonly severity: Severity; readonly reasons: string[] } => {
  for (const { severity, inputs } of SEVERITY_RULE) {
    const reasons = inputs.filter(([, holds]) => holds(measures)).map(([reason]) => reason);
    if (reasons.length > 0) return { severity, reasons };
  }
  return { severity: 'general', reasons: ['nothing-special'] };
};

type Input = readonly [reason: string, holds: (measures: Measures) => boolean];
const SEVERITY_RULE: readonly { readonly severity: Severity; readonly inputs: readonly Input[] }[] = [
  {
    severity: 'urgent',
    inputs: [
      ['safety', ({ safety }) => safety],
      ['grave-cause', ({ graveCause }) => graveCause !== undefined],
      ['nature-grave', ({ nature }) => nature === 'grave'],
      ['urgency-immediate', ({ urgency }) => urgency === 'immediate'],
      ['reach-public-and-serious', ({ nature, reach }) => reach === 'public' && nature === 'serious'],
    ],
  },
  {
    severity: 'important',
    inputs: [
      ['external-body', ({ external }) => external],
      ['nature-serious', ({ nature }) => nature === 'serious'],
      ['reach-several', ({ reach }) => reach === 'several'],
      ['reach-public', ({ reach }) => reach === 'public'],
      ['urgency-soon', ({ urgency }) => urgency === 'soon'],
    ],
  },
];

/** Lower, or no longer a safety or grave matter: waits for a second person. */
export const lowers = (complaint: Case, to: Measured & { readonly severity: Severity }): boolean =>
  compareSeverity(to.severity, complaint.severity) < 0 ||
  (complaint.measured.safety && !to.safety) ||
  (complaint.measured.graveCause !== undefined && to.graveCause === undefined);
