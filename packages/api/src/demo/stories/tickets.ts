import { plus } from '@aftercare/domain';
import type { DemoWorld } from '../demo-world';
import { ticketOf } from '../demo-world';
import { inAWhile, onDay } from '../office-hours';
import type { Fault } from '../product-lines';
import type { StoryTime } from '../simulation';
import {
  answerByLink,
  confirmByPhone,
  followUpAndClose,
  rejectByLink,
  staySilent,
  untilStatus,
} from './after-resolution';
import { register, review, submit, type Wish } from './intake';
import { taken, visit, type VisitCourse } from './visit';

const DAY = 24 * 60 * 60_000;

/** A whole ticket: who wants what, and how it goes. */
export type TicketStory = (world: DemoWorld, time: StoryTime, wish: Wish) => Promise<void>;

const takeIn = async (world: DemoWorld, time: StoryTime, wish: Wish): Promise<string> => {
  const told = wish.channel === 'phone' || wish.channel === 'walk-in';
  const ticketId = told ? await register(world, wish) : await submit(world, wish);
  world.tickets.push({ id: ticketId, customer: wish.customer });
  if (told) return ticketId;
  await time.until(inAWhile(time.now(), world.chance.whole(5, 55)));
  await review(world, ticketId, wish);
  return ticketId;
};

/** What the rules left on the supervisor's list is judged by hand. */
const routedToVisit = async (world: DemoWorld, time: StoryTime, ticketId: string): Promise<void> => {
  const { route, type } = await ticketOf(world, ticketId);
  if (route === 'visit') return;
  await time.until(inAWhile(time.now(), world.chance.whole(5, 30)));
  if (type !== 'repair') {
    await world.supervisor.decide(`/tickets/${ticketId}`, 'classify-ticket', {
      type: 'repair',
      reason: '人工判定为报修',
    });
  }
  if ((await ticketOf(world, ticketId)).route === 'visit') return;
  await world.supervisor.decide(`/tickets/${ticketId}`, 'route-ticket', { route: 'visit', reason: '需上门检修' });
};

/** Solved in the first conversation. */
export const firstTouch: TicketStory = async (world, time, wish) => {
  const ticketId = await takeIn(world, time, wish);
  await world.agent.decide(`/tickets/${ticketId}`, 'propose-resolution', {
    by: 'first-touch',
    remedy: 'explained',
    summary: '已向客户说明操作方法',
  });
  await confirmByPhone(world, ticketId);
  await followUpAndClose(world, time, ticketId);
};

/** An expert helps over the telephone. */
export const remote: TicketStory = async (world, time, wish) => {
  const ticketId = await takeIn(world, time, wish);
  await world.supervisor.decide(`/tickets/${ticketId}`, 'route-ticket', { route: 'remote', reason: '可远程指导' });
  const { id, engineer } = await taken(world, time, ticketId, { outcome: 'fixed' });
  await time.until(inAWhile(time.now(), 15));
  await engineer.post(`/work-orders/${id}/start-work`);
  const support = { minutes: 20, steps: '指导客户恢复出厂设置并重新联网', workOrderId: id };
  await engineer.post(`/tickets/${ticketId}/give-remote-support`, support);
  await time.until(inAWhile(time.now(), 20));
  await engineer.post(`/work-orders/${id}/file-service-report`, {
    faultCode: 'SW-SETTING',
    cause: 'wrong-setting',
    remedy: 'reset',
    parts: [],
    rating: 'satisfied',
    acceptance: 'absent',
  });
  await engineer.post(`/work-orders/${id}/complete-work`, { outcome: 'fixed' });
  await untilStatus(world, time, ticketId, ['pending-confirmation', 'confirmed']);
  await answerByLink(world, ticketId, 'confirm-resolution', {});
  await followUpAndClose(world, time, ticketId);
};

/** What the customer does once the work is said to be done. */
export type Verdict = 'signed' | 'by-link' | 'by-phone' | 'silent' | 'rejects-once' | 'reopens';

/** One or more trips, then the verdict, the calls and the closing. */
export const repair =
  (fault: Fault, courses: readonly VisitCourse[], verdict: Verdict): TicketStory =>
  async (world, time, wish) => {
    const ticketId = await takeIn(world, time, wish);
    if (verdict === 'by-phone' && world.chance.happens(0.3)) {
      await world.agent.post(`/tickets/${ticketId}/record-contact`, {
        direction: 'inbound',
        channel: 'phone',
        purpose: 'chase',
        reached: true,
      });
    }
    await routedToVisit(world, time, ticketId);
    for (const course of courses) {
      await visit(world, time, ticketId, fault, { ...course, signed: verdict === 'signed' });
      if (course.outcome === 'further-visit-needed') {
        await time.until(onDay(time.now(), 2, 10));
        await world.warehouse.post(`/tickets/${ticketId}/report-progress`, { milestone: 'parts-received' });
      }
    }
    await judge(world, time, ticketId, fault, verdict);
  };

