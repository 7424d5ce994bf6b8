import { event, firstBroken, reject, when } from '../../kernel/index';
import { present } from '../../kernel/present';
import { assessSafety } from '../../policy/assess-safety';
import { complaintEvents, type ComplaintEvent } from '../events';
import { mustBeVerified, mustBeWorkedOn } from '../invariants';
import { compareSeverity, lowers, RULES, severityOf } from '../rules';
import type { Case, ExistingComplaint, Measured } from '../state';
import { underCase, type ComplaintUseCase, type Context } from './use-case';

/** What an assessment is made of; `said` is every text that may tell of a hazard. */
interface Evidence {
  readonly measured: Measured;
  readonly external: boolean;
  readonly said: readonly (string | undefined)[];
}

/** The hazards that the safety list in force finds in what was said. */
const hazardsIn = (said: Evidence['said'], { facts }: Context): readonly string[] => {
  const text = said.filter((words) => words !== undefined).join('\n');
  return text === '' ? [] : assessSafety(facts.policies.safety.body, { text, marked: false }).matched;
};

/** At registration: provisional, by the rule alone. */
export const provisionalSeverity = (evidence: Evidence, context: Context): ComplaintEvent => {
  const matched = hazardsIn(evidence.said, context);
  const measured = { ...evidence.measured, safety: evidence.measured.safety || matched.length > 0 };
  const { severity, reasons } = severityOf({ ...measured, external: evidence.external });
  return event(complaintEvents.SeverityAssessed, {
    severity,
    provisional: true,
    ...measured,
    safetyMatched: matched.map((words) => words.slice(0, 100)),
    reasons,
    decided: { by: 'rule', ruleVersion: RULES, policyVersion: context.facts.policies.safety.version },
    round: 1,
  });
};

/**
 * New evidence re-runs the rule, which only ever raises: new words with a hazard in them, a grave cause, an external body.
 * Nothing when it changes nothing.
 */
export const raisedBy = (
  complaint: ExistingComplaint,
  evidence: { readonly said?: Evidence['said']; readonly measured?: Partial<Measured>; readonly external?: boolean },
  context: Context,
): readonly ComplaintEvent[] => {
  const found = hazardsIn(evidence.said ?? [], context);
  const before = complaint.measured;
  const measured = { ...before, ...evidence.measured, safety: before.safety || found.length > 0 };
  const safety = measured.safety || evidence.measured?.safety === true;
  const external = complaint.external.length > 0 || evidence.external === true;
  const { severity, reasons } = severityOf({ ...measured, safety, external });
  const isNews = safety !== before.safety || measured.graveCause !== before.graveCause;
  if (!isNews && compareSeverity(severity, complaint.severity) <= 0) return [];
  return [
    event(complaintEvents.SeverityAssessed, {
      severity: compareSeverity(severity, complaint.severity) > 0 ? severity : complaint.severity,
      provisional: complaint.provisional,
      ...measured,
      safety,
      safetyMatched: together(complaint, found),
      reasons,
      decided: { by: 'rule', ruleVersion: RULES, policyVersion: context.facts.policies.safety.version },
      round: complaint.round,
    }),
  ];
};

const together = ({ safetyMatched }: Case, found: readonly string[]): string[] =>
  [...new Set([...safetyMatched, ...found.map((words) => words.slice(0, 100))])].slice(0, 20);

/** CMP-08: by nature, reach and urgency after verification. A lower one is only proposed: a second person decides. */
export const assessSeverity: ComplaintUseCase<'AssessSeverity'> = ({ data }, complaint, { commandId }) =>
  when(complaint, mustBeWorkedOn, () => {
    const broken = firstBroken<ExistingComplaint>(complaint, [mustBeVerified]);
    if (broken) return broken;
    const { nature, reach, urgency, safety, graveCause, reason } = data;
    const measured = present({ nature, reach, urgency, safety, graveCause });
    const { severity, reasons } = severityOf({ ...measured, external: complaint.external.length > 0 });
    const { round, safetyMatched } = complaint;
    if (lowers(complaint, { ...measured, severity }))
      return [
        event(
          complaintEvents.SeverityLoweringProposed,
          { loweringId: commandId, severity, ...measured, round },
          underCase(complaint, { reason }),
        ),
      ];
    return [
      event(
        complaintEvents.SeverityAssessed,
        {
          severity,
          provisional: false,
          ...measured,
          safetyMatched: [...safetyMatched],
          reasons,
          decided: { by: 'person', ruleVersion: RULES },
          round,
        },
        underCase(complaint, { reason }),
      ),
    ];
  });

/** Anybody who sees a hazard raises it, at once. */
export const markSafety: ComplaintUseCase<'MarkSafety'> = ({ data }, complaint) =>
  when(complaint, mustBeWorkedOn, () => {
    if (complaint.measured.safety) return [];
    const measured = { ...complaint.measured, safety: true };
    const { severity, reasons } = severityOf({ ...measured, external: complaint.external.length > 0 });
    const { provisional, round } = complaint;
    return [
      event(
        complaintEvents.SeverityAssessed,
        {
          severity,
          provisional,
          ...measured,
          safetyMatched: [...complaint.safetyMatched],
          reasons,
          decided: { by: 'person', ruleVersion: RULES },
          round,
        },
        underCase(complaint, data),
      ),
    ];
  });

export const approveLowering: ComplaintUseCase<'ApproveSeverityLowering'> = ({ data }, complaint, { actor }) => {
  const { lowering, round } = complaint;
  if (lowering?.loweringId !== data.loweringId) return reject('COMPLAINT.LOWERING_UNKNOWN');
  if (lowering.by === actor.id) return reject('COMPLAINT.SECOND_PERSON_NEEDED');
  const { loweringId, severity, nature, reach, urgency, safety, graveCause } = lowering;
  const measured = present({ nature, reach, urgency, safety, graveCause });
  return [
    event(complaintEvents.SeverityAssessed, {
      severity,
      provisional: false,
      ...measured,
      safetyMatched: safety ? [...complaint.safetyMatched] : [],
      reasons: severityOf({ ...measured, external: complaint.external.length > 0 }).reasons,
      decided: { by: 'person', ruleVersion: RULES },
      loweringId,
      round,
    }),
  ];
};

export const rejectLowering: ComplaintUseCase<'RejectSeverityLowering'> = ({ data }, complaint, { actor }) => {
  const { lowering, round } = complaint;
  const { loweringId, reason } = data;
  if (lowering?.loweringId !== loweringId) return reject('COMPLAINT.LOWERING_UNKNOWN');
  if (lowering.by === actor.id) return reject('COMPLAINT.SECOND_PERSON_NEEDED');
  return [event(complaintEvents.SeverityLoweringRejected, { loweringId, round }, underCase(complaint, { reason }))];
};
