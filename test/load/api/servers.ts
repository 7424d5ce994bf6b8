import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { drive, post, type Requests } from './raw-client';

export const CONNECTIONS = 64;

export interface Server {
  readonly port: number;
  readonly token?: string;
  readonly child: ChildProcess;
}

const root = join(__dirname, '..', '..', '..');

export const start = async (kind: 'ours' | 'answers-only' | 'rival'): Promise<Server> => {
  const child = fork(join(__dirname, 'server.child.ts'), [kind], {
    execArgv: ['-C', '@aftercare/source', '-r', join(root, 'test/support/register.cjs')],
    cwd: root,
  });
  const [told] = (await once(child, 'message')) as [{ port: number; token?: string }];
  return { ...told, child };
};

export const stop = async ({ child }: Server): Promise<void> => {
  const ended = once(child, 'exit');
  child.send('stop');
  await ended;
};

const bodyFor = (customerId: string, n: number): string =>
  JSON.stringify({
    customerId,
    channel: 'phone',
    words: `空调不制冷,外机不转,已经第${n}天了,请尽快安排师傅上门看看`,
    serviceType: 'on-site',
    region: '310104',
    category: 'air-conditioner',
    model: 'KFR-35GW',
    impact: 'unusable',
    contactName: '张三',
    contactPhone: '13800000000',
    address: '示例路1号',
  });

/** Registers the customer that all tickets are for; answers with the requests to send. */
export const requestsFor = async ({ port, token }: Server): Promise<Requests> => {
  const authorization = `Bearer ${token ?? ''}`;
  const response = await fetch(`http://127.0.0.1:${port}/customers`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json', 'idempotency-key': 'customer' },
    body: JSON.stringify({ name: '张三', phone: '13800000000', region: '310104' }),
  });
  const { id } = (await response.json()) as { id: string };
  let next = 0;
  return (n) =>
    post('/tickets', bodyFor(id, n), { Authorization: authorization, 'Idempotency-Key': `bench-${next++}` });
};

export const rivalRequests: Requests = (n) => post('/tickets', bodyFor('0b5f6a0e-6d5e-4b8a-9f0e-2f6a1f1f0001', n), {});

/** Tickets per second; a failed answer would make the figure a lie. */
export const round = async (server: Server, requests: Requests, count: number): Promise<number> => {
  const counted = await drive(server.port, requests, { connections: CONNECTIONS, count });
  if (counted.failed > 0) throw new Error(`${counted.failed} of ${count} answers were no 201: ${counted.firstFailure}`);
  return (counted.answered * 1_000) / counted.millis;
};
