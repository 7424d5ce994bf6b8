import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ProcessManager } from '@aftercare/domain';
import { createCodec, openSqliteStore, systemClock } from '@aftercare/event-store';
import { openProjections, openSqliteViews, readModels } from '@aftercare/projections';
import { eventTables } from '@aftercare/projections/testing';

/**
 * Follows the store in folder argv[2] in small pages, with every read model and one process that greets each ticket; each
 * greeting sent is a line of `sent.log`, each page of the queue a line of output. Runs until it is killed, or, with
 * `once` as argv[3], until everything is read and sent.
 */
const [, , folder, mode] = process.argv;

process.stdout.on('error', () => process.exit(4));
setTimeout(() => process.exit(5), 60_000).unref();

const greeter: ProcessManager<{ readonly greeted: number }> = {
  name: 'greeter',
  version: 1,
  types: ['ticket.TicketRegistered', 'ticket.TicketSubmitted'],
  instance: (event) => event.metadata.correlationId,
  initial: { greeted: 0 },
  react: (state, input) =>
    input.kind === 'event'
      ? {
          state: { greeted: state.greeted + 1 },
          commands: [{ stream: input.event.stream, type: 'ticket.Greet', data: {} }],
        }
      : { state, commands: [] },
};

const main = async (): Promise<void> => {
  const clock = systemClock();
  const store = openSqliteStore({ path: join(folder!, 'events.db'), clock, readOnly: true });
  const codec = createCodec({ registry: eventTables, lineageId: store.meta.lineageId });
  const views = openSqliteViews(join(folder!, 'views.db'));
  const projections = await openProjections({
    views,
    store,
    clock,
    decode: (stored) => codec.decode(stored),
    models: readModels,
    processes: [greeter],
    send: async ({ commandId, stream }) => {
      appendFileSync(join(folder!, 'sent.log'), `${commandId}\n`);
      return Promise.resolve({ status: 'done', stream, revision: 0, repeated: false, events: [] });
    },
    pageSize: 20,
    onChange: (name) => console.log(name),
  });
  const stopping = new AbortController();
  const ended = projections.run(stopping.signal);
  console.log('started');
  if (mode !== 'once') return ended;
  await projections.settle();
  stopping.abort();
  await ended;
  await views.close();
  await store.close();
};

main().catch((error: Error) => {
  console.error(`${error.name}: ${error.message}`);
  process.exit(3);
});
