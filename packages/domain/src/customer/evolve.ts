import type { Recorded } from '../kernel/index';
import { present } from '../kernel/present';
import type { CustomerEvent } from './events';
import { evolveErasure } from './erasure/evolve';
import type { Customer } from './state';

export const evolveCustomer = (customer: Customer, event: Recorded<CustomerEvent>): Customer => {
  if (event.type === 'customer.CustomerRegistered') {
    const { tier, region } = event.data;
    return { status: 'known', registeredAt: event.metadata.recordedAt, tier, consents: [], ...present({ region }) };
  }
  if (customer.status !== 'known') return customer;
  switch (event.type) {
    case 'customer.CustomerContactCorrected':
      return { ...customer, ...present({ region: event.data.region }) };
    case 'customer.CustomerTierChanged':
      return { ...customer, tier: event.data.tier };
    case 'customer.ConsentRecorded': {
      const { purpose, given } = event.data;
      const others = customer.consents.filter((one) => one !== purpose);
      return { ...customer, consents: given ? [...others, purpose] : others };
    }
    default:
      return evolveErasure(customer, event);
  }
};
