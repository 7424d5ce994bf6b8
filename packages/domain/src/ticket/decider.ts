import { reject, type Decider, type Decision } from '../kernel/index';
import type { TicketCommand, TicketCommandName } from './commands';
import * as complaint from './decide/complaint';
import * as contact from './decide/contact';
import * as ending from './decide/ending';
import * as followUp from './decide/follow-up';
import * as handling from './decide/handling';
import * as job from './decide/job';
import * as judge from './decide/judge';
import * as unit from './decide/product-unit';
import { registerRework, registerTicket, submitTicket } from './decide/register';
import { reopenTicket } from './decide/reopen';
import * as resolution from './decide/resolution';
import { reviewIntake } from './decide/review';
import * as silence from './decide/silence';
import * as solution from './decide/solution';
import type { Context, TicketUseCase } from './decide/use-case';
import type { TicketEvent } from './events';
import { evolveTicket } from './evolve';
import type { TicketFacts } from './facts';
import { noTicket, type ExistingTicket, type NoTicket, type Ticket } from './state';

const creating = {
  'ticket.RegisterTicket': registerTicket,
  'ticket.SubmitTicket': submitTicket,
  'ticket.RegisterRework': registerRework,
} as const;

type Creating = 'RegisterTicket' | 'SubmitTicket' | 'RegisterRework';
type UseCases = { readonly [Name in Exclude<TicketCommandName, Creating> as `ticket.${Name}`]: TicketUseCase<Name> };

/** One row per command on a ticket that exists; the type refuses a missing one. */
const useCases: UseCases = {
  'ticket.ReviewIntake': reviewIntake,
  'ticket.ClassifyTicket': judge.classifyTicket,
  'ticket.PrioritizeTicket': judge.prioritizeTicket,
  'ticket.RouteTicket': judge.routeTicket,
  'ticket.DetermineWarranty': judge.determineTicketWarranty,
  'ticket.MarkSafety': judge.markSafety,
  'ticket.LowerSafety': judge.lowerSafety,
  'ticket.GiveSafetyAdvice': contact.giveSafetyAdvice,
  'ticket.VerifyContact': contact.verifyContact,
  'ticket.IdentifyProductUnit': unit.identifyProductUnit,
  'ticket.CorrectProductUnit': unit.correctProductUnit,
  'ticket.RecordContact': contact.recordContact,
  'ticket.AssignOwner': handling.assignOwner,
  'ticket.StartHandling': handling.startHandling,
  'ticket.RecordDiagnosis': handling.recordDiagnosis,
  'ticket.ProposeSolution': solution.proposeSolution,
  'ticket.AcceptSolution': solution.acceptSolution,
  'ticket.DeclineSolution': solution.declineSolution,
  'ticket.GiveRemoteSupport': handling.giveRemoteSupport,
  'ticket.ReportProgress': handling.reportProgress,
  'ticket.PauseTicket': handling.pauseTicket,
  'ticket.ResumeTicket': handling.resumeTicket,
  'ticket.ProposeResolution': resolution.proposeResolution,
  'ticket.ConfirmResolution': resolution.confirmResolution,
  'ticket.RejectResolution': resolution.rejectResolution,
  'ticket.AttemptFollowUp': followUp.attemptFollowUp,
  'ticket.CompleteFollowUp': followUp.completeFollowUp,
  'ticket.CloseTicket': ending.closeTicket,
  'ticket.CloseUnresolved': ending.closeUnresolved,
  'ticket.CancelTicket': ending.cancelTicket,
  'ticket.ReopenTicket': reopenTicket,
  'ticket.LinkTicket': contact.linkTicket,
  'ticket.AddNote': contact.addNote,
  'ticket.AddAttachment': contact.addAttachment,
  'ticket.IssueTrackingLink': contact.issueTrackingLink,
  'ticket.RevokeTrackingLink': contact.revokeTrackingLink,
  'ticket.OpenJob': job.openJob,
  'ticket.EndJob': job.endJob,
  'ticket.StartHandlingByJob': job.startHandlingByJob,
  'ticket.ReportDiagnosisByJob': job.reportDiagnosisByJob,
  'ticket.ProposeResolutionByJob': job.proposeResolutionByJob,
  'ticket.ConfirmBySignature': job.confirmBySignature,
  'ticket.DeclineSolutionByJob': job.declineSolutionByJob,
  'ticket.PauseByJob': job.pauseByJob,
  'ticket.ResumeByJob': job.resumeByJob,
  'ticket.ReleaseByJob': job.releaseByJob,
  'ticket.NoteComplaint': complaint.noteComplaint,
  'ticket.EndComplaint': complaint.endComplaint,
  'ticket.BecomeComplaint': ending.becomeComplaint,
  'ticket.RemindConfirmation': silence.remindConfirmation,
  'ticket.AcceptBySilence': silence.acceptBySilence,
  'ticket.ReturnBySilence': silence.returnBySilence,
  'ticket.ScheduleFollowUp': followUp.scheduleFollowUp,
  'ticket.MissFollowUp': followUp.missFollowUp,
};

type Creation = Extract<TicketCommand, { readonly type: `ticket.${Creating}` }>;
const isCreation = (command: TicketCommand): command is Creation => command.type in creating;

/** The table's row for a command: TypeScript can't see that both belong together. */
const useCaseOf = (command: Exclude<TicketCommand, Creation>) =>
  useCases[command.type] as (command: TicketCommand, ticket: ExistingTicket, context: Context) => Decision<TicketEvent>;

const created = (command: Creation, nothing: NoTicket, context: Context): Decision<TicketEvent> => {
  switch (command.type) {
    case 'ticket.RegisterTicket':
      return registerTicket(command, nothing, context);
    case 'ticket.SubmitTicket':
      return submitTicket(command, nothing, context);
    case 'ticket.RegisterRework':
      return registerRework(command, nothing, context);
  }
};

/** The rules of a ticket. */
export const ticketDecider: Decider<TicketCommand, Ticket, TicketEvent, TicketFacts> = {
  aggregate: 'ticket',
  initial: noTicket,
  evolve: evolveTicket,
  decide: (command, ticket, context) => {
    if (isCreation(command)) {
      if (ticket.status !== 'none') return reject('TICKET.ALREADY_EXISTS');
      return created(command, ticket, context);
    }
    return ticket.status === 'none' ? reject('TICKET.NOT_FOUND') : useCaseOf(command)(command, ticket, context);
  },
};
