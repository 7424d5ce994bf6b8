import {
  complaintCategoryLabels,
  complaintStateLabels,
  priorityLabels,
  severityLabels,
  ticketStateLabels,
  ticketTypeLabels,
  type Text,
} from '@aftercare/domain';
import { roleLabels } from '../../queries/labels';
import type { Block } from '../blocks';
import type { CaseFileContents, Disclosure } from '../contents';
import type { LocalTime } from '../../audit/local-time';

/** What the states of a complaint and of a ticket have in common here. */
interface Known {
  readonly status?: string;
  readonly category?: string;
  readonly severity?: string;
  readonly provisional?: boolean;
  readonly type?: string;
  readonly priority?: string;
  readonly round?: number;
}

const DISCLOSURES: Readonly<Record<Disclosure, string>> = {
  masked: '已脱敏',
  open: '未脱敏(查阅理由已登记)',
  sealed: '未打开',
};

const label = (labels: Readonly<Record<string, Text>>, code: string | undefined): string =>
  code === undefined ? '—' : (labels[code]?.zh ?? code);

/** Whose file it is, how the case stands, who asked for it, and what it can be held against. */
export const cover = (contents: CaseFileContents, time: LocalTime): readonly Block[] => {
  const { title, leading, streams, events, askedBy, reason, madeAt, zone, anchor, disclosure } = contents;
  const isComplaint = leading.stream.startsWith('complaint-');
  const known = (leading.state ?? {}) as Known;
  const first = events.find(({ event }) => event.stream === leading.stream)!.event.metadata;
  const after = anchor && events.filter(({ event }) => event.metadata.recordedAt > anchor.time).length;
  return [
    { kind: 'title', above: '案件卷宗', text: title },
    {
      kind: 'facts',
      rows: [
        ['案件', leading.name],
        ...(isComplaint
          ? ([
              ['投诉类别', label(complaintCategoryLabels, known.category)],
              ['投诉等级', `${label(severityLabels, known.severity)}${known.provisional ? '(初评)' : ''}`],
              ['处理轮次', `第 ${known.round ?? 1} 轮`],
            ] as const)
          : ([
              ['工单类型', label(ticketTypeLabels, known.type)],
              ['优先级', label(priorityLabels, known.priority)],
            ] as const)),
        ['制卷时状态', label(isComplaint ? complaintStateLabels : ticketStateLabels, known.status)],
        ['受理时间', time.of(first.receivedAt ?? first.recordedAt)],
        [
          '关联',
          streams
            .slice(1)
            .map(({ name }) => name)
            .join('、') || '无',
        ],
        ['制卷人', `${roleLabels[askedBy.role].zh} ${askedBy.id}`],
        ['制卷时间', time.of(madeAt)],
        ['制卷理由', reason],
        ['个人信息', DISCLOSURES[disclosure]],
        ['时间', `均为当地时间(${zone})`],
        [
          '最新锚点',
          anchor ? `第 ${anchor.number} 条,${time.of(anchor.time)};其后另有 ${after} 个事件尚未固定` : '尚无锚点',
        ],
      ],
    },
    { kind: 'section', text: '事件流及其末端哈希' },
    {
      kind: 'table',
      columns: [
        { title: '事件流', width: 27 },
        { title: '事件数', width: 9 },
        { title: '末端事件哈希(SHA-256)', width: 64 },
      ],
      rows: streams.map(({ name, stream, events: count, hash }) => [
        [{ text: name }, { text: stream, tone: 'soft' }],
        String(count),
        [{ text: hash, tone: 'soft' }],
      ]),
    },
    {
      kind: 'text',
      tone: 'soft',
      text: '本卷由只可追加的事件记录生成,每条事件的哈希均包含前一条的哈希。上列末端哈希与系统导出的可核验压缩包(aftercare export)中的一致,即表明所述经过自记录以来未被改动;本卷本身是供阅读的副本,不替代该压缩包。',
    },
  ];
};
