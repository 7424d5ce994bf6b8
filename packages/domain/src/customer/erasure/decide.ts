import {
  DAY,
  event,
  firstBroken,
  plus,
  when,
  type CommandOf,
  type CommandsOf,
  type Decide,
  type Decision,
  type DecisionContext,
  type Instant,
  type Rejection,
} from '../../kernel/index';
import { present } from '../../kernel/present';
import { customerEvents, type CustomerEvent } from '../events';
import {
  mustAwaitApproval,
  mustBeApproved,
  mustBeASecondPerson,
  mustBeUnderErasure,
  mustHaveKeptLongEnough,
  mustHaveLooked,
  mustNotBeHeld,
  mustNotBeUnderErasure,
} from '../invariants';
import type { Erasure, KnownCustomer } from '../state';
import type { erasureCommands } from './commands';
import type { CustomerFacts, ErasureFindings } from './facts';
import { hinders, retentionOf, type Retention } from './retention';

type Use<Name extends keyof typeof erasureCommands> = Decide<
  CommandOf<(typeof erasureCommands)[Name]>,
  KnownCustomer,
  CustomerEvent,
  CustomerFacts
>;
type Context = DecisionContext<CustomerFacts>;
export type ErasureCommand = CommandsOf<typeof erasureCommands>;

/** DEC-15: time for a change of mind. */
const DELAY = 3 * DAY;
/** What hinders is looked for again after a day: cases take days. */
const LOOK_AGAIN = DAY;
/** Why a request that nobody made is taken back. */
export const RETENTION_MOVED = 'retention-moved';

const request: Use<'RequestErasure'> = ({ data }, customer, { facts, commandId, now }) =>
  when(customer, mustNotBeUnderErasure, () =>
    looked(facts, (findings) => {
      const kept = data.asker === 'retention' ? notOver(retentionIn(customer, facts, findings), now) : undefined;
      return kept ?? [event(customerEvents.ErasureRequested, { requestId: commandId, ...data, findings })];
    }),
  );

/**
 * Asks for the erasure of whom nothing was heard of for long enough. A request of this kind that waits is taken back as soon
 * as there is a reason again to keep the person's data: until then nobody could serve them.
 */
const review: Use<'ReviewRetention'> = (_command, customer, { facts, commandId, now }) =>
  looked(facts, (findings) => {
    const retention = retentionIn(customer, facts, findings);
    const { erasure } = customer;
    if (erasure && isByRetention(erasure) && notOver(retention, now)) return [takenBack(erasure)];
    return when(customer, mustNotBeUnderErasure, () =>
      when(retention, mustNotBeHeld, ({ until }) => {
        const over = until <= now;
        const { lastCaseEndedAt } = facts;
        const reviewed = event(customerEvents.RetentionReviewed, present({ until, over, lastCaseEndedAt, findings }));
        return over ? [reviewed, requestedByRetention(commandId, findings)] : [reviewed];
      }),
    );
  });

const requestedByRetention = (requestId: string, findings: ErasureFindings): CustomerEvent =>
  event(customerEvents.ErasureRequested, { requestId, asker: 'retention', openComplaints: 'wait', findings });

const withdraw: Use<'WithdrawErasureRequest'> = ({ data }, customer) =>
  when(customer, mustBeUnderErasure, ({ erasure }) => [
    event(customerEvents.ErasureRequestWithdrawn, { requestId: erasure.requestId, ...data }),
  ]);

const refuse: Use<'RefuseErasure'> = ({ data: { reason } }, customer, { stream }) =>
  when(customer, mustAwaitApproval, ({ erasure: { requestId } }) => [
    event(customerEvents.ErasureRefused, { requestId }, { personal: [{ subject: stream, fields: { reason } }] }),
  ]);

const approve: Use<'ApproveErasure'> = (_command, customer, { facts, actor, now }) =>
  when(customer, mustAwaitApproval, ({ erasure }) =>
    when({ actor: actor.id, asker: erasure.requestedBy }, mustBeASecondPerson, () =>
      looked(facts, (findings) => {
        const kept = isByRetention(erasure) ? notOver(retentionIn(customer, facts, findings), now) : undefined;
        if (kept) return kept;
        const { requestId, openComplaints, channel } = erasure;
        const dueAt = plus(now, DELAY);
        return [
          event(customerEvents.ErasureApproved, present({ requestId, openComplaints, channel, dueAt, findings })),
        ];
      }),
    ),
  );

/**
 * The process looks again at what is open now. What hinders moves what the person asked for by a day, again and again; what
 * nobody asked for is taken back.
 */
const carryOut: Use<'CarryOutErasure'> = (_command, customer, { facts, now, stream }) =>
  when(customer, mustBeApproved, ({ erasure }) =>
    looked(facts, (findings) => {
      const { requestId, dueAt } = erasure;
      if (now < dueAt) return [];
      if (isByRetention(erasure) && notOver(retentionIn(customer, facts, findings), now)) return [takenBack(erasure)];
      return hinders(findings)
        ? [event(customerEvents.ErasurePostponed, { requestId, until: plus(now, LOOK_AGAIN), findings })]
        : [
            event(customerEvents.CustomerErased, {
              requestId,
              subjects: [stream],
              exports: facts.exports ?? [],
              findings,
            }),
          ];
    }),
  );

const isByRetention = ({ asker }: Erasure): boolean => asker === 'retention';

const retentionIn = (customer: KnownCustomer, facts: CustomerFacts, findings: ErasureFindings): Retention =>
  retentionOf(customer.registeredAt, { ...facts, findings });

/** Why the data is kept still; undefined: it has been kept long enough. */
const notOver = (retention: Retention, now: Instant): Rejection | undefined =>
  firstBroken(retention, [mustNotBeHeld]) ??
  firstBroken({ ...retention, now }, [mustHaveKeptLongEnough], { until: retention.until });

const takenBack = ({ requestId }: Erasure): CustomerEvent =>
  event(customerEvents.ErasureRequestWithdrawn, { requestId, reason: RETENTION_MOVED });

const looked = (
  facts: CustomerFacts,
  then: (findings: ErasureFindings) => Decision<CustomerEvent>,
): Decision<CustomerEvent> => when(facts, mustHaveLooked, ({ findings }) => then(findings));

/** Decides the commands of an erasure; the customer is known and not erased yet. */
export const decideErasure = (
  command: ErasureCommand,
  customer: KnownCustomer,
  context: Context,
): Decision<CustomerEvent> => {
  switch (command.type) {
    case 'customer.RequestErasure':
      return request(command, customer, context);
    case 'customer.WithdrawErasureRequest':
      return withdraw(command, customer, context);
    case 'customer.RefuseErasure':
      return refuse(command, customer, context);
    case 'customer.ApproveErasure':
      return approve(command, customer, context);
    case 'customer.ReviewRetention':
      return review(command, customer, context);
    case 'customer.CarryOutErasure':
      return carryOut(command, customer, context);
  }
};
