import { defineCommand, whole, type CommandsOf } from '../kernel/index';
import { numberKind, numberMonth } from './number-format';

export const numberSeriesCommands = {
  AllocateBlock: defineCommand('number_series.AllocateBlock', {
    kind: 'intent',
    roles: ['system'],
    internal: true,
    says: { zh: '分配一段编号', en: 'allocate a block of numbers' },
    data: { kind: numberKind(), month: numberMonth(), size: whole(1, 1_000) },
    example: { kind: 'ticket', month: '202611', size: 10 },
  }),
} as const;
export type NumberSeriesCommand = CommandsOf<typeof numberSeriesCommands>;
