import { DAY, MINUTE, plus, type Role } from '@aftercare/domain';
import type { IssueToken } from './cast';
import { HttpPerson, type Answer, type Conversation } from './http-person';
import { LAST_DAY, QUARTER } from './quarter';
import type { Simulation, StoryTime } from './simulation';

/** Who takes turns, a week each, two by two. */
const STAFF = [
  ['staff-expert-1', 'expert'],
  ['staff-quality-1', 'quality'],
  ['staff-crm-1', 'crm'],
] as const satisfies readonly (readonly [id: string, role: Role])[];

/** How those who are called take it, one alert after the other. */
const COURSES = ['at once', 'at once', 'by the second', 'at once', 'by nobody at first'] as const;
/** The second is called after ten minutes; after two rounds of two nobody is called any more. */
const ANSWERED_AFTER = { 'at once': 4 * MINUTE, 'by the second': 13 * MINUTE, 'by nobody at first': 75 * MINUTE };

interface AlertView {
  readonly id: string;
  readonly person: string | null;
}

/**
 * The on-call roster of the quarter and how its people answer. They hear of what is urgent by what the platform says to
 * whoever recorded it, as their telephones would ring; they have keys of their own, so that everybody else's stay the same.
 */
export class OnCallQuarter {
  private answered = 0;

  private constructor(
    private readonly simulation: Simulation,
    private readonly now: () => string,
    private readonly supervisor: HttpPerson,
    private readonly staff: ReadonlyMap<string, HttpPerson>,
  ) {}

  /** Plans a shift for each week; the stage is set before anybody is called. */
  static async planned(simulation: Simulation, { now, base, issue, listening }: OnCallStage): Promise<OnCallQuarter> {
    const conversation: Conversation = { next: 0, ...listening };
    const person = async (id: string, role: Role) => new HttpPerson(base, await issue(id, role), id, conversation);
    const supervisor = await person('staff-supervisor-1', 'supervisor');
    const staff = new Map<string, HttpPerson>();
    for (const [id, role] of STAFF) staff.set(id, await person(id, role));
    let from: string = QUARTER.from;
    for (let week = 0; from < LAST_DAY; week += 1, from = plus(from, 7 * DAY)) {
      const people = [week, week + 1].map((turn) => STAFF[turn % STAFF.length]![0]);
      await supervisor.decide('/on-call-rosters/main', 'plan-on-call', { from, until: plus(from, 7 * DAY), people });
    }
    return new OnCallQuarter(simulation, now, supervisor, staff);
  }

  /** Told every answer; of one that says that something is urgent somebody will hear. */
  readonly heard = ({ status, body }: Answer): void => {
    const matter = status < 300 && body['repeated'] === false ? urgentMatterIn(body) : undefined;
    if (matter !== undefined) this.simulation.plan(this.now(), (time) => this.answer(matter, time));
  };

  private async answer(matter: string, time: StoryTime): Promise<void> {
    if (!(await this.waiting(matter))) return;
    const course = COURSES[this.answered % COURSES.length]!;
    this.answered += 1;
    await time.until(plus(time.now(), ANSWERED_AFTER[course]));
    const alert = await this.waiting(matter);
    if (!alert) return;
    const person = alert.person === null ? this.supervisor : this.staff.get(alert.person);
    await person?.post(`/on-call-alerts/${matter}/acknowledge`);
  }

  /** The alert of a matter while it waits for an answer. */
  private async waiting(matter: string): Promise<AlertView | undefined> {
    const { body } = await this.supervisor.get('/on-call-alerts?limit=200');
    return (body['alerts'] as readonly AlertView[]).find(({ id }) => id === matter);
  }
}

interface OnCallStage {
  readonly now: () => string;
  readonly base: string;
  readonly issue: IssueToken;
  readonly listening: Omit<Conversation, 'next'>;
}

interface Told {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Id of the case that can't wait: the ticket, also of a complaint about it. */
const urgentMatterIn = (body: Answer['body']): string | undefined => {
  const events = (body['events'] ?? []) as readonly Told[];
  const isUrgent = events.some(
    ({ type, data }) =>
      (type === 'ticket.TicketPrioritized' && data['safety'] === true) ||
      (type === 'complaint.SeverityAssessed' && data['severity'] === 'urgent'),
  );
  if (!isUrgent) return undefined;
  const registered = events.find(({ type }) => type === 'complaint.ComplaintRegistered');
  const about = registered?.data['about'] as { readonly ticketId?: string } | undefined;
  return about?.ticketId ?? (body['id'] as string);
};
