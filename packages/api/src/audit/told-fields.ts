import type { Text } from '@aftercare/domain';
import { labelOf } from '../queries/labels';

/** Shows an instant to a reader. */
export type TimeShown = (instant: string) => string;

/** How a field's value is said, or undefined when it says nothing to a reader. */
type Say = (value: unknown, field: string, time: TimeShown) => Text | undefined;

const plain: Say = (value, field) => {
  if (typeof value === 'number') return { zh: String(value), en: String(value) };
  if (typeof value !== 'string' || value.length > 64) return undefined;
  return labelOf(field, value) ?? { zh: value, en: value };
};

/** Only what has words: the same name holds something else elsewhere. */
const coded: Say = (value, field) => labelOf(field, value);

const behind =
  (zh: string, en: string, say: Say = plain): Say =>
  (value, field, time) => {
    const said = say(value, field, time);
    return said && { zh: `${zh}${said.zh}`, en: `${en} ${said.en}` };
  };

const at =
  (zh: string, en: string): Say =>
  (value, _field, time) =>
    typeof value === 'string' ? { zh: `${zh}${time(value)}`, en: `${en} ${time(value)}` } : undefined;

/** What a yes and a no mean; one that says nothing is left out. */
const yesNo =
  (yes?: Text, no?: Text): Say =>
  (value) =>
    typeof value === 'boolean' ? (value ? yes : no) : undefined;

const several =
  (say: Say): Say =>
  (value, field, time) => {
    if (!Array.isArray(value) || value.length === 0) return undefined;
    const said = value.flatMap((one) => say(one, field, time) ?? []);
    return { zh: said.map(({ zh }) => zh).join('、'), en: said.map(({ en }) => en).join(' and ') };
  };

type Members = Readonly<Record<string, unknown>>;
const membersOf = (value: unknown): Members => (typeof value === 'object' && value !== null ? (value as Members) : {});

/** One member of a part: the role of a handler, the kind of whom a job goes to. */
const member =
  (name: string, say: Say = coded): Say =>
  (value, _field, time) =>
    say(membersOf(value)[name], name, time);

/** 公司内部(服务工程师)70%: whom responsibility names is told by role. */
const share: Say = (value) => {
  const { party, role, percent } = membersOf(value);
  const who = labelOf('party', party);
  const as = labelOf('role', role);
  if (!who || typeof percent !== 'number') return undefined;
  return {
    zh: `${who.zh}${as ? `(${as.zh})` : ''}${percent}%`,
    en: `${who.en}${as ? ` (${as.en})` : ''} ${percent} %`,
  };
};

