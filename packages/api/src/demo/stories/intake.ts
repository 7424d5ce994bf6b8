import { ticketOf, type DemoCustomer, type DemoWorld } from '../demo-world';

/** What a customer wants, as the stories tell it. */
export interface Wish {
  readonly customer: DemoCustomer;
  readonly words: string;
  readonly channel: 'phone' | 'wechat' | 'web-form' | 'walk-in' | 'app' | 'chat';
  readonly unit?: DemoCustomer['units'][number];
  readonly impact?: 'unusable' | 'degraded' | 'intact' | 'unknown';
  readonly serviceType?: 'on-site';
}

const bodyOf = (wish: Wish, receivedAt?: string) => ({
  customerId: wish.customer.id,
  channel: wish.channel,
  words: wish.words,
  region: wish.customer.region,
  ...(wish.unit
    ? { category: wish.unit.line.category, model: wish.unit.model, unitId: wish.unit.unitId, serial: wish.unit.serial }
    : {}),
  ...(wish.impact ? { impact: wish.impact } : {}),
  ...(wish.serviceType ? { serviceType: wish.serviceType } : {}),
  ...(receivedAt ? { receivedAt } : {}),
});

/** An agent registers what came in by telephone or at the counter. */
export const register = async (world: DemoWorld, wish: Wish): Promise<string> =>
  (await world.agent.post('/tickets', bodyOf(wish))).body['id'] as string;

/** The customer submits by app, web form or WeChat; nobody has looked at it yet. */
export const submit = async (world: DemoWorld, wish: Wish): Promise<string> =>
  (await world.channel.post('/submissions', bodyOf(wish))).body['id'] as string;

/** An agent completes what was submitted (SLA-02: within the hour), unless it was a grievance and is a complaint by now. */
export const review = async (world: DemoWorld, ticketId: string, wish: Wish): Promise<void> => {
  if ((await ticketOf(world, ticketId)).status !== 'awaiting-review') return;
  await world.agent.post(`/tickets/${ticketId}/review-intake`, {
    ...(wish.impact ? { impact: wish.impact } : {}),
    ...(wish.serviceType ? { serviceType: wish.serviceType } : {}),
  });
};
