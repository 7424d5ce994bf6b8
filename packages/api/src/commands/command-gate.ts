import { performance } from 'node:perf_hooks';
import {
  aggregateOf,
  matches,
  type Actor,
  type AggregateRegistration,
  type CommandDefinition,
  type Registry,
} from '@aftercare/domain';
import {
  StoreFailedError,
  type CommandEnvelope,
  type CommandOutcome,
  type DecisionRunner,
} from '@aftercare/event-store';
import { isOfDatabase, problem } from '../http/problem';
import type { FactGatherer } from '../facts/fact-gatherer';
import type { Correlations } from './correlations';

export const COMMAND_GATE = Symbol('CommandGate');

/** What a sender gives; the gate makes an envelope of it. */
export interface Wish {
  readonly aggregate: AggregateRegistration;
  readonly definition: CommandDefinition;
  readonly data: unknown;
  readonly stream: string;
  readonly commandId: string;
  readonly actor: Actor;
  readonly seenRevision?: number;
  readonly correlationId?: string;
  readonly causationId?: string;
}

type Done = Extract<CommandOutcome, { readonly status: 'done' }>;

interface GateParts {
  readonly registry: Registry;
  readonly runner: DecisionRunner;
  readonly facts: FactGatherer;
  readonly correlations: Correlations;
  /** Told of every command that was done, also of one that had been done before: what follows may not have happened yet. */
  readonly done?: (type: string, outcome: Done) => Promise<void> | undefined;
}

/** Aggregates whose streams say themselves which matter they belong to, whoever writes to them. */
const OWN_MATTER: readonly string[] = ['ticket', 'complaint', 'on_call_alert'];

/** So long a failed append counts against readiness when no command follows it. */
const FAILURE_COUNTS_MS = 30_000;

/**
 * The one door to the deciders. The role check stands here, so that HTTP, command line and process managers all pass it
 * (architecture §10).
 */
export class CommandGate {
  private failedAt: number | undefined;

  constructor(private readonly parts: GateParts) {}

  /**
   * True from a command that the store could not write until one that it could, half a minute at most: whoever asks
   * whether this process is ready may be the one who keeps further commands from it.
   */
  get lastAppendFailed(): boolean {
    return this.failedAt !== undefined && performance.now() - this.failedAt < FAILURE_COUNTS_MS;
  }

  /** Checks the role and names the matter that the command belongs to. Throws 403. */
  async envelope(wish: Wish): Promise<CommandEnvelope> {
    const { definition, stream, actor, commandId, seenRevision, causationId } = wish;
    mustBeAllowed(definition, actor);
    const correlationId = wish.correlationId ?? (await this.parts.correlations.of(stream, wish.data));
    return {
      command: { type: definition.type, data: wish.data },
      stream,
      commandId,
      actor,
      correlationId,
      ...(causationId === undefined ? {} : { causationId }),
      ...(seenRevision === undefined ? {} : { seenRevision }),
      ...(definition.kind === 'creates' ? { creates: true } : {}),
    };
  }

  /** Gathers the facts that the use case names and lets its decider decide. */
  async decide(aggregate: AggregateRegistration, envelope: CommandEnvelope): Promise<CommandOutcome> {
    const gather = this.parts.facts.for(aggregate, envelope);
    try {
      const outcome = await this.parts.runner.run(aggregate.decider, envelope, gather ? { facts: gather } : {});
      if (outcome.status === 'done') {
        this.failedAt = undefined;
        await this.parts.done?.(envelope.command.type, outcome);
      }
      return outcome;
    } catch (error) {
      if (error instanceof StoreFailedError || isOfDatabase(error)) this.failedAt = performance.now();
      throw error;
    }
  }

  /**
   * What a process manager sends: its envelope says everything but whether the command creates its stream, which stands
   * in the table. A command that is none, or does not fit its definition, is a bug: it throws and parks visibly.
   */
  async sendFromProcess(envelope: CommandEnvelope): Promise<CommandOutcome> {
    const { command, stream, actor } = envelope;
    const known = this.parts.registry.command(command.type);
    if (known?.aggregate.aggregate !== aggregateOf(stream))
      throw new Error(`${actor.id} sent ${command.type}, which is no command of ${aggregateOf(stream)}`);
    if (!matches(known.definition.data, command.data))
      throw new Error(`${actor.id} sent a ${command.type} that does not fit its definition`);
    mustBeAllowed(known.definition, actor);
    // A process of one matter may open a ticket or speak to a complaint of another one.
    const correlationId = OWN_MATTER.includes(aggregateOf(stream))
      ? await this.parts.correlations.of(stream, command.data)
      : envelope.correlationId;
    return this.decide(known.aggregate, {
      ...envelope,
      ...(correlationId === undefined ? {} : { correlationId }),
      ...(known.definition.kind === 'creates' ? { creates: true } : {}),
    });
  }
}

/** Deny by default: a role that the table does not name may not. */
export const mustBeAllowed = (definition: CommandDefinition, actor: Actor): void => {
  if (!definition.roles.includes(actor.role)) throw problem('AUTH.ROLE_NOT_ALLOWED');
};
