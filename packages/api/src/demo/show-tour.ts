import Table from 'cli-table3';
import pc from 'picocolors';
import {
  complaintCategoryLabels,
  complaintStateLabels,
  controlPointLabels,
  severityLabels,
  ticketStateLabels,
  ticketTypeLabels,
  type Text,
} from '@aftercare/domain';
import type { Tour } from './tour';

type Json = Readonly<Record<string, unknown>>;

const labelOf = (labels: Readonly<Record<string, Text>>, word: unknown): string =>
  typeof word === 'string' ? (labels[word]?.zh ?? word) : '';
const local = (instant: unknown): string =>
  typeof instant === 'string'
    ? new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'short' }).format(
        new Date(instant),
      )
    : '';
const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';
const percent = (share: unknown): string => (typeof share === 'number' ? `${(share * 100).toFixed(1)} %` : '–');
const yuan = (minor: unknown): string => (typeof minor === 'number' ? `¥${(minor / 100).toFixed(2)}` : '');

/** Prints the tour for a person, Chinese first. */
export const showTour = (tour: Tour, say: (line: string) => void): void => {
  say(pc.bold('\n工单队列 · the queue (safety first, then priority, then the oldest)'));
  say(countsLine(tour.counts));
  say(queueTable(tour.queue));
  say(pc.bold(`\n工单历史 · the audit trail of ticket ${String(tour.trail.ticket['number'])}`));
  say(trailTable(tour.trail.entries));
  say(pc.bold('\n客诉队列 · the complaints (what is due first at the top)'));
  say(complaintCounts(tour.complaints.counts));
  say(complaintTable(tour.complaints.queue));
  say(pc.bold(`\n客诉历史 · the history of complaint ${String(tour.complaints.trail.complaint['number'])}`));
  say(trailTable(tour.complaints.trail.entries));
  say(pc.bold('\n值班呼叫 · who was called for hazards and urgent complaints, and who answered'));
  say(alertTable(tour.onCall.alerts));
  say(pc.bold(`\n指标 · the figures, ${tour.period.from} to ${tour.period.to} (exclusive)`));
  for (const metric of tour.metrics) showMetric(metric, say);
};

const countsLine = (counts: Json): string =>
  Object.entries(counts)
    .map(([state, count]) => `${labelOf(ticketStateLabels, state)} ${String(count)}`)
    .join('  ');

const PAINT: Readonly<Record<string, (text: string) => string>> = {
  P1: pc.red,
  P2: pc.yellow,
  P3: pc.blue,
  P4: pc.green,
};

const queueTable = (tickets: readonly Json[]): string => {
  const table = new Table({ head: ['编号', '优先级', '安全', 'VIP', '状态', '类型', '产品', '地区', '受理时间'] });
  for (const ticket of tickets) {
    const priority = String(ticket['priority']);
    table.push([
      String(ticket['number']),
      (PAINT[priority] ?? String)(priority),
      ticket['safety'] ? pc.red('安全') : '',
      ticket['tier'] === 'vip' ? 'VIP' : '',
      labelOf(ticketStateLabels, ticket['state']),
      labelOf(ticketTypeLabels, ticket['type']),
      textOf(ticket['model']),
      textOf(ticket['region']),
      local(ticket['openedAt']),
    ]);
  }
  return table.toString();
};

const trailTable = (entries: readonly Json[]): string => {
  const table = new Table({ head: ['发生', '记录', '谁', '什么', '事件'] });
  for (const entry of entries) {
    const by = entry['by'] as { readonly roleName: Text };
    table.push([
      local(entry['occurredAt']),
      local(entry['recordedAt']),
      by.roleName.zh,
      (entry['says'] as Text).zh,
      pc.dim(`${String(entry['type'])} @${String(entry['revision'])}`),
    ]);
  }
  return table.toString();
};

const complaintCounts = (counts: readonly Json[]): string =>
  counts.map(({ value, complaints }) => `${labelOf(complaintStateLabels, value)} ${String(complaints)}`).join('  ');

