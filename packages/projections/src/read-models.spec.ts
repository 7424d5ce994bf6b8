import { createMemoryKeys } from '@aftercare/event-store';
import { BlindIndex, customerLookup } from './customer-lookup/index';
import { readModels } from './read-models';
import { equalsFullFold } from './testing/equals-full-fold';
import { SPEC_KEY } from './testing/index';

describe('every read model equals a full fold of the events, however they are cut into pages', () => {
  it.each(readModels.map((model) => [model.projector.name, model] as const))(
    '%s',
    (_, model) => equalsFullFold(model),
    60_000,
  );

  it('customer_lookup, which opens what it indexes', () => {
    const index = new BlindIndex(Buffer.alloc(32, 1));
    const keys = { ...createMemoryKeys(), find: () => Promise.resolve(SPEC_KEY) };
    return equalsFullFold((journal) =>
      customerLookup({ index, open: (event) => journal.codec.openPersonal(event, keys) }),
    );
  }, 60_000);
});
