import type { AggregateRegistration } from '@aftercare/domain';
import type { CommandEnvelope, CommandOutcome } from '@aftercare/event-store';
import { CommandHandler, Command as BusCommand, type ICommandHandler } from '@nestjs/cqrs';
import { Inject } from '@nestjs/common';
import { COMMAND_GATE, type CommandGate } from './command-gate';

/** Any command of any aggregate, on its way from HTTP to its decider. */
export class DecideCommand extends BusCommand<CommandOutcome> {
  constructor(
    readonly aggregate: AggregateRegistration,
    readonly envelope: CommandEnvelope,
  ) {
    super();
  }
}

/** One handler for all: what differs between use cases stands in the domain's tables and in `facts/`. */
@CommandHandler(DecideCommand)
export class DecideHandler implements ICommandHandler<DecideCommand> {
  constructor(@Inject(COMMAND_GATE) private readonly gate: CommandGate) {}

  execute({ aggregate, envelope }: DecideCommand): Promise<CommandOutcome> {
    return this.gate.decide(aggregate, envelope);
  }
}
