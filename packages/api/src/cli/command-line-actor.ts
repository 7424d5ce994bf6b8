import { userInfo } from 'node:os';

/**
 * Who works on the command line, as far as the machine knows: `command-line-zhang`. The access log would else name nobody;
 * whoever may run commands here answers for that account.
 */
export const commandLineActor = (user: () => string = () => userInfo().username): string => {
  const name = nameFrom(user)
    .replaceAll(/[^A-Za-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');
  return name === '' ? 'command-line' : `command-line-${name.slice(0, 40)}`;
};

/** A container may run under a number that no account bears. */
const nameFrom = (user: () => string): string => {
  try {
    return user();
  } catch {
    return '';
  }
};
