import { type PolicyEvent, type ProductUnitEvent, type Recorded } from '@aftercare/domain';
import { type Projector } from '@aftercare/projections/consumer';
import { column, commonColumns, FACTS_VERSION, monthOf, tableOf, type Fact, type FactFold } from './fact';

interface UnitState {
  readonly [column: string]: unknown;
  readonly stream: string;
  readonly version: number;
  readonly month: string;
  readonly unitId: string;
  readonly category: string;
  readonly model: string;
  readonly batch: string;
}

/** Product units, for the batch that a case's unit came from (DEC-12). */
const unitFold: Projector<UnitState> = {
  name: 'analytics_product_unit',
  version: FACTS_VERSION,
  types: ['product_unit.ProductUnitRegistered', 'product_unit.ProductUnitDetailsCorrected'],
  key: (event) => event.stream,
  evolve: (state, recorded) => {
    const event = recorded as Recorded<ProductUnitEvent>;
    if (event.type === 'product_unit.ProductUnitRegistered')
      return {
        stream: event.stream,
        version: event.revision,
        month: monthOf(event.metadata.recordedAt),
        unitId: event.data.unitId,
        category: event.data.category,
        model: event.data.model,
        batch: event.data.batch ?? '',
      };
    if (event.type !== 'product_unit.ProductUnitDetailsCorrected') return state;
    return state && { ...state, version: event.revision, batch: event.data.batch ?? state.batch };
  },
};

const units: Fact<UnitState> = {
  name: 'units',
  table: tableOf('units'),
  key: ['stream'],
  columns: { ...commonColumns, unitId: column.id, category: column.word, model: column.word, batch: column.word },
  rows: (unit) => [unit],
};

export const unitFacts: FactFold<UnitState> = { projector: unitFold, facts: [units] };

interface CatalogueState {
  readonly [column: string]: unknown;
  readonly stream: string;
  readonly version: number;
  readonly month: string;
  readonly groups: Readonly<Record<string, string>>;
}

/** The fault codes in a published catalogue, whose shape was checked before it was published; none when unreadable. */
export const groupsIn = (body: string): Readonly<Record<string, string>> => {
  try {
    const { faultCodes = [] } = JSON.parse(body) as { faultCodes?: readonly { code: string; group: string }[] };
    return Object.fromEntries(faultCodes.map((fault) => [fault.code, fault.group]));
  } catch {
    return {};
  }
};

/** Fault groups from the catalogue as last published; a code dropped later keeps its group, so that old cases have one. */
const catalogueFold: Projector<CatalogueState> = {
  name: 'analytics_catalogue',
  version: FACTS_VERSION,
  types: ['policy.PolicyPublished'],
  key: (event) => ((event as Recorded<PolicyEvent>).data.kind === 'catalogue' ? event.stream : undefined),
  evolve: (state, recorded) => {
    const event = recorded as Recorded<PolicyEvent>;
    if (event.type !== 'policy.PolicyPublished') return state;
    return {
      stream: event.stream,
      version: event.revision,
      month: state?.month ?? monthOf(event.metadata.recordedAt),
      groups: { ...state?.groups, ...groupsIn(event.data.body) },
    };
  },
};

const faultGroups: Fact<CatalogueState> = {
  name: 'fault_groups',
  table: tableOf('fault_groups'),
  key: ['code'],
  columns: { ...commonColumns, code: column.id, faultGroup: column.word },
  rows: (catalogue) =>
    Object.entries(catalogue.groups).map(([code, faultGroup]) => ({
      stream: catalogue.stream,
      version: catalogue.version,
      month: catalogue.month,
      code,
      faultGroup,
    })),
};

export const catalogueFacts: FactFold<CatalogueState> = { projector: catalogueFold, facts: [faultGroups] };
