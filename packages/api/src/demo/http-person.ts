import { setTimeout as pause } from 'node:timers/promises';

/** What an answer of the API holds. */
export interface Answer {
  readonly status: number;
  // The demo reads many shapes; each story names what it uses.
  readonly body: Record<string, unknown>;
  readonly etag: string | null;
}

/** What all people of one demo share. */
export interface Conversation {
  /** Counts Idempotency-Keys over all people of one demo, so that the same seed gives the same ids. */
  next: number;
  /** What is sent instead of what a story says; absent: just that. A test marks the words so, to find them again. */
  readonly retell?: (path: string, body: object) => object;
  /** Told every answer, refusals and all. */
  readonly heard?: (answer: Answer) => void;
}

/** An answer that the story did not expect. */
export class UnexpectedAnswerError extends Error {
  override readonly name = 'UnexpectedAnswerError';
  constructor(
    readonly method: string,
    readonly path: string,
    readonly answer: Answer,
  ) {
    super(`${method} ${path} answered ${answer.status} ${JSON.stringify(answer.body)}`);
  }
}

const CHANGED_SINCE = 412;
const BUSY = 503;
const BUSY_MS = 250;
const ATTEMPTS = 40;

/** Somebody who works with the platform over its public HTTP API. */
export class HttpPerson {
  constructor(
    private readonly base: string,
    private readonly token: string | undefined,
    readonly id: string,
    private readonly conversation: Conversation,
  ) {}

  private key(): string {
    this.conversation.next += 1;
    return `demo-${this.conversation.next}`;
  }

  async get(path: string): Promise<Answer> {
    return this.expectOk('GET', path, await this.send('GET', path));
  }

  /** A creating command or a fact: carries an Idempotency-Key. */
  async post(path: string, body: object = {}): Promise<Answer> {
    return this.expectOk('POST', path, await this.send('POST', path, body, { 'idempotency-key': this.key() }));
  }

  /**
   * A decision on what the person looks at: reads the thing first and sends its ETag. `seen`: the ETag of what they did to
   * it just before; they look again only when a process has written something since.
   */
  async decide(thing: string, command: string, body: object = {}, seen?: string | null): Promise<Answer> {
    const path = `${thing}/${command}`;
    if (seen) {
      const headers = { 'idempotency-key': this.key(), 'if-match': seen };
      const answer = await this.send('POST', path, body, headers);
      if (answer.status !== CHANGED_SINCE) return this.expectOk('POST', path, answer);
    }
    const { etag } = await this.get(thing);
    const headers: Record<string, string> = { 'idempotency-key': this.key(), ...(etag ? { 'if-match': etag } : {}) };
    return this.expectOk('POST', path, await this.send('POST', path, body, headers));
  }

  /** The same as `post`, but hands back a refusal as an answer. */
  async attempt(path: string, body: object = {}): Promise<Answer> {
    return this.send('POST', path, body, { 'idempotency-key': this.key() });
  }

  /** On a busy machine it is asked again: the same key makes sure that nothing happens twice. */
  private async send(
    method: string,
    path: string,
    body?: object,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const { retell, heard } = this.conversation;
    const told = body && retell ? retell(path, body) : body;
    for (let attempt = 1; ; attempt += 1) {
      const answer = await this.sendOnce(method, path, told, headers);
      heard?.(answer);
      if (answer.status !== BUSY || attempt === ATTEMPTS) return answer;
      await pause(BUSY_MS);
    }
  }

  private async sendOnce(
    method: string,
    path: string,
    body: object | undefined,
    headers: Record<string, string>,
  ): Promise<Answer> {
    const response = await fetch(`${this.base}${path}`, {
      method,
      headers: {
        ...(this.token ? { authorization: `Bearer ${this.token}` } : {}),
        ...(body ? { 'content-type': 'application/json' } : {}),
        ...headers,
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await response.text();
    return {
      status: response.status,
      body: text ? (JSON.parse(text) as Record<string, unknown>) : {},
      etag: response.headers.get('etag'),
    };
  }

  private expectOk(method: string, path: string, answer: Answer): Answer {
    if (answer.status >= 400) throw new UnexpectedAnswerError(method, path, answer);
    return answer;
  }
}
