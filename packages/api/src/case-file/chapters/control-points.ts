import { controlPointLabels, severityLabels, type ControlPointReading } from '@aftercare/domain';
import { nothing, type Block, type Cell } from '../blocks';
import type { CaseFileContents } from '../contents';
import type { LocalTime } from '../../audit/local-time';
import { wordOf } from '../words';

/** SLA-09: the five control points as they were judged then, each under the version of its start (DEC-02). */
export const controlPoints = ({ controlPoints: all }: CaseFileContents, time: LocalTime): readonly Block[] => [
  { kind: 'chapter', text: '五、控制点(按当时有效的规则判定)' },
  ...(all.length === 0 ? [nothing('本案没有投诉,不设控制点。')] : []),
  ...all.flatMap(({ streamName, readings }): readonly Block[] => [
    { kind: 'section', text: streamName },
    {
      kind: 'table',
      columns: [
        { title: '控制点', width: 17 },
        { title: '时限', width: 20 },
        { title: '起算', width: 21 },
        { title: '应完成', width: 21 },
        { title: '结果', width: 21 },
      ],
      rows: readings.map((reading) => rowOf(reading, time)),
    },
    ...(readings.some(({ provisional }) => provisional) ? [nothing('带“暂定”的期限以尚未公布的节假日安排推算。')] : []),
  ]),
];

const rowOf = (reading: ControlPointReading, time: LocalTime): readonly Cell[] => {
  const { point, round, severity, limit, calendar, policyVersion, startedAt, dueBy, provisional } = reading;
  return [
    [{ text: controlPointLabels[point].zh }, { text: `第 ${round} 轮`, tone: 'soft' }],
    [
      { text: `${limit.amount} ${wordOf('amountUnit', limit.unit)}(${wordOf('calendar', calendar)})` },
      { text: `${severityLabels[severity].zh},规则第 ${policyVersion} 版`, tone: 'soft' },
    ],
    time.of(startedAt),
    dueBy === undefined ? '暂停计时' : `${time.of(dueBy)}${provisional ? '(暂定)' : ''}`,
    resultOf(reading, time),
  ];
};

const resultOf = ({ state, late, endedAt, missedAt }: ControlPointReading, time: LocalTime): Cell => {
  const ended = endedAt === undefined ? [] : [{ text: time.of(endedAt), tone: 'soft' } as const];
  const missed = missedAt === undefined ? [] : [{ text: `超时记录于 ${time.of(missedAt)}`, tone: 'soft' } as const];
  const text = RESULTS[state][late ? 1 : 0];
  return [{ text, ...(late ? { tone: 'mark' as const } : {}) }, ...ended, ...missed];
};

const RESULTS: Readonly<Record<ControlPointReading['state'], readonly [inTime: string, late: string]>> = {
  met: ['按时完成', '超时完成'],
  running: ['进行中', '已超时,未完成'],
  paused: ['等待补充信息', '等待补充信息,已超时'],
  stopped: ['已终止', '终止时已超时'],
};
