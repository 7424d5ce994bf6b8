import { plus } from '@aftercare/domain';
import type { DemoCustomer, DemoWorld } from '../demo-world';
import type { Answer, HttpPerson } from '../http-person';
import { inAWhile } from '../office-hours';
import type { StoryTime } from '../simulation';

const HOUR = 3_600_000;

/** What somebody complains of, as the stories tell it. */
export interface Grievance {
  readonly words: string;
  readonly customer?: DemoCustomer;
  readonly channel?: 'phone' | 'walk-in' | 'letter' | 'wechat' | 'app';
  /** Further fields of the registration. */
  readonly more?: object;
}

/** The parties that may bear it, with whoever is meant. */
export const ours = (percent = 100, engineer?: string): object => ({
  party: 'company',
  percent,
  role: engineer ? 'engineer' : 'agent',
  kind: engineer ? 'person' : 'unit',
  meant: engineer ? { kind: 'engineer', id: engineer } : { kind: 'unit', id: 'unit-call-centre' },
});
export const suppliers = (percent = 100): object => ({
  party: 'third-party',
  percent,
  kind: 'organisation',
  meant: { kind: 'supplier', id: 'supplier-7', name: '示例压缩机厂' },
});
export const customers = (percent: number): object => ({ party: 'customer', percent, kind: 'person' });

/** One complaint and those who work on it; each act is one or two requests. */
export class ComplaintCase {
  private seen: string | null = null;

  private constructor(
    readonly world: DemoWorld,
    readonly time: StoryTime,
    readonly path: string,
  ) {}

  /** Comes in at the desk, or through a machine when the channel is one. */
  static async registered(world: DemoWorld, time: StoryTime, grievance: Grievance): Promise<ComplaintCase> {
    const { words, customer, channel = 'phone', more } = grievance;
    const body = {
      words,
      channel,
      ...(customer ? { customerId: customer.id, region: customer.region } : {}),
      ...more,
    };
    const isMachine = channel === 'wechat' || channel === 'app';
    const answer = await (isMachine
      ? world.channel.post('/complaint-submissions', body)
      : world.agent.post('/complaints', body));
    const made = new ComplaintCase(world, time, `/complaints/${String(answer.body['id'])}`);
    made.seen = answer.etag;
    return made;
  }

  /** Lets so many hours pass, and goes on when people work. */
  async wait(hours: number): Promise<void> {
    await this.time.until(inAWhile(plus(this.time.now(), hours * HOUR), this.world.chance.whole(0, 40)));
  }

  /** Writes down what happened. */
  async note(who: HttpPerson, command: string, body: object = {}): Promise<Answer> {
    const answer = await who.post(`${this.path}/${command}`, body);
    this.seen = answer.etag;
    return answer;
  }

  /** Decides on what stands there. */
  async decide(who: HttpPerson, command: string, body: object = {}): Promise<Answer> {
    const answer = await who.decide(this.path, command, body, this.seen);
    this.seen = answer.etag;
    return answer;
  }

  /** A fresh instant so many hours from now. */
  in(hours: number): string {
    return plus(this.time.now(), hours * HOUR);
  }
}

/** The data of an event that an answer tells of. */
export const toldIn = (answer: Answer, type: string): Readonly<Record<string, string>> => {
  const events = answer.body['events'] as readonly { readonly type: string; readonly data: Record<string, string> }[];
  const found = events.find((event) => event.type === `complaint.${type}`);
  if (!found) throw new Error(`the answer tells of no ${type}`);
  return found.data;
};
