import { type ControlPoint, type Severity } from '@aftercare/domain';
import { receivedAt, type Story } from './read-complaints';

/** One run of a control point as the events tell it. */
export interface Run {
  readonly point: ControlPoint;
  readonly round: number;
  readonly startedAt: string;
  end?: { readonly at: string; readonly how: 'met' | 'stopped' };
  /** Under which it ended, or which holds now. */
  severity: Severity;
  safety: boolean;
  missed: boolean;
  /** Stretches in which information was awaited; the last may be open. */
  pauses: readonly { readonly from: string; readonly to?: string }[];
}

/** Every run, told event by event in plain words; nothing of the code that feeds the facts. */
// eslint-disable-next-line complexity -- a plain list of what each event means
export const runsOf = (story: Story): readonly Run[] => {
  const runs: Run[] = [];
  const pauses: { from: string; to?: string }[] = [];
  const asked = new Set<string>();
  let severity: Severity = 'general';
  let safety = story.registration.data.safetyMarked;
  let round = 1;
  const open = (): Run[] => runs.filter((run) => run.end === undefined);
  const begin = (point: ControlPoint, startedAt: string): void => {
    if (!open().some((run) => run.point === point))
      runs.push({ point, round, startedAt, severity, safety, missed: false, pauses: [] });
  };
  const finish = (at: string, how: 'met' | 'stopped', points: readonly string[]): void => {
    for (const run of open())
      if (points.includes(run.point)) Object.assign(run, { end: { at, how }, severity, safety });
  };
  const nobodyAwaits = (at: string): void => {
    const last = pauses.at(-1);
    if (last && last.to === undefined) last.to = at;
  };
  for (const event of story.events) {
    const at = event.metadata.recordedAt;
    switch (event.type) {
      case 'complaint.ComplaintRegistered':
        for (const point of ['acknowledge', 'responsibility', 'plan'] as const) begin(point, receivedAt(story));
        break;
      case 'complaint.SeverityAssessed':
        ({ severity, safety } = event.data);
        break;
      case 'complaint.InformationRequested':
        if (asked.size === 0) pauses.push({ from: at });
        asked.add(event.data.requestId);
        break;
      case 'complaint.InformationReceived':
      case 'complaint.InformationRequestWithdrawn':
        if (event.type === 'complaint.InformationReceived' && !event.data.complete) break;
        asked.delete(event.data.requestId);
        if (asked.size === 0) nobodyAwaits(at);
        break;
      case 'complaint.ComplaintAcknowledged':
        finish(at, 'met', ['acknowledge']);
        break;
      case 'complaint.ResponsibilityConfirmed':
      case 'complaint.ResponsibilityUndetermined':
        finish(at, 'met', ['responsibility']);
        break;
      case 'complaint.ResolutionPlanProposed':
        finish(at, 'met', ['plan']);
        break;
      case 'complaint.ResolutionPlanApproved':
        begin('execution', at);
        break;
      case 'complaint.OutcomeCommunicated':
        finish(at, 'met', ['execution']);
        begin('verdict', at);
        break;
      case 'complaint.VerdictRecorded':
        finish(at, 'met', ['verdict']);
        break;
      case 'complaint.SecondHandlingOpened':
      case 'complaint.DismissalAppealed':
      case 'complaint.ComplaintReopened':
        finish(at, 'stopped', ['plan', 'execution', 'verdict']);
        asked.clear();
        nobodyAwaits(at);
        round = event.data.round;
        for (const point of ['acknowledge', 'responsibility'] as const)
          if (!runs.some((run) => run.point === point && run.end?.how === 'met')) begin(point, at);
        begin('plan', at);
        break;
      case 'complaint.ComplaintWithdrawn':
        finish(
          at,
          'stopped',
          event.data.continuedInternally
            ? ['acknowledge', 'verdict']
            : ['acknowledge', 'responsibility', 'plan', 'execution', 'verdict'],
        );
        break;
      case 'complaint.DismissalCommunicated':
      case 'complaint.InternalHandlingEnded':
      case 'complaint.ComplaintClosed':
        finish(at, 'stopped', ['acknowledge', 'responsibility', 'plan', 'execution', 'verdict']);
        break;
      case 'complaint.ControlPointMissed': {
        const { point, round: of } = event.data;
        const run = runs.filter((one) => one.point === point && one.round === of).at(-1);
        if (run) run.missed = true;
        break;
      }
      default:
    }
  }
  for (const run of open()) Object.assign(run, { severity, safety });
  return runs.map((run) => ({ ...run, pauses: run.point === 'acknowledge' ? [] : pauses }));
};
