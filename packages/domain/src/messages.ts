import type { Text } from './kernel/index';
import { registry } from './registry';

/**
 * Every refusal in words a person reads (DEC-21): code → zh-CN and English. A check fails on an invariant or a refusal
 * without a text here (messages.spec.ts).
 */
export const messages: Readonly<Record<string, Text>> = Object.freeze(
  Object.fromEntries(registry.aggregates.flatMap((aggregate) => Object.entries(aggregate.messages))),
);

/** The text of a code in a language; the code itself where there is none, so that a reader at least sees which. */
export const messageFor = (code: string, language: keyof Text = 'zh'): string => messages[code]?.[language] ?? code;
