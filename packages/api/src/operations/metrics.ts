import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { ConsumerStatus } from '@aftercare/projections/consumer';
import type { ServersHealth } from './server-health';

const FINE = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

/** Prometheus metrics of one application; a registry of its own, because tests create several. */
export class Metrics {
  readonly registry = new Registry();
  private readonly requests = new Histogram({
    name: 'aftercare_http_request_seconds',
    help: 'Time to answer, by method, route and status',
    labelNames: ['method', 'route', 'status'],
    buckets: FINE,
    registers: [this.registry],
  });
  private readonly commands = new Counter({
    name: 'aftercare_commands_total',
    help: 'Commands by type and what came of them',
    labelNames: ['command', 'outcome'],
    registers: [this.registry],
  });
  private readonly lagEvents = this.gauge('aftercare_consumer_lag_events', 'Events a consumer is behind', ['consumer']);
  private readonly lagSeconds = this.gauge('aftercare_consumer_lag_seconds', 'Age of what is not yet shown', [
    'consumer',
  ]);
  private readonly paused = this.gauge('aftercare_consumer_paused', '1: stopped at an event it can not digest', [
    'consumer',
  ]);
  private readonly failing = this.gauge('aftercare_consumer_failing', '1: what it writes to fails, it tries again', [
    'consumer',
  ]);
  private readonly up = this.gauge('aftercare_server_up', '1: the server answers this process', ['server']);
  private readonly working = this.gauge('aftercare_working', '1: this process follows the log, 0: it stands by', []);
  private readonly parked = this.gauge('aftercare_commands_parked', 'Commands of processes that wait for a person', []);
  private readonly loop = this.gauge('aftercare_event_loop_lag_seconds', 'How late timers run', []);

  constructor(withProcessMetrics = true) {
    if (withProcessMetrics) collectDefaultMetrics({ register: this.registry });
  }

  answered(method: string, route: string, status: number, seconds: number): void {
    this.requests.labels(method, route, String(status)).observe(seconds);
  }

  commandDone(type: string, outcome: string): void {
    this.commands.labels(type, outcome).inc();
  }

  consumers(all: readonly ConsumerStatus[]): void {
    for (const { name, lagEvents, lagMs, state, fault } of all) {
      if (lagEvents !== null) this.lagEvents.labels(name).set(lagEvents);
      this.lagSeconds.labels(name).set(lagMs / 1_000);
      this.paused.labels(name).set(state === 'paused' ? 1 : 0);
      this.failing.labels(name).set(fault === undefined ? 0 : 1);
    }
  }

  servers(all: ServersHealth): void {
    for (const [name, { state }] of Object.entries(all) as [string, ServersHealth[keyof ServersHealth]][])
      if (state !== 'off') this.up.labels(name).set(state === 'ok' ? 1 : 0);
  }

  work(working: boolean, parked: number): void {
    this.working.set(working ? 1 : 0);
    this.parked.set(parked);
  }

  loopLag(milliseconds: number): void {
    this.loop.set(milliseconds / 1_000);
  }

  private gauge(name: string, help: string, labelNames: string[]): Gauge {
    return new Gauge({ name, help, labelNames, registers: [this.registry] });
  }
}
