import {
  DAY,
  event,
  plus,
  when,
  type CommandOf,
  type CommandsOf,
  type Decide,
  type Decision,
  type DecisionContext,
} from '../../kernel/index';
import { customerEvents, type CustomerEvent } from '../events';
import {
  mustAwaitApproval,
  mustBeApproved,
  mustBeASecondPerson,
  mustBeUnderErasure,
  mustHaveLooked,
  mustNotBeUnderErasure,
} from '../invariants';
import type { KnownCustomer } from '../state';
import type { erasureCommands } from './commands';
import type { CustomerFacts, ErasureFindings } from './facts';

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

const request: Use<'RequestErasure'> = ({ data }, customer, { facts, commandId }) =>
  when(customer, mustNotBeUnderErasure, () =>
    looked(facts, (findings) => [event(customerEvents.ErasureRequested, { requestId: commandId, ...data, findings })]),
  );

const withdraw: Use<'WithdrawErasureRequest'> = ({ data }, customer) =>
  when(customer, mustBeUnderErasure, ({ erasure }) => [
    event(customerEvents.ErasureRequestWithdrawn, { requestId: erasure.requestId, ...data }),
  ]);

const refuse: Use<'RefuseErasure'> = ({ data }, customer) =>
  when(customer, mustAwaitApproval, ({ erasure }) => [
    event(customerEvents.ErasureRefused, { requestId: erasure.requestId, ...data }),
  ]);

const approve: Use<'ApproveErasure'> = (_command, customer, { facts, actor, now }) =>
  when(customer, mustAwaitApproval, ({ erasure }) =>
    when({ actor: actor.id, asker: erasure.requestedBy }, mustBeASecondPerson, () =>
      looked(facts, (findings) => {
        const { requestId, openComplaints, channel } = erasure;
        return [
          event(customerEvents.ErasureApproved, {
            requestId,
            openComplaints,
            channel,
            dueAt: plus(now, DELAY),
            findings,
          }),
        ];
      }),
    ),
  );

/** The process looks again at what is open now; what hinders moves it by a day, again and again. */
const carryOut: Use<'CarryOutErasure'> = (_command, customer, { facts, now, stream }) =>
  when(customer, mustBeApproved, ({ erasure }) =>
    looked(facts, (findings) => {
      const { requestId, dueAt } = erasure;
      if (now < dueAt) return [];
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

const hinders = ({ openTickets, openComplaints, appeals, legalHolds }: ErasureFindings): boolean =>
  [openTickets, openComplaints, appeals, legalHolds].some((streams) => streams.length > 0);

const looked = (
  facts: CustomerFacts,
  then: (findings: ErasureFindings) => readonly CustomerEvent[],
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
    case 'customer.CarryOutErasure':
      return carryOut(command, customer, context);
  }
};
