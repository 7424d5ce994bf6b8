import { readFileSync } from 'node:fs';
import { request } from 'node:https';
import { StoreFailedError } from '../../port/event-store';

/** Name and password of somebody known to the server. */
export interface Credentials {
  readonly name: string;
  readonly password: string;
}

/** One node of the server, over TLS. */
export interface Node {
  readonly host: string;
  readonly port: number;
  /** The authority that its certificate is checked against; absent: those of the system. */
  readonly caFile?: string;
}

/** The nodes that a connection string names, and the authority it trusts. Throws `StoreFailedError` without TLS. */
export const nodesOf = (address: string): readonly Node[] => {
  const [places = '', query = ''] = address.replace(/^esdb(\+discover)?:\/\//, '').split('?');
  const settings = new Map([...new URLSearchParams(query)].map(([name, value]) => [name.toLowerCase(), value]));
  if (settings.get('tls') === 'false')
    throw new StoreFailedError(
      'without TLS EventStoreDB takes everybody for its administrator: start it with certificates and connect with tls=true',
    );
  const caFile = settings.get('tlscafile');
  return places
    .replace(/\/+$/, '')
    .split(',')
    .map((place) => {
      const [host = '', port = '2113'] = place.split(':');
      return { host, port: Number(port), ...(caFile === undefined ? {} : { caFile }) };
    });
};

/** The node that takes writes. Throws `StoreFailedError` when none does. */
export const leaderAmong = async (nodes: readonly Node[], admin: Credentials): Promise<Node> => {
  const answers: string[] = [];
  for (const node of nodes) {
    const state = await stateOf(node, admin).catch((error: unknown) => String((error as Error).message));
    if (state === 'leader') return node;
    answers.push(`${node.host}:${node.port} is ${state}`);
  }
  throw new StoreFailedError(`no node takes writes: ${answers.join('; ')}`);
};

/** What a node says of itself: `leader`, `follower`, … */
const stateOf = async (node: Node, admin: Credentials): Promise<string> => {
  const { status, body } = await ask(node, { method: 'GET', path: '/info', as: admin });
  if (status === 401) return `not taking ${admin.name} with this password`;
  return status === 200 ? String((JSON.parse(body) as { state?: unknown }).state) : `answering ${status}`;
};

/** What became of a user. */
export type UserOutcome = 'made' | 'there' | 'password-changed';

const DEADLINE_MS = 10_000;

/**
 * Sees to it that the server knows this user, without any group: what it may do the ACLs say. The official client can't
 * do it, so the server's own HTTP address is used. Throws `StoreFailedError`.
 */
export const ensureUser = async (node: Node, admin: Credentials, user: Credentials): Promise<UserOutcome> => {
  const path = `/users/${encodeURIComponent(user.name)}`;
  const known = await ask(node, { method: 'GET', path, as: admin });
  if (known.status === 404) {
    const body = { loginName: user.name, fullName: 'Aftercare', groups: [], password: user.password };
    expectDone(await ask(node, { method: 'POST', path: '/users/', as: admin, body }), `user ${user.name} was not made`);
    return 'made';
  }
  expectDone(known, `user ${user.name} can't be looked up`);
  checkUser(user.name, known.body);
  // By asking as the user: nobody can read a password back.
  const itself = await ask(node, { method: 'GET', path: '/users/$current', as: user });
  if (itself.status === 200) return 'there';
  const reset = { method: 'POST', path: `${path}/command/reset-password`, as: admin } as const;
  expectDone(await ask(node, { ...reset, body: { newPassword: user.password } }), 'the password was not changed');
  return 'password-changed';
};

/** A user with groups may do more than the ACLs say: somebody gave it them, and somebody has to take them away. */
const checkUser = (name: string, body: string): void => {
  const { data } = JSON.parse(body) as { data?: { groups?: readonly string[]; disabled?: boolean } };
  if (data?.disabled) throw new StoreFailedError(`user ${name} is disabled: enable it, or name another one`);
  const groups = data?.groups ?? [];
  if (groups.length > 0)
    throw new StoreFailedError(
      `user ${name} belongs to ${groups.join(', ')}: it must belong to no group, or it may do more than it needs`,
    );
};

interface Question {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly as: Credentials;
  readonly body?: object;
}

interface Answer {
  readonly status: number;
  readonly body: string;
}

const expectDone = ({ status }: Answer, what: string): void => {
  if (status < 200 || status > 299) throw new StoreFailedError(`${what}: EventStoreDB answered ${status}`);
};

const ask = (node: Node, { method, path, as, body }: Question): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const fail = (error: Error & { code?: string }) =>
      reject(new StoreFailedError(`not answering over TLS (${error.code ?? error.message})`));
    const text = body && JSON.stringify(body);
    const asked = request(
      {
        host: node.host,
        port: node.port,
        method,
        path,
        auth: `${as.name}:${as.password}`,
        headers: { accept: 'application/json', ...(text ? { 'content-type': 'application/json' } : {}) },
        timeout: DEADLINE_MS,
        ...(node.caFile === undefined ? {} : { ca: readFileSync(node.caFile) }),
      },
      (response) => {
        let said = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => (said += chunk));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body: said }));
        response.on('error', fail);
      },
    );
    asked.on('timeout', () => asked.destroy(new Error('no answer in time')));
    asked.on('error', fail);
    asked.end(text);
  });
