import type {
  Channel,
  ClosingOutcome,
  ComplaintCategory,
  ComplaintEvent,
  ComplaintStatus,
  DomainEvent,
  GraveCause,
  Instant,
  Recorded,
  ResponsibilityStatus,
  Severity,
} from '@aftercare/domain';

type Of<Name extends ComplaintEvent['type']> = Recorded<Extract<ComplaintEvent, DomainEvent<Name>>>;
type Registered = Of<'complaint.ComplaintRegistered'>;

/** What lists and files of complaints have in common. */
export interface ComplaintLife {
  /** Stream of the complaint, `complaint-<uuid>`. */
  readonly complaint: string;
  readonly number: string;
  readonly serial: number;
  readonly site: string;
  readonly zone: string;
  readonly channel: Channel;
  readonly complainant: Registered['data']['complainant'];
  /** Stream of the customer. */
  readonly customer: string | null;
  readonly region: string | null;
  readonly fromTicket: string | null;
  readonly receivedAt: Instant;
  readonly category: ComplaintCategory;
  readonly graveCause: GraveCause | null;
  /** What it is about, by ids; `staff` is the person complained about, who is not for everybody's eyes. */
  readonly about: Registered['data']['about'];
  readonly severity: Severity;
  readonly provisional: boolean;
  readonly safety: boolean;
  readonly state: ComplaintStatus;
  readonly round: number;
  /** Withdrawn, but gone on with inside. */
  readonly inside: boolean;
  readonly handler: Of<'complaint.HandlerAssigned'>['data']['handler'] | null;
  /** How often it was escalated. */
  readonly level: number;
  readonly responsibility: {
    readonly status: ResponsibilityStatus;
    readonly shares: Of<'complaint.ResponsibilityConfirmed'>['data']['shares'];
    /** Appeals that are not decided. */
    readonly appeals: readonly string[];
  };
  readonly endedAt: Instant | null;
  readonly outcome: ClosingOutcome | null;
}

/** Id of the external reference that came with the registration. */
export const FIRST_REFERENCE = 'external';

/** Events that `complaintGoesOn` looks at. */
export const COMPLAINT_LIFE_EVENTS = [
  'complaint.ComplaintRegistered',
  'complaint.HandlerAssigned',
  'complaint.HandlerReleased',
  'complaint.ComplaintAcknowledged',
  'complaint.SubjectIdentified',
  'complaint.ComplaintClassified',
  'complaint.SeverityAssessed',
  'complaint.ResponsibilityProposed',
  'complaint.ResponsibilityProposalRejected',
  'complaint.ResponsibilityConfirmed',
  'complaint.ResponsibilityUndetermined',
  'complaint.ResponsibilityAppealed',
  'complaint.AppealDecided',
  'complaint.ResponsibilityBecameFinal',
  'complaint.ResolutionPlanApproved',
  'complaint.PlanStarted',
  'complaint.OutcomeCommunicated',
  'complaint.SecondHandlingOpened',
  'complaint.ComplaintEscalated',
  'complaint.DismissalCommunicated',
  'complaint.DismissalAppealed',
  'complaint.ComplaintWithdrawn',
  'complaint.InternalHandlingEnded',
  'complaint.ComplaintClosed',
  'complaint.ComplaintReopened',
] as const satisfies readonly ComplaintEvent['type'][];

/** States in which nothing is left to do; a withdrawn complaint may go on inside. */
export const ENDED_COMPLAINT_STATES: readonly ComplaintStatus[] = ['closed', 'dismissed', 'withdrawn'];

export const complaintBegins = ({ stream, data, metadata }: Registered): ComplaintLife => ({
  complaint: stream,
  number: data.number,
  serial: data.serial,
  site: data.site,
  zone: data.zone,
  channel: data.channel,
  complainant: data.complainant,
  customer: data.customer ?? null,
  region: data.region ?? null,
  fromTicket: data.fromTicket ?? null,
  receivedAt: metadata.receivedAt ?? metadata.recordedAt,
  category: data.complaintCategory,
  graveCause: data.graveCause ?? null,
  about: data.about,
  severity: 'general',
  provisional: true,
  safety: data.safetyMarked,
  state: 'registered',
  round: data.round,
  inside: false,
  handler: null,
  level: 0,
  responsibility: { status: 'none', shares: [], appeals: [] },
  endedAt: null,
  outcome: null,
});

