import { assessSafety, classifyType, policiesV1 } from '@aftercare/domain';
import { evaluate, TARGETS } from './evaluate';
import { HALVES, halfOf, messagesOf } from './messages';

const type = policiesV1.type.body;
const safety = policiesV1.safety.body;
const judge = (text: string) => ({
  type: classifyType(type, { text }).type,
  safety: assessSafety(safety, { text, marked: false }).safety,
});

/** Only totals of the held-out half are ever shown: whoever reads its messages can no longer measure with them. */
describe('INT-17, CLS-04 the shipped lists on messages they were not tuned on', () => {
  const heldOut = evaluate(messagesOf('held-out'), judge);

  it('finds at least 95 of 100 hazards', () => {
    expect(heldOut.safety.recall).toBeGreaterThanOrEqual(TARGETS.safetyRecall);
  });

  it('is right in at least 75 of 100 alarms, so that people keep believing them', () => {
    expect(heldOut.safety.precision).toBeGreaterThanOrEqual(TARGETS.safetyPrecision);
  });

  it('files at least 80 of 100 messages as a good agent would', () => {
    expect(heldOut.typeRight).toBeGreaterThanOrEqual(TARGETS.typeRight);
  });

  it('leaves at most 12 of 100 messages to the supervisor', () => {
    expect(heldOut.unclassified).toBeLessThanOrEqual(TARGETS.unclassified);
  });
});

describe('INT-17, CLS-04 the shipped lists on the messages they were tuned on', () => {
  it('do clearly better than promised', () => {
    const tuning = evaluate(messagesOf('tuning'), judge);
    expect(tuning.safety.recall).toBeGreaterThanOrEqual(0.98);
    expect(tuning.safety.precision).toBeGreaterThanOrEqual(0.9);
    expect(tuning.typeRight).toBeGreaterThanOrEqual(0.92);
    expect(tuning.unclassified).toBeLessThanOrEqual(0.05);
  });
});

describe('the labelled messages', () => {
  it('lie in the half that the digest of their text names', () => {
    for (const half of HALVES) {
      expect(messagesOf(half).filter(({ text }) => halfOf(text) !== half).length).toBe(0);
    }
  });

  it('stand in one half only, also when width and case are ignored', () => {
    const texts = HALVES.flatMap((half) => messagesOf(half)).map(({ text }) => text.normalize('NFKC').toLowerCase());
    expect(texts.length - new Set(texts).size).toBe(0);
  });

  it('are at least 300 and know every type', () => {
    for (const half of HALVES) {
      const messages = messagesOf(half);
      expect(messages.length).toBeGreaterThanOrEqual(300);
      expect(new Set(messages.map((message) => message.type)).size).toBe(8);
    }
  });
});

describe('evaluate', () => {
  it('counts hits, misses and false alarms', () => {
    const evaluation = evaluate(
      [
        { type: 'repair', safety: true, text: 'a' },
        { type: 'repair', safety: true, text: 'b' },
        { type: 'enquiry', safety: false, text: 'c' },
        { type: 'enquiry', safety: false, text: 'd' },
      ],
      (text) => ({ type: text === 'd' ? 'unclassified' : 'repair', safety: text !== 'b' }),
    );
    expect(evaluation).toEqual({
      messages: 4,
      confusion: { repair: { repair: 2 }, enquiry: { repair: 1, unclassified: 1 } },
      typeRight: 0.5,
      unclassified: 0.25,
      safety: { found: 1, missed: 1, falseAlarms: 2, recall: 0.5, precision: 1 / 3 },
    });
  });
});
