import type { CommandOf, CommandsOf } from '../kernel/index';
import { closingCommands } from './commands/closing';
import { handlingCommands } from './commands/handling';
import { intakeCommands } from './commands/intake';
import { investigationCommands } from './commands/investigation';

/** Every command of a complaint: the edge, the role check, routes and documentation read this table. */
export const complaintCommands = {
  ...intakeCommands,
  ...investigationCommands,
  ...handlingCommands,
  ...closingCommands,
} as const;

export type ComplaintCommand = CommandsOf<typeof complaintCommands>;
export type ComplaintCommandName = keyof typeof complaintCommands;
/** One command by its short name: `ComplaintCommandOf<'ConfirmResponsibility'>`. */
export type ComplaintCommandOf<Name extends ComplaintCommandName> = CommandOf<(typeof complaintCommands)[Name]>;
