import { DAY, HOUR, idOf, MINUTE, plus, type RecordedEvent } from '@aftercare/domain';
import { complaintStories } from './complaint-stories';
import { record, streamOf, type Told } from './log-writer';
import { chanceOf, type Chance } from './random';

const MODELS = [
  { category: '空调', model: 'KFR-35GW' },
  { category: '空调', model: 'KFR-50LW' },
  { category: '冰箱', model: 'BCD-218' },
] as const;
const REGIONS = ['310101', '310104', '440305'] as const;
const FAULTS = ['E1', 'E2', 'F3', 'X9'] as const;
const ZONES = ['Asia/Shanghai', 'Asia/Shanghai', 'Asia/Urumqi', 'America/New_York'] as const;
const ENGINEERS = ['engineer-a', 'engineer-b', 'engineer-c'] as const;
const PARTS = ['P-100', 'P-200', 'P-300', 'P-400', 'P-500', 'P-600', 'P-700'] as const;
const TYPES = ['repair', 'repair', 'repair', 'repair', 'repair', 'return-exchange', 'enquiry', 'installation'] as const;
const OUTCOMES = [
  'fixed',
  'fixed',
  'fixed',
  'fixed',
  'no-fault-found',
  'further-visit-needed',
  'not-fixed',
  'no-access',
  'customer-declined',
  'taken-to-depot',
] as const;
const START = '2026-01-05T00:00:00.000Z';

interface Case {
  readonly ticket: string;
  readonly cycle: number;
  readonly zone: string;
  readonly unit: { readonly category: string; readonly model: string; readonly unitId: string | undefined };
}

/**
 * A log as it could have come about, event by event, the same for the same seed: few customers and units, so that
 * repeats are frequent; late field facts, corrections, reopenings, links, no access, sites in several zones.
 */
export const historyOf = (seed: number, tickets: number): readonly RecordedEvent[] =>
  record([...new Historian(seed, tickets).tell(), ...complaintStories(seed, tickets)]);

class Historian {
  private readonly told: Told[] = [];
  private orders = 0;
  private uses = 0;

  private readonly chance: Chance;
  /** A chance of their own: what was promised does not change what else happens. */
  private readonly promises: Chance;

  constructor(
    seed: number,
    private readonly tickets: number,
  ) {
    this.chance = chanceOf(seed);
    this.promises = chanceOf(seed + 7_919);
  }

  tell(): readonly Told[] {
    this.catalogue('2026-01-01T00:00:00.000Z', { E1: 'leak', E2: 'leak', F3: 'electric' });
    // Few units make many repeats, many units jobs that stand alone.
    const units = Math.max(2, Math.floor(this.tickets / (1 + this.chance.below(5))));
    for (let unit = 1; unit <= units; unit += 1) this.unit(unit);
    for (let ticket = 1; ticket <= this.tickets; ticket += 1) this.ticket(ticket, units);
    if (this.chance.in(0.5)) this.catalogue(plus(START, 60 * DAY), { E2: 'electric' });
    return this.told;
  }

  private say(told: Told): void {
    this.told.push(told);
  }

  private catalogue(at: string, groups: Readonly<Record<string, string>>): void {
    const faultCodes = Object.entries(groups).map(([code, group]) => ({ code, group, zh: code, en: code }));
    this.say({
      stream: streamOf('policy', 1),
      type: 'policy.PolicyPublished',
      recordedAt: at,
      data: {
        kind: 'catalogue',
        version: this.told.length + 1,
        effectiveFrom: at,
        body: JSON.stringify({ categories: [], faultCodes }),
        reason: 'test',
      },
    });
  }

  private unit(n: number): void {
    const { category, model } = this.chance.pick(MODELS);
    const stream = streamOf('product_unit', n);
    const batch = this.chance.in(0.6) ? { batch: this.chance.pick(['B1', 'B2']) } : {};
    const data = { unitId: idOf(stream), category, model, ...batch };
    this.say({ stream, type: 'product_unit.ProductUnitRegistered', recordedAt: START, data });
    if (this.chance.in(0.2))
      this.say({
        stream,
        type: 'product_unit.ProductUnitDetailsCorrected',
        recordedAt: plus(START, 40 * DAY),
        data: { batch: 'B3' },
      });
  }

