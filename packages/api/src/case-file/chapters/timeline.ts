import { between, MINUTE } from '@aftercare/domain';
import type { Block, Line } from '../blocks';
import type { CaseFileContents, FiledEvent } from '../contents';
import type { LocalTime } from '../../audit/local-time';

/** Every event of the case in the order of its recording; nothing is left out. */
export const timeline = (contents: CaseFileContents, time: LocalTime): readonly Block[] => {
  const names = new Map(contents.streams.map(({ stream, name }) => [stream, name]));
  return [
    { kind: 'chapter', text: `一、时间线(共 ${contents.events.length} 个事件)` },
    {
      kind: 'table',
      columns: [
        { title: '记录时间', width: 26 },
        { title: '经过', width: 74 },
      ],
      rows: contents.events.map((filed) => [
        [
          { text: time.of(filed.event.metadata.recordedAt) },
          { text: `${names.get(filed.event.stream) ?? ''} 第 ${filed.event.revision} 号`, tone: 'soft' },
        ],
        told(filed, time),
      ]),
    },
  ];
};

const told = (filed: FiledEvent, time: LocalTime): readonly Line[] => {
  const { occurredAt, recordedAt } = filed.event.metadata;
  return [
    { text: filed.says, tone: 'strong' },
    { text: `经手:${filed.role}`, tone: 'soft' },
    ...(between(occurredAt, recordedAt) >= MINUTE
      ? [{ text: `发生于 ${time.of(occurredAt)},事后记录`, tone: 'mark' } as const]
      : []),
    ...(filed.why.length > 0 ? [{ text: `依据:${filed.why.join(';')}`, tone: 'soft' } as const] : []),
    ...personalLines(filed),
  ];
};

/** What an event holds about persons, or what stands in its place. */
export const personalLines = ({ personal, notes }: FiledEvent): readonly Line[] => [
  ...personal.map(([label, text]): Line => ({ text: `${label}:${text}` })),
  ...notes.map((text): Line => ({ text, tone: 'soft' })),
];
