import { reject, type OpenPart, type Rejection } from '../../kernel/index';
import { present } from '../../kernel/present';
import type { ComplaintCommandOf } from '../commands';
import type { Case, Shares } from '../state';

type Said = ComplaintCommandOf<'ProposeResponsibility'>['data']['shares'];
interface Fields {
  readonly shareId?: string;
  readonly meant?: string;
  readonly grounds?: string;
}

/** Shares as recorded, and what lies under the keys of those who are meant. */
export interface Told {
  readonly shares: Shares;
  readonly personal: readonly OpenPart<Fields>[];
}

/**
 * `data` says party, role and percent only; whoever is meant stands under a key of their own, the grounds under the case's.
 *
 * @param before the shares that an appeal changes: a share that names one keeps who was meant
 */
export const toldShares = (
  complaint: Pick<Case, 'stream'>,
  { said, grounds, before = [] }: { readonly said: Said; readonly grounds: string; readonly before?: Shares },
): Told | Rejection => {
  const problem = wrongIn(said);
  if (problem) return reject(problem);
  const named = said.map((share, index) => ({ ...share, shareId: share.shareId ?? `s${before.length + index + 1}` }));
  return {
    shares: named.map(({ shareId, party, percent, role, kind, meant }) => {
      const wasNamed = before.some((one) => one.shareId === shareId && one.named);
      return present({ shareId, party, percent, role, kind, named: meant !== undefined || wasNamed });
    }),
    personal: [
      { subject: complaint.stream, fields: { grounds } },
      ...named.flatMap(({ shareId, meant }) =>
        meant ? [{ subject: subjectOf(meant), fields: { shareId, meant: meant.name ?? meant.id } }] : [],
      ),
    ],
  };
};

type Meant = NonNullable<Said[number]['meant']>;

/** Engineers and outlets by the stream that tells of them, others by an opaque name of their kind. */
export const subjectOf = ({ kind, id }: Meant): string => `${kind}-${id}`;

const wrongIn = (said: Said): string | undefined => {
  const total = said.reduce((sum, { percent }) => sum + percent, 0);
  if (total !== 100) return 'COMPLAINT.SHARES_NOT_WHOLE';
  const subjects = said.flatMap(({ meant }) => (meant ? [subjectOf(meant)] : []));
  const ids = said.flatMap(({ shareId }) => (shareId === undefined ? [] : [shareId]));
  const isTwice = new Set(subjects).size < subjects.length || new Set(ids).size < ids.length;
  return isTwice ? 'COMPLAINT.SHARE_TWICE' : undefined;
};
