import type { RecordedEvent } from '@aftercare/domain';
import { reasonsInWords, sentenceOf } from '../audit/event-sentence';
import { LocalTime } from '../audit/local-time';
import { platformRegistry } from '../composition/platform';
import { labelOf } from './labels';

const registry = platformRegistry();

/** Codes of the anchor ledger and of records about records: nobody reads them in a matter's history. */
const NOT_READ: readonly string[] = ['anchor'];

interface Schema {
  readonly anyOf?: readonly Schema[];
  readonly const?: unknown;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
}
type Found = readonly [type: string, field: string, code: string];

/** Every word of a closed list that an event's data can hold, with the name of its field. */
const codesIn = (schema: Schema, field: string, type: string): readonly Found[] => {
  const { anyOf, const: only, items, properties } = schema;
  if (anyOf) return anyOf.flatMap((one) => codesIn(one, field, type));
  if (typeof only === 'string') return [[type, field, only]];
  if (items) return codesIn(items, field, type);
  return Object.entries(properties ?? {}).flatMap(([name, one]) => codesIn(one, name, type));
};

const told = (type: string, data: object): RecordedEvent =>
  ({ type, data, stream: 'complaint-x', revision: 0, personal: [], metadata: {} }) as unknown as RecordedEvent;
const inShanghai = new LocalTime('Asia/Shanghai');
const zh = (type: string, data: object): string =>
  sentenceOf(told(type, data), registry, (instant) => inShanghai.withOffset(instant)).zh;

describe('DEC-21 every code that an event can hold has words', () => {
  it('in Chinese and English', () => {
    const codes = registry.aggregates
      .filter(({ aggregate }) => !NOT_READ.includes(aggregate))
      .flatMap(({ events }) => Object.values(events))
      .flatMap(({ type, data }) => codesIn(data as unknown as Schema, '', type));
    expect(codes.length).toBeGreaterThan(300);
    const wordless = codes.filter(([, field, code]) => labelOf(field, code) === undefined);
    expect([...new Set(wordless.map(([type, field, code]) => `${type} ${field}: ${code}`))]).toEqual([]);
    const english = codes.filter(([, field, code]) => !/[一-鿿]|12315/.test(labelOf(field, code)!.zh));
    expect(english).toEqual([]);
  });
});

describe('the sentence of an event', () => {
  it('CMP-07 says who is held responsible for how much, by role', () => {
    const shares = [
      { shareId: 's1', party: 'company', percent: 60, role: 'engineer', kind: 'person', named: true },
      { shareId: 's2', party: 'customer', percent: 40, kind: 'person', named: false },
    ];
    expect(zh('complaint.ResponsibilityConfirmed', { proposalId: 'p', shares, round: 1 })).toBe(
      '确认责任认定:公司内部(服务工程师)60%、客户原因40%',
    );
    expect(zh('complaint.AppealDecided', { appealId: 'a', decision: 'changed', shares, final: true, round: 1 })).toBe(
      '申诉已裁定:变更认定,公司内部(服务工程师)60%、客户原因40%,即为终定',
    );
  });

  it('CMP-06, CMP-14 says what was found out and what the complainant thinks', () => {
    expect(zh('complaint.ComplaintVerified', { genuine: 'partly', complete: false, round: 1 })).toBe(
      '完成真实性和完整性核查:部分属实,资料不完整',
    );
    const evaluation = { fairness: 'satisfied', timeliness: 'neutral' };
    expect(zh('complaint.VerdictRecorded', { verdict: 'satisfied', channel: 'phone', evaluation, round: 1 })).toBe(
      '记录客户意见:电话,满意,公正 满意、及时 一般',
    );
  });

  it('CMP-09 says what a plan does and costs', () =>
    expect(
      zh('complaint.ResolutionPlanProposed', {
        measures: {
          steps: [
            { planStepId: 'p1', measure: 'repair-again' },
            { planStepId: 'p2', measure: 'apology' },
          ],
        },
        budget: { cost: { amount: 5_000, currency: 'CNY' } },
      }),
    ).toBe('提出处理方案:返工维修、道歉,预算 ¥50.00'));

  it('says which instant it means, by the clocks of the site and with their offset', () => {
    const dueBy = '2026-11-22T12:30:00.000Z';
    expect(
      zh('work_order.WorkOrderDispatched', { to: { kind: 'engineer', id: 'e' }, mode: 'auto', acceptBy: dueBy }),
    ).toBe('派工:服务工程师,自动派工,接单期限 2026-11-22 20:30:00 +08:00');
    expect(sentenceOf(told('complaint.CommitmentGiven', { expectedBy: dueBy }), registry).en).toBe(
      'a commitment was given: expected by 2026-11-22 12:30:00 UTC',
    );
  });

  it('CMP-14 says which handling it is', () =>
    expect(zh('complaint.SecondHandlingOpened', { round: 2 })).toBe('启动二次处理:第 2 轮'));

  it('DEC-15 says until when a person’s data is kept, and why a request that nobody made was taken back', () => {
    const until = '2029-10-01T16:00:00.000Z';
    expect(zh('customer.RetentionReviewed', { until, over: false })).toBe(
      '复核个人信息保存期限:继续保存,保存期至 2029-10-02 00:00:00 +08:00',
    );
    expect(sentenceOf(told('customer.RetentionReviewed', { until, over: true }), registry).en).toBe(
      'it was reviewed how long the personal data is kept: kept long enough, its erasure is requested, to be kept until 2029-10-01 16:00:00 UTC',
    );
    expect(zh('customer.ErasureRequested', { asker: 'retention', openComplaints: 'wait' })).toContain('保存期满');
    const reasons = reasonsInWords(told('customer.ErasureRequestWithdrawn', { reason: 'retention-moved' }));
    expect(reasons).toEqual([{ zh: '又有需要保存的理由', en: 'there is a reason again to keep the data' }]);
  });

  it('says nothing that means something else: a rework ticket bears another number', () =>
    expect(zh('complaint.ReworkTicketOpened', { number: 'KS202611001', channel: 'phone', safety: false })).toBe(
      '开立返工工单',
    ));

  it('gives reasons in words, each once', () =>
    expect(
      reasonsInWords(
        told('complaint.SeverityAssessed', {
          reasons: ['external-body', 'nature-serious'],
          decided: { by: 'rule', ruleVersion: 1, policyVersion: 1 },
        }),
      ).map((one) => one.zh),
    ).toEqual(['外部机构介入', '性质较重', '按规则判定', '规则第 1 版']));
});
