import type { CommandOutcome, EventStore, SubjectKeys } from '@aftercare/event-store';
import type { ErasureRegister } from './register';

const ERASED = 'customer.CustomerErased';
const PAGE = 1_000;

interface Parts {
  readonly store: Pick<EventStore, 'readAll'>;
  readonly keys: Pick<SubjectKeys, 'erase' | 'find'>;
  readonly register: ErasureRegister;
}

/**
 * Destroys the keys of people who are forgotten. The event comes first, then the key: should the process die in between,
 * the command that wrote the event is sent again, is found done, and its keys go then.
 */
export class Forgetting {
  constructor(private readonly parts: Parts) {}

  /** After a command was done, also when it had been done before. */
  async after({ events }: Extract<CommandOutcome, { readonly status: 'done' }>): Promise<void> {
    for (const { type, eventId, data } of events) if (type === ERASED) await this.forget(eventId, subjectsIn(data));
  }

  /**
   * Tombstones from the log and from the register, at start: keys restored from an older copy, or a log that is older than
   * the erasure, must not bring anybody back (architecture §8). Returns how many keys were destroyed again.
   */
  async again(): Promise<number> {
    let destroyed = 0;
    for (const subject of await this.parts.register.subjects()) destroyed += await this.bury(subject);
    let after: string | undefined;
    for (;;) {
      const page = await this.parts.store.readAll({
        types: [ERASED],
        limit: PAGE,
        ...(after === undefined ? {} : { after }),
      });
      for (const { data } of page.events)
        for (const subject of subjectsIn(JSON.parse(data))) destroyed += await this.bury(subject);
      if (page.end || page.upTo === undefined) return destroyed;
      after = page.upTo;
    }
  }

  private async forget(eventId: string, subjects: readonly string[]): Promise<void> {
    // The register first: a tombstone that only this store knows is lost with it.
    await this.parts.register.add({ eventId, subjects });
    for (const subject of subjects) await this.bury(subject);
  }

  private async bury(subject: string): Promise<number> {
    if ((await this.parts.keys.find(subject)) === 'erased') return 0;
    await this.parts.keys.erase(subject);
    return 1;
  }
}

const subjectsIn = (data: unknown): readonly string[] => (data as { readonly subjects: readonly string[] }).subjects;
