import { controlPointReadings, type Party } from '@aftercare/domain';
import { complaintFold } from './complaint-fold';
import { type ComplaintState } from './complaint-state';
import { column, commonColumns, dateTime, monthOf, tableOf, type Fact, type FactFold } from './fact';
import { localDateOf } from './local-date';

/** Percent of all shares that a party bears, 0 before the confirmation. */
const percentOf = ({ shares }: ComplaintState, party: Party): number =>
  shares.reduce((sum, share) => sum + (share.party === party ? share.percent : 0), 0);

/** Who bears most of it; `shared`: several bear the same; `not-yet`: nobody has confirmed anything. */
export const mainPartyOf = (state: ComplaintState): string => {
  if (state.responsibility === 'undetermined') return 'undetermined';
  const parties = (['company', 'third-party', 'customer'] as const).map(
    (party) => [party, percentOf(state, party)] as const,
  );
  const most = Math.max(...parties.map(([, percent]) => percent));
  if (most === 0) return 'not-yet';
  const [first, second] = parties.filter(([, percent]) => percent === most);
  return second || !first ? 'shared' : first[0];
};

/** One row per complaint. What is complained about goes in by ids of things; persons complained about never do. */
const complaints: Fact<ComplaintState> = {
  name: 'complaints',
  table: tableOf('complaints'),
  key: ['stream'],
  columns: {
    ...commonColumns,
    number: column.id,
    site: column.word,
    zone: column.word,
    channel: column.word,
    complainant: column.word,
    customer: column.id,
    region: column.word,
    category: column.word,
    graveCause: column.word,
    ticketId: column.id,
    unitId: column.id,
    productCategory: column.word,
    model: column.word,
    external: column.flag,
    receivedAt: column.at,
    receivedOn: column.day,
    recordedAt: column.at,
    severity: column.word,
    provisionalSeverity: column.word,
    severityAssessed: column.flag,
    safety: column.flag,
    state: column.word,
    inside: column.flag,
    rounds: column.count,
    secondHandlings: column.count,
    reopenings: column.count,
    level: column.count,
    outcomesTold: column.count,
    verdict: column.word,
    endedAt: column.maybeAt,
    outcome: column.word,
    dismissals: column.count,
    dismissalAppeals: column.count,
    grounds: column.word,
    appealBy: column.maybeAt,
    responsibility: column.word,
    responsible: column.word,
    companyPercent: column.count,
    thirdPartyPercent: column.count,
    customerPercent: column.count,
    rootCause: column.word,
    trace: column.trace,
  },
  rows: (state) => [
    {
      stream: state.stream,
      version: state.version,
      month: monthOf(state.recordedAt),
      number: state.number,
      site: state.site,
      zone: state.zone,
      channel: state.channel,
      complainant: state.complainant,
      customer: state.customer,
      region: state.region,
      category: state.category,
      graveCause: state.graveCause,
      ticketId: state.ticketId,
      unitId: state.unitId,
      productCategory: state.productCategory,
      model: state.model,
      external: state.external ? 1 : 0,
      receivedAt: dateTime(state.receivedAt),
      receivedOn: localDateOf(state.receivedAt, state.zone),
      recordedAt: dateTime(state.recordedAt),
      severity: state.severity,
      provisionalSeverity: state.provisionalSeverity,
      severityAssessed: state.severityAssessed ? 1 : 0,
      safety: state.safety ? 1 : 0,
      state: state.state,
      inside: state.inside ? 1 : 0,
      rounds: state.round,
      secondHandlings: state.secondHandlings,
      reopenings: state.reopenings,
      level: state.level,
      outcomesTold: state.outcomesTold,
      verdict: state.verdict,
      endedAt: dateTime(state.endedAt || undefined),
      outcome: state.outcome,
      dismissals: state.dismissals,
      dismissalAppeals: state.dismissalAppeals,
      grounds: state.grounds,
      appealBy: dateTime(state.appealBy || undefined),
      responsibility: state.responsibility,
      responsible: mainPartyOf(state),
      companyPercent: percentOf(state, 'company'),
      thirdPartyPercent: percentOf(state, 'third-party'),
      customerPercent: percentOf(state, 'customer'),
      rootCause: state.rootCause,
      trace: state.trace,
    },
  ],
};

/**
 * One row per run of a control point (SLA-09, DEC-03), judged by the version of the service levels that was in force when
 * the run started (DEC-02). What still runs has no verdict here: whether it is late depends on when one asks.
 */
const controlPoints: Fact<ComplaintState> = {
  name: 'control_points',
  table: tableOf('control_points'),
  key: ['stream', 'run'],
  columns: {
    ...commonColumns,
    run: column.count,
    number: column.id,
    site: column.word,
    zone: column.word,
    point: column.word,
    round: column.count,
    severity: column.word,
    calendar: column.word,
    policyVersion: column.count,
    startedAt: column.at,
    startedOn: column.day,
    dueAt: column.maybeAt,
    endedAt: column.maybeAt,
    how: column.word,
    allowedMs: column.amount,
    reminded: column.count,
    missRecordedAt: column.maybeAt,
    calendarProvisional: column.flag,
    trace: column.trace,
  },
  rows: (state, levels) =>
    // Nothing below depends on `now`: what has ended is judged by its end, and the rest by whoever asks.
    controlPointReadings(state.track, levels, state.receivedAt).map((reading, run) => ({
      stream: state.stream,
      version: state.version,
      month: monthOf(reading.startedAt),
      run,
      number: state.number,
      site: state.site,
      zone: state.zone,
      point: reading.point,
      round: reading.round,
      severity: reading.severity,
      calendar: reading.calendar,
      policyVersion: reading.policyVersion,
      startedAt: dateTime(reading.startedAt),
      startedOn: localDateOf(reading.startedAt, state.zone),
      dueAt: dateTime(reading.dueBy),
      endedAt: dateTime(reading.endedAt),
      how: reading.endedAt === undefined ? '' : reading.state,
      allowedMs: reading.allowedMs,
      reminded: reading.reminded,
      missRecordedAt: dateTime(reading.missedAt),
      calendarProvisional: reading.provisional ? 1 : 0,
      trace: state.clockTraces[run] ?? [],
    })),
};

export const complaintFacts: FactFold<ComplaintState> = {
  projector: complaintFold,
  facts: [complaints, controlPoints],
};
