import {
  partyLabels,
  RESPONSIBILITY_EVENTS,
  responsibilityLabels,
  type Party,
  type ResponsibilityStatus,
  type Role,
} from '@aftercare/domain';
import { roleLabels } from '../../queries/labels';
import { nothing, type Block } from '../blocks';
import { eventsOf, type CaseFileContents } from '../contents';
import type { LocalTime } from '../../audit/local-time';
import { wordOf } from '../words';
import { personalLines } from './timeline';

interface Known {
  readonly responsibility?: {
    readonly status: ResponsibilityStatus;
    readonly shares: readonly {
      readonly party: Party;
      readonly percent: number;
      readonly role?: Role;
      readonly kind: string;
    }[];
  };
}

/** Who bears how much, by party; who works for the house by role only (DEC-09). */
export const responsibility = (contents: CaseFileContents, time: LocalTime): readonly Block[] => {
  const complaints = contents.streams.filter(({ state }) => (state as Known | undefined)?.responsibility);
  const track = eventsOf(contents, ...RESPONSIBILITY_EVENTS);
  return [
    { kind: 'chapter', text: '三、责任认定' },
    ...(complaints.length === 0 ? [nothing('本案没有投诉,未作责任认定。')] : []),
    ...complaints.flatMap(({ name, state }): readonly Block[] => {
      const { status, shares } = (state as Required<Known>).responsibility;
      return [
        { kind: 'section', text: `${name}:${responsibilityLabels[status].zh}` },
        shares.length === 0
          ? nothing('没有认定的份额。')
          : {
              kind: 'table',
              columns: [
                { title: '责任方', width: 34 },
                { title: '比例', width: 16 },
                { title: '岗位', width: 30 },
                { title: '对象', width: 20 },
              ],
              rows: shares.map(({ party, percent, role, kind }) => [
                partyLabels[party].zh,
                `${percent}%`,
                role === undefined ? '—' : roleLabels[role].zh,
                wordOf('kind', kind),
              ]),
            },
      ];
    }),
    ...(track.length === 0
      ? []
      : ([
          { kind: 'section', text: '认定经过' },
          {
            kind: 'table',
            columns: [
              { title: '时间', width: 21 },
              { title: '事项', width: 33 },
              { title: '说明', width: 46 },
            ],
            rows: track.map((filed) => [
              time.of(filed.event.metadata.occurredAt),
              [{ text: filed.says }, { text: filed.role, tone: 'soft' }],
              [...filed.why.map((text) => ({ text })), ...personalLines(filed)],
            ]),
          },
        ] satisfies readonly Block[])),
  ];
};