/** Minor units as people write money (DEC-16). */
const money: Say = (value) => {
  const { amount, currency } = membersOf(value);
  if (typeof amount !== 'number' || typeof currency !== 'string') return undefined;
  const format = new Intl.NumberFormat('zh-CN', { style: 'currency', currency });
  const shown = format.format(amount / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
  return { zh: shown, en: shown };
};

const QUESTIONS: Readonly<Record<string, Text>> = {
  responseSpeed: { zh: '响应速度', en: 'speed of response' },
  expertise: { zh: '专业能力', en: 'expertise' },
  attitude: { zh: '服务态度', en: 'attitude' },
  problemSolved: { zh: '问题解决', en: 'problem solved' },
  fairness: { zh: '公正', en: 'fairness' },
  timeliness: { zh: '及时', en: 'timeliness' },
  result: { zh: '处理结果', en: 'result' },
};

/** A filled-in form: 公正 满意、及时 一般. */
const form: Say = (value) => {
  const said = Object.entries(membersOf(value)).flatMap(([field, answer]) => {
    const [question, word] = [QUESTIONS[field], labelOf(field, answer)];
    return question && word ? [{ zh: `${question.zh} ${word.zh}`, en: `${question.en} ${word.en}` }] : [];
  });
  if (said.length === 0) return undefined;
  return { zh: said.map(({ zh }) => zh).join('、'), en: said.map(({ en }) => en).join(' and ') };
};

const between: Say = (value, _field, time) => {
  const { from, to } = membersOf(value);
  if (typeof from !== 'string' || typeof to !== 'string') return undefined;
  return { zh: `${time(from)} 至 ${time(to)}`, en: `${time(from)} to ${time(to)}` };
};

const nth =
  (zh: (n: number) => string, en: (n: number) => string): Say =>
  (value) =>
    typeof value === 'number' ? { zh: zh(value), en: en(value) } : undefined;

/** Fields that say what was decided, in the order in which they are told; their words follow the event's own sentence. */
export const TOLD: readonly (readonly [field: string, say: Say])[] = [
  ['number', plain],
  ['type', plain],
  ['priority', plain],
  ['route', plain],
  ['to', member('kind')],
  ['mode', coded],
  ['outcome', plain],
  ['direction', coded],
  ['channel', plain],
  ['purpose', plain],
  ['method', coded],
  ['coverage', coded],
  ['basis', coded],
  ['milestone', plain],
  ['faultCode', behind('故障代码 ', 'fault code')],
  ['options', several(coded)],
  ['cost', behind('费用 ', 'at', money)],
  ['partNo', plain],
  ['quantity', plain],
  ['unit', coded],
  ['charge', coded],
  ['rating', behind('客户评价 ', 'rated', coded)],
  ['acceptance', coded],
  ['step', coded],
  ['role', plain],
  ['handler', member('role')],
  ['kind', coded],
  ['from', coded],
  ['relation', coded],
  [
    'version',
    nth(
      (n) => `第 ${n} 版`,
      (n) => `version ${n}`,
    ),
  ],
  ['followUp', plain],
  ['complaintCategory', plain],
  ['graveCause', plain],
  ['severity', plain],
  ['provisional', yesNo({ zh: '初步评定', en: 'provisionally' })],
  ['safety', yesNo({ zh: '涉及安全', en: 'a safety hazard' })],
  ['point', plain],
  [
    'count',
    nth(
      (n) => `第 ${n} 次`,
      (n) => `no. ${n}`,
    ),
  ],
  ['party', plain],
  ['result', coded],
  ['genuine', coded],
  ['complete', yesNo({ zh: '资料完整', en: 'complete' }, { zh: '资料不完整', en: 'incomplete' })],
  ['measure', coded],
  ['decision', coded],
  ['shares', several(share)],
  ['final', yesNo({ zh: '即为终定', en: 'final with this' })],
  ['measures', (value, _field, time) => several(member('measure'))(membersOf(value)['steps'], 'measures', time)],
  ['budget', behind('预算 ', 'budget', member('cost', money))],
  ['roles', several(coded)],
  ['verdict', plain],
  ['evaluation', form],
  ['evaluationRefused', yesNo({ zh: '客户拒绝填写评估表', en: 'the form was refused' })],
  ['answers', form],
  ['satisfaction', form],
  ['grounds', coded],
  ['recourse', behind('救济途径 ', 'recourse:', several(coded))],
  ['topics', several(coded)],
  ['foundBy', behind('发现方 ', 'found by', coded)],
  ['initiator', coded],
  ['resolution', coded],
  ['body', coded],
  ['reference', plain],
  ['continuedInternally', yesNo({ zh: '转内部继续处理', en: 'goes on inside' })],
  [
    'level',
    nth(
      (n) => `第 ${n} 级`,
      (n) => `level ${n}`,
    ),
  ],
  ['escalatedTo', behind('已上报', 'escalated to')],
  ['reached', yesNo({ zh: '已联系上', en: 'reached' }, { zh: '未联系上', en: 'not reached' })],
  ['resolved', yesNo({ zh: '已解决', en: 'resolved' }, { zh: '未解决', en: 'not resolved' })],
  ['given', yesNo({ zh: '同意', en: 'given' }, { zh: '不同意', en: 'refused' })],
  ['consent', yesNo({ zh: '客户同意', en: 'the customer consents' }, { zh: '客户不同意', en: 'the customer objects' })],
  ['checkedOut', yesNo({ zh: '已报告主管', en: 'checked out' }, { zh: '未报告主管', en: 'not checked out' })],
  ['late', yesNo({ zh: '超时接单', en: 'late' })],
  ['window', between],
  ['alertCause', coded],
  ['closedFor', coded],
  ['acknowledgeBy', at('应答期限 ', 'to be acknowledged by')],
  ['acceptBy', at('接单期限 ', 'to be accepted by')],
  ['eta', at('预计到达 ', 'expected at')],
  ['dueBy', at('期限 ', 'due by')],
  ['expectedBy', at('预计 ', 'expected by')],
  ['expectedAt', at('预计 ', 'expected at')],
  ['expectedUntil', at('预计至 ', 'expected until')],
  ['appealBy', at('申诉截止 ', 'to be appealed by')],
  ['expiresAt', at('有效期至 ', 'valid until')],
  ['effectiveFrom', at('生效时间 ', 'in force from')],
  [
    'calendarProvisional',
    yesNo({ zh: '节假日安排尚未公布,期限暂定', en: 'provisional until the holidays are published' }),
  ],
];

/** Told of this event alone: everywhere else it goes without saying. */
export const TOLD_OF: Readonly<Record<string, readonly (readonly [field: string, say: Say])[]>> = {
  'on_call_alert.PersonNotified': [
    ['person', plain],
    [
      'round',
      nth(
        (n) => `第 ${n} 轮`,
        (n) => `round ${n}`,
      ),
    ],
  ],
  'on_call_alert.AlertAcknowledged': [['by', plain]],
  'customer.RetentionReviewed': [
    [
      'over',
      yesNo(
        { zh: '保存期已满,申请删除', en: 'kept long enough, its erasure is requested' },
        { zh: '继续保存', en: 'kept on' },
      ),
    ],
    ['until', at('保存期至 ', 'to be kept until')],
  ],
  'customer.ErasureRequested': [['asker', coded]],
  'customer.ErasureApproved': [['dueAt', at('执行时间 ', 'due')]],
  'customer.ErasurePostponed': [['until', at('推迟至 ', 'until')]],
  'complaint.SecondHandlingOpened': [
    [
      'round',
      nth(
        (n) => `第 ${n} 轮`,
        (n) => `round ${n}`,
      ),
    ],
  ],
};

/** What would say something else than it seems to: a rework ticket's event bears the number and channel of its complaint. */
export const UNTOLD: Readonly<Record<string, readonly string[]>> = {
  'complaint.ReworkTicketOpened': ['number', 'channel'],
};
