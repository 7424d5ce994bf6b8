import type { Actor, Role } from '@aftercare/domain';
import { problem } from '../http/problem';
import type { Bearer } from './tokens';

/** Who may call a route. A route that says nothing is closed: deny by default. */
export type Access = { readonly open: true } | { readonly roles: readonly Role[] };

/**
 * The actor of a request: the bearer in the first of the bearer's roles that is allowed, or in the one asked for with
 * `Aftercare-Role`. Throws 403.
 */
export const actorFor = (bearer: Bearer, allowed: readonly Role[], wanted?: string): Actor => {
  const role = bearer.roles.find((each) => allowed.includes(each) && (wanted === undefined || each === wanted));
  if (role === undefined) throw problem('AUTH.ROLE_NOT_ALLOWED');
  return { id: bearer.id, role };
};
