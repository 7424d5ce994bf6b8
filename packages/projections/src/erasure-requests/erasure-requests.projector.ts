import type { CustomerEvent, Recorded } from '@aftercare/domain';
import { readModel } from '../sql/read-model';

/** A person's erasure that was requested and neither carried out nor ended. Opaque names only. */
export interface ErasureRequestRow {
  /** Stream of the customer. */
  readonly customer: string;
  readonly requestId: string;
  /** `requested` waits for the approval of a second person, `approved` for its time. */
  readonly status: 'requested' | 'approved';
  /** `retention`: nobody asked, the time to keep the data is over. */
  readonly asker: 'customer' | 'retention';
  /** Id of whoever recorded it, or of the process: another person approves. */
  readonly requestedBy: string;
  readonly requestedAt: string;
  readonly openComplaints: 'wait' | 'withdraw';
  /** When it is carried out, or tried again; null: not approved yet. */
  readonly dueAt: string | null;
  /** How often its time came while something was open. */
  readonly postponed: number;
  /** How much was open or held when it was looked last. */
  readonly hindered: {
    readonly openTickets: number;
    readonly openComplaints: number;
    readonly appeals: number;
    readonly legalHolds: number;
  };
}

const TYPES = [
  'customer.ErasureRequested',
  'customer.ErasureApproved',
  'customer.ErasurePostponed',
  'customer.ErasureRequestWithdrawn',
  'customer.ErasureRefused',
  'customer.CustomerErased',
] as const satisfies readonly CustomerEvent['type'][];
type ErasureStep = Extract<Recorded<CustomerEvent>, { readonly type: (typeof TYPES)[number] }>;

/** DEC-15: erasures under way, one row per person, so that somebody sees what waits for approval. */
export const erasureRequests = readModel<ErasureRequestRow>({
  projector: {
    name: 'erasure_requests',
    version: 1,
    types: TYPES,
    key: (event) => event.stream,
    evolve: (row, event) => evolve(row, event as ErasureStep),
  },
  columns: {
    requested_at: { kind: 'text', of: (row) => row.requestedAt },
    status: { kind: 'text', of: (row) => row.status },
    asker: { kind: 'text', of: (row) => row.asker },
  },
  indexes: [
    ['requested_at', 'key'],
    ['status', 'requested_at', 'key'],
  ],
});

const evolve = (row: ErasureRequestRow | null, event: ErasureStep): ErasureRequestRow | null => {
  switch (event.type) {
    case 'customer.ErasureRequested': {
      const { requestId, asker, openComplaints, findings } = event.data;
      const { actor, recordedAt } = event.metadata;
      return {
        customer: event.stream,
        requestId,
        status: 'requested',
        asker,
        requestedBy: actor.id,
        requestedAt: recordedAt,
        openComplaints,
        dueAt: null,
        postponed: 0,
        hindered: counted(findings),
      };
    }
    case 'customer.ErasureApproved': {
      const { dueAt, findings } = event.data;
      return row && { ...row, status: 'approved', dueAt, hindered: counted(findings) };
    }
    case 'customer.ErasurePostponed': {
      const { until, findings } = event.data;
      return row && { ...row, dueAt: until, postponed: row.postponed + 1, hindered: counted(findings) };
    }
    default:
      return null;
  }
};

type Findings = Extract<ErasureStep, { readonly type: 'customer.ErasureRequested' }>['data']['findings'];

const counted = ({ openTickets, openComplaints, appeals, legalHolds }: Findings): ErasureRequestRow['hindered'] => ({
  openTickets: openTickets.length,
  openComplaints: openComplaints.length,
  appeals: appeals.length,
  legalHolds: legalHolds.length,
});
