import { createHash } from 'node:crypto';
import { createRemoteJWKSet, errors, jwtVerify, SignJWT, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import { millisOf, ROLES, type Role } from '@aftercare/domain';
import type { Clock } from '@aftercare/event-store';
import { problem } from '../http/problem';

/** Who a bearer token says is there. A person may have several roles; each request acts in one of them. */
export interface Bearer {
  readonly id: string;
  readonly roles: readonly Role[];
}

export const LOCAL_ISSUER = 'aftercare-local';
export const LOCAL_AUDIENCE = 'aftercare';

/** Roles that no token carries: `system` is a process of ours, `customer` comes by a tracking link. */
const NOT_BY_TOKEN: readonly Role[] = ['system', 'customer'];
export const TOKEN_ROLES: readonly Role[] = ROLES.filter((role) => !NOT_BY_TOKEN.includes(role));

const ACTOR_ID = /^[A-Za-z0-9][A-Za-z0-9-]{0,63}$/;
const ASYMMETRIC = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];

export interface Verification {
  readonly key: Uint8Array | JWTVerifyGetKey;
  readonly algorithms: readonly string[];
  readonly issuer: string;
  readonly audience: string;
}

/** Tokens of the key in the data directory: HS256 only. */
export const localVerification = (key: Uint8Array): Verification => ({
  key,
  algorithms: ['HS256'],
  issuer: LOCAL_ISSUER,
  audience: LOCAL_AUDIENCE,
});

/** Tokens of an identity provider: asymmetric algorithms only, a shared secret is refused (architecture §10). */
export const issuerVerification = (jwksUrl: string, issuer: string, audience: string): Verification => ({
  key: createRemoteJWKSet(new URL(jwksUrl)),
  algorithms: ASYMMETRIC,
  issuer,
  audience,
});

const MOST_REMEMBERED = 5_000;

/**
 * Checks bearer tokens. A token that was verified is remembered by its digest until it expires, for a minute at most:
 * the signature of the same text does not change, and a key withdrawn by the provider stops counting soon.
 */
export class TokenVerifier {
  private readonly remembered = new Map<string, { bearer: Bearer; until: number; expires: number }>();

  constructor(
    private readonly verification: Verification,
    private readonly clock: Pick<Clock, 'now'>,
  ) {}

  /**
   * Throws 401 AUTH.TOKEN_MISSING, TOKEN_INVALID or TOKEN_EXPIRED and never says more than that; 503
   * AUTH.KEYS_UNAVAILABLE while the provider's keys can't be had.
   */
  async verify(authorization: string | undefined): Promise<Bearer> {
    if (authorization === undefined) throw unauthorized('AUTH.TOKEN_MISSING');
    const token = /^Bearer ([A-Za-z0-9._~+/=-]{1,8192})$/i.exec(authorization)?.[1];
    if (token === undefined) throw unauthorized('AUTH.TOKEN_INVALID');
    const now = millisOf(this.clock.now());
    const digest = createHash('sha256').update(token).digest('base64');
    const known = this.remembered.get(digest);
    if (known && now < known.until) {
      if (now >= known.expires) throw unauthorized('AUTH.TOKEN_EXPIRED');
      return known.bearer;
    }
    const { payload } = await this.checked(token, now);
    const bearer = bearerOf(payload);
    this.remember(digest, { bearer, until: now + 60_000, expires: (payload.exp ?? 0) * 1_000 });
    return bearer;
  }

  private async checked(token: string, now: number) {
    const { key, algorithms, issuer, audience } = this.verification;
    const options = {
      algorithms: [...algorithms],
      issuer,
      audience,
      currentDate: new Date(now),
      requiredClaims: ['sub', 'exp'],
    };
    try {
      return typeof key === 'function' ? await jwtVerify(token, key, options) : await jwtVerify(token, key, options);
    } catch (error) {
      if (error instanceof errors.JWTExpired) throw unauthorized('AUTH.TOKEN_EXPIRED');
      if (isOfProvider(error)) throw problem('AUTH.KEYS_UNAVAILABLE', { cause: error });
      throw unauthorized('AUTH.TOKEN_INVALID', error);
    }
  }

  private remember(digest: string, entry: { bearer: Bearer; until: number; expires: number }): void {
    if (this.remembered.size >= MOST_REMEMBERED) this.remembered.clear();
    this.remembered.set(digest, entry);
  }
}

/** The provider could not be asked for its keys, or answered nonsense: that says nothing about the token. */
const isOfProvider = (error: unknown): boolean => {
  if (error instanceof errors.JWKSTimeout || error instanceof errors.JWKSInvalid) return true;
  const { code } = (error ?? {}) as { readonly code?: unknown };
  // What the network threw (ECONNREFUSED and the like), and jose's own for an answer that is not 200 or no JSON.
  return error instanceof errors.JOSEError ? code === 'ERR_JOSE_GENERIC' : typeof code === 'string';
};

const unauthorized = (code: 'AUTH.TOKEN_MISSING' | 'AUTH.TOKEN_INVALID' | 'AUTH.TOKEN_EXPIRED', cause?: unknown) =>
  problem(code, {
    cause,
    headers: { 'www-authenticate': code === 'AUTH.TOKEN_MISSING' ? 'Bearer' : 'Bearer error="invalid_token"' },
  });

/** Roles stand in `roles` (a list) or `role`; words that are none of ours are ignored: deny by default. */
const bearerOf = (payload: JWTPayload): Bearer => {
  const claimed = Array.isArray(payload['roles']) ? (payload['roles'] as unknown[]) : [payload['role']];
  const roles = TOKEN_ROLES.filter((role) => claimed.includes(role));
  if (payload.sub === undefined || !ACTOR_ID.test(payload.sub)) throw unauthorized('AUTH.TOKEN_INVALID');
  return { id: payload.sub, roles };
};

export interface TokenWish {
  readonly id: string;
  readonly roles: readonly Role[];
  readonly days: number;
  /** Shown by clients; not stored in events. */
  readonly name?: string;
}

/** Signs a token with the local key. */
export const issueToken = (wish: TokenWish, key: Uint8Array, clock: Pick<Clock, 'now'>): Promise<string> => {
  const issued = Math.floor(millisOf(clock.now()) / 1_000);
  return new SignJWT({ roles: [...wish.roles], ...(wish.name ? { name: wish.name } : {}) })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setSubject(wish.id)
    .setIssuer(LOCAL_ISSUER)
    .setAudience(LOCAL_AUDIENCE)
    .setIssuedAt(issued)
    .setExpirationTime(issued + Math.round(wish.days * 86_400))
    .sign(key);
};
