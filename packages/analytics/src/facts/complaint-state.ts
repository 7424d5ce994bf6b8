import { type ControlPointTrack, type Party } from '@aftercare/domain';

/** What a complaint's stream says so far: the state behind the fact rows, kept as a row itself. Nobody is named in it. */
export interface ComplaintState {
  readonly [column: string]: unknown;
  readonly stream: string;
  readonly version: number;
  readonly number: string;
  readonly site: string;
  readonly zone: string;
  readonly channel: string;
  readonly complainant: string;
  readonly customer: string;
  readonly region: string;
  readonly category: string;
  readonly graveCause: string;
  readonly ticketId: string;
  readonly unitId: string;
  readonly productCategory: string;
  readonly model: string;
  readonly external: boolean;
  readonly receivedAt: string;
  readonly recordedAt: string;
  readonly severity: string;
  readonly provisionalSeverity: string;
  readonly severityAssessed: boolean;
  readonly safety: boolean;
  readonly state: string;
  readonly inside: boolean;
  readonly round: number;
  /** How often a verdict led to a second handling, how often it came back after its end, and how high it went. */
  readonly secondHandlings: number;
  readonly reopenings: number;
  readonly level: number;
  readonly outcomesTold: number;
  readonly verdict: string;
  /** Empty: it goes on. */
  readonly endedAt: string;
  readonly outcome: string;
  readonly dismissals: number;
  readonly dismissalAppeals: number;
  readonly grounds: string;
  readonly appealBy: string;
  readonly responsibility: string;
  readonly shares: readonly { readonly party: Party; readonly percent: number }[];
  readonly openAppeals: readonly string[];
  readonly rootCause: string;
  readonly track: ControlPointTrack;
  /** By run of a control point: the events that its figures rest on. */
  readonly clockTraces: readonly (readonly string[])[];
  readonly trace: readonly string[];
}