const judge = async (
  world: DemoWorld,
  time: StoryTime,
  ticketId: string,
  fault: Fault,
  verdict: Verdict,
): Promise<void> => {
  await untilStatus(world, time, ticketId, ['pending-confirmation', 'confirmed']);
  await time.until(inAWhile(time.now(), world.chance.whole(30, 600)));
  if (verdict === 'by-link') await answerByLink(world, ticketId, 'confirm-resolution', {});
  if (verdict === 'silent') await staySilent(world, time, ticketId);
  if (verdict === 'by-phone' || verdict === 'reopens') await confirmByPhone(world, ticketId);
  if (verdict === 'rejects-once') {
    await rejectByLink(world, ticketId);
    await time.until(inAWhile(time.now(), 40));
    await world.expert.post(`/tickets/${ticketId}/record-diagnosis`, {
      faultCode: fault.faultCode,
      cause: 'second-fault',
      findings: '第一次判断不完整',
    });
    await visit(world, time, ticketId, fault, { outcome: 'fixed' });
    await untilStatus(world, time, ticketId, ['pending-confirmation']);
    await confirmByPhone(world, ticketId);
  }
  await followUpAndClose(world, time, ticketId);
  if (verdict === 'reopens') await reopen(world, time, ticketId, fault);
};

const reopen = async (world: DemoWorld, time: StoryTime, ticketId: string, fault: Fault): Promise<void> => {
  await time.until(inAWhile(plus(time.now(), 2 * DAY), 0));
  await world.agent.post(`/tickets/${ticketId}/reopen-ticket`, { foundBy: 'customer', words: '修好三天又坏了' });
  await world.supervisor.decide(`/tickets/${ticketId}`, 'route-ticket', { route: 'visit', reason: '返修' });
  await visit(world, time, ticketId, fault, { outcome: 'fixed' });
  await untilStatus(world, time, ticketId, ['pending-confirmation']);
  await confirmByPhone(world, ticketId);
  await followUpAndClose(world, time, ticketId);
};

/** The visit ends in a way that a person has to take over. */
export const repairThatStops =
  (fault: Fault, course: VisitCourse, then: 'quote-declined' | 'unreachable' | 'left-open'): TicketStory =>
  async (world, time, wish) => {
    const ticketId = await takeIn(world, time, wish);
    await routedToVisit(world, time, ticketId);
    await visit(world, time, ticketId, fault, course);
    if (then === 'left-open') return;
    await time.until(inAWhile(time.now(), 120));
    await world.agent.decide(`/tickets/${ticketId}`, 'close-unresolved', { reason: then });
  };

/** Goods come back, or a part is sent: taken by hand until these have flows of their own. */
export const byHand =
  (route: 'return-exchange' | 'parts-shipment', summary: string): TicketStory =>
  async (world, time, wish) => {
    const ticketId = await takeIn(world, time, wish);
    await time.until(inAWhile(time.now(), world.chance.whole(20, 180)));
    const handler = route === 'parts-shipment' ? world.warehouse : world.agent;
    await handler.decide(`/tickets/${ticketId}`, 'start-handling', {
      route,
      role: route === 'parts-shipment' ? 'warehouse' : 'agent',
    });
    await handler.post(`/tickets/${ticketId}/report-progress`, { milestone: 'other', note: summary });
    await time.until(inAWhile(plus(time.now(), world.chance.whole(2, 4) * DAY), 0));
    await handler.decide(`/tickets/${ticketId}`, 'propose-resolution', { by: 'hand', remedy: route, summary });
    if (world.chance.happens(0.7)) {
      await time.until(inAWhile(time.now(), 300));
      await answerByLink(world, ticketId, 'confirm-resolution', {});
    }
    await followUpAndClose(world, time, ticketId);
  };

/** Nobody can tell what is wanted, or it is a grievance: it stays on the supervisor's list. */
export const staysOnTheList: TicketStory = async (world, time, wish) => {
  await takeIn(world, time, wish);
};

/** The customer thinks better of it. */
export const cancelled: TicketStory = async (world, time, wish) => {
  const ticketId = await takeIn(world, time, wish);
  await time.until(inAWhile(time.now(), 60));
  await world.agent.decide(`/tickets/${ticketId}`, 'cancel-ticket', { reason: 'by-customer' });
};
