import { aggregateOf } from '@aftercare/domain';
import pc from 'picocolors';
import { differenceOf, type Point } from '../audit/diff';
import { LocalTime } from '../audit/local-time';
import { configFromEnvironment } from '../composition/environment';
import { CliError } from './cli-error';
import { instantArgument, notAhead } from './instant-argument';
import { openReadingDesk } from './reading-desk';
import { shownChange } from './replay.command';

/** What changed in a ticket or complaint between two points, and the events that did it. */
export const diffCommand = async (
  name: string,
  options: { readonly from: string; readonly to: string; readonly case?: boolean; readonly json?: boolean },
  say: (line: string) => void,
): Promise<void> => {
  const from = pointArgument(options.from, '--from');
  const to = pointArgument(options.to, '--to');
  const config = configFromEnvironment();
  const time = new LocalTime(config.zone);
  const desk = await openReadingDesk(config);
  try {
    const now = desk.sources.clock.now();
    if ('at' in from) notAhead(from.at, '--from', now);
    if ('at' in to) notAhead(to.at, '--to', now);
    const stream = await desk.streamOf(name);
    const reach = options.case ? 'case' : aggregateOf(stream) === 'ticket' ? 'jobs' : 'alone';
    const difference = await differenceOf(desk.sources, stream, { from, to, reach }).catch((error: unknown) => {
      throw isBackward(error) ? new CliError('--to must not lie before --from') : error;
    });
    if (options.json) return say(JSON.stringify(difference, null, 2));
    const events = new Map(difference.events.map((event) => [event.eventId, event]));
    for (const { stream: where, by, ...change } of difference.changes) {
      say(`${where === stream ? '' : pc.dim(`${where} `)}${shownChange(change, where)}`);
      for (const event of by.map((eventId) => events.get(eventId)!))
        say(pc.dim(`    ${time.withOffset(event.recordedAt)} #${event.revision} ${event.says.zh} (${event.type})`));
    }
    say(pc.bold(`${difference.changes.length} 处变化 changes, ${difference.events.length} 个事件 events`));
  } finally {
    await desk.close();
  }
};

const pointArgument = (text: string, option: string): Point =>
  /^\d{1,7}$/.test(text) ? { revision: Number(text) } : { at: instantArgument(text, option) };

const isBackward = (error: unknown): boolean => (error as { code?: unknown }).code === 'REQUEST.INVALID';
