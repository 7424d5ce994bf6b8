import type { CommandOf, CommandsOf } from '../kernel/index';
import { closingCommands } from './commands/closing';
import { handlingCommands } from './commands/handling';
import { intakeCommands } from './commands/intake';
import { jobCommands } from './commands/jobs';

/** Every command of a ticket: the edge, the role check, routes and documentation read this table. */
export const ticketCommands = { ...intakeCommands, ...handlingCommands, ...closingCommands, ...jobCommands } as const;

export type TicketCommand = CommandsOf<typeof ticketCommands>;
export type TicketCommandName = keyof typeof ticketCommands;
/** One command by its short name: `TicketCommandOf<'RejectResolution'>`. */
export type TicketCommandOf<Name extends TicketCommandName> = CommandOf<(typeof ticketCommands)[Name]>;
