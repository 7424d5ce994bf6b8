import type { Command } from 'commander';
import { anchorKeysCommand, anchorNowCommand, anchorReplaceKeyCommand, anchorRotateCommand } from './anchor.command';
import { exportCommand, type ExportCommandOptions } from './export.command';
import { verifyCommand, type VerifyCommandOptions } from './verify.command';

/** What somebody does who wants to prove or to doubt a history. */
export const addEvidenceCommands = (root: Command, say: (line: string) => void): void => {
  root
    .command('verify')
    .description('checks chain, anchors and copies of the whole store, of one stream, or an export; says what it found')
    .option('--stream <name>', 'only this stream')
    .option('--checkpoint <file>', 'is put away there while it goes on, and goes on from there')
    .option('--anchors <folder>', 'copies of the anchors, kept elsewhere (default: ANCHOR_DIR)')
    .option('--key <fingerprint...>', 'public keys known to be genuine (default: the key of this machine)')
    .option('--export <file>', 'checks a file that export made, instead of the store')
    .action(async (options: VerifyCommandOptions) => {
      process.exitCode = await verifyCommand(options, say);
    });
  root
    .command('export')
    .description('a ticket, complaint or case as one ZIP that proves itself; recorded in the access log')
    .argument('<number>', 'number of a ticket or complaint, or the name of its stream')
    .requiredOption('--reason <text>', 'why; kept in the access log')
    .option('--out <file>', 'where to')
    .option('--disclose <subject...>', 'whose personal parts can be opened with it: all (but staff), customer-…')
    .option('--withhold-personal', 'leaves closed personal parts out, ciphertext included')
    .action(async (name: string, options: ExportCommandOptions) => exportCommand(name, options, say));
  const anchor = root.command('anchor').description('one signed digest over all that is stored');
  anchor
    .command('now')
    .description('takes one now')
    .action(() => anchorNowCommand(say));
  anchor
    .command('keys')
    .description('the public keys, and how new the last anchor is')
    .action(() => anchorKeysCommand(say));
  anchor
    .command('rotate')
    .description('a new signing key, signed in by the old one')
    .action(() => anchorRotateCommand(say));
  anchor
    .command('replace-key')
    .description('a new signing key in place of one that is lost: nothing but itself signs it in, and `verify` says so')
    .requiredOption('--lost <fingerprint>', 'of the key that is lost, 16 digits or more (see `anchor keys`)')
    .action((options: { lost: string }) => anchorReplaceKeyCommand(options.lost, say));
};