  private ticket(n: number, units: number): void {
    const { chance } = this;
    const ticket = streamOf('ticket', n);
    const at = plus(START, chance.below(100 * 24) * HOUR + chance.below(60) * MINUTE);
    const unit = chance.below(units) + 1;
    const known = this.told.find((each) => each.stream === streamOf('product_unit', unit));
    const { category, model } = known?.data as { category: string; model: string };
    const zone = chance.pick(ZONES);
    const submitted = chance.in(0.3);
    this.say({
      stream: ticket,
      type: submitted ? 'ticket.TicketSubmitted' : 'ticket.TicketRegistered',
      recordedAt: at,
      ...(chance.in(0.4) ? { receivedAt: plus(at, -chance.below(30) * HOUR) } : {}),
      data: {
        number: `202601${String(n).padStart(3, '0')}`,
        serial: n,
        site: 'main',
        zone,
        channel: submitted ? 'app' : chance.pick(['phone', 'walk-in', 'wechat']),
        customer: streamOf('customer', 1 + (unit % Math.max(1, Math.floor(units / 2)))),
        tier: chance.pick(['normal', 'vip']),
        ...(chance.in(0.9) ? { region: chance.pick(REGIONS) } : {}),
        ...(chance.in(0.8) ? { category, model } : {}),
        impact: 'degraded',
        safetyMarked: false,
        cycle: 1,
      },
    });
    const withUnit = chance.in(0.65);
    const about: Case = {
      ticket,
      cycle: 1,
      zone,
      unit: { category, model, unitId: withUnit ? idOf(streamOf('product_unit', unit)) : undefined },
    };
    this.intake(about, plus(at, MINUTE), n);
    this.cycles(about, plus(at, 10 * MINUTE));
  }

  private on(about: Case, type: string, at: string, data: Readonly<Record<string, unknown>> = {}): void {
    this.say({ stream: about.ticket, type: `ticket.${type}`, recordedAt: at, data: { ...data, cycle: about.cycle } });
  }

  private intake(about: Case, at: string, n: number): void {
    const { chance } = this;
    const decided = { by: 'rule', policyVersion: 1 };
    this.on(about, 'TicketClassified', at, { type: chance.pick(TYPES), matched: [], decided });
    if (chance.in(0.1))
      this.on(about, 'TicketClassified', plus(at, HOUR), {
        type: 'repair',
        matched: [],
        decided: { by: 'person' },
      });
    this.pauses(about, at);
    this.on(about, 'HandlingRouted', at, { route: chance.in(0.05) ? 'depot' : 'visit', decided });
    if (about.unit.unitId !== undefined) this.on(about, 'ProductUnitIdentified', at, { ...about.unit });
    if (about.unit.unitId !== undefined && chance.in(0.1))
      this.on(about, 'ProductUnitCorrected', plus(at, 5 * DAY), {
        ...about.unit,
        model: 'KFR-72LW',
      });
    if (n > 1 && chance.in(0.15))
      this.on(about, 'TicketLinked', plus(at, 2 * MINUTE), {
        relation: chance.in(0.8) ? 'repeat-of' : 'duplicate',
        ticketId: idOf(streamOf('ticket', 1 + chance.below(n - 1))),
      });
    if (chance.in(0.3))
      this.on(about, 'CustomerContacted', plus(at, HOUR), {
        contactId: 'c1',
        direction: chance.pick(['inbound', 'outbound']),
        channel: 'phone',
        purpose: 'answer',
        reached: chance.in(0.7),
      });
  }

