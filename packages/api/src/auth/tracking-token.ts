import { createHmac, timingSafeEqual } from 'node:crypto';
import { millisOf, type Instant } from '@aftercare/domain';

/** What a tracking link is good for: one ticket, until it expires or is revoked (CONF, SEC-01). */
export interface TrackingClaim {
  readonly ticketId: string;
  readonly linkId: string;
  readonly expiresAt: Instant;
}

const SHAPE = /^([0-9a-f]{32})\.([A-Za-z0-9-]{1,64})\.(\d{10,12})\.([A-Za-z0-9_-]{43})$/;

const macOf = (payload: string, key: Uint8Array): Buffer =>
  createHmac('sha256', key).update(`aftercare tracking link\n${payload}`).digest();

/** The token of a link: ticket, link and expiry, signed. Nothing personal is in it. */
export const signTracking = ({ ticketId, linkId, expiresAt }: TrackingClaim, key: Uint8Array): string => {
  const payload = `${ticketId.replaceAll('-', '')}.${linkId}.${Math.floor(millisOf(expiresAt) / 1_000)}`;
  return `${payload}.${macOf(payload, key).toString('base64url')}`;
};

/** The claim of a token whose signature holds and whose time has not passed; undefined otherwise. */
export const readTracking = (
  token: string,
  key: Uint8Array,
  now: Instant,
): Pick<TrackingClaim, 'ticketId' | 'linkId'> | undefined => {
  const [, hex, linkId, seconds, mac] = SHAPE.exec(token) ?? [];
  if (!hex || !linkId || !seconds || !mac) return undefined;
  const expected = macOf(`${hex}.${linkId}.${seconds}`, key);
  const given = Buffer.from(mac, 'base64url');
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
  if (Number(seconds) * 1_000 <= millisOf(now)) return undefined;
  const uuid = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  return { ticketId: uuid, linkId };
};
