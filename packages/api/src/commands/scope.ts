import { aggregateOf, idOf, type Actor, type RecordedEvent } from '@aftercare/domain';
import { notFound } from '../http/problem';
import { jobsOf, type Streams } from '../streams/streams';

/** Roles that see the whole company. An engineer or outlet sees its own jobs, a customer the ticket of the link. */
const SEES_OWN_JOBS = ['engineer', 'outlet'];

/**
 * Who may see which stream, decided on the streams themselves. What is out of scope is answered like what does not
 * exist: the same 404.
 */
export class Scope {
  constructor(private readonly streams: Streams) {}

  /** Throws 404 unless the actor may see the stream. Whether it exists is only asked where scope depends on it. */
  async mustSee(actor: Actor, stream: string): Promise<void> {
    if (!(await this.sees(actor, stream))) throw notFound();
  }

  async sees(actor: Actor, stream: string): Promise<boolean> {
    if (actor.role === 'customer') return actor.onBehalfOf === stream;
    if (!SEES_OWN_JOBS.includes(actor.role)) return true;
    switch (aggregateOf(stream)) {
      case 'ticket':
        return this.seesTicket(actor, stream);
      case 'work_order':
        return this.wasDispatchedTo(actor, stream);
      case 'engineer':
      case 'outlet':
        return idOf(stream) === actor.id;
      case 'complaint':
        return this.isMeantIn(actor, stream);
      default:
        return true;
    }
  }

  private async seesTicket(actor: Actor, stream: string): Promise<boolean> {
    const { events } = await this.streams.load(stream);
    for (const job of jobsOf(events)) if (await this.wasDispatchedTo(actor, job)) return true;
    return false;
  }

  /** DEC-09: whoever a complaint holds responsible may appeal; the name of the key shows who it is, not what it says. */
  private async isMeantIn(actor: Actor, complaint: string): Promise<boolean> {
    const { events } = await this.streams.load(complaint);
    return events.some(({ personal }) => personal.some(({ subject }) => subject === `${actor.role}-${actor.id}`));
  }

  private async wasDispatchedTo(actor: Actor, workOrder: string): Promise<boolean> {
    const { events } = await this.streams.load(workOrder);
    return everDispatchedTo(events, actor);
  }
}

/** Also people whom an outlet named for the job. */
const everDispatchedTo = (events: readonly RecordedEvent[], actor: Actor): boolean =>
  events.some(({ type, data }) => {
    if (type === 'work_order.WorkOrderDispatched') return (data as { to: { id: string } }).to.id === actor.id;
    if (type === 'work_order.EngineersNamed')
      return (data as { engineers: readonly string[] }).engineers.includes(actor.id);
    return false;
  });
