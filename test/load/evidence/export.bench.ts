import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { exportMatter, openStores } from '@aftercare/api';
import { sha256, type EventStore } from '@aftercare/event-store';
import { ZipFile } from 'yazl';
import { registered, repairWish } from '../../e2e/support/cast';
import { World } from '../../e2e/support/world';
import { filesIn } from '../../fault/evidence/exported';
import { atLeast, interleaved, type BenchRow } from '../bench';
import { perCpuSecond } from './cpu';

const EVENTS = 2_000;
const BATCH = 100;

/** A large case exported with its proofs, against reading its events and packing the same files. */
export async function run(): Promise<BenchRow[]> {
  const world = await World.start({ stores: (clock, config) => openStores(config, clock) });
  try {
    const stream = await largeCase(world);
    const { platform } = world;
    const exported = async (): Promise<Buffer> => {
      const actor = { id: 'staff-1', role: 'auditor' } as const;
      const wish = { actor, requestId: randomUUID(), reason: 'bench', disclose: ['all'], withholdPersonal: false };
      return drained((await exportMatter(platform, stream, wish)).zip);
    };
    const files = filesIn(await exported());
    const packed = async (): Promise<void> => {
      const lines: string[] = [];
      for (const { stream: name } of (
        JSON.parse(files.get('proof.json')!.toString()) as { heads: { stream: string }[] }
      ).heads)
        lines.push(...(await linesOf(platform.stores.store, name)));
      const zip = new ZipFile();
      for (const [name, bytes] of files)
        zip.addBuffer(name === 'events.jsonl' ? Buffer.from(lines.join('\n')) : bytes, name);
      zip.end();
      await drained(zip.outputStream);
    };
    await packed();
    const figures = await interleaved(
      () => perCpuSecond(EVENTS, exported),
      () => perCpuSecond(EVENTS, packed),
      9,
    );
    return [
      atLeast(
        0.3,
        `export of a case of ${EVENTS} events with proofs, against reading and zipping`,
        'events per s of CPU',
        figures,
      ),
    ];
  } finally {
    await world.stop();
  }
}

/** A ticket with very many notes, each with the customer's own words in it. */
const largeCase = async (world: World): Promise<string> => {
  const agent = await world.person('agent');
  const ticket = await registered(agent, repairWish);
  await agent.post(`${ticket}/add-note`, { about: 'case', note: '客户希望周末联系' });
  await world.settle();
  const { streams, codec, stores } = world.platform;
  const stream = `ticket-${ticket.split('/').at(-1)}`;
  const { events } = await streams.load(stream);
  const note = events.find(({ type }) => type === 'ticket.NoteAdded');
  if (!note) throw new Error(`no note among ${events.map(({ type }) => type).join(', ')}`);
  const { personal } = await streams.open(note);
  const parts = personal.flatMap((part) => ('fields' in part ? [part] : []));
  const keys = await stores.keys.ensure(parts.map(({ subject }) => subject));
  for (let count = events.length; count < EVENTS; count += BATCH) {
    const { head } = await stores.store.read(stream, { limit: 1 });
    const { actor, recordedAt, correlationId } = note.metadata;
    const commandId = randomUUID();
    const encoded = codec.encode(
      Array.from({ length: Math.min(BATCH, EVENTS - count) }, () => ({
        type: note.type,
        data: note.data,
        personal: parts,
      })),
      {
        stream,
        head,
        actor,
        now: recordedAt,
        correlationId,
        commandId,
        commandDigest: sha256(commandId),
        causationId: commandId,
      },
      keys,
    );
    await stores.store.append(stream, encoded, { expected: head });
  }
  return stream;
};

const linesOf = async (store: EventStore, stream: string): Promise<string[]> => {
  const lines: string[] = [];
  for (;;) {
    const { events, head } = await store.read(stream, { from: lines.length });
    for (const event of events) lines.push(JSON.stringify(event));
    if (head === 'none' || events.length === 0 || lines.length > head.revision) return lines;
  }
};

const drained = async (stream: NodeJS.ReadableStream): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  await once(stream, 'end');
  return Buffer.concat(chunks);
};
