import { event } from '../kernel/index';
import { scenarioOf, because } from '../../testing/index';
import { policiesV1 } from '../policy/v1/index';
import { productUnitEvents } from './events';
import { productUnitRegistration } from './registration';

const unitId = '5f0c8f7e-0000-5000-8000-000000000009';
const given = scenarioOf(productUnitRegistration, {
  stream: `product_unit-${unitId}`,
  facts: { policies: policiesV1 },
  actor: { id: 'agent-1', role: 'agent' },
});
const now = '2026-11-22T02:00:00.000Z';
const unit = { category: 'air-conditioner', model: 'KFR-35GW', serial: 'SN0001' };
const registered = (dates: object = {}) =>
  event(productUnitEvents.ProductUnitRegistered, { unitId, ...unit, ...dates });
const register = (dates: object = {}) => ({
  type: 'product_unit.RegisterProductUnit',
  data: { ...unit, ...dates },
});
const determine = { type: 'product_unit.DetermineWarrantyStart', data: {} };
const started = (startsOn: string, basis: 'invoice' | 'installation' | 'production') =>
  event(productUnitEvents.WarrantyStarted, { startsOn, basis });

describe('INT-12 the installed base', () => {
  it('registers a unit under the id that its category, model and serial make', () =>
    given()
      .at(now)
      .when(register({ soldOn: '2026-05-01' }))
      .then(registered({ soldOn: '2026-05-01' })));

  it('registers a unit once, and names the one that is there', () =>
    given(registered()).at(now).when(register()).thenRefused('PRODUCT_UNIT.ALREADY_EXISTS', { unitId }));

  it('refuses dates that cannot be', () => {
    given()
      .at(now)
      .when(register({ producedOn: '2026-06-01', soldOn: '2026-05-01' }))
      .thenRefused('PRODUCT_UNIT.DATES_OUT_OF_ORDER');
    given()
      .at(now)
      .when(register({ soldOn: '2026-11-24' }))
      .thenRefused('PRODUCT_UNIT.DATE_AHEAD');
    given()
      .at(now)
      .when(register({ soldOn: '2026-11-23' }))
      .thenTypes('product_unit.ProductUnitRegistered');
  });

  it('corrects details with a reason, against what is on record', () => {
    const correct = (dates: object) => ({
      type: 'product_unit.CorrectProductUnitDetails',
      data: { ...dates, reason: '发票日期与登记不符' },
    });
    given(registered({ soldOn: '2026-05-01' }))
      .at(now)
      .when(correct({ soldOn: '2026-05-02' }))
      .then(
        event(
          productUnitEvents.ProductUnitDetailsCorrected,
          { soldOn: '2026-05-02' },
          because(`product_unit-${unitId}`, '发票日期与登记不符'),
        ),
      );
    given(registered({ soldOn: '2026-05-01' }))
      .at(now)
      .when(correct({ producedOn: '2026-06-01' }))
      .thenRefused('PRODUCT_UNIT.DATES_OUT_OF_ORDER');
    given(registered()).at(now).when(correct({})).thenRefused('PRODUCT_UNIT.NOTHING_CORRECTED');
    given()
      .at(now)
      .when(correct({ soldOn: '2026-05-02' }))
      .thenRefused('PRODUCT_UNIT.NOT_FOUND');
  });
});

describe('DEC-20 the start of the warranty', () => {
  it('is the invoice, else the installation, else production plus policy days', () => {
    given(registered({ soldOn: '2026-05-01', installedOn: '2026-05-03' }))
      .when(determine)
      .then(started('2026-05-01', 'invoice'));
    given(registered({ installedOn: '2026-05-03' }))
      .when(determine)
      .then(started('2026-05-03', 'installation'));
    given(registered({ producedOn: '2026-01-01' }))
      .when(determine)
      .then(started('2026-04-01', 'production'));
  });

  it('is determined again when a date was corrected, and not when nothing changed', () => {
    const past = [registered({ soldOn: '2026-05-01' }), started('2026-05-01', 'invoice')];
    given(...past)
      .when(determine)
      .thenNothing();
    given(...past, event(productUnitEvents.ProductUnitDetailsCorrected, { soldOn: '2026-05-02' }))
      .when(determine)
      .then(started('2026-05-02', 'invoice'));
  });

  it('cannot be determined without a date', () =>
    given(registered()).when(determine).thenRefused('PRODUCT_UNIT.NO_DATES'));
});

describe('WAR-07, EXE-11 repairs are counted per unit', () => {
  const system = { id: 'ticket-fulfilment', role: 'system' } as const;
  const repair = {
    type: 'product_unit.RecordRepair',
    data: {
      ticketId: 't1',
      workOrderId: 'w1',
      from: '2026-11-20T09:00:00+08:00',
      to: '2026-11-20T11:00:00+08:00',
      counts: true,
    },
  };
  const repaired = event(productUnitEvents.ProductUnitRepaired, {
    ...repair.data,
    from: '2026-11-20T01:00:00.000Z',
    to: '2026-11-20T03:00:00.000Z',
  });

  it('records a repair once, also when the process sends it twice', () => {
    given(registered()).by(system).when(repair).then(repaired);
    given(registered(), repaired).by(system).when(repair).thenNothing();
  });

  it('refuses a repair that ends before it begins, and one of an unknown unit', () => {
    given(registered())
      .by(system)
      .when({ ...repair, data: { ...repair.data, to: '2026-11-20T08:00:00+08:00' } })
      .thenRefused('PRODUCT_UNIT.PERIOD_INVALID');
    given().by(system).when(repair).thenRefused('PRODUCT_UNIT.NOT_FOUND');
  });
});
