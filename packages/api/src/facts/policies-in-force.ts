import {
  millisOf,
  POLICY_KINDS,
  type Instant,
  type PoliciesInForce,
  type PolicyBody,
  type PolicyInForce,
  type PolicyKind,
} from '@aftercare/domain';
import type { Clock, LoadedStream } from '@aftercare/event-store';
import { policyStream } from '../composition/stream-names';
import type { Streams } from '../streams/streams';

/** One published version, body parsed once: what is prepared from a body is kept as long as the body. */
export interface PublishedPolicy<K extends PolicyKind = PolicyKind> extends PolicyInForce<K> {
  readonly effectiveFrom: Instant;
  readonly publishedAt: Instant;
  readonly publishedBy: string;
  readonly reason: string;
}

type Histories = ReadonlyMap<PolicyKind, readonly PublishedPolicy[]>;

/** A kind has no version at all: the store was not set up. */
export class NoPolicyError extends Error {
  override readonly name = 'NoPolicyError';
}

/** Architecture §5: what was read longer ago is read again. */
const TRUSTED_MS = 30_000;

/** The published versions of every policy, read from their streams and remembered for 30 seconds. */
export class PolicyShelf {
  private readonly parsed = new Map<string, PublishedPolicy>();
  private readonly heads = new Map<PolicyKind, LoadedStream['head']>();
  private histories: Histories = new Map();
  private readAt = Number.NEGATIVE_INFINITY;
  private reading: Promise<void> | undefined;
  private snapshot: { from: number; until: number; policies: PoliciesInForce } | undefined;

  constructor(
    private readonly streams: Streams,
    private readonly clock: Pick<Clock, 'now'>,
  ) {}

  /** All versions of a kind, oldest first. */
  async versions<K extends PolicyKind>(kind: K): Promise<readonly PublishedPolicy<K>[]> {
    await this.refresh();
    return (this.histories.get(kind) ?? []) as readonly PublishedPolicy<K>[];
  }

  /** The version of one kind that applies at an instant. */
  async inForce<K extends PolicyKind>(kind: K, at: Instant): Promise<PublishedPolicy<K>> {
    await this.refresh();
    return this.appliesAt(kind, at);
  }

  /** Every kind's version at an instant. */
  async allInForce(at: Instant): Promise<PoliciesInForce> {
    await this.refresh();
    return this.lookup(at);
  }

  /** The same as known now, without reading: for process managers, which are pure. Reads must have happened before. */
  lookup(at: Instant): PoliciesInForce {
    const millis = millisOf(at);
    const { snapshot } = this;
    if (snapshot && millis >= snapshot.from && millis < snapshot.until) return snapshot.policies;
    const policies = Object.fromEntries(
      POLICY_KINDS.map((kind) => [kind, this.appliesAt(kind, at)]),
    ) as unknown as PoliciesInForce;
    const changes = [...this.histories.values()].flat().map(({ effectiveFrom }) => millisOf(effectiveFrom));
    const from = Math.max(...changes.filter((change) => change <= millis), Number.NEGATIVE_INFINITY);
    const until = Math.min(...changes.filter((change) => change > millis), Number.POSITIVE_INFINITY);
    this.snapshot = { from, until, policies };
    return policies;
  }

  /** Reads now; after this process itself published a version, and at start. */
  async reload(): Promise<void> {
    this.readAt = Number.NEGATIVE_INFINITY;
    await this.refresh();
  }

  private refresh(): Promise<void> | undefined {
    const now = millisOf(this.clock.now());
    if (now - this.readAt < TRUSTED_MS && now >= this.readAt) return undefined;
    this.reading ??= this.read()
      .then(() => {
        this.readAt = now;
      })
      .finally(() => {
        this.reading = undefined;
      });
    return this.reading;
  }

  private async read(): Promise<void> {
    const histories = new Map<PolicyKind, readonly PublishedPolicy[]>();
    for (const kind of POLICY_KINDS) histories.set(kind, await this.readKind(kind));
    this.histories = histories;
    this.snapshot = undefined;
  }

  private async readKind(kind: PolicyKind): Promise<readonly PublishedPolicy[]> {
    const stream = policyStream(kind)!;
    const known = this.histories.get(kind);
    // Bodies are long, and hardly ever one is published: an end that did not move saves reading and checking them all.
    if (known && (await this.streams.endsAt(stream, this.heads.get(kind) ?? 'none'))) return known;
    const { head, events } = await this.streams.load(stream);
    this.heads.set(kind, head);
    return events
      .filter((event) => event.type === 'policy.PolicyPublished')
      .map((event) => {
        const known = this.parsed.get(event.eventId);
        if (known) return known;
        const data = event.data as { version: number; effectiveFrom: Instant; body: string; reason: string };
        const published: PublishedPolicy = {
          version: data.version,
          effectiveFrom: data.effectiveFrom,
          body: JSON.parse(data.body) as PolicyBody<PolicyKind>,
          publishedAt: event.metadata.recordedAt,
          publishedBy: event.metadata.actor.id,
          reason: data.reason,
        };
        this.parsed.set(event.eventId, published);
        return published;
      });
  }

  /** Version 1 applies to all earlier time, so that what happened before the store existed can be judged too. */
  private appliesAt<K extends PolicyKind>(kind: K, at: Instant): PublishedPolicy<K> {
    const versions = (this.histories.get(kind) ?? []) as readonly PublishedPolicy<K>[];
    const first = versions[0];
    if (!first) throw new NoPolicyError(`no version of the policy ${kind} was ever published`);
    return versions.reduce(
      (best, each) => (each.effectiveFrom <= at && each.version > best.version ? each : best),
      first,
    );
  }
}
