import type { Registry } from '@aftercare/domain';
import type { CommandOutcome, DecisionRunner } from '@aftercare/event-store';
import { randomUUID } from 'node:crypto';
import { NumberBlocks, type AllocateBlock } from '../facts/number-blocks';
import type { Config } from './config';

/** The numbers of this process: blocks of the deployment's zone, each written to its series before it is used. */
export const numberBlocks = (parts: {
  readonly config: Pick<Config, 'zone' | 'numberBlock'>;
  readonly registry: Registry;
  readonly runner: DecisionRunner;
}): NumberBlocks => new NumberBlocks(allocation(parts), parts.config.zone, parts.config.numberBlock);

const allocation =
  ({ registry, runner }: { registry: Registry; runner: DecisionRunner }): AllocateBlock =>
  async (stream, data) => {
    const series = registry.aggregate('number_series');
    if (!series) throw new Error('the registry has no number series');
    const commandId = randomUUID();
    const send = (creates: boolean): Promise<CommandOutcome> =>
      runner.run(
        series.decider,
        {
          command: { type: 'number_series.AllocateBlock', data },
          stream,
          commandId,
          actor: { id: 'numbering', role: 'system' },
          creates,
        },
        // A month has thousands of blocks: reading them all for each further one would cost more than the tickets.
        { lastEventSaysAll: true },
      );
    // The month's first block creates the series; another process may do so between the two attempts.
    let outcome = await send(false);
    for (let attempt = 0; attempt < 3 && outcome.status !== 'done'; attempt += 1)
      outcome = await send(outcome.status === 'not-found');
    const allocated = outcome.status === 'done' ? outcome.events[0]?.data : undefined;
    if (!allocated) throw new Error(`no block of numbers could be allocated: ${outcome.status}`);
    return allocated as { first: number; last: number };
  };
