import {
  code,
  defineEvent,
  flag,
  id,
  instant,
  label,
  list,
  money,
  oneOf,
  optional,
  part,
  region,
  ROLES,
  text,
} from '../../kernel/index';
import { inClear, keptInClear } from '../../kernel/in-clear';
import { channel, serviceType, ticketType } from '../../vocabulary';
import { measure } from '../words';
import { reasonInClear, reasonSaid, round } from './shared';

/** What version 1 kept of "none, because …" in a part of the plan. */
const noneInClear = inClear();
/** "None, because …": why a part of the plan has nothing in it. */
const none = optional(text(500));

/** CMP-09: five parts, all of them there; a part with nothing in it says why (personal), and a budget of zero is one. */
export const planParts = {
  diagnosis: part({ faultCode: optional(label()), cause: optional(code()), inClear: noneInClear }),
  measures: part({ steps: list(part({ planStepId: id(), measure: measure() }), 30), inClear: noneInClear }),
  assignments: part({
    list: list(part({ planStepId: id(), role: oneOf(ROLES), person: optional(id()) }), 60),
    inClear: noneInClear,
  }),
  milestones: part({
    list: list(part({ planStepId: optional(id()), name: code(), dueBy: instant() }), 60),
    inClear: noneInClear,
  }),
  budget: part({ cost: money(), inClear: noneInClear }),
};

/** CMP-09 … CMP-13: the plan, what it led to, and what the complainant was told meanwhile. */
export const planEvents = {
  ResolutionPlanProposed: defineEvent('complaint.ResolutionPlanProposed', {
    says: { zh: '提出处理方案', en: 'a resolution plan was proposed' },
    version: 2,
    upcasts: [keptInClear('none', Object.keys(planParts))],
    data: { planId: id(), ...planParts, round },
    personal: {
      diagnosis: optional(text(4_000)),
      steps: optional(list(part({ planStepId: id(), what: text(1_000) }), 30)),
      none: optional(part({ diagnosis: none, measures: none, assignments: none, milestones: none, budget: none })),
    },
  }),
  ResolutionPlanRejected: defineEvent('complaint.ResolutionPlanRejected', {
    says: { zh: '处理方案退回修改', en: 'the plan was sent back' },
    ...reasonInClear,
    data: { planId: id(), inClear: inClear(), round },
    personal: reasonSaid,
  }),
  ReviewMeetingHeld: defineEvent('complaint.ReviewMeetingHeld', {
    says: { zh: '召开评审会议', en: 'a review meeting was held' },
    data: { roles: list(oneOf(ROLES), 20, 1), round },
    personal: { minutes: optional(text(4_000)) },
  }),
  ResolutionPlanApproved: defineEvent('complaint.ResolutionPlanApproved', {
    says: { zh: '批准处理方案', en: 'the plan was approved' },
    data: { planId: id(), round },
  }),
  PlanStarted: defineEvent('complaint.PlanStarted', {
    says: { zh: '开始执行方案', en: 'the plan was started' },
    data: { planId: id(), round },
  }),
  /** A process opens exactly this ticket; everything that it needs to know stands here. */
  ReworkTicketOpened: defineEvent('complaint.ReworkTicketOpened', {
    says: { zh: '开立返工工单', en: 'a rework ticket was opened' },
    data: {
      planStepId: id(),
      ticketId: id(),
      /** Number of the complaint, for the ticket's words. */
      number: code(20),
      /** Uuid of the customer's stream. */
      customerId: id(),
      channel: channel(),
      intent: ticketType(),
      serviceType: optional(serviceType()),
      category: optional(label()),
      model: optional(label()),
      unitId: optional(id()),
      region: optional(region()),
      safety: flag(),
      round,
    },
  }),
  /** The rework ticket couldn't be opened, or ended without being solved: the step is open again. */
  ReworkTicketFailed: defineEvent('complaint.ReworkTicketFailed', {
    says: { zh: '返工未完成', en: 'the rework failed' },
    data: { planStepId: id(), ticketId: id(), reason: oneOf(['refused', 'unresolved', 'cancelled', 'merged']), round },
  }),
  PlanStepCompleted: defineEvent('complaint.PlanStepCompleted', {
    says: { zh: '完成方案步骤', en: 'a step of the plan was completed' },
    data: { planStepId: id(), ticketId: optional(id()), round },
    personal: { result: optional(text(2_000)) },
  }),
  /** The rework ticket was reopened before the complainant was told the outcome. */
  PlanStepReopened: defineEvent('complaint.PlanStepReopened', {
    says: { zh: '方案步骤重新打开', en: 'a step of the plan was opened again' },
    data: { planStepId: id(), ticketId: optional(id()), reason: oneOf(['rework-reopened', 'not-done']), round },
  }),
  ProgressCommunicated: defineEvent('complaint.ProgressCommunicated', {
    says: { zh: '告知客户进展', en: 'the complainant was told of the progress' },
    data: { channel: channel(), expectedBy: optional(instant()), round },
    personal: { text: optional(text(2_000)) },
  }),
  /** CMP-12. */
  CommitmentGiven: defineEvent('complaint.CommitmentGiven', {
    says: { zh: '向客户承诺', en: 'a commitment was given' },
    data: { commitmentId: id(), expectedBy: instant(), channel: channel(), round },
    personal: { text: text(2_000), nextSteps: text(2_000) },
  }),
  CommitmentKept: defineEvent('complaint.CommitmentKept', {
    says: { zh: '承诺已兑现', en: 'a commitment was kept' },
    data: { commitmentId: id(), round },
  }),
  OutcomeCommunicated: defineEvent('complaint.OutcomeCommunicated', {
    says: { zh: '告知客户处理结果', en: 'the outcome was communicated' },
    data: { channel: channel(), reached: flag(), contactId: code(80), round },
    personal: { text: optional(text(4_000)) },
  }),
} as const;
