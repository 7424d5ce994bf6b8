import { measureLabels, type Instant, type Money, type Role } from '@aftercare/domain';
import { roleLabels } from '../../queries/labels';
import { nothing, type Block, type Line } from '../blocks';
import { dataOf, eventsOf, type CaseFileContents, type FiledEvent } from '../contents';
import type { LocalTime } from '../../audit/local-time';
import { moneyOf } from '../words';
import { personalLines } from './timeline';

interface PlanData {
  readonly planId: string;
  readonly round: number;
  readonly diagnosis: { readonly faultCode?: string; readonly cause?: string; readonly inClear?: string };
  readonly measures: {
    readonly steps: readonly { readonly planStepId: string; readonly measure: keyof typeof measureLabels }[];
    readonly inClear?: string;
  };
  readonly assignments: { readonly list: readonly { readonly planStepId: string; readonly role: Role }[] };
  readonly milestones: {
    readonly list: readonly { readonly planStepId?: string; readonly name: string; readonly dueBy: Instant }[];
    readonly inClear?: string;
  };
  readonly budget: { readonly cost: Money; readonly inClear?: string };
}

const FATES: Readonly<Record<string, string>> = {
  'complaint.ResolutionPlanRejected': '退回修改',
  'complaint.ResolutionPlanApproved': '已批准',
  'complaint.PlanStarted': '已开始执行',
};

/** Every plan that was proposed, its five parts, what became of it, and how far each step came. */
export const plans = (contents: CaseFileContents, time: LocalTime): readonly Block[] => {
  const proposed = eventsOf(contents, 'complaint.ResolutionPlanProposed');
  return [
    { kind: 'chapter', text: '四、处理方案及步骤' },
    ...(proposed.length === 0 ? [nothing('没有提出处理方案。')] : []),
    ...proposed.flatMap((filed, index) => planBlocks(filed, index + 1, { contents, time })),
  ];
};

interface Place {
  readonly contents: CaseFileContents;
  readonly time: LocalTime;
}

const planBlocks = (filed: FiledEvent, number: number, place: Place): readonly Block[] => {
  const { time } = place;
  const plan = dataOf<PlanData>(filed);
  const { faultCode, cause } = plan.diagnosis;
  const due = plan.milestones.list.map(({ name, dueBy }) => `${name}(${time.of(dueBy)})`);
  return [
    { kind: 'section', text: `方案 ${number}(第 ${plan.round} 轮,${time.of(filed.event.metadata.occurredAt)} 提出)` },
    {
      kind: 'facts',
      rows: [
        ['诊断', [faultCode, cause].filter(Boolean).join(',') || plan.diagnosis.inClear || '—'],
        ['里程碑', due.join(';') || plan.milestones.inClear || '—'],
        ['预算', `${moneyOf(plan.budget.cost)}${plan.budget.inClear === undefined ? '' : `(${plan.budget.inClear})`}`],
        [
          '说明',
          personalLines(filed)
            .map(({ text }) => text)
            .join('\n') || '—',
        ],
        ['办理', fatesOf(filed, plan, place) || '待审批'],
      ],
    },
    plan.measures.steps.length === 0
      ? nothing(`没有步骤${plan.measures.inClear === undefined ? '' : `:${plan.measures.inClear}`}`)
      : {
          kind: 'table',
          columns: [
            { title: '步骤', width: 10 },
            { title: '措施', width: 20 },
            { title: '负责岗位', width: 22 },
            { title: '完成情况', width: 48 },
          ],
          rows: plan.measures.steps.map(({ planStepId, measure }, index) => [
            String(index + 1),
            measureLabels[measure].zh,
            rolesOf(plan, planStepId),
            stepsFate(filed, planStepId, place),
          ]),
        },
  ];
};

const fatesOf = (filed: FiledEvent, { planId }: PlanData, { contents, time }: Place): string =>
  eventsOf(contents, ...Object.keys(FATES))
    .filter(
      (one) => one.event.stream === filed.event.stream && dataOf<{ readonly planId: string }>(one).planId === planId,
    )
    .map((one) => `${FATES[one.event.type]!}(${one.role},${time.of(one.event.metadata.occurredAt)})`)
    .join(';');

const rolesOf = ({ assignments }: PlanData, planStepId: string): string => {
  const roles = assignments.list.filter((one) => one.planStepId === planStepId).map(({ role }) => roleLabels[role].zh);
  return [...new Set(roles)].join('、') || '—';
};

/** What happened to a step until the next plan: done, opened again, by a rework ticket. */
const stepsFate = (plan: FiledEvent, planStepId: string, { contents, time }: Place): readonly Line[] => {
  const next = eventsOf(contents, 'complaint.ResolutionPlanProposed').find(
    ({ event }) => event.stream === plan.event.stream && event.revision > plan.event.revision,
  );
  const until = next?.event.revision ?? Number.POSITIVE_INFINITY;
  const lines = contents.events
    .filter(
      (one) =>
        STEP_EVENTS.includes(one.event.type) &&
        one.event.stream === plan.event.stream &&
        one.event.revision > plan.event.revision &&
        one.event.revision < until &&
        dataOf<{ readonly planStepId?: string }>(one).planStepId === planStepId,
    )
    .flatMap((one): readonly Line[] => [
      { text: `${time.of(one.event.metadata.occurredAt)} ${one.says}` },
      ...personalLines(one),
    ]);
  return lines.length > 0 ? lines : [{ text: '未完成', tone: 'mark' }];
};

const STEP_EVENTS = [
  'complaint.ReworkTicketOpened',
  'complaint.ReworkTicketFailed',
  'complaint.PlanStepCompleted',
  'complaint.PlanStepReopened',
];
