import { aggregateOf, type Instant } from '@aftercare/domain';
import pc from 'picocolors';
import { createInterface } from 'node:readline/promises';
import type { Change } from '../audit/changes';
import { sentenceOf } from '../audit/event-sentence';
import { matterOf, type Reach } from '../audit/matter';
import { LocalTime } from '../audit/local-time';
import { inOrderOfRecording } from '../audit/order';
import { stateWordOf } from '../audit/state-words';
import { replaySteps, type ReplayStep } from '../audit/replay';
import { configFromEnvironment } from '../composition/environment';
import { roleLabels } from '../queries/labels';
import { instantArgument, notAhead } from './instant-argument';
import { openReadingDesk, type ReadingDesk } from './reading-desk';

export interface ReplayOptions {
  readonly asOf?: string;
  /** Waits for Enter after each event. */
  readonly step?: boolean;
  /** With everything that is linked to it. */
  readonly case?: boolean;
  readonly json?: boolean;
}

/** Plays a ticket's or complaint's history again, event by event, with what each did to the state. */
export const replayCommand = async (
  name: string,
  options: ReplayOptions,
  say: (line: string) => void,
): Promise<void> => {
  const asOf = options.asOf === undefined ? undefined : instantArgument(options.asOf, '--as-of');
  const config = configFromEnvironment();
  const desk = await openReadingDesk(config);
  try {
    if (asOf !== undefined) notAhead(asOf, '--as-of', desk.sources.clock.now());
    const stream = await desk.streamOf(name);
    const steps = await stepsOf(desk, stream, { reach: reachOf(stream, options), ...(asOf ? { asOf } : {}) });
    const forgotten = await desk.forgotten(steps.flatMap(({ event }) => event.personal.map(({ subject }) => subject)));
    if (options.json)
      return say(JSON.stringify(steps.map(plain(desk, new LocalTime(config.zone), forgotten)), null, 2));
    const show = shownIn(desk, config.zone, forgotten);
    const enter = options.step && process.stdin.isTTY ? createInterface(process.stdin, process.stderr) : undefined;
    for (const step of steps) {
      for (const line of show(step)) say(line);
      await enter?.question('⏎ ');
    }
    enter?.close();
    say(
      pc.bold(
        `${steps.length} 个事件 events${asOf ? `,截至 as of ${new LocalTime(config.zone).withOffset(asOf)}` : ''}`,
      ),
    );
  } finally {
    await desk.close();
  }
};

const reachOf = (stream: string, options: ReplayOptions): Reach => {
  if (options.case) return 'case';
  return aggregateOf(stream) === 'ticket' ? 'jobs' : 'alone';
};

const stepsOf = async (
  { sources }: ReadingDesk,
  stream: string,
  { reach, asOf }: { readonly reach: Reach; readonly asOf?: Instant },
): Promise<readonly ReplayStep[]> => {
  const matter = await matterOf(sources.streams, stream, { reach, cut: asOf === undefined ? {} : { asOf } });
  return replaySteps(sources.registry, inOrderOfRecording(matter.flatMap(({ events }) => events)));
};

const plain =
  ({ sources }: ReadingDesk, time: LocalTime, forgotten: ReadonlySet<string>) =>
  ({ event, changes }: ReplayStep) => ({
    stream: event.stream,
    revision: event.revision,
    eventId: event.eventId,
    type: event.type,
    says: sentenceOf(event, sources.registry, (instant) => time.withOffset(instant)),
    actor: event.metadata.actor,
    occurredAt: event.metadata.occurredAt,
    recordedAt: event.metadata.recordedAt,
    data: event.data,
    ...(partsOf(event, forgotten).erased > 0 ? { erased: true } : {}),
    changes,
    hash: event.metadata.hash,
  });

/** How many personal parts of an event stay closed here, and how many nobody can open any more (DEC-15). */
const partsOf = ({ personal }: ReplayStep['event'], forgotten: ReadonlySet<string>) => {
  const erased = personal.filter(({ subject }) => forgotten.has(subject)).length;
  return { sealed: personal.length - erased, erased };
};

const shownIn = ({ sources }: ReadingDesk, zone: string, forgotten: ReadonlySet<string>) => {
  const time = new LocalTime(zone);
  return ({ event, changes }: ReplayStep): readonly string[] => {
    const { actor, recordedAt, occurredAt } = event.metadata;
    const says = sentenceOf(event, sources.registry, (instant) => time.of(instant));
    const { sealed, erased } = partsOf(event, forgotten);
    const happened = occurredAt === recordedAt ? '' : `  发生于 occurred ${time.of(occurredAt)}`;
    return [
      `${pc.cyan(time.withOffset(recordedAt))}  ${pc.bold(says.zh)}`,
      `    ${says.en}`,
      pc.dim(
        `    ${event.stream} #${event.revision} ${event.type}  ${roleLabels[actor.role].zh} ${actor.id}${happened}`,
      ),
      ...changes.map((change) => `    ${shownChange(change, event.stream)}`),
      ...(sealed > 0 ? [pc.dim(`    个人信息未打开 personal parts sealed: ${sealed}`)] : []),
      ...(erased > 0 ? [pc.dim(`    个人信息已删除 personal parts erased: ${erased}`)] : []),
    ];
  };
};

/** One change as a line: what came green, what went red. */
export const shownChange = ({ field, before, after }: Change, stream: string): string => {
  const shown = (value: unknown): string => {
    const word = stateWordOf(stream, field, value);
    return `${JSON.stringify(value)}${word ? ` ${word.zh}` : ''}`;
  };
  if (before === undefined) return pc.green(`+ ${field}: ${shown(after)}`);
  if (after === undefined) return pc.red(`- ${field}: ${shown(before)}`);
  return `${pc.yellow('~')} ${field}: ${pc.red(shown(before))} → ${pc.green(shown(after))}`;
};
