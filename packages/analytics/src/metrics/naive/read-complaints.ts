import { type ComplaintEvent, type Recorded, type RecordedEvent } from '@aftercare/domain';
import { dayIn } from './read-story';

type Event = Recorded<ComplaintEvent>;
type Named<Name extends string> = Extract<Event, { readonly type: `complaint.${Name}` }>;

/** One complaint as its events tell it, read without the fact folds. */
export interface Story {
  readonly stream: string;
  readonly registration: Named<'ComplaintRegistered'>;
  readonly events: readonly Event[];
}

/** Complaints in the order in which they were registered. */
export const readComplaints = (events: readonly RecordedEvent[]): readonly Story[] => {
  const mine = events.filter((event) => event.type.startsWith('complaint.')) as unknown as readonly Event[];
  const streams = new Map<string, Event[]>();
  for (const event of mine) streams.set(event.stream, [...(streams.get(event.stream) ?? []), event]);
  return [...streams].flatMap(([stream, own]) => {
    const [registration] = own;
    return registration?.type === 'complaint.ComplaintRegistered' ? [{ stream, registration, events: own }] : [];
  });
};

/** All events of a name, in order. */
export const all = <Name extends string>({ events }: Story, name: Name): readonly Named<Name>[] =>
  events.filter((event) => event.type === `complaint.${name}`) as unknown as readonly Named<Name>[];

/** The last event that has one of these names. */
export const lastOf = <Name extends string>({ events }: Story, ...names: readonly Name[]): Named<Name> | undefined =>
  events.filter((event) => names.some((name) => event.type === `complaint.${name}`)).at(-1) as Named<Name> | undefined;

export const receivedAt = ({ registration: { metadata } }: Story): string => metadata.receivedAt ?? metadata.recordedAt;

/** The local day on which it reached us. */
export const receivedOn = (story: Story): string => dayIn(story.registration.data.zone, receivedAt(story));

/** How it ended; `open`: it goes on. */
export const endOf = (story: Story): string => {
  const last = lastOf(
    story,
    'ComplaintClosed',
    'DismissalCommunicated',
    'ComplaintWithdrawn',
    'SecondHandlingOpened',
    'DismissalAppealed',
    'ComplaintReopened',
  );
  if (last?.type === 'complaint.ComplaintClosed') return last.data.outcome;
  if (last?.type === 'complaint.DismissalCommunicated') return 'dismissed';
  return last?.type === 'complaint.ComplaintWithdrawn' ? 'withdrawn' : 'open';
};

const responsibleIn = (story: Story): string => {
  const found = [...story.events]
    .reverse()
    .find(
      (event) =>
        event.type === 'complaint.ResponsibilityProposed' ||
        event.type === 'complaint.ResponsibilityProposalRejected' ||
        event.type === 'complaint.ResponsibilityUndetermined' ||
        event.type === 'complaint.ResponsibilityConfirmed' ||
        event.type === 'complaint.ResponsibilityBecameFinal' ||
        (event.type === 'complaint.AppealDecided' && event.data.shares !== undefined),
    );
  if (found?.type === 'complaint.ResponsibilityUndetermined') return 'undetermined';
  const shares =
    found?.type === 'complaint.ResponsibilityConfirmed' ||
    found?.type === 'complaint.ResponsibilityBecameFinal' ||
    found?.type === 'complaint.AppealDecided'
      ? (found.data.shares ?? [])
      : [];
  const percents: Record<string, number> = {};
  for (const { party, percent } of shares) percents[party] = (percents[party] ?? 0) + percent;
  const ranked = Object.entries(percents)
    .filter(([, percent]) => percent > 0)
    .sort(([, a], [, b]) => b - a);
  const [first, second] = ranked;
  if (!first) return 'not-yet';
  return second && second[1] === first[1] ? 'shared' : first[0];
};

/** What complaints can be told apart by. */
export const dimensionsOf = (story: Story): Readonly<Record<string, string>> => {
  const { data } = story.registration;
  const abouts = [data.about, ...all(story, 'SubjectIdentified').map((event) => event.data.about)];
  const known = (name: 'model' | 'category'): string => abouts.reduce((value, about) => about[name] ?? value, '');
  return {
    category: lastOf(story, 'ComplaintRegistered', 'ComplaintClassified')?.data.complaintCategory ?? '',
    severity: lastOf(story, 'SeverityAssessed')?.data.severity ?? 'general',
    model: known('model'),
    product: known('category'),
    responsibility: responsibleIn(story),
    region: data.region ?? '',
    channel: data.channel,
    outcome: endOf(story),
  };
};
