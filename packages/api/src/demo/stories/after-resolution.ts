import { plus } from '@aftercare/domain';
import { ticketOf, type DemoWorld } from '../demo-world';
import { inAWhile } from '../office-hours';
import type { StoryTime } from '../simulation';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

const contact = async (world: DemoWorld, ticketId: string, purpose: string, direction: 'inbound' | 'outbound') => {
  const answer = await world.agent.post(`/tickets/${ticketId}/record-contact`, {
    direction,
    channel: 'phone',
    purpose,
    reached: true,
  });
  const events = answer.body['events'] as readonly { readonly data: { readonly contactId?: string } }[];
  return events[0]?.data.contactId;
};

/** The customer says on the telephone that it works; an agent writes it down with the call as evidence. */
export const confirmByPhone = async (world: DemoWorld, ticketId: string): Promise<void> => {
  const contactId = await contact(world, ticketId, 'progress', 'outbound');
  await world.agent.post(`/tickets/${ticketId}/confirm-resolution`, { channel: 'phone', contactId });
};

/** The customer opens the tracking link and says it there. */
export const answerByLink = async (
  world: DemoWorld,
  ticketId: string,
  command: string,
  body: object,
): Promise<void> => {
  const issued = await world.agent.post(`/tickets/${ticketId}/issue-tracking-link`);
  const token = issued.body['token'] as string;
  await world.nobody.post(`/track/${token}/${command}`, body);
};

/** The customer says nothing. Where silence can't accept (a safety case), an agent calls after four days. */
export const staySilent = async (world: DemoWorld, time: StoryTime, ticketId: string): Promise<void> => {
  await time.until(plus(time.now(), 4 * DAY));
  const { status } = await ticketOf(world, ticketId);
  if (status === 'pending-confirmation') await confirmByPhone(world, ticketId);
};

export const rejectByLink = (world: DemoWorld, ticketId: string): Promise<void> =>
  answerByLink(world, ticketId, 'reject-resolution', { reason: 'fault-still-there', words: '还是老样子,没修好' });

/** Waits until the ticket is in one of the states, looking again after ever longer pauses, at most two weeks. */
export const untilStatus = async (
  world: DemoWorld,
  time: StoryTime,
  ticketId: string,
  states: readonly string[],
): Promise<string> => {
  const giveUp = plus(time.now(), 14 * DAY);
  for (let pause = 20 * MINUTE; ; pause = Math.min(pause * 2, 4 * 60 * MINUTE)) {
    const { status } = await ticketOf(world, ticketId);
    if (states.includes(status)) return status;
    if (time.now() > giveUp)
      throw new Error(`ticket ${ticketId} is ${status} after two weeks, expected ${states.join(' or ')}`);
    await time.until(plus(time.now(), pause));
  }
};

const answers = (world: DemoWorld) => {
  const mark = () => world.chance.weighted({ 'very-satisfied': 50, satisfied: 35, neutral: 10, dissatisfied: 5 });
  return { responseSpeed: mark(), expertise: mark(), attitude: mark(), problemSolved: mark() };
};

/** The call within the hour, closing by an agent, and the call a day or two later (DEC-06). */
export const followUpAndClose = async (world: DemoWorld, time: StoryTime, ticketId: string): Promise<void> => {
  await untilStatus(world, time, ticketId, ['confirmed']);
  await time.until(inAWhile(time.now(), world.chance.whole(10, 50)));
  const reached = world.chance.happens(0.8);
  for (let attempt = 0; attempt < (reached ? 1 : 3); attempt += 1) {
    await world.crm.post(`/tickets/${ticketId}/attempt-follow-up`, {
      followUp: 'confirmation-call',
      channel: 'phone',
      reached,
    });
    if (!reached) await time.until(inAWhile(time.now(), 20));
  }
  if (reached) {
    await world.crm.post(`/tickets/${ticketId}/complete-follow-up`, {
      followUp: 'confirmation-call',
      resolved: true,
      answers: answers(world),
    });
  }
  await world.agent.decide(`/tickets/${ticketId}`, 'close-ticket');
  await time.until(inAWhile(plus(time.now(), DAY + 2 * 60 * MINUTE), world.chance.whole(0, 300)));
  if (!world.chance.happens(0.85)) return;
  await world.crm.post(`/tickets/${ticketId}/attempt-follow-up`, {
    followUp: 'after-closing',
    channel: 'phone',
    reached: true,
  });
  await world.crm.post(`/tickets/${ticketId}/complete-follow-up`, { followUp: 'after-closing', resolved: true });
};
