import { TICKET_TYPES, type TicketType } from '@aftercare/domain';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const HALVES = ['tuning', 'held-out'] as const;
export type Half = (typeof HALVES)[number];

/** A customer's message with what a good human agent would file (README.md says how that was decided). */
export interface LabelledMessage {
  readonly type: TicketType;
  readonly safety: boolean;
  readonly text: string;
}

const isType = (word: string | undefined): word is TicketType => TICKET_TYPES.some((type) => type === word);

/** Reads one half. An error names the line, never its text: what is held out isn't shown. */
export const messagesOf = (half: Half): LabelledMessage[] => {
  const [, ...lines] = readFileSync(join(__dirname, `${half}.tsv`), 'utf8')
    .trimEnd()
    .split('\n');
  return lines.map((line, index) => {
    const [type, safety, text] = line.split('\t');
    if (!isType(type) || text === undefined) throw new Error(`${half}.tsv:${index + 2} is no labelled message`);
    return { type, safety: safety === '1', text };
  });
};

/** The half that a text belongs in: the first hex digit of its SHA-256, even or odd (split.mjs). */
export const halfOf = (text: string): Half =>
  parseInt(createHash('sha256').update(text, 'utf8').digest('hex').charAt(0), 16) % 2 === 0 ? 'tuning' : 'held-out';
