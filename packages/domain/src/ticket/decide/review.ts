import { event, when } from '../../kernel/index';
import { ticketEvents } from '../events';
import { mustAwaitReview } from '../invariants';
import { present } from '../../kernel/present';
import { hazardIn, prioritized, routedByRule, warrantyByRule } from './judgement';
import { ownWhilePending } from './owner';
import { underCustomer, type TicketUseCase } from './use-case';

/**
 * INT-19: a person completes a submission; safety, priority and route are decided again with what is known now. The type
 * changes only by an intent: the customer's words are sealed, and were read when they came in.
 */
export const reviewIntake: TicketUseCase<'ReviewIntake'> = ({ data }, ticket, context) =>
  when(ticket, mustAwaitReview, (submitted) => {
    const { facts, actor } = context;
    const { environment, remediesTried, contactName, contactPhone, address, ...plain } = data;
    const hazard = hazardIn(facts, [environment, remediesTried], data.safetyMarked ?? false);
    const reviewed = {
      ...submitted,
      type: data.intent ?? submitted.type,
      serviceType: data.serviceType ?? submitted.serviceType,
      category: data.category ?? submitted.category,
      saidImpact: data.impact && data.impact !== 'unknown' ? data.impact : submitted.saidImpact,
      safety: submitted.safety || hazard.safety,
      safetyMatched: [...new Set([...submitted.safetyMatched, ...hazard.matched])],
    };
    const { route, events: routing } = routedByRule(reviewed, facts);
    const { cycle } = submitted;
    return [
      event(
        ticketEvents.IntakeReviewed,
        { ...plain, cycle },
        underCustomer(submitted, present({ environment, remediesTried, contactName, contactPhone, address })),
      ),
      ...(data.intent && data.intent !== submitted.type
        ? [
            event(ticketEvents.TicketClassified, {
              type: data.intent,
              matched: [],
              decided: { by: 'person', reason: 'intake-review' },
              cycle,
            }),
          ]
        : []),
      prioritized(reviewed, facts),
      ...routing,
      ...ownWhilePending({ ...reviewed, route }, actor),
      ...(data.model && submitted.coverage === undefined ? [warrantyByRule(submitted, facts.unit, facts)] : []),
    ];
  });
