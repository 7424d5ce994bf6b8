import type { Text } from './kernel/index';
import { code, id, oneOf, whole } from './kernel/index';

/** A closed list of words with what people read for each. */
type Labels<Word extends string> = Readonly<Record<Word, Text>>;

const words = <const L extends Labels<string>>(labels: L) =>
  Object.keys(labels) as unknown as readonly (keyof L & string)[];

export const channelLabels = {
  phone: { zh: '电话', en: 'phone' },
  chat: { zh: '在线客服', en: 'web chat' },
  'web-form': { zh: '官网留言', en: 'web form' },
  app: { zh: 'APP/小程序', en: 'app' },
  wechat: { zh: '微信', en: 'WeChat' },
  email: { zh: '电子邮件', en: 'e-mail' },
  'walk-in': { zh: '来人', en: 'walk-in' },
  letter: { zh: '来函', en: 'letter' },
  sms: { zh: '短信', en: 'text message' },
  link: { zh: '查询链接', en: 'tracking link' },
  signature: { zh: '签字', en: 'signature' },
} as const satisfies Labels<string>;
export const CHANNELS = words(channelLabels);
export type Channel = keyof typeof channelLabels;
export const channel = () => oneOf(CHANNELS);

export const ticketTypeLabels = {
  repair: { zh: '维修', en: 'repair' },
  'return-exchange': { zh: '退换货', en: 'return or exchange' },
  enquiry: { zh: '咨询', en: 'enquiry' },
  'parts-missing': { zh: '配件缺失', en: 'missing part' },
  installation: { zh: '安装调试', en: 'installation' },
  'software-bug': { zh: '软件BUG', en: 'software bug' },
  'software-requirement': { zh: '软件需求', en: 'software requirement' },
  complaint: { zh: '投诉', en: 'complaint' },
  unclassified: { zh: '未分类', en: 'unclassified' },
} as const satisfies Labels<string>;
export const TICKET_TYPES = words(ticketTypeLabels);
export type TicketType = keyof typeof ticketTypeLabels;
export const ticketType = () => oneOf(TICKET_TYPES);

export const routeLabels = {
  'first-touch': { zh: '一次解决', en: 'first touch' },
  remote: { zh: '远程支持', en: 'remote support' },
  visit: { zh: '上门', en: 'visit' },
  depot: { zh: '送修/寄修', en: 'depot' },
  'parts-shipment': { zh: '补发配件', en: 'parts shipment' },
  'return-exchange': { zh: '退换货', en: 'return or exchange' },
  installation: { zh: '安装调试', en: 'installation' },
  development: { zh: '研发处理', en: 'development' },
} as const satisfies Labels<string>;
export const ROUTES = words(routeLabels);
export type Route = keyof typeof routeLabels;
export const route = () => oneOf(ROUTES);

export const serviceTypeLabels = {
  'on-site': { zh: '上门', en: 'on-site' },
  'carry-in': { zh: '送修', en: 'carry-in' },
  'mail-in': { zh: '寄修', en: 'mail-in' },
} as const satisfies Labels<string>;
export type ServiceType = keyof typeof serviceTypeLabels;
export const serviceType = () => oneOf(words(serviceTypeLabels));

/** CLS-08: always text beside the colour. */
export const priorityLabels = {
  P1: { zh: '紧急(红)', en: 'urgent (red)' },
  P2: { zh: '较高(黄)', en: 'high (yellow)' },
  P3: { zh: '一般(蓝)', en: 'normal (blue)' },
  P4: { zh: '低(绿)', en: 'low (green)' },
} as const satisfies Labels<string>;
export type Priority = keyof typeof priorityLabels;
export const priority = () => oneOf(words(priorityLabels));

export const impactLabels = {
  unusable: { zh: '无法使用', en: 'unusable' },
  degraded: { zh: '功能下降', en: 'degraded' },
  intact: { zh: '不影响核心功能', en: 'core functions intact' },
  none: { zh: '无故障', en: 'no fault' },
  unknown: { zh: '未知', en: 'unknown' },
} as const satisfies Labels<string>;
export type Impact = keyof typeof impactLabels;
export const impact = () => oneOf(words(impactLabels));

export const TIERS = ['normal', 'vip'] as const;
export type Tier = (typeof TIERS)[number];
export const tier = () => oneOf(TIERS);