const complaintTable = (complaints: readonly Json[]): string => {
  const table = new Table({ head: ['编号', '等级', '状态', '类别', '型号', '下一控制点', '到期', '超时'] });
  for (const complaint of complaints) {
    const due = complaint['due'] as { readonly point: string; readonly dueBy: string } | null;
    table.push([
      String(complaint['number']),
      (SEVERITY_PAINT[String(complaint['severity'])] ?? String)(labelOf(severityLabels, complaint['severity'])),
      labelOf(complaintStateLabels, complaint['state']),
      labelOf(complaintCategoryLabels, complaint['category']),
      textOf((complaint['about'] as Json | undefined)?.['model']),
      due ? labelOf(controlPointLabels, due.point) : '',
      local(due?.dueBy),
      complaint['late'] ? pc.red('是') : '',
    ]);
  }
  return table.toString();
};

/** The last dozen by the time of the last thing that happened to them. */
const alertTable = (alerts: readonly Json[]): string => {
  const table = new Table({ head: ['发起', '原因', '呼叫', '应答', '状态'] });
  for (const alert of alerts.slice(-12)) {
    const causes = alert['causes'] as readonly { readonly causeName: Text }[];
    const calls = alert['calls'] as readonly { readonly person: string }[];
    const answer = alert['acknowledged'] as { readonly by: string; readonly at: string } | null;
    table.push([
      local(alert['raisedAt']),
      causes.map(({ causeName }) => causeName.zh).join('、'),
      calls.map(({ person }) => person).join(' → '),
      answer ? `${answer.by} ${local(answer.at)}` : '',
      (alert['stateName'] as Text).zh,
    ]);
  }
  return table.toString();
};

const SEVERITY_PAINT: Readonly<Record<string, (text: string) => string>> = { urgent: pc.red, important: pc.yellow };

const showMetric = (metric: Json, say: (line: string) => void): void => {
  const definition = metric['definition'] as Json;
  const name = definition['name'] as Text;
  const totals = metric['totals'] as Json;
  say(`\n${pc.bold(`${name.zh} ${name.en}`)}`);
  say(pc.dim((definition['definition'] as Text).zh));
  say(pc.dim((definition['definition'] as Text).en));
  const rows = metric['rows'] as readonly Json[];
  const lines = { 'first-time-fix-rate': fixRate, 'failure-hotspots': hotspots, 'parts-top5': parts }[
    String(definition['id'])
  ];
  say(lines ? lines(rows, totals) : counted(rows, totals));
  const left = Object.entries(metric['excluded'] as Json).map(([why, count]) => `${why} ${String(count)}`);
  say(`不计入 excluded: ${left.join(', ')}  ·  暂定 provisional: ${String(metric['provisional'])}`);
};

const fixRate = (_rows: readonly Json[], totals: Json): string =>
  `首次修复率 ${pc.bold(percent(totals['rate']))}  (${String(totals['fixed'])} / ${String(totals['jobs'])})`;

/** A metric that counts cases: its columns as they come, rates and shares in percent, the total last. */
const counted = (rows: readonly Json[], totals: Json): string => {
  const names = Object.keys(rows[0] ?? totals).filter((name) => name !== 'period');
  const table = new Table({ head: names });
  const shown = (row: Json, name: string): string =>
    name === 'rate' || name === 'share' ? percent(row[name]) : textOf(row[name]);
  for (const row of rows) table.push(names.map((name) => shown(row, name)));
  if (rows.length !== 1)
    table.push(names.map((name, index) => (index === 0 && !(name in totals) ? '合计 total' : shown(totals, name))));
  return table.toString();
};

const hotspots = (rows: readonly Json[]): string => {
  const table = new Table({ head: ['型号', '故障', '地区', '数量', '占比', '上期', '突增'] });
  for (const row of rows.slice(0, 12)) {
    table.push([
      ...['model', 'fault', 'region', 'cases'].map((name) => textOf(row[name])),
      percent(row['share']),
      String(row['previous']),
      row['flagged'] ? pc.red('是') : '',
    ]);
  }
  return table.toString();
};

/** In-warranty use first: it is what the manufacturer pays for. */
const CHARGES = ['warranty', 'goodwill', 'billable'];

const parts = (rows: readonly Json[]): string => {
  const table = new Table({ head: ['排序', '名次', '配件', '数值', '费用归属'] });
  const ordered = [...rows].sort((a, b) => CHARGES.indexOf(String(a['charge'])) - CHARGES.indexOf(String(b['charge'])));
  for (const row of ordered) {
    const cost = row['by'] === 'cost';
    table.push([
      cost ? '按费用' : `按数量(${String(row['measure'])})`,
      String(row['rank']),
      String(row['part']),
      cost ? yuan(row['value']) : String(row['value']),
      String(row['charge']),
    ]);
  }
  return table.toString();
};
