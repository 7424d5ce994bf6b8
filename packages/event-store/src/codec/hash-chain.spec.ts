import fc from 'fast-check';
import { sampleNoted } from '../../testing/sample';
import { SampleWriter } from '../../testing/sample-writer';
import { SimulatedClock } from '../clock/simulated-clock';
import { createMemoryStore } from '../memory/memory-store';
import { nextLink, type ChainLink } from './chain-link';

const writer = new SampleWriter(createMemoryStore({ clock: new SimulatedClock() }));

describe('the chain', () => {
  it('holds for what was written and breaks at whatever character is changed', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1, maxLength: 4 }),
        fc.nat(),
        fc.nat(),
        fc.constantFrom('data', 'metadata', 'type', 'eventId'),
        (notes, which, at, part) => {
          const events = writer.encode(
            'sample-1',
            'none',
            notes.map((note) => sampleNoted(note)),
          );
          let link: ChainLink | undefined;
          const links = events.map((event) => {
            const before = link;
            const next = nextLink(event, before);
            expect(typeof next).toBe('object');
            link = next as ChainLink;
            return before;
          });
          const index = which % events.length;
          const event = events[index]!;
          const text = event[part];
          const place = at % text.length;
          const other = text[place] === 'x' ? 'y' : 'x';
          const changed = { ...event, [part]: text.slice(0, place) + other + text.slice(place + 1) };
          expect(typeof nextLink(changed, links[index])).toBe('string');
        },
      ),
    );
  });
});
