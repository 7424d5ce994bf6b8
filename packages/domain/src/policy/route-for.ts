import type { Route, ServiceType, TicketType } from '../vocabulary';
import type { CataloguePolicy, RoutePolicy } from './bodies';

/**
 * Route v1: the customer's service type first, else by type; a repair takes its category's default, else the general one.
 * Undefined: nobody can be named, the matter stays on the supervisor's list. A complaint always does.
 *
 * @param category as the catalogue names it; one that the catalogue doesn't know has no default
 */
export const routeFor = (
  policy: RoutePolicy,
  catalogue: CataloguePolicy,
  input: {
    readonly serviceType?: ServiceType | undefined;
    readonly type: TicketType;
    readonly category?: string | undefined;
  },
): Route | undefined => {
  if (input.type === 'complaint') return undefined;
  const wished = policy.byServiceType.find((row) => row.serviceType === input.serviceType);
  if (wished) return wished.route;
  const byType = policy.byType.find((row) => row.type === input.type)?.route;
  if (input.type !== 'repair') return byType;
  const category = catalogue.categories.find((row) => row.category === input.category);
  return category?.defaultRoute ?? byType ?? policy.repairDefault;
};