  private pauses(about: Case, at: string): void {
    const { promises } = this;
    if (!promises.in(0.3)) return;
    const from = plus(at, promises.below(90) * MINUTE);
    const until = (hours: number): string => plus(from, promises.below(hours) * HOUR);
    const paused = { reason: 'awaiting-customer', expectedUntil: until(72) };
    this.on(about, 'TicketPaused', from, paused);
    if (promises.in(0.3)) this.on(about, 'TicketPaused', until(80), { ...paused, expectedUntil: until(200) });
    if (promises.in(0.5)) this.on(about, 'TicketResumed', until(100));
  }

  private cycles(first: Case, from: string): void {
    const { chance } = this;
    let about = first;
    let at = from;
    for (let round = 0; round < 3; round += 1) {
      const visits = chance.below(5) === 0 ? 0 : 1 + (chance.below(5) % 3);
      for (let visit = 1; visit <= visits; visit += 1) at = this.order(about, plus(at, HOUR), visit);
      at = this.resolution(about, plus(at, HOUR));
      if (!chance.in(0.3)) return;
      at = plus(at, (1 + chance.below(45)) * DAY);
      about = { ...about, cycle: about.cycle + 1 };
      this.on(about, 'TicketReopened', at, { foundBy: 'customer', statusBefore: 'completed' });
    }
  }

  private resolution(about: Case, at: string): string {
    const { chance } = this;
    const end = plus(at, 6 * HOUR);
    if (chance.in(0.2))
      this.on(about, 'DiagnosisRecorded', at, chance.in(0.8) ? { faultCode: chance.pick(FAULTS) } : {});
    if (chance.in(0.08)) {
      this.on(about, 'TicketCancelled', end, { reason: chance.pick(['by-customer', 'mistake']) });
      return end;
    }
    if (chance.in(0.06)) {
      this.on(about, 'TicketClosedUnresolved', end, { reason: chance.pick(['quote-declined', 'unreachable']) });
      return end;
    }
    this.on(about, 'ResolutionProposed', plus(at, MINUTE), {
      by: 'visit',
      ...(chance.in(0.5) ? { faultCode: chance.pick(FAULTS) } : {}),
    });
    if (chance.in(0.12))
      this.on(about, 'ResolutionRejected', plus(at, HOUR), { reason: 'fault-still-there', channel: 'phone' });
    if (chance.in(0.1)) return end;
    this.on(about, 'ResolutionConfirmed', plus(at, 2 * HOUR), { channel: 'phone' });
    this.on(about, 'TicketClosed', end, { workMinutes: 60, parts: [] });
    return end;
  }

  /** One trip; returns when the office knew all of it, save corrections. */
  private order(about: Case, at: string, visit: number): string {
    const { chance } = this;
    this.orders += 1;
    const stream = streamOf('work_order', this.orders);
    const on = (type: string, recordedAt: string, data: Readonly<Record<string, unknown>> = {}): void =>
      this.say({ stream, type: `work_order.${type}`, recordedAt, data });
    const { unitId, category, model } = about.unit;
    on('WorkOrderPlanned', at, {
      ticketId: idOf(about.ticket),
      cycle: about.cycle,
      kind: chance.in(0.12) ? 'remote' : 'visit',
      site: 'main',
      zone: about.zone,
      category,
      ...(chance.in(0.9) ? { model } : {}),
      ...(unitId === undefined ? {} : { unitId }),
      skills: [],
      ...(chance.in(0.9) ? { region: chance.pick(REGIONS) } : {}),
      safety: false,
      visitIndex: visit,
      visitsPlanned: { n: chance.in(0.1) ? 2 : 1, decidedBy: 'agent-1' },
      ...(this.promises.in(0.3) ? { dueBy: plus(at, this.promises.below(60) * HOUR) } : {}),
    });
    const to = chance.in(0.8) ? { kind: 'engineer', id: chance.pick(ENGINEERS) } : { kind: 'outlet', id: 'outlet-1' };
    on('WorkOrderDispatched', plus(at, MINUTE), {
      to,
      mode: 'auto',
      candidates: [],
      candidatesTotal: 0,
      policyVersion: 1,
      acceptBy: plus(at, 30 * MINUTE),
      overrides: [],
    });
    on('WorkOrderAccepted', plus(at, 10 * MINUTE), { by: to, late: false });
    if (to.kind === 'outlet' && chance.in(0.7))
      on('EngineersNamed', plus(at, 12 * MINUTE), { engineers: ['engineer-o'], lead: 'engineer-o' });
    if (this.promises.in(0.7)) on('AppointmentAgreed', plus(at, 15 * MINUTE), { window: this.window(at) });
    if (this.promises.in(0.2))
      on('AppointmentMoved', plus(at, this.promises.below(40) * HOUR), {
        window: this.window(at),
        initiator: 'customer',
        reason: 'test',
      });
    return this.field(stream, plus(at, HOUR), chance.pick(ENGINEERS));
  }

