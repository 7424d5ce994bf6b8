import { auditQueries } from '../audit/audit.queries';
import { erasureQueries } from '../erasure/erasure.queries';
import { complaintQueries } from './complaint.queries';
import { customerQueries } from './customer.queries';
import type { QueryDefinition } from './define-query';
import { figureQueries } from './figures.queries';
import { onCallQueries } from './on-call.queries';
import { operationsQueries } from './operations.queries';
import { peopleQueries } from './people.queries';
import { policyQueries } from './policy.queries';
import { productUnitQueries } from './product-unit.queries';
import { queueQueries } from './queue.queries';
import { ticketQueries } from './ticket.queries';
import { workOrderQueries } from './work-order.queries';

/** Every query: controller, role check, documentation and OpenAPI read this table. */
export const queries: readonly QueryDefinition[] = [
  ...queueQueries,
  ...ticketQueries,
  ...auditQueries,
  ...workOrderQueries,
  ...complaintQueries,
  ...customerQueries,
  ...erasureQueries,
  ...peopleQueries,
  ...onCallQueries,
  ...productUnitQueries,
  ...policyQueries,
  ...figureQueries,
  ...operationsQueries,
];
