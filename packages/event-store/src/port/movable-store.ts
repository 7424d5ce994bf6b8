import type { Instant } from '@aftercare/domain/kernel';
import type { EventStore, Position } from './event-store';
import { StoreRefusedError } from './store-refused';

/** One side of a bridge: everything that stood in a store when it was left, or when it was filled. */
export interface BridgeHead {
  readonly storeId: string;
  /** Position of its last event. */
  readonly position: Position;
  readonly events: number;
  readonly streams: number;
  /** SHA-256 over name, revision and hash of every stream's last event, in order of the names. */
  readonly headsDigest: string;
}

/** Names two stores of one lineage between which nothing was lost, changed or added (architecture §10). */
export interface Bridge {
  readonly format: 'aftercare/bridge/1';
  readonly lineageId: string;
  readonly from: BridgeHead;
  readonly to: BridgeHead;
  readonly at: Instant;
  /** Over `bridgeText`; absent where nobody signs. */
  readonly signature?: { readonly algorithm: string; readonly keyId: string; readonly value: string };
}

/** What happened to a store as a whole. Stands beside its events, is never hashed and reaches no subscriber. */
export type StoreNote = { readonly at: Instant } & (
  | { readonly note: 'filling-began'; readonly storeId: string }
  | { readonly note: 'filled'; readonly bridge: Bridge }
  | { readonly note: 'sealed'; readonly storeId: string }
  | { readonly note: 'unsealed' }
  | { readonly note: 'moved'; readonly bridge: Bridge }
);

/** What its notes make of a store. */
export interface Standing {
  /** The store it is sealed for: it takes no events. */
  readonly sealedFor?: string;
  /** The store it is being filled from: it holds only part of that. */
  readonly fillingFrom?: string;
  /** Where it was moved to. */
  readonly movedTo?: Bridge;
  /** Where it was filled from. */
  readonly filledFrom?: Bridge;
}

/** A store that can be copied into another one, and be filled from one. */
export interface MovableStore extends EventStore {
  notes(): Promise<readonly StoreNote[]>;
  /** Durable when it resolves; a seal holds from then on. */
  note(note: StoreNote): Promise<void>;
  /** So many appends may be sent at once and are still written in the order in which they were sent. */
  readonly appendsInOrder: number;
}

/** Folds a store's notes. */
export const standingOf = (notes: readonly StoreNote[]): Standing =>
  notes.reduce<Standing>((standing, note) => {
    switch (note.note) {
      case 'filling-began':
        return { ...standing, fillingFrom: note.storeId };
      case 'filled': {
        const { fillingFrom: _, ...rest } = standing;
        return { ...rest, filledFrom: note.bridge };
      }
      case 'sealed':
        return { ...standing, sealedFor: note.storeId };
      case 'unsealed': {
        const { sealedFor: _, ...rest } = standing;
        return rest;
      }
      case 'moved':
        return { ...standing, movedTo: note.bridge };
    }
  }, {});

/** Why a sealed store takes no events; undefined where it takes them. */
export const sealOf = ({ sealedFor, movedTo }: Standing): string | undefined => {
  if (sealedFor === undefined) return undefined;
  return movedTo === undefined
    ? `the store is sealed while it is copied into store ${sealedFor}: finish the copy, or give it up with copy --unseal`
    : `the store is sealed: it was copied into store ${sealedFor}, which goes on with its lineage`;
};

/** Throws `StoreRefusedError` for a store that must not be written to: sealed, or only partly filled. */
export const checkStanding = (standing: Standing): void => {
  const seal = sealOf(standing);
  if (seal !== undefined) throw new StoreRefusedError('SEALED', seal);
  if (standing.fillingFrom !== undefined)
    throw new StoreRefusedError(
      'INCOMPLETE',
      `the store holds only part of store ${standing.fillingFrom}, from which it is being filled: finish the copy`,
    );
};