  private window(at: string): { readonly from: string; readonly to: string } {
    const from = plus(at, this.promises.below(34) * HOUR);
    return { from, to: plus(from, 2 * HOUR) };
  }

  /** What happened on site, told at once or up to two days late and not always whole. */
  private field(stream: string, from: string, engineer: string): string {
    const { chance } = this;
    const arrival = plus(from, chance.below(30) * HOUR + chance.below(60) * MINUTE);
    const told = chance.in(0.3) ? plus(arrival, chance.below(48) * HOUR + 2 * HOUR) : plus(arrival, 2 * HOUR);
    const says = (type: string, occurredAt: string, data: Readonly<Record<string, unknown>> = {}): void =>
      this.say({
        stream,
        type: `work_order.${type}`,
        recordedAt: told,
        occurredAt,
        data,
        actor: { id: engineer, role: 'engineer' },
      });
    if (chance.in(0.07)) {
      if (chance.in(0.5)) says('ArrivalRecorded', arrival, { badgeShown: true });
      says('WorkOrderCancelled', told, { reason: 'customer', tripMade: chance.in(0.5) });
      if (chance.in(0.6)) return told;
    }
    if (chance.in(0.9)) says('ArrivalRecorded', arrival, { badgeShown: true });
    if (chance.in(0.8)) says('WorkStarted', plus(arrival, 5 * MINUTE));
    if (chance.in(0.06)) return told;
    const correction = this.parts(says, plus(arrival, 20 * MINUTE));
    if (chance.in(0.6))
      says('ServiceReportFiled', plus(arrival, HOUR), {
        faultCode: chance.pick(FAULTS),
        cause: 'worn',
        remedy: 'replaced',
        parts: [],
        rating: 'satisfied',
        scaleVersion: 1,
        acceptance: 'absent',
      });
    says('WorkCompleted', plus(arrival, 90 * MINUTE), {
      outcome: chance.pick(OUTCOMES),
      workMinutes: 60,
      reportFiled: true,
      tripMade: chance.in(0.9),
    });
    if (correction)
      this.say({
        stream,
        type: 'work_order.PartUseCorrected',
        recordedAt: plus(told, chance.below(40) * DAY + HOUR),
        data: correction,
      });
    return told;
  }

  private parts(
    says: (type: string, at: string, data: Readonly<Record<string, unknown>>) => void,
    at: string,
  ): Readonly<Record<string, unknown>> | undefined {
    const { chance } = this;
    let correction: Readonly<Record<string, unknown>> | undefined;
    for (let count = chance.below(4); count > 0; count -= 1) {
      this.uses += 1;
      const partUseId = `use-${String(this.uses)}`;
      const quantity = 1 + chance.below(4);
      const fitted = {
        partUseId,
        partNo: chance.pick(PARTS),
        quantity,
        unit: chance.pick(['piece', 'piece', 'metre']),
        unitCost: { amount: (1 + chance.below(20)) * 500, currency: chance.in(0.9) ? 'CNY' : 'USD' },
        charge: chance.pick(['warranty', 'warranty', 'goodwill', 'billable']),
      };
      says('PartFitted', at, fitted);
      if (chance.in(0.1)) says('PartFitted', at, fitted);
      if (chance.in(0.25)) correction = { partUseId, quantity: chance.below(quantity + 1), reason: 'returned' };
    }
    return correction;
  }
}
