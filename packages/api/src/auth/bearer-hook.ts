import type { Actor } from '@aftercare/domain';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { problem } from '../http/problem';
import { actorFor, type Access } from './access';
import type { TokenVerifier } from './tokens';

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access;
  }
  interface FastifyRequest {
    /** Who acts; undefined on open routes. */
    actor: Actor | undefined;
  }
}

/**
 * Checks token and role before anything of the body is read. A route without an access rule is closed to everybody,
 * and so is an address that does not exist, for whoever has no token.
 */
export const guardRoutes = (fastify: FastifyInstance, tokens: TokenVerifier): void => {
  fastify.decorateRequest('actor', undefined);
  fastify.addHook('onRequest', async (request) => {
    const access = request.routeOptions.config.access;
    if (access && 'open' in access) return;
    const bearer = await tokens.verify(request.headers.authorization);
    if (request.is404) return;
    if (!access) throw problem('AUTH.ROLE_NOT_ALLOWED');
    const wanted = request.headers['aftercare-role'];
    request.actor = actorFor(bearer, access.roles, typeof wanted === 'string' ? wanted : undefined);
  });
};

/** The actor of a request on a closed route. */
export const actorOf = (request: FastifyRequest): Actor => {
  if (!request.actor) throw problem('AUTH.TOKEN_MISSING');
  return request.actor;
};
