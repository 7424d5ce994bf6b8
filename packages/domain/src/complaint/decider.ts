import { reject, type Decider, type Decision } from '../kernel/index';
import { complaintCommands, type ComplaintCommand, type ComplaintCommandName } from './commands';
import * as appeal from './decide/appeal';
import * as clock from './decide/clock';
import * as contact from './decide/contact';
import * as ending from './decide/ending';
import { escalateComplaint } from './decide/escalation';
import * as handler from './decide/handler';
import * as plan from './decide/plan';
import * as promise from './decide/promise';
import { registerComplaint, registerFromTicket, submitComplaint } from './decide/register';
import * as responsibility from './decide/responsibility';
import * as rework from './decide/rework';
import * as severity from './decide/severity';
import * as subject from './decide/subject';
import type { ComplaintUseCase, Context } from './decide/use-case';
import { recordVerdict } from './decide/verdict';
import * as verification from './decide/verification';
import type { ComplaintEvent } from './events';
import { evolveComplaint } from './evolve';
import type { ComplaintFacts } from './facts';
import { noComplaint, personConcerned, type Complaint, type ExistingComplaint } from './state';

type Creating = 'RegisterComplaint' | 'SubmitComplaint' | 'RegisterFromTicket';
type UseCases = {
  readonly [Name in Exclude<ComplaintCommandName, Creating> as `complaint.${Name}`]: ComplaintUseCase<Name>;
};

/** One row per command on a complaint that exists; the type refuses a missing one. */
const useCases: UseCases = {
  'complaint.AssignHandler': handler.assignHandler,
  'complaint.TakeComplaint': handler.takeComplaint,
  'complaint.AcknowledgeComplaint': contact.acknowledge,
  'complaint.RecordContact': contact.recordContact,
  'complaint.IdentifySubject': subject.identifySubject,
  'complaint.ClassifyComplaint': subject.classifyComplaint,
  'complaint.AttachEvidence': contact.attachEvidence,
  'complaint.AddExternalReference': contact.addExternalReference,
  'complaint.RecordExternalReply': contact.recordExternalReply,
  'complaint.RecordExternalDecision': contact.recordExternalDecision,
  'complaint.PlaceLegalHold': contact.placeLegalHold,
  'complaint.LiftLegalHold': contact.liftLegalHold,
  'complaint.AddNote': contact.addNote,
  'complaint.AssessSeverity': severity.assessSeverity,
  'complaint.MarkSafety': severity.markSafety,
  'complaint.ApproveSeverityLowering': severity.approveLowering,
  'complaint.RejectSeverityLowering': severity.rejectLowering,
  'complaint.RequestInformation': verification.requestInformation,
  'complaint.ReceiveInformation': verification.receiveInformation,
  'complaint.WithdrawInformationRequest': verification.withdrawRequest,
  'complaint.VerifyComplaint': verification.verifyComplaint,
  'complaint.TakeContainment': verification.takeContainment,
  'complaint.ProposeResponsibility': responsibility.proposeResponsibility,
  'complaint.RejectResponsibility': responsibility.rejectResponsibility,
  'complaint.ConfirmResponsibility': responsibility.confirmResponsibility,
  'complaint.NotifyResponsibility': responsibility.notifyResponsibility,
  'complaint.AppealResponsibility': appeal.appealResponsibility,
  'complaint.DecideAppeal': appeal.decideAppeal,
  'complaint.FinaliseResponsibility': appeal.finaliseResponsibility,
  'complaint.ProposePlan': plan.proposePlan,
  'complaint.RejectPlan': plan.rejectPlan,
  'complaint.ApprovePlan': plan.approvePlan,
  'complaint.HoldReviewMeeting': plan.holdReviewMeeting,
  'complaint.StartPlan': plan.startPlan,
  'complaint.CompletePlanStep': plan.completePlanStep,
  'complaint.ReopenPlanStep': plan.reopenPlanStep,
  'complaint.OpenReworkTicket': rework.openReworkTicket,
  'complaint.CompleteRework': rework.completeRework,
  'complaint.FailRework': rework.failRework,
  'complaint.ReopenRework': rework.reopenRework,
  'complaint.ReportProgress': promise.reportProgress,
  'complaint.GiveCommitment': promise.giveCommitment,
  'complaint.KeepCommitment': promise.keepCommitment,
  'complaint.CommunicateOutcome': promise.communicateOutcome,
  'complaint.RemindControlPoint': clock.remindControlPoint,
  'complaint.MissControlPoint': clock.missControlPoint,
  'complaint.RecordVerdict': recordVerdict,
  'complaint.EscalateComplaint': escalateComplaint,
  'complaint.CommunicateDismissal': ending.communicateDismissal,
  'complaint.AppealDismissal': ending.appealDismissal,
  'complaint.WithdrawComplaint': ending.withdrawComplaint,
  'complaint.EndInternalHandling': ending.endInternalHandling,
  'complaint.CloseComplaint': ending.closeComplaint,
  'complaint.ReopenComplaint': ending.reopenComplaint,
  'complaint.RecordLessons': ending.recordLessons,
};

type Creation = Extract<ComplaintCommand, { readonly type: `complaint.${Creating}` }>;
const CREATING: readonly string[] = Object.values(complaintCommands).flatMap(({ type, kind }) =>
  kind === 'creates' ? [type] : [],
);
const isCreation = (command: ComplaintCommand): command is Creation => CREATING.includes(command.type);

const created = (command: Creation, context: Context): Decision<ComplaintEvent> => {
  switch (command.type) {
    case 'complaint.RegisterComplaint':
      return registerComplaint(command, noComplaint, context);
    case 'complaint.SubmitComplaint':
      return submitComplaint(command, noComplaint, context);
    case 'complaint.RegisterFromTicket':
      return registerFromTicket(command, noComplaint, context);
  }
};

/** The table's row for a command: TypeScript can't see that both belong together. */
const useCaseOf = (command: Exclude<ComplaintCommand, Creation>) =>
  useCases[command.type] as (
    command: ComplaintCommand,
    complaint: ExistingComplaint,
    context: Context,
  ) => Decision<ComplaintEvent>;

/** Besides every decision: what speaks for the complainant, and the first answer to them. */
const ALSO_NOT_BY_THE_PERSON_CONCERNED: readonly string[] = [
  'complaint.AcknowledgeComplaint',
  'complaint.RecordVerdict',
  'complaint.WithdrawComplaint',
];
const DECISIONS: readonly string[] = Object.values(complaintCommands).flatMap(({ type, kind }) =>
  kind === 'seen-state' ? [type] : [],
);

/** Whoever is complained about decides nothing on it; contacts, evidence and an appeal are theirs to record. */
const isBarred = (command: ComplaintCommand, complaint: ExistingComplaint, { actor }: Context): boolean =>
  personConcerned(complaint) === actor.id &&
  (DECISIONS.includes(command.type) || ALSO_NOT_BY_THE_PERSON_CONCERNED.includes(command.type));

/** The rules of a complaint. */
export const complaintDecider: Decider<ComplaintCommand, Complaint, ComplaintEvent, ComplaintFacts> = {
  aggregate: 'complaint',
  initial: noComplaint,
  evolve: evolveComplaint,
  decide: (command, complaint, context) => {
    if (isCreation(command))
      return complaint.status === 'none' ? created(command, context) : reject('COMPLAINT.ALREADY_EXISTS');
    if (complaint.status === 'none') return reject('COMPLAINT.NOT_FOUND');
    return isBarred(command, complaint, context)
      ? reject('COMPLAINT.PERSON_CONCERNED')
      : useCaseOf(command)(command, complaint, context);
  },
};
