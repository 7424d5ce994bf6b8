import type { SealedRef } from '@aftercare/projections';
import type { Platform } from '../composition/platform';
import { maskFields } from './masking';

/** Read models keep personal parts sealed; they are opened here, at the edge, and shown masked. */
export const shownIntake = async (
  { codec, stores }: Platform,
  intake: readonly SealedRef[],
): Promise<Readonly<Record<string, unknown>>> => {
  const parts = await Promise.all(intake.map(({ part, ...place }) => codec.openPart(part, place, stores.keys)));
  const fields = parts.map((part) => ('fields' in part ? part.fields : {}));
  return maskFields(Object.assign({}, ...fields) as Record<string, unknown>);
};

/** A row of a list with its sealed parts replaced by what may be seen. */
export const withShownIntake = async <R extends { readonly intake: readonly SealedRef[] }>(
  platform: Platform,
  { intake, ...row }: R,
): Promise<Omit<R, 'intake'> & { readonly personal: Readonly<Record<string, unknown>> }> => ({
  ...row,
  personal: await shownIntake(platform, intake),
});