export const ticketStateLabels = {
  'awaiting-review': { zh: '待审核', en: 'awaiting review' },
  'pending-dispatch': { zh: '待分派', en: 'pending dispatch' },
  'in-progress': { zh: '处理中', en: 'in progress' },
  'awaiting-consent': { zh: '待客户同意方案', en: 'awaiting consent' },
  'pending-confirmation': { zh: '待客户确认', en: 'pending confirmation' },
  confirmed: { zh: '待回访', en: 'confirmed' },
  completed: { zh: '已完成', en: 'completed' },
  'closed-unresolved': { zh: '未处理关闭', en: 'closed unresolved' },
  cancelled: { zh: '已取消', en: 'cancelled' },
  merged: { zh: '已合并', en: 'merged' },
} as const satisfies Labels<string>;
export type TicketStatus = keyof typeof ticketStateLabels;

export const workOrderStateLabels = {
  planned: { zh: '待派工', en: 'planned' },
  dispatched: { zh: '已派工', en: 'dispatched' },
  accepted: { zh: '已接单', en: 'accepted' },
  waiting: { zh: '等待中', en: 'waiting' },
  travelling: { zh: '已出发', en: 'travelling' },
  'on-site': { zh: '已到达', en: 'on site' },
  working: { zh: '检修中', en: 'working' },
  completed: { zh: '已完成', en: 'completed' },
  cancelled: { zh: '已取消', en: 'cancelled' },
} as const satisfies Labels<string>;
export type WorkOrderStatus = keyof typeof workOrderStateLabels;

export const outcomeLabels = {
  fixed: { zh: '已修复', en: 'fixed' },
  'no-fault-found': { zh: '未发现故障', en: 'no fault found' },
  'further-visit-needed': { zh: '需再次上门', en: 'further visit needed' },
  'not-fixed': { zh: '未修复', en: 'not fixed' },
  'no-access': { zh: '无法入户', en: 'no access' },
  'customer-declined': { zh: '客户拒绝维修', en: 'customer declined' },
  'taken-to-depot': { zh: '带回维修', en: 'taken to depot' },
  'replace-unit': { zh: '需换机', en: 'replace unit' },
} as const satisfies Labels<string>;
export type Outcome = keyof typeof outcomeLabels;
export const outcome = () => oneOf(words(outcomeLabels));

export const CHARGES = ['warranty', 'goodwill', 'billable'] as const;
export const COVERAGES = ['in-warranty', 'expired', 'not-covered', 'unknown'] as const;
export type Coverage = (typeof COVERAGES)[number];
export const UNITS_OF_MEASURE = ['piece', 'metre', 'gram', 'millilitre', 'set'] as const;
export const unitOfMeasure = () => oneOf(UNITS_OF_MEASURE);
export const WARRANTY_BASES = ['invoice', 'installation', 'production', 'none'] as const;

/** FUP-05, DEC-10: the four-point scale. */
export const RATINGS = ['very-satisfied', 'satisfied', 'neutral', 'dissatisfied'] as const;
export const rating = () => oneOf(RATINGS);

/** CMP-08: the three levels of a complaint, a scale of its own beside priority (DEC-04). */
export const severityLabels = {
  urgent: { zh: '紧急', en: 'urgent' },
  important: { zh: '重要', en: 'important' },
  general: { zh: '一般', en: 'general' },
} as const satisfies Labels<string>;
export const SEVERITIES = words(severityLabels);
export type Severity = keyof typeof severityLabels;
export const severity = () => oneOf(SEVERITIES);

/** SLA-09: the five control points of a complaint. */
export const controlPointLabels = {
  acknowledge: { zh: '快速响应', en: 'acknowledged' },
  responsibility: { zh: '责任划分', en: 'responsibility decided' },
  plan: { zh: '方案制定', en: 'plan proposed' },
  execution: { zh: '严格落实', en: 'plan executed' },
  verdict: { zh: '客户反馈', en: 'verdict heard' },
} as const satisfies Labels<string>;
export const CONTROL_POINTS = words(controlPointLabels);
export type ControlPoint = keyof typeof controlPointLabels;
export const controlPoint = () => oneOf(CONTROL_POINTS);

/** What an event says of an attached content, which itself lies apart. */
export const attachment = {
  attachmentId: id(),
  /** SHA-256 of the content, hex. */
  digest: code(64),
  mediaType: code(100),
  bytes: whole(0),
};
