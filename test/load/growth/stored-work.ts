import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { drive, post } from '../api/raw-client';
import { good, type ServingProcess } from './serving-process';
import type { StoredHistory } from './stored-histories';

/** What an agent sends and asks, the same on a store of any size. */

/** Unusable appliance brought in: unit and warranty are judged, and no work order follows that would go on working. */
export const ticketBody = ({ customerId }: StoredHistory, n: number) => ({
  customerId,
  channel: 'phone',
  words: `洗衣机不排水,显示E2,已经第${n % 30}天了`,
  serviceType: 'carry-in',
  region: '310104',
  category: 'washing-machine',
  model: 'XQB90',
  serial: `BENCH${n}`,
  impact: 'degraded',
  contactName: '张三',
  contactPhone: '13800000000',
  address: '示例路1号',
});

/** What waits for a supervisor in a part of the country. */
export const QUEUE_PAGE = '/tickets?state=pending-dispatch&ownerRole=supervisor&region=31';

/** Milliseconds per ticket with 64 requests under way. */
export const manyTickets = async (server: ServingProcess, history: StoredHistory, count: number): Promise<number> => {
  const run = randomUUID();
  const headers = (n: number) => ({ Authorization: `Bearer ${server.token}`, 'Idempotency-Key': `${run}-${n}` });
  const counted = await drive(
    server.port,
    (n) => post('/tickets', JSON.stringify(ticketBody(history, n)), headers(n)),
    {
      connections: 64,
      count,
    },
  );
  if (counted.failed > 0) throw new Error(`${counted.failed} answers were no 201: ${counted.firstFailure}`);
  return counted.millis / counted.answered;
};

export const oneTicket = (server: ServingProcess, history: StoredHistory, n: number) =>
  server.post('/tickets', ticketBody(history, n)).then(good);

/** The next command on a ticket that was opened some time in the store's two years. */
export const oneNote = (server: ServingProcess, { openTickets }: StoredHistory, n: number) =>
  server
    .post(`/tickets/${openTickets[n % openTickets.length]}/add-note`, { about: 'case', note: '客户希望周末联系' })
    .then(good);

/** A queue page; with `position`, one that shows what happened up to there, or says that it is stale. */
export const onePage = (server: ServingProcess, path = QUEUE_PAGE, position?: string) =>
  server.get(path, position === undefined ? {} : { 'aftercare-min-position': position }).then(good);

/** Until everything that follows the log stands at its head. */
export const untilQuiet = async (server: ServingProcess): Promise<void> => {
  for (;;) {
    const report = JSON.parse(good(await server.get('/readyz')).text) as {
      readonly consumers: readonly { readonly lagEvents: number | null }[];
    };
    if (report.consumers.every(({ lagEvents }) => lagEvents === 0)) return;
    await sleep(50);
  }
};
