import {
  defineEvent,
  instant,
  text,
  whole,
  type AggregateRegistration,
  type Decider,
  type EventsOf,
} from '@aftercare/domain/kernel';

const digest = () => text(64);
const signature = () => text(100);

/** What both kinds of entry have: its number in the ledger, the digest of the entry before it, and a signature. */
const entry = () => ({
  number: whole(),
  lineageId: text(64),
  previous: digest(),
  time: instant(),
  keyId: digest(),
  signature: signature(),
});

/** Stream `anchor-<uuid of the lineage>`: the ledger of keys and anchors (architecture §8). */
export const anchorEvents = {
  /** A key that signs from now on; `signedBy` is the key before it, itself for the first and where that was lost. */
  KeyIntroduced: defineEvent('anchor.KeyIntroduced', {
    says: { zh: '启用存证签名密钥', en: 'a signing key for anchors was introduced' },
    data: { ...entry(), publicKey: text(200), signedBy: digest() },
  }),
  /** All stream heads up to a position under one signed root. */
  AnchorTaken: defineEvent('anchor.AnchorTaken', {
    says: { zh: '固定存证锚点', en: 'an anchor was taken' },
    data: {
      ...entry(),
      position: text(200),
      previousRoot: digest(),
      root: digest(),
      streams: whole(),
      events: whole(),
      moved: whole(),
      movedDigest: digest(),
    },
  }),
} as const;
export type AnchorEvent = EventsOf<typeof anchorEvents>;

/** Written without a decision: there is nothing to refuse. The decider is here because every aggregate has one. */
const decider: Decider<never, null, AnchorEvent> = {
  aggregate: 'anchor',
  initial: null,
  evolve: () => null,
  decide: () => [],
};

export const anchorRegistration: AggregateRegistration = {
  aggregate: 'anchor',
  collection: 'anchors',
  label: { zh: '存证锚点', en: 'anchors' },
  events: anchorEvents,
  commands: {},
  decider,
  messages: {},
};
