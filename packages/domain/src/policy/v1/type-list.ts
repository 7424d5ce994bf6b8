import type { TypePolicy } from '../bodies';
import { safetyListV1 } from './safety-list';
import { complaint } from './type-list/complaint';
import { enquiry, enquiryFirst, enquiryMark } from './type-list/enquiry';
import { installation } from './type-list/installation';
import { partsMissing } from './type-list/parts-missing';
import { repair, repairField } from './type-list/repair';
import { returnExchange } from './type-list/return-exchange';
import {
  deviceSoftware,
  softwareBug,
  softwareDoubt,
  softwareField,
  softwareQuestion,
  softwareRequirement,
  wish,
} from './type-list/software';

/**
 * INT-17, Type v1: what customers say, by type. A grievance about conduct beats all, return words beat repair words; the
 * later ranks hold words that count only when nothing clearer was said. Tuned on test/intake/tuning.tsv only.
 */
export const typeListV1: TypePolicy = {
  lists: [
    { type: 'complaint', rank: 1, entries: complaint },
    { type: 'return-exchange', rank: 2, entries: returnExchange },
    { type: 'parts-missing', rank: 3, entries: partsMissing },
    { type: 'installation', rank: 4, entries: installation },
    { type: 'repair', rank: 5, entries: deviceSoftware },
    { type: 'software-bug', rank: 6, entries: softwareBug },
    { type: 'software-requirement', rank: 7, entries: softwareRequirement },
    { type: 'enquiry', rank: 8, entries: [...softwareQuestion, ...enquiryFirst] },
    { type: 'software-bug', rank: 9, entries: [...softwareDoubt, ...softwareField] },
    { type: 'repair', rank: 10, entries: repair },
    { type: 'enquiry', rank: 11, entries: enquiry },
    // A hazard that nobody asks about is a device to be repaired.
    { type: 'repair', rank: 12, entries: safetyListV1.entries },
    { type: 'software-requirement', rank: 13, entries: wish },
    { type: 'enquiry', rank: 14, entries: enquiryMark },
    { type: 'repair', rank: 15, entries: repairField },
  ],
};
