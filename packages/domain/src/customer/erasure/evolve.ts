import type { EventsOf, Recorded } from '../../kernel/index';
import { present } from '../../kernel/present';
import type { Customer, KnownCustomer } from '../state';
import type { erasureEvents } from './events';

export const evolveErasure = (customer: KnownCustomer, event: Recorded<EventsOf<typeof erasureEvents>>): Customer => {
  switch (event.type) {
    case 'customer.RetentionReviewed':
      return customer;
    case 'customer.ErasureRequested': {
      const { requestId, asker, openComplaints, channel } = event.data;
      const requestedBy = event.metadata.actor.id;
      return { ...customer, erasure: present({ requestId, requestedBy, asker, channel, openComplaints }) };
    }
    case 'customer.ErasureApproved':
      return withDue(customer, event.data.dueAt);
    case 'customer.ErasurePostponed':
      return withDue(customer, event.data.until);
    case 'customer.ErasureRequestWithdrawn':
    case 'customer.ErasureRefused': {
      const { erasure: _ended, ...kept } = customer;
      return kept;
    }
    case 'customer.CustomerErased':
      return { status: 'erased', requestId: event.data.requestId };
    default:
      return never(event, customer);
  }
};

const withDue = (customer: KnownCustomer, dueAt: string): KnownCustomer =>
  customer.erasure ? { ...customer, erasure: { ...customer.erasure, dueAt } } : customer;

const never = (_event: never, customer: Customer): Customer => customer;
