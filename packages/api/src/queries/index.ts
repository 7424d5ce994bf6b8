import type { QueryDefinition } from './define-query';
import { ticketQueries } from './ticket.queries';
import { workOrderQueries } from './work-order.queries';

/** Every query: controller, role check, documentation and OpenAPI read this table. */
export const queries: readonly QueryDefinition[] = [...ticketQueries, ...workOrderQueries];
