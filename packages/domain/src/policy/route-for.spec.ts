import { routeFor } from './route-for';
import { policiesV1 } from './v1/index';

const route = policiesV1.route.body;
const catalogue = policiesV1.catalogue.body;

describe('CLS-09 the route of a matter', () => {
  it('follows the service type that the customer chose', () => {
    expect(routeFor(route, catalogue, { serviceType: 'on-site', type: 'enquiry' })).toBe('visit');
    expect(routeFor(route, catalogue, { serviceType: 'mail-in', type: 'repair', category: 'air-conditioner' })).toBe(
      'depot',
    );
  });

  it.each([
    ['enquiry', 'first-touch'],
    ['return-exchange', 'return-exchange'],
    ['parts-missing', 'parts-shipment'],
    ['installation', 'installation'],
    ['software-bug', 'development'],
    ['software-requirement', 'development'],
    ['unclassified', undefined],
    ['complaint', undefined],
  ] as const)('sends %s to %s', (type, expected) => expect(routeFor(route, catalogue, { type })).toBe(expected));

  it('takes the default of a repair’s category, and a visit where there is none', () => {
    expect(routeFor(route, catalogue, { type: 'repair', category: 'router' })).toBe('remote');
    expect(routeFor(route, catalogue, { type: 'repair', category: '不在目录' })).toBe('visit');
    expect(routeFor(route, catalogue, { type: 'repair' })).toBe('visit');
  });

  it('leaves a complaint to the supervisor also when a visit was asked for', () =>
    expect(routeFor(route, catalogue, { serviceType: 'on-site', type: 'complaint' })).toBeUndefined());
});
