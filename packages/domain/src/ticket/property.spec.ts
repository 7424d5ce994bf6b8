import { chanceOf } from '../../testing/history/chance';
import { fits, people, recordedOne, START, TICKET, ticketFacts } from '../../testing/index';
import { fold, isRejection, MINUTE, plus, type Actor, type Recorded } from '../kernel/index';
import { ticketCommands, type TicketCommand } from './commands';
import { ticketDecider } from './decider';
import type { TicketEvent } from './events';
import { ticketRegistration } from './registration';
import { isEnded, openJobs, type ExistingTicket, type Ticket } from './state';

const JOBS = ['job-1', 'job-2'];
const actors: readonly Actor[] = Object.values(people);
/** What varies in a command beside its example, so that sequences get somewhere. */
const variants = (pick: <T>(items: readonly T[]) => T): Record<string, unknown> => ({
  by: pick(['first-touch', 'hand', 'remote']),
  id: pick(JOBS),
  workOrderId: pick(JOBS),
  outcome: pick(['fixed', 'cancelled', 'not-fixed']),
  contactId: pick(['contact-1', 'contact-2']),
  reached: pick([true, false]),
  resolved: pick([true, false]),
  unitLeavesCustomer: pick([true, false]),
  words: pick(['还是不行', '在冒烟', '谢谢']),
  followUp: pick(['confirmation-call', 'after-closing']),
  reason: undefined,
});

/** Sent more often than others, so that chance gets a ticket to its end and back. */
const LEADS_ON: readonly string[] = [
  'ticket.ProposeResolution',
  'ticket.ConfirmResolution',
  'ticket.EndJob',
  'ticket.AttemptFollowUp',
  'ticket.CompleteFollowUp',
  'ticket.CloseTicket',
  'ticket.CloseUnresolved',
];

/** A random command of the table that its actor may send; its body always fits, by construction from the example. */
const commandFor = (actor: Actor, pick: <T>(items: readonly T[]) => T): TicketCommand => {
  const allowed = Object.values(ticketCommands).filter(({ roles }) =>
    (roles as readonly string[]).includes(actor.role),
  );
  const leading = allowed.filter(({ type }) => LEADS_ON.includes(type));
  const { type, example, data } = pick([...allowed, ...leading, ...leading, ...leading]);
  const varied = variants(pick);
  const body = Object.fromEntries(
    Object.entries(example as Record<string, unknown>).map(([name, value]) => {
      const literals = JSON.stringify(data.properties[name as never]);
      const other = varied[name];
      const isPossible =
        other !== undefined &&
        (typeof other !== 'string' || !literals.includes('"const"') || literals.includes(`"${other}"`));
      return [name, isPossible ? other : value];
    }),
  );
  return { type, data: body } as TicketCommand;
};

const broken = (before: Ticket, ticket: ExistingTicket): string | undefined => {
  if (before.status !== 'none' && ticket.cycle < before.cycle) return 'a cycle never goes back';
  if (ticket.safety && ticket.priority !== 'P1') return 'a safety case has the highest priority';
  if (!isEnded(ticket) && ticket.owner === undefined) return 'an open ticket has an owner (CLS-10)';
  if (ticket.pause?.workOrderId && !openJobs(ticket).some(({ id }) => id === ticket.pause?.workOrderId))
    return 'a pause by a job ends with it';
  if (ticket.pause && (isEnded(ticket) || ticket.status === 'pending-confirmation' || ticket.status === 'confirmed'))
    return 'what is solved or over is not paused';
  if (ticket.status === 'pending-confirmation' && before.status !== ticket.status && ticket.needsDiagnosis)
    return 'a proposal after a rejection has its diagnosis (CLO-04)';
  if (ticket.status === 'completed' && before.status === 'confirmed' && openJobs(ticket).length > 0)
    return 'a ticket closes without open jobs';
  return undefined;
};

describe('any sequence of commands', () => {
  it('leaves states that keep the rules, events that fit, and the same state when folded again', () => {
    const reached = new Set<string>();
    for (let seed = 1; seed <= 60; seed += 1) {
      const chance = chanceOf(seed);
      let ticket: Ticket = ticketDecider.initial;
      let now = START;
      const events: Recorded<TicketEvent>[] = [];
      for (let step = 0; step < 150; step += 1) {
        now = plus(now, chance.between(1, 600) * MINUTE);
        const actor = step === 0 ? people.agent : chance.one(actors);
        const command: TicketCommand =
          step === 0
            ? { type: 'ticket.RegisterTicket', data: ticketCommands.RegisterTicket.example }
            : commandFor(actor, (items) => chance.one(items));
        const commandId = `command-${seed}-${step}`;
        const decided = ticketDecider.decide(command, ticket, {
          now,
          actor,
          stream: TICKET,
          commandId,
          facts: ticketFacts,
        });
        if (isRejection(decided)) {
          expect(Object.keys(ticketRegistration.messages)).toContain(decided.code);
          continue;
        }
        const before = ticket;
        for (const told of decided) {
          fits(ticketRegistration, told);
          const event = recordedOne(TICKET, events.length, told, { at: now, actor });
          events.push(event as Recorded<TicketEvent>);
          ticket = ticketDecider.evolve(ticket, event as Recorded<TicketEvent>);
        }
        if (ticket.status === 'none') throw new Error('a ticket never vanishes');
        reached.add(ticket.status);
        expect({ seed, step, command: command.type, broken: broken(before, ticket) }).toEqual({
          seed,
          step,
          command: command.type,
          broken: undefined,
        });
      }
      expect(fold(ticketDecider, events)).toEqual(ticket);
    }
    expect([...reached].sort()).toEqual([
      'awaiting-consent',
      'cancelled',
      'closed-unresolved',
      'completed',
      'confirmed',
      'in-progress',
      'pending-confirmation',
      'pending-dispatch',
    ]);
  });

  it('folds shuffled events without a throw: evolve validates nothing', () => {
    const chance = chanceOf(99);
    const types = Object.values(ticketRegistration.events);
    const examples = types.map(({ type }) => type);
    for (let round = 0; round < 50; round += 1) {
      const order = [...examples].sort(() => chance.next() - 0.5);
      const first = recordedOne(
        TICKET,
        0,
        { type: 'ticket.TicketRegistered', data: { cycle: 1 } },
        { at: START, actor: people.agent },
      );
      const state = order.reduce<Ticket>(
        (ticket, type, index) =>
          ticketDecider.evolve(
            ticket,
            recordedOne(
              TICKET,
              index + 1,
              {
                type,
                data: { cycle: 1, decided: { by: 'rule' }, reasons: [], safetyMatched: [], parts: [], workMinutes: 1 },
              },
              { at: START, actor: people.agent },
            ) as Recorded<TicketEvent>,
          ),
        ticketDecider.evolve(ticketDecider.initial, first as Recorded<TicketEvent>),
      );
      expect(state.status).not.toBe('none');
    }
  });
});
