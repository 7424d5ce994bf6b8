import { determineWarranty } from './warranty';
import { policiesV1 } from './v1/index';

const body = policiesV1.warranty.body;
const zone = 'Asia/Shanghai';
const unit = { unitId: 'u1', category: 'air-conditioner', model: 'KFR-35GW' };

describe('DEC-20 warranty of a unit', () => {
  it('starts with the invoice and ends with the corresponding day, in the site’s zone', () =>
    expect(
      determineWarranty(
        body,
        { ...unit, soldOn: '2025-11-22', installedOn: '2025-12-01' },
        '2026-11-22T15:59:59.999Z',
        zone,
      ),
    ).toEqual({
      coverage: 'in-warranty',
      from: '2025-11-21T16:00:00.000Z',
      until: '2026-11-22T16:00:00.000Z',
      basis: 'invoice',
    }));

  it('is expired from the first instant behind the last day', () =>
    expect(determineWarranty(body, { ...unit, soldOn: '2025-11-22' }, '2026-11-22T16:00:00.000Z', zone).coverage).toBe(
      'expired',
    ));

  it('takes the installation without an invoice, and production plus days without either', () => {
    expect(
      determineWarranty(body, { ...unit, installedOn: '2026-01-31' }, '2026-06-01T00:00:00.000Z', zone).basis,
    ).toBe('installation');
    expect(
      determineWarranty(body, { ...unit, producedOn: '2026-01-01' }, '2026-06-01T00:00:00.000Z', zone),
    ).toMatchObject({
      basis: 'production',
      from: '2026-03-31T16:00:00.000Z',
    });
  });

  it('covers a unit that fails before its assumed start', () =>
    expect(
      determineWarranty(body, { ...unit, producedOn: '2026-01-01' }, '2026-02-01T00:00:00.000Z', zone).coverage,
    ).toBe('in-warranty'));

  it('is unknown without a unit or without any date', () => {
    const unknown = { coverage: 'unknown', basis: 'none' };
    expect(determineWarranty(body, undefined, '2026-06-01T00:00:00.000Z', zone)).toEqual(unknown);
    expect(determineWarranty(body, unit, '2026-06-01T00:00:00.000Z', zone)).toEqual(unknown);
  });

  it('WAR-04 tells "not covered" from "expired", and lets a category differ', () => {
    const own = {
      ...body,
      byCategory: [
        { category: 'air-conditioner', months: 72 },
        { category: 'printer', months: 0 },
      ],
    };
    const sold = { ...unit, soldOn: '2022-01-01' };
    expect(determineWarranty(own, sold, '2026-06-01T00:00:00.000Z', zone).coverage).toBe('in-warranty');
    expect(determineWarranty(own, { ...sold, category: 'printer' }, '2022-02-01T00:00:00.000Z', zone).coverage).toBe(
      'not-covered',
    );
  });

  it('ends a period that began on a day the last month lacks with that month’s last day', () =>
    expect(determineWarranty(body, { ...unit, soldOn: '2024-02-29' }, '2025-02-28T15:59:59.000Z', zone)).toMatchObject({
      coverage: 'in-warranty',
      until: '2025-02-28T16:00:00.000Z',
    }));
});
