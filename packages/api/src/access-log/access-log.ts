import { randomUUID } from 'node:crypto';
import { event, type Actor } from '@aftercare/domain';
import { sha256, uuidv5, type Clock, type Codec, type EventStore, type SubjectKeys } from '@aftercare/event-store';
import { problem } from '../http/problem';
import { accessLogEvents } from './events';

export interface Look {
  readonly actor: Actor;
  /** Stream of the ticket or customer looked at. */
  readonly subject: string;
  readonly fields: readonly string[];
  readonly reason: string;
  readonly requestId: string;
}

/**
 * Records who saw personal data unmasked, before it is shown. One stream per writing process and day, written without
 * decide, one entry at a time, each onto the head as read. What can't be recorded is not shown: 503.
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

  record(look: Look): Promise<void> {
    const written = this.last.then(() => this.write(look));
    this.last = written.catch(() => undefined);
    return written;
  }

  private async write(look: Look): Promise<void> {
    const { store, codec, keys, clock } = this.parts;
    const now = clock.now();
    const stream = `access_log-${uuidv5(`${this.writer}:${now.slice(0, 10)}`)}`;
    try {
      const { head } = await store.read(stream, { limit: 1 });
      const shown = event(
        accessLogEvents.PersonalDataShown,
        { subject: look.subject, fields: [...look.fields] },
        { personal: [{ subject: look.subject, fields: { reason: look.reason } }] },
      );
      const encoded = codec.encode(
        [shown],
        {
          stream,
          head,
          now,
          actor: look.actor,
          commandId: uuidv5(`unmask ${look.requestId}`),
          commandDigest: sha256(`${look.subject} ${look.fields.join(' ')} ${look.reason}`),
          correlationId: look.subject,
          causationId: look.requestId,
        },
        await keys.ensure([look.subject]),
      );
      const result = await store.append(stream, encoded, { expected: head });
      if (result.status === 'conflict') throw new Error('the access log has another writer');
    } catch (cause) {
      throw problem('ACCESS.NOT_RECORDED', { cause });
    }
  }
}
