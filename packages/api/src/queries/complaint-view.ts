import {
  complaintCategoryLabels,
  complaintStateLabels,
  controlPointLabels,
  controlPointReadings,
  idOf,
  responsibilityLabels,
  severityLabels,
  trackControlPoints,
  type ComplaintCategory,
  type ComplaintEvent,
  type ComplaintStatus,
  type ControlPointReading,
  type ControlPointTrack,
  type Instant,
  type PolicyInForce,
  type Recorded,
  type ResponsibilityStatus,
  type Role,
  type Severity,
} from '@aftercare/domain';
import type { Platform } from '../composition/platform';
import { notFound } from '../http/problem';
import { keptFrom, shownAbout } from './staff-withheld';

/** The complaint as its own rules fold it; only what is shown stands here. */
export interface FoldedComplaint {
  readonly status: ComplaintStatus | 'none';
  readonly number: string;
  readonly site: string;
  readonly zone: string;
  readonly round: number;
  readonly receivedAt: Instant;
  readonly complainant: string;
  readonly customer?: string;
  readonly about: { readonly ticketId?: string; readonly staff?: { readonly id: string; readonly role: Role } };
  readonly fromTicket?: string;
  readonly region?: string;
  readonly category: ComplaintCategory;
  readonly severity: Severity;
  readonly provisional: boolean;
  readonly measured: { readonly safety: boolean };
  readonly handler?: { readonly id: string; readonly role: Role };
  readonly responsibility: { readonly status: ResponsibilityStatus; readonly shares: readonly object[] };
  readonly plan?: object;
  readonly commitments: readonly object[];
  readonly external: readonly object[];
  readonly holds: readonly { readonly open: boolean }[];
  readonly requests: readonly { readonly open: boolean }[];
  readonly evidence: readonly string[];
  readonly verdicts: readonly string[];
  readonly level: number;
  readonly escalationDue: boolean;
  readonly inside?: string;
  readonly endedAt?: Instant;
}

export interface LoadedComplaint {
  readonly id: string;
  readonly events: readonly Recorded<ComplaintEvent>[];
  readonly complaint: FoldedComplaint & { readonly status: ComplaintStatus };
  readonly revision: number;
}

/** A complaint from its stream. 404 also for whom it is about: they don't read about themselves. */
export const loadComplaint = async (
  { streams, registry }: Pick<Platform, 'streams' | 'registry'>,
  id: string,
  reader: { readonly id: string; readonly role: Role },
): Promise<LoadedComplaint> => {
  const { events, head } = await streams.load(`complaint-${id}`);
  const decider = registry.aggregate('complaint')!.decider;
  const complaint = events.reduce<unknown>((state, event) => decider.evolve(state, event), decider.initial);
  const folded = complaint as FoldedComplaint;
  if (head === 'none' || folded.status === 'none') throw notFound();
  if (folded.about.staff && folded.about.staff.id === keptFrom(reader)) throw notFound();
  return {
    id,
    // The store validated each payload when it read the event.
    events: events as readonly Recorded<ComplaintEvent>[],
    complaint: folded as LoadedComplaint['complaint'],
    revision: head.revision,
  };
};

/** What staff see of a complaint; who is complained about, and held responsible, by role outside the entitled circle. */
export const complaintView = ({ id, events, complaint, revision }: LoadedComplaint, reader: Role) => {
  const { status, category, severity, responsibility, measured, about, customer } = complaint;
  const first = events[0]!;
  return {
    id,
    number: complaint.number,
    site: complaint.site,
    zone: complaint.zone,
    state: status,
    stateName: complaintStateLabels[status],
    round: complaint.round,
    category,
    categoryName: complaintCategoryLabels[category],
    severity,
    severityName: severityLabels[severity],
    provisional: complaint.provisional,
    measured,
    complainant: complaint.complainant,
    ...(customer === undefined ? {} : { customerId: idOf(customer) }),
    about: shownAbout(about, reader),
    ...(complaint.fromTicket === undefined ? {} : { fromTicket: complaint.fromTicket }),
    ...(complaint.region === undefined ? {} : { region: complaint.region }),
    ...(complaint.handler === undefined ? {} : { handler: complaint.handler }),
    responsibility: {
      status: responsibility.status,
      statusName: responsibilityLabels[responsibility.status],
      shares: responsibility.shares,
    },
    ...(complaint.plan === undefined ? {} : { plan: complaint.plan }),
    commitments: complaint.commitments,
    external: complaint.external,
    requests: complaint.requests,
    holds: complaint.holds,
    evidence: complaint.evidence,
    verdicts: complaint.verdicts,
    level: complaint.level,
    escalationDue: complaint.escalationDue,
    ...(complaint.inside === undefined ? {} : { inside: complaint.inside }),
    receivedAt: complaint.receivedAt,
    registeredAt: first.metadata.recordedAt,
    ...(complaint.endedAt === undefined ? {} : { endedAt: complaint.endedAt }),
    changedAt: events.at(-1)!.metadata.recordedAt,
    revision,
  };
};

/** The clocks of a complaint twice (DEC-02): as judged then, and under the policy and calendar of today. */
export const controlPointsOf = (
  events: readonly Recorded<ComplaintEvent>[],
  levels: (at: Instant) => PolicyInForce<'service-level'>,
  now: Instant,
) => {
  const track = events.reduce<ControlPointTrack | null>((state, event) => trackControlPoints(state, event), null);
  if (!track) return { now, asJudgedThen: [], underTodaysPolicy: [] };
  const today = levels(now);
  return {
    now,
    asJudgedThen: controlPointReadings(track, levels, now).map(named),
    underTodaysPolicy: controlPointReadings(track, () => today, now).map(named),
  };
};

const named = (reading: ControlPointReading) => ({
  ...reading,
  pointName: controlPointLabels[reading.point],
  severityName: severityLabels[reading.severity],
});
