import { randomUUID } from 'node:crypto';
import type { Role } from '@aftercare/domain';
import { systemClock } from '@aftercare/event-store';
import { issueToken, TOKEN_ROLES } from '../auth/tokens';
import { configFromEnvironment } from '../composition/environment';
import { secretFile } from '../composition/secret-file';
import { CliError } from './cli-error';

/** Signs a token; refused when an identity provider issues them. */
export const tokenCommand = async (options: {
  readonly role: readonly string[];
  readonly name?: string;
  readonly id?: string;
  readonly days: number;
}): Promise<string> => {
  const { auth } = configFromEnvironment();
  if (auth.mode !== 'local') throw new CliError('tokens come from AUTH_ISSUER here; the local key is not accepted');
  const unknown = options.role.filter((role) => !TOKEN_ROLES.includes(role as Role));
  if (unknown.length > 0)
    throw new CliError(`no such role: ${unknown.join(', ')}; there are ${TOKEN_ROLES.join(', ')}`);
  const id = options.id ?? randomUUID();
  if (!/^[A-Za-z0-9][A-Za-z0-9-]{0,63}$/.test(id)) throw new CliError('--id: letters, digits and dashes, at most 64');
  const { days, name } = options;
  return issueToken(
    { id, roles: options.role as Role[], days, ...(name === undefined ? {} : { name }) },
    secretFile(auth.keyFile),
    systemClock(),
  );
};
