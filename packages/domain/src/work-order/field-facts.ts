import { Type, type Static } from '@sinclair/typebox';
import { code, dateTime, flag, id, label, list, money, oneOf, optional, part, text, whole } from '../kernel/index';
import { CHARGES, outcome, rating, unitOfMeasure } from '../vocabulary';

/** Why a job is interrupted. */
export const SUSPENSION_REASONS = ['awaiting-parts', 'awaiting-customer', 'awaiting-test'] as const;
/** Why one trip wasn't enough; required by `further-visit-needed`. */
export const FURTHER_VISIT_REASONS = [
  'part-missing',
  'wrong-part',
  'wrong-diagnosis',
  'skill',
  'customer',
  'time',
] as const;

/** A PNG of at most 32 KiB is at most 43,692 characters of base64. */
const signature = () => Type.String({ pattern: '^[A-Za-z0-9+/]+={0,2}$', minLength: 16, maxLength: 43_692 });

/**
 * What an engineer reports from the field, by the name of the event it becomes: the one table behind the single-fact
 * commands and the batch `RecordFacts`.
 */
export const fieldFacts = {
  TravelStarted: { eta: optional(dateTime()) },
  ArrivalRecorded: { badgeShown: flag() },
  RisksExplained: { consent: flag() },
  DataProtectionStepRecorded: {
    step: oneOf(['backed-up', 'wiped', 'locked', 'not-needed', 'customer-declined']),
  },
  WorkStarted: {},
  WorkSuspended: { reason: oneOf(SUSPENSION_REASONS), expectedUntil: dateTime() },
  WorkResumed: {},
  PartFitted: {
    /** The device's own id of this use, so that sending it twice counts once; given by us when absent. */
    partUseId: optional(id()),
    partNo: label(),
    /** An integer number of `unit`. */
    quantity: whole(1, 1e9),
    unit: unitOfMeasure(),
    removedSerial: optional(label()),
    fittedSerial: optional(label()),
    unitCost: money(),
    charge: oneOf(CHARGES),
  },
  PartRemovedUnused: { partNo: label(), quantity: whole(1, 1e9), unit: unitOfMeasure() },
  ServiceReportFiled: {
    faultCode: label(),
    cause: code(),
    remedy: code(),
    parts: list(part({ partNo: label(), quantity: whole(1, 1e9), unit: unitOfMeasure() }), 100),
    rating: Type.Union([rating(), Type.Literal('refused')]),
    /** Version of the rating scale shown on the device; 1 when absent (DEC-10). */
    scaleVersion: optional(whole(1)),
    acceptance: oneOf(['signed', 'refused', 'absent']),
    refusalReason: optional(code()),
    educationGiven: optional(flag()),
    causeText: optional(text(2_000)),
    remedyText: optional(text(2_000)),
    opinion: optional(text(2_000)),
    /** PNG in base64, at most 32 KiB decoded; required when `acceptance` is `signed`. */
    signature: optional(signature()),
  },
  WorkCompleted: { outcome: outcome(), reason: optional(oneOf(FURTHER_VISIT_REASONS)) },
  ManagerCheckedOut: { manager: optional(id()) },
  SiteLeft: {},
} as const;

export type FieldFactName = keyof typeof fieldFacts;
export const FIELD_FACTS = Object.keys(fieldFacts) as readonly FieldFactName[];

const item = <const Name extends FieldFactName>(fact: Name) =>
  part({ fact: Type.Literal(fact), occurredAt: dateTime(), ...fieldFacts[fact] });

/** One fact of a batch, by its name: its own fields stand beside `fact` and `occurredAt`. */
export const fieldFactItems = {
  TravelStarted: item('TravelStarted'),
  ArrivalRecorded: item('ArrivalRecorded'),
  RisksExplained: item('RisksExplained'),
  DataProtectionStepRecorded: item('DataProtectionStepRecorded'),
  WorkStarted: item('WorkStarted'),
  WorkSuspended: item('WorkSuspended'),
  WorkResumed: item('WorkResumed'),
  PartFitted: item('PartFitted'),
  PartRemovedUnused: item('PartRemovedUnused'),
  ServiceReportFiled: item('ServiceReportFiled'),
  WorkCompleted: item('WorkCompleted'),
  ManagerCheckedOut: item('ManagerCheckedOut'),
  SiteLeft: item('SiteLeft'),
} as const satisfies { readonly [Name in FieldFactName]: unknown };

type Item = { readonly [Name in FieldFactName]: Static<(typeof fieldFactItems)[Name]> }[FieldFactName];
type WithoutTime<I> = I extends { occurredAt: string } ? Omit<I, 'occurredAt'> & { occurredAt?: string } : never;

/** A fact on its way into the decider; without `occurredAt` it happens now. */
export type FieldFact = WithoutTime<Item>;
export type FieldFactOf<Name extends FieldFactName> = Extract<FieldFact, { fact: Name }>;
