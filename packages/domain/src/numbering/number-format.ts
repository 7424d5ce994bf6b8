import { Type } from '@sinclair/typebox';
import { oneOf } from '../kernel/index';

/** What is numbered, with the letters in front of its numbers (INT-18, CMP-04). A ticket's number has none. */
export const numberPrefixes = { ticket: '', complaint: 'KS' } as const;
export type NumberKind = keyof typeof numberPrefixes;
export const NUMBER_KINDS = Object.keys(numberPrefixes) as readonly NumberKind[];
export const numberKind = () => oneOf(NUMBER_KINDS);

/** Six digits, year and month: a month of the deployment's zone. */
export const numberMonth = () => Type.String({ pattern: '^[0-9]{4}(0[1-9]|1[0-2])$' });

/**
 * DEC-18: `YYYYMM` and the serial in at least three digits, wider when needed: `202610001`, `2026101000`. Numbers are never
 * parsed: the serial is stored beside the number as an integer, for sorting.
 *
 * @param prefix see `numberPrefixes`
 */
export const formatNumber = (month: string, serial: number, prefix = ''): string =>
  `${prefix}${month}${String(serial).padStart(3, '0')}`;
