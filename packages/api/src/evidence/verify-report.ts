import { between, DAY, HOUR, type Instant } from '@aftercare/domain';
import {
  short,
  type BridgeEvidence,
  type EvidenceVerdict,
  type Finding,
  type StreamEvidence,
  type Verdict,
} from '@aftercare/event-store';

/** Where and when the report is made: what a copy is worth depends on where it lies. */
interface Standpoint {
  readonly now: Instant;
  /** Folder of the copies that were compared. */
  readonly copiesIn: string | undefined;
  /** Folder of the store itself. */
  readonly ownFolder: string;
}

/** What `verify` says of a whole store, what it can't prove included. */
export const storeLines = (verdict: EvidenceVerdict, at: Standpoint): readonly string[] => {
  const { chain, bad } = verdict;
  if (bad) return [...brokenLines(bad, chain)];
  return [
    `ok: ${chain.events} events in ${chain.streams} streams, every hash matches`,
    ...anchorLines(verdict, at.now),
    ...verdict.bridges.map(bridgeLine),
    ...storedApart(chain),
    ...limits(verdict, at),
  ];
};

/** The same of one stream. */
export const streamLines = ({ chain, bad, anchored }: StreamEvidence): readonly string[] => {
  if (bad) return brokenLines(bad, chain);
  return [
    `ok: ${chain.events} events in ${chain.streams} streams, every hash matches`,
    anchored
      ? `anchored: up to revision ${anchored.revision} by anchor ${anchored.anchor}, as a copy of it lists`
      : 'not compared with anchors: no copy of one lists this stream. `verify` without --stream compares all of them.',
    ...storedApart(chain),
  ];
};

const brokenLines = ({ at, message, code, anchor }: Finding, { events }: Verdict): readonly string[] => [
  at && anchor === undefined
    ? `BROKEN at ${at.stream} revision ${at.revision} (event ${at.eventId}): ${afterPlace(message)}. ${events} events were looked at.`
    : `BROKEN: ${message}. ${events} events were looked at.`,
  `finding: ${code}`,
];

/** The place stands in front already. */
const afterPlace = (message: string): string => message.replace(/^\S+ revision \d+ \(event [^)]*\): /, '');

const anchorLines = (
  { anchors, newest, keys, notAnchored, copies }: EvidenceVerdict,
  now: Instant,
): readonly string[] => {
  if (!newest) return [`anchors: none. Not yet anchored: ${notAnchored} events`];
  return [
    `anchors: ${anchors}, every signature and every root matches; the newest is ${newest.number} of ${newest.time} (${age(newest.time, now)} old)`,
    `keys: ${keys.map(({ keyId }) => short(keyId)).join(' → ')}; fingerprint of the first: ${keys[0]!.keyId}`,
    `not yet anchored: ${notAnchored} events`,
    ...(copies === undefined ? [] : [`copies: ${copies} compared, all the same as in the store`]),
  ];
};

/** A copy of the store: what its bridge proves, and by what. */
const bridgeLine = ({ bridge, side, compared }: BridgeEvidence): string => {
  const { from, to, at, signature } = bridge;
  const where = side === 'to' ? `from store ${from.storeId}` : `into store ${to.storeId}`;
  const heads = compared ? 'as this store holds them' : 'not looked at again';
  const proof = signature
    ? `its signature by key ${short(signature.keyId)} matches`
    : 'it is unsigned: compare its digests with those that `copy` printed';
  return `bridge: copied ${where} at ${at} with ${to.events} events in ${to.streams} streams, ${heads}; ${proof} (heads ${bridge[side].headsDigest})`;
};

const age = (from: Instant, to: Instant): string => {
  const ms = Math.max(0, between(from, to));
  return ms >= 2 * DAY ? `${Math.floor(ms / DAY)} days` : `${Math.floor(ms / HOUR)} hours`;
};

const storedApart = ({ storedApart: apart }: Verdict): readonly string[] =>
  apart
    ? [
        `note: the server stamped ${apart.events} events at another time than they say they were recorded, first ` +
          `${apart.first.stream} revision ${apart.first.revision}: a copied store, a wrong clock or a long outage do that too`,
      ]
    : [];

/** What none of this proves. An auditor who isn't told relies on it. */
const limits = (
  { newest, trusted, notAnchored, bridges }: EvidenceVerdict,
  { copiesIn, ownFolder }: Standpoint,
): readonly string[] => {
  const lines: string[] = [];
  if (!newest || notAnchored > 0)
    lines.push('that nothing was cut off the end of a stream among the events not yet anchored');
  if (bridges.some(({ bridge }) => !bridge.signature))
    lines.push('that what was copied was what the other store held: the bridge between the two carries no signature');
  if (newest && !trusted) lines.push('whose keys these are: give the fingerprint that you know with --key');
  if (copiesIn === undefined)
    lines.push(
      'that nobody who holds both database and signing key wrote another history: that takes copies of anchors kept elsewhere (--anchors)',
    );
  else if (copiesIn.startsWith(ownFolder))
    lines.push(
      `that nobody who holds this machine wrote another history: the copies in ${copiesIn} lie beside the store (--anchors takes others)`,
    );
  else lines.push(`that nobody who holds database, signing key and ${copiesIn} wrote another history`);
  return ['This does not prove:', ...lines.map((line) => `  - ${line}`)];
};
