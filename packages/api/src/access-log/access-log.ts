import { randomUUID } from 'node:crypto';
import { accessLogEvents, event, type Actor, type DomainEvent } from '@aftercare/domain';
import { sha256, uuidv5, type Clock, type Codec, type EventStore, type SubjectKeys } from '@aftercare/event-store';
import { problem } from '../http/problem';

export interface Look {
  readonly actor: Actor;
  /** Stream of the ticket or customer looked at. */
  readonly subject: string;
  readonly fields: readonly string[];
  readonly reason: string;
  readonly requestId: string;
}

export interface Exported {
  readonly actor: Actor;
  /** Stream of the matter. */
  readonly subject: string;
  readonly disclosed: readonly string[];
  readonly withheld: boolean;
  readonly streams: number;
  readonly events: number;
  readonly anchor: number;
  readonly reason: string;
  readonly requestId: string;
}

/** An entry on its way to the log. */
interface Entry {
  readonly actor: Actor;
  readonly subject: string;
  readonly requestId: string;
  readonly event: DomainEvent;
  readonly commandId: string;
  readonly digest: string;
}

/**
 * Records who saw personal data unmasked, or took a history away, before it is handed over. One stream per writing process
 * and day, written without decide, one entry at a time, each onto the head as read. What can't be recorded is not shown: 503.
 */
export class AccessLog {
  private readonly writer = randomUUID();
  private last: Promise<void> = Promise.resolve();

  constructor(
    private readonly parts: {
      readonly store: EventStore;
      readonly codec: Codec;
      readonly keys: SubjectKeys;
      readonly clock: Pick<Clock, 'now'>;
    },
  ) {}

  record({ actor, subject, fields, reason, requestId }: Look): Promise<void> {
    return this.append({
      actor,
      subject,
      requestId,
      event: event(
        accessLogEvents.PersonalDataShown,
        { subject, fields: [...fields] },
        { personal: [{ subject, fields: { reason } }] },
      ),
      commandId: uuidv5(`unmask ${requestId}`),
      digest: sha256(`${subject} ${fields.join(' ')} ${reason}`),
    });
  }

  recordExport({ actor, requestId, reason, disclosed, ...data }: Exported): Promise<void> {
    const { subject } = data;
    return this.append({
      actor,
      subject,
      requestId,
      event: event(
        accessLogEvents.HistoryExported,
        { ...data, disclosed: [...disclosed] },
        { personal: [{ subject, fields: { reason } }] },
      ),
      commandId: uuidv5(`export ${requestId}`),
      digest: sha256(`${subject} ${disclosed.join(' ')} ${reason}`),
    });
  }

  private append(entry: Entry): Promise<void> {
    const written = this.last.then(() => this.write(entry));
    this.last = written.catch(() => undefined);
    return written;
  }

  private async write({ actor, subject, requestId, event: recorded, commandId, digest }: Entry): Promise<void> {
    const { store, codec, keys, clock } = this.parts;
    const now = clock.now();
    const stream = `access_log-${uuidv5(`${this.writer}:${now.slice(0, 10)}`)}`;
    try {
      const { head } = await store.read(stream, { limit: 1 });
      const encoded = codec.encode(
        [recorded],
        {
          stream,
          head,
          now,
          actor,
          commandId,
          commandDigest: digest,
          correlationId: subject,
          causationId: requestId,
        },
        await keys.ensure([subject]),
      );
      const result = await store.append(stream, encoded, { expected: head });
      if (result.status === 'conflict') throw new Error('the access log has another writer');
    } catch (cause) {
      throw problem('ACCESS.NOT_RECORDED', { cause });
    }
  }
}
