import { code, label, list, localDate, oneOf, optional, text, whole } from '@aftercare/domain';
import type { Platform } from '../composition/platform';
import { invalid, problem } from '../http/problem';
import { defineQuery } from './define-query';
import { given } from './paging';
import { FIGURE_READERS } from './roles';

/** The metric itself checks its dimensions and windows; the shape here is what all metrics share. */
const asked = {
  from: localDate(),
  to: localDate(),
  granularity: optional(oneOf(['total', 'day', 'week', 'month'])),
  dimensions: optional(list(label(), 10)),
  windowDays: optional(whole(1, 365)),
  variant: optional(oneOf(['any-fault', 'same-fault-group'])),
  flagCases: optional(whole(1)),
  flagPercent: optional(whole(100)),
};

export const figureQueries = [
  defineQuery('MetricsCatalogue', {
    path: '/metrics-catalogue',
    tag: 'analytics',
    roles: FIGURE_READERS,
    says: { zh: '指标目录:每个指标的定义', en: 'the metrics with their definitions' },
    input: {},
    answer: ({ analytics }) => {
      if (!analytics.figures) throw problem('ANALYTICS.OFF');
      return Promise.resolve({ body: { metrics: analytics.figures.catalogue } });
    },
  }),
  defineQuery('Metric', {
    path: '/analytics/:metric',
    tag: 'analytics',
    roles: FIGURE_READERS,
    says: {
      zh: '指标数值:时间范围(to 不含当天)、粒度、维度,附定义和数据新鲜度',
      en: 'figures by time range (to is exclusive), granularity and dimensions, with definition and freshness',
    },
    input: { metric: code(), ...asked },
    answer: async (platform, { input: { metric, ...rest } }) => ({
      body: await answered(figuresOf(platform).metric(metric, given(rest))),
    }),
  }),
  defineQuery('MetricEvents', {
    path: '/analytics/:metric/events',
    tag: 'analytics',
    roles: FIGURE_READERS,
    says: {
      zh: '指标下钻到事件:where 为 名=值',
      en: 'the events behind a row of a metric; where: name=value, as the row names its dimensions',
    },
    input: { metric: code(), ...asked, where: optional(list(text(200), 12)) },
    answer: async (platform, { input: { metric, where, ...rest } }) => ({
      body: await answered(figuresOf(platform).drillDown(metric, given(rest), selectorOf(where ?? []))),
    }),
  }),
];

const figuresOf = ({ analytics }: Platform) => {
  if (!analytics.figures) throw problem('ANALYTICS.OFF');
  return analytics.figures;
};

/**
 * ClickHouse missing or out of reach is a 503 with the reason, and so is one that can't answer (its disk is full, it has no
 * memory): with its code only, because the message may repeat values. Everything else goes on.
 */
const answered = async <A extends { readonly status: string }>(asking: Promise<A>): Promise<A> => {
  const answer = await asking.catch((error: unknown) => {
    const { code, type } = (error ?? {}) as { readonly code?: unknown; readonly type?: unknown };
    throw /^\d+$/.test(String(code)) ? problem('ANALYTICS.FAILED', { cause: error, details: { code, type } }) : error;
  });
  if (answer.status !== 'available') {
    const { reason, lasting } = answer as { readonly reason?: string; readonly lasting?: boolean };
    throw problem(lasting ? 'ANALYTICS.OFF' : 'ANALYTICS.UNREACHABLE', { details: { reason } });
  }
  return answer;
};

const selectorOf = (where: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    where.map((text, index) => {
      const at = text.indexOf('=');
      if (at < 1) throw invalid([{ pointer: `/where/${index}`, message: 'must be name=value' }]);
      return [text.slice(0, at), text.slice(at + 1)];
    }),
  );
