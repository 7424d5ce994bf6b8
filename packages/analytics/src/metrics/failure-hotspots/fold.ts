import { type RecordedEvent } from '@aftercare/domain';
import { NO_CODE, UNKNOWN, type Figures } from '../metric';
import { dayIn, lastCode, readStory, type Case, type Story } from '../naive/read-story';
import { type MetricParameters } from '../parameters';
import { figuresOf, type Counted } from './shape';

/** DEC-12 case by case. */
export const fold = (events: readonly RecordedEvent[], parameters: MetricParameters): Figures => {
  const story = readStory(events);
  const from = new Date(parameters.from).getTime();
  const to = new Date(parameters.to).getTime();
  const counted = new Map<string, Counted>();
  let otherTypes = 0;
  for (const each of story.cases) {
    const day = new Date(dayIn(each.ticket.zone, each.openedAt)).getTime();
    const current = day >= from && day < to;
    const before = day < from && day >= from - (to - from);
    if (each.type !== 'repair') otherTypes += current ? 1 : 0;
    else if (current || before)
      count(counted, labelsOf(story, each, parameters), current, current && each.closing === '');
  }
  return figuresOf([...counted.values()], otherTypes, parameters);
};

const count = (
  counted: Map<string, Counted>,
  labels: Readonly<Record<string, string>>,
  current: boolean,
  open: boolean,
): void => {
  const key = JSON.stringify(labels);
  const row = counted.get(key) ?? { labels, cases: 0, previous: 0, open: 0 };
  counted.set(key, {
    labels,
    cases: row.cases + (current ? 1 : 0),
    previous: row.previous + (current ? 0 : 1),
    open: row.open + (open ? 1 : 0),
  });
};

const labelsOf = (story: Story, of: Case, { dimensions }: MetricParameters): Readonly<Record<string, string>> => {
  const known: Readonly<Record<string, string>> = {
    model: of.ticket.model,
    category: of.ticket.category,
    region: of.ticket.region,
    fault: lastCode(story, of),
    batch: story.batchOf.get(of.ticket.unitId) ?? '',
  };
  return Object.fromEntries(dimensions.map((name) => [name, known[name] || (name === 'fault' ? NO_CODE : UNKNOWN)]));
};
