import type { AggregateRegistration, CommandDefinition, Registry } from '@aftercare/domain';
import { onCallRosterStream, policyStream, productUnitId } from '../composition/stream-names';

/** Where one command is reached over HTTP. */
export interface CommandRoute {
  /** Fastify path: `/tickets`, `/tickets/:id/reject-resolution`, `/policies/:kind/publish-policy`, `/on-call-rosters/:site/plan-on-call`. */
  readonly path: string;
  readonly creates: boolean;
  readonly definition: CommandDefinition;
  readonly aggregate: AggregateRegistration;
  /** The stream of what the path names; undefined: no such thing can exist. */
  streamOf(parameter: string): string | undefined;
  /** For a creating command whose id follows from what it is; absent: from the commandId. */
  readonly idOf?: (data: Readonly<Record<string, unknown>>) => string | undefined;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Commands whose address does not follow from their name: two of them would start a ticket, or a complaint, at the same place. */
const ADDRESSES: Readonly<Record<string, string>> = {
  'ticket.SubmitTicket': '/submissions',
  'complaint.SubmitComplaint': '/complaint-submissions',
  'work_order.RecordFacts': '/work-orders/:id/facts',
  'customer.RequestErasure': '/customers/:id/erasure-requests',
};

/** Their addresses take a content and send the command when it is stored (attachments/). */
const TAKE_CONTENTS: readonly string[] = ['ticket.AddAttachment', 'complaint.AttachEvidence'];

const kebab = (name: string): string => name.replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase();

/** The part of a command's type behind the dot, in dashes: `reject-resolution`. */
export const commandName = (type: string): string => kebab(type.slice(type.indexOf('.') + 1));

/** Every command that has an address, from the registry's tables. Throws when two share one (a bug, found at start). */
export const commandRoutes = (registry: Registry): readonly CommandRoute[] => {
  const routes = registry.aggregates.flatMap((aggregate) =>
    Object.values(aggregate.commands)
      .filter(({ internal, type }) => !internal && !TAKE_CONTENTS.includes(type))
      .map((definition) => routeOf(aggregate, definition)),
  );
  const seen = new Map<string, string>();
  for (const { path, definition } of routes) {
    const other = seen.get(path);
    if (other !== undefined) throw new Error(`${definition.type} and ${other} share the address POST ${path}`);
    seen.set(path, definition.type);
  }
  return routes;
};

/** What has a name of its own that leads to its stream. */
const NAMED: Readonly<
  Record<string, { readonly parameter: string; readonly streamOf: (name: string) => string | undefined } | undefined>
> = {
  policy: { parameter: 'kind', streamOf: policyStream },
  on_call_roster: { parameter: 'site', streamOf: onCallRosterStream },
};

const routeOf = (aggregate: AggregateRegistration, definition: CommandDefinition): CommandRoute => {
  const creates = definition.kind === 'creates';
  const named = NAMED[aggregate.aggregate];
  const base = `/${aggregate.collection}`;
  const usual = creates ? base : `${base}/:${named?.parameter ?? 'id'}/${commandName(definition.type)}`;
  return {
    path: ADDRESSES[definition.type] ?? usual,
    creates,
    definition,
    aggregate,
    streamOf: named?.streamOf ?? ((id) => (UUID.test(id) ? `${aggregate.aggregate}-${id}` : undefined)),
    ...(aggregate.aggregate === 'product_unit' && creates ? { idOf: productUnitId } : {}),
  };
};
