import { HOUR, MINUTE, plus, type Actor, type RecordedEvent } from '../../src/kernel/index';
import type { ComplaintEvent } from '../../src/complaint/events';
import type { ExistingComplaint } from '../../src/complaint/state';
import type { Chance } from './chance';
import {
  crm,
  executed,
  hr,
  judged,
  outcomeTold,
  planOf,
  quality,
  supervisor,
  takenUp,
  verified,
  type Say,
} from './complaint-acts';
import type { Plan, World } from './world';

/**
 * How the people around a complaint answer to its events: the handler, the judges, the complainant. Chance leads to every
 * outcome: satisfied, second handling, escalation, final position, no answer, dismissal and its appeal, withdrawal, an
 * external body's decision, reopening; and to every end of the track of responsibility.
 */
export const complainants = (chance: Chance, plan: Plan) => {
  const later = (event: RecordedEvent, hours: number, spread: number, act: (world: World) => void) =>
    plan(plus(event.metadata.recordedAt, (hours * 60 + chance.between(0, spread * 60)) * MINUTE), act);

  return (event: RecordedEvent): void => {
    const told = event as unknown as ComplaintEvent;
    const { stream } = event;
    const send = (world: World, name: string, data: object, actor: Actor = crm) =>
      world.send(stream, { type: `complaint.${name}`, data }, actor);
    const say: Say = ([hours, spread], name, data, actor = crm) =>
      later(event, hours, spread, (world) => void send(world, name, data, actor));
    const stateIn = (world: World) => world.stateOf(stream) as ExistingComplaint;

    switch (told.type) {
      case 'complaint.ComplaintRegistered':
        return later(event, 0, 20, (world) => takenUp(world, event, { chance, say }));
      case 'complaint.ComplaintAcknowledged':
        if (chance.percent(20)) {
          const expectedBy = plus(event.metadata.recordedAt, 60 * HOUR);
          return say([1, 2], 'RequestInformation', { from: 'complainant', question: '请提供照片', expectedBy });
        }
        return say([1, 20], 'VerifyComplaint', { genuine: chance.percent(86) ? 'yes' : 'no', complete: true });
      case 'complaint.InformationRequested': {
        const { requestId } = told.data;
        say([2, 40], 'ReceiveInformation', { requestId, complete: chance.percent(90), answer: '已上传' });
        return say([50, 5], 'VerifyComplaint', { genuine: 'yes', complete: true });
      }
      case 'complaint.ComplaintVerified':
        return later(event, 1, 6, (world) =>
          verified(world, stateIn(world), { chance, send, genuine: told.data.genuine }),
        );
      case 'complaint.SeverityLoweringProposed': {
        const { loweringId } = told.data;
        return chance.percent(70)
          ? say([1, 10], 'ApproveSeverityLowering', { loweringId }, quality)
          : say([1, 10], 'RejectSeverityLowering', { loweringId, reason: '隐患未排除' }, quality);
      }
      case 'complaint.ResponsibilityProposed': {
        const { proposalId } = told.data;
        return chance.percent(88)
          ? say([1, 24], 'ConfirmResponsibility', { proposalId }, quality)
          : say([1, 24], 'RejectResponsibility', { proposalId, reason: '证据不足' }, quality);
      }
      case 'complaint.ResponsibilityProposalRejected':
        return say([2, 20], 'ProposeResponsibility', { result: 'undetermined', shares: [], grounds: '双方说法不一' });
      case 'complaint.ResponsibilityConfirmed':
        for (const { shareId } of told.data.shares)
          if (chance.percent(85)) say([2, 30], 'NotifyResponsibility', { shareId, channel: 'email' });
        return say([2, 20], 'ProposePlan', planOf(event, chance));
      case 'complaint.ResponsibilityUndetermined':
        return say([2, 20], 'ProposePlan', planOf(event, chance));
      case 'complaint.ResponsibilityNotified':
        return chance.percent(18)
          ? say([10, 40], 'AppealResponsibility', { shareId: told.data.shareId, grounds: '与事实不符' })
          : undefined;
      case 'complaint.ResponsibilityAppealed': {
        const { appealId } = told.data;
        return say([20, 60], 'DecideAppeal', { appealId, decision: 'upheld', grounds: '证据充分' }, hr);
      }
      case 'complaint.ResolutionPlanProposed': {
        const { planId } = told.data;
        if (chance.percent(12)) say([1, 10], 'RejectPlan', { planId, reason: '依据不足' }, supervisor);
        return say([12, 10], 'ApprovePlan', { planId }, supervisor);
      }
      case 'complaint.ResolutionPlanRejected':
        return say([1, 9], 'ProposePlan', planOf(event, chance));
      case 'complaint.ResolutionPlanApproved':
        return say([1, 10], 'StartPlan', {});
      case 'complaint.PlanStarted':
        return later(event, 4, 60, (world) => executed(world, stateIn(world), { chance, send, say }));
      case 'complaint.ReworkTicketFailed':
        return say([5, 40], 'CompletePlanStep', { planStepId: told.data.planStepId, result: '已换新机' });
      case 'complaint.PlanStepCompleted':
        return say([1, 8], 'CommunicateOutcome', { channel: 'phone', reached: !chance.percent(15), text: '已处理' });
      case 'complaint.OutcomeCommunicated':
        return outcomeTold(event, { chance, later, send });
      case 'complaint.VerdictRecorded':
        return later(event, 2, 20, (world) => judged(world, stateIn(world), { chance, send }));
      case 'complaint.SecondHandlingOpened':
      case 'complaint.DismissalAppealed':
      case 'complaint.ComplaintReopened':
        return say([4, 30], 'VerifyComplaint', { genuine: 'yes', complete: true });
      case 'complaint.DismissalCommunicated':
        return chance.percent(30)
          ? say([20, 200], 'AppealDismissal', { channel: 'phone', words: '我有通话录音' })
          : undefined;
      case 'complaint.ComplaintClosed':
        if (chance.percent(40))
          say([5, 60], 'RecordLessons', { rootCause: 'double-booking', topics: ['process'], lesson: '预约前核对日程' });
        return chance.percent(6) ? say([48, 500], 'ReopenComplaint', { foundBy: 'complainant' }) : undefined;
      default:
        return undefined;
    }
  };
};
