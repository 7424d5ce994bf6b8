import { part, problemsIn, text, type Actor, type RecordedEvent, type TicketStatus } from '@aftercare/domain';
import { uuidv5 } from '@aftercare/event-store';
import { Controller, Get, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { readTracking } from '../auth/tracking-token';
import { problemOf } from '../commands/command-answer';
import { DecideCommand } from '../commands/decide.command';
import { PLATFORM, type Platform } from '../composition/platform';
import { idempotencyKeyOf } from '../http/conditional';
import { LoopLag } from '../http/overload';
import { invalid, notFound } from '../http/problem';
import { RateLimit } from '../http/rate-limit';
import { jobsOf, personalOf } from '../streams/streams';
import { trackingView, type TrackingView } from './tracking-view';

const lookUp = part({ number: text(20), lastFour: text(4) });

/** What the link lets a customer do, by the last part of the address. */
const VERDICTS: Readonly<Record<string, string>> = {
  'confirm-resolution': 'ticket.ConfirmResolution',
  'reject-resolution': 'ticket.RejectResolution',
  'accept-solution': 'ticket.AcceptSolution',
  'decline-solution': 'ticket.DeclineSolution',
};

/** The customer's side, without a token: number and last four digits, or a signed link. Rate-limited. */
@Controller('/track')
export class TrackingController {
  private readonly byAddress: RateLimit;
  private readonly byNumber: RateLimit;
  private readonly byLink: RateLimit;

  constructor(
    @Inject(PLATFORM) private readonly platform: Platform,
    private readonly bus: CommandBus,
    private readonly loop: LoopLag,
  ) {
    const { clock } = platform;
    this.byAddress = new RateLimit(clock, 30, 30);
    // Four digits are soon guessed: one number is asked for ten times an hour at most.
    this.byNumber = new RateLimit(clock, 10, 10 / 60);
    this.byLink = new RateLimit(clock, 30, 30);
  }

  /** POST, so that neither the number nor the digits stand in an address that is logged on the way. */
  @Post()
  @HttpCode(200)
  @RouteConfig({ access: { open: true } })
  async byNumberAndDigits(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    this.byAddress.take(request.ip);
    const body = (request.body ?? {}) as { number: string; lastFour: string };
    const problems = problemsIn(lookUp, body);
    if (problems.length > 0) throw invalid(problems);
    this.byNumber.take(body.number);
    const ticket = await this.platform.reading.ticketByNumber(body.number);
    if (ticket === undefined) throw notFound();
    const events = await this.eventsOf(ticket);
    if (!(await this.hasLastFour(events, body.lastFour))) throw notFound();
    await reply.header('cache-control', 'no-store').send(this.view(events, false));
  }

  @Get('/:token')
  @RouteConfig({ access: { open: true } })
  async byToken(
    @Req() request: FastifyRequest,
    @Param('token') token: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    this.byAddress.take(request.ip);
    const { events } = await this.linked(token);
    await reply.header('cache-control', 'no-store').send(this.view(events, true));
  }

  @Post('/:token/:verdict')
  @HttpCode(200)
  @RouteConfig({ access: { open: true } })
  async verdict(
    @Req() request: FastifyRequest,
    @Param() { token, verdict }: { token: string; verdict: string },
    @Res() reply: FastifyReply,
  ): Promise<void> {
    this.loop.mustKeepUp();
    this.byAddress.take(request.ip);
    const { registry, gate } = this.platform;
    const known = registry.command(VERDICTS[verdict] ?? '');
    const { stream, linkId } = await this.linked(token);
    if (!known) throw notFound();
    const data = { ...(request.body ?? {}), channel: 'link' };
    const problems = problemsIn(known.definition.data, data);
    if (problems.length > 0) throw invalid(problems);
    const key = idempotencyKeyOf(request.headers['idempotency-key']) ?? `request ${request.id}`;
    const actor: Actor = { id: linkId, role: 'customer', onBehalfOf: stream };
    const envelope = await gate.envelope({
      ...known,
      data,
      stream,
      actor,
      commandId: uuidv5(`${linkId}\ntrack ${verdict} ${stream}\n${key}`),
      causationId: request.id,
    });
    const outcome = await this.bus.execute(new DecideCommand(known.aggregate, envelope));
    if (outcome.status !== 'done') throw problemOf(outcome, registry);
    if (outcome.position !== undefined) reply.header('aftercare-position', outcome.position);
    await reply.header('cache-control', 'no-store').send(this.view(await this.eventsOf(stream), true));
  }

  /** The ticket of a link that is signed, in time, and not revoked; 404 otherwise, whatever the reason. */
  private async linked(token: string): Promise<{ stream: string; linkId: string; events: readonly RecordedEvent[] }> {
    const { clock, stores } = this.platform;
    const claim = readTracking(token, stores.trackingKey, clock.now());
    if (!claim) throw notFound();
    this.byLink.take(claim.linkId);
    const stream = `ticket-${claim.ticketId}`;
    const events = await this.eventsOf(stream);
    const about = events.filter(({ data }) => (data as { linkId?: string }).linkId === claim.linkId);
    if (!about.some(({ type }) => type === 'ticket.TrackingLinkIssued')) throw notFound();
    if (about.some(({ type }) => type === 'ticket.TrackingLinkRevoked')) throw notFound();
    return { stream, linkId: claim.linkId, events };
  }

  /** The ticket's events with those of its work orders, in the order of recording. */
  private async eventsOf(stream: string): Promise<readonly RecordedEvent[]> {
    const { streams } = this.platform;
    const { events } = await streams.load(stream);
    const jobs = await Promise.all(jobsOf(events).map((job) => streams.load(job)));
    return [events, ...jobs.map((job) => job.events)]
      .flat()
      .sort((a, b) =>
        a.metadata.recordedAt < b.metadata.recordedAt ? -1 : a.metadata.recordedAt > b.metadata.recordedAt ? 1 : 0,
      );
  }

  private view(events: readonly RecordedEvent[], withActions: boolean): TrackingView {
    const decider = this.platform.registry.aggregate('ticket')!.decider;
    const stream = events[0]?.stream;
    const own = events.filter((event) => event.stream === stream);
    const state = own.reduce<unknown>((s, e) => decider.evolve(s, e), decider.initial);
    return trackingView((state as { status: TicketStatus }).status, events, withActions);
  }

  /** Compared with the phone given for the ticket and with the one on the customer's record. */
  private async hasLastFour(events: readonly RecordedEvent[], lastFour: string): Promise<boolean> {
    if (!/^\d{4}$/.test(lastFour)) return false;
    const { streams } = this.platform;
    const customer = (events[0]?.data as { customer?: string } | undefined)?.customer;
    const record = customer ? (await streams.load(customer)).events : [];
    const opened = await streams.openAll([...events, ...record].filter((event) => event.personal.length > 0));
    return opened
      .flatMap((event) => {
        const { phone, contactPhone } = personalOf(event).fields;
        return [phone, contactPhone];
      })
      .some((phone) => typeof phone === 'string' && phone.replace(/\D/g, '').endsWith(lastFour));
  }
}