/** The same after the event; total: one that it doesn't know changes nothing. */
export const complaintGoesOn = <L extends ComplaintLife>(life: L, event: Recorded<ComplaintEvent>): L => {
  const changes = changesOf(life, event) ?? decidedBy(life.responsibility, event) ?? stateAfter(life, event);
  return changes ? { ...life, ...changes } : life;
};

type Changes = Partial<ComplaintLife> | undefined;

const changesOf = (life: ComplaintLife, event: Recorded<ComplaintEvent>): Changes => {
  switch (event.type) {
    case 'complaint.HandlerAssigned':
      return { handler: event.data.handler };
    case 'complaint.HandlerReleased':
      return { handler: null };
    case 'complaint.ComplaintEscalated':
      return { handler: event.data.handler, level: event.data.level };
    case 'complaint.SubjectIdentified':
      return { about: { ...life.about, ...event.data.about } };
    case 'complaint.ComplaintClassified':
      return { category: event.data.complaintCategory, graveCause: event.data.graveCause ?? life.graveCause };
    case 'complaint.SeverityAssessed': {
      const { severity, provisional, safety } = event.data;
      return { severity, provisional, safety };
    }
    default:
      return undefined;
  }
};

/** The track of its own (domain model): it moves whatever the state is. */
const decidedBy = ({ shares, appeals }: ComplaintLife['responsibility'], event: Recorded<ComplaintEvent>): Changes => {
  const is = (status: ResponsibilityStatus, more: Partial<ComplaintLife['responsibility']> = {}) => ({
    responsibility: { status, shares, appeals, ...more },
  });
  switch (event.type) {
    case 'complaint.ResponsibilityProposed':
      return is('proposed', { shares: event.data.shares, appeals: [] });
    case 'complaint.ResponsibilityProposalRejected':
      return is('none', { shares: [], appeals: [] });
    case 'complaint.ResponsibilityConfirmed':
      return is('confirmed', { shares: event.data.shares });
    case 'complaint.ResponsibilityUndetermined':
      return is('undetermined', { shares: [] });
    case 'complaint.ResponsibilityAppealed':
      return is('under-appeal', { appeals: [...appeals, event.data.appealId] });
    case 'complaint.AppealDecided': {
      const open = appeals.filter((appeal) => appeal !== event.data.appealId);
      const after = open.length > 0 ? 'under-appeal' : 'confirmed';
      return is(event.data.final ? 'final' : after, { shares: event.data.shares ?? shares, appeals: open });
    }
    case 'complaint.ResponsibilityBecameFinal':
      return is('final', { shares: event.data.shares });
    default:
      return undefined;
  }
};

const stateAfter = (life: ComplaintLife, event: Recorded<ComplaintEvent>): Changes => {
  const endedAt = event.metadata.recordedAt;
  switch (event.type) {
    case 'complaint.ComplaintAcknowledged':
      return life.state === 'registered' ? { state: 'verifying' } : undefined;
    case 'complaint.ResolutionPlanApproved':
      return movedTo(life, 'planned');
    case 'complaint.PlanStarted':
      return movedTo(life, 'executing');
    case 'complaint.OutcomeCommunicated':
      return movedTo(life, 'pending-verdict');
    case 'complaint.SecondHandlingOpened':
    case 'complaint.DismissalAppealed':
    case 'complaint.ComplaintReopened':
      return { state: 'verifying', round: event.data.round, inside: false, endedAt: null, outcome: null };
    case 'complaint.DismissalCommunicated':
      return { state: 'dismissed', endedAt };
    case 'complaint.ComplaintWithdrawn':
      return { state: 'withdrawn', inside: event.data.continuedInternally, endedAt };
    case 'complaint.InternalHandlingEnded':
      return { inside: false };
    case 'complaint.ComplaintClosed':
      return { state: 'closed', outcome: event.data.outcome, endedAt };
    default:
      return undefined;
  }
};

/** What has ended stays as it is, though it may go on inside. */
const movedTo = ({ state }: ComplaintLife, next: ComplaintStatus): Changes =>
  ENDED_COMPLAINT_STATES.includes(state) ? undefined : { state: next };

/** CMP-07: the party that bears most; null: nobody is found responsible yet, or it stays undetermined. */
export const mainParty = ({ responsibility: { status, shares } }: ComplaintLife) =>
  status === 'none' || status === 'proposed'
    ? null
    : ([...shares].sort((a, b) => b.percent - a.percent || (a.party < b.party ? -1 : 1))[0]?.party ?? null);
