import {
  aggregateOf,
  HOUR,
  later,
  plus,
  type Instant,
  type ProcessCommand,
  type ProcessManager,
  type Recorded,
} from '../kernel/index';
import type { CustomerEvent } from '../customer/events';
import type { Channel } from '../vocabulary';
import { reaction } from './inputs';

/** A person who is to be forgotten. */
export interface ErasureProcess {
  /** When it is carried out, or tried again; absent: nothing is approved. */
  readonly dueAt?: Instant;
}

const TRY_AGAIN = HOUR;

const types = [
  'customer.ErasureApproved',
  'customer.ErasurePostponed',
  'customer.ErasureRequestWithdrawn',
  'customer.ErasureRefused',
  'customer.CustomerErased',
] as const;

/**
 * DEC-15: withdraws open complaints where the person chose so, and carries an approved erasure out after its delay. The
 * customer's decider looks again at what is open and may postpone it.
 */
export const erasureProcess: ProcessManager<ErasureProcess> = {
  name: 'erasure',
  version: 1,
  types,
  instance: ({ stream }) => (aggregateOf(stream) === 'customer' ? stream : undefined),
  initial: {},
  react: (state, input, { now, instance }) => {
    if (input.kind === 'event') return onEvent(input.event as Recorded<CustomerEvent>);
    if (state.dueAt === undefined) return reaction(state);
    // Refused where nobody could tell what is open: without a pause it would be asked again at once, for ever.
    if (input.kind === 'refused') return reaction(state, [], later(state.dueAt, plus(now, TRY_AGAIN)));
    return state.dueAt <= now ? reaction(state, [carryOut(instance)]) : reaction(state, [], state.dueAt);
  },
};

const onEvent = (event: Recorded<CustomerEvent>) => {
  switch (event.type) {
    case 'customer.ErasureApproved': {
      const { dueAt, openComplaints, channel, findings } = event.data;
      // Only a person chooses so, and a person has a channel.
      const withdrawals =
        openComplaints === 'withdraw' && channel !== undefined
          ? findings.openComplaints.map((one) => withdrawal(one, channel))
          : [];
      return reaction<ErasureProcess>({ dueAt }, withdrawals, dueAt);
    }
    case 'customer.ErasurePostponed':
      return reaction<ErasureProcess>({ dueAt: event.data.until }, [], event.data.until);
    default:
      return reaction<ErasureProcess>({});
  }
};

const withdrawal = (complaint: string, channel: Channel): ProcessCommand => ({
  stream: complaint,
  type: 'complaint.WithdrawComplaint',
  data: { channel, reason: 'erasure-requested' },
});

const carryOut = (customer: string): ProcessCommand => ({
  stream: customer,
  type: 'customer.CarryOutErasure',
  data: {},
});
