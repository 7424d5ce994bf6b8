import type { Recorded } from '../kernel/index';
import type { OutletEvent } from './events';
import type { Outlet } from './state';

export const evolveOutlet = (outlet: Outlet, event: Recorded<OutletEvent>): Outlet => {
  switch (event.type) {
    case 'outlet.OutletRegistered':
    case 'outlet.OutletReactivated':
      return { status: 'active' };
    case 'outlet.OutletDeactivated':
      return { status: 'inactive' };
    case 'outlet.OutletProfileChanged':
      return outlet;
    default:
      return never(event, outlet);
  }
};

const never = (_event: never, outlet: Outlet): Outlet => outlet;
