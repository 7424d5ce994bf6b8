import type { Actor, Command, Instant } from '@aftercare/domain/kernel';

/** A command on its way to one stream, with who sends it and why. The role check stands where this is built. */
export interface CommandEnvelope<C extends Command = Command> {
  readonly command: C;
  /** The stream decided on; on creation `<aggregate>-<uuidv5(commandId)>`. */
  readonly stream: string;
  /** uuidv5(actor + route + Idempotency-Key), or of (process, instance, input id, index). */
  readonly commandId: string;
  readonly actor: Actor;
  /** Defaults to the stream itself. */
  readonly correlationId?: string;
  /** Id of the event or request that caused this command; defaults to the commandId. */
  readonly causationId?: string;
  /** The revision the actor saw (If-Match); a mismatch is a refusal, not a retry. */
  readonly seenRevision?: number;
  /** The stream must not exist yet. */
  readonly creates?: boolean;
  readonly receivedAt?: Instant;
}

/** What came of a command. */
export type CommandOutcome =
  | {
      readonly status: 'done';
      readonly stream: string;
      readonly revision: number;
      readonly position?: string;
      /** True: this commandId had been done before; its first result is returned. */
      readonly repeated: boolean;
      readonly events: readonly { readonly type: string; readonly eventId: string; readonly data: unknown }[];
    }
  | { readonly status: 'refused'; readonly code: string; readonly details: Readonly<Record<string, unknown>> }
  | { readonly status: 'not-found' }
  | { readonly status: 'stale'; readonly revision: number }
  | { readonly status: 'conflict' }
  | { readonly status: 'key-reused' };
