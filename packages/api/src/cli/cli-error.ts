/** Something that whoever typed the command can put right; the message says how. */
export class CliError extends Error {
  override readonly name = 'CliError';
}
