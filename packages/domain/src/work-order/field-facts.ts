import { Type, type Static, type TObject, type TSchema } from '@sinclair/typebox';
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
    /** The device's own id of this use, so that sending it twice counts once, and a correction can name it. */
    partUseId: id(),
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

/** A fact on its way into the decider; without `occurredAt` it happens now. */
export type FieldFactOf<Name extends FieldFactName> = { readonly fact: Name; readonly occurredAt?: string } & Readonly<
  Static<TObject<(typeof fieldFacts)[Name]>>
>;
export type FieldFact = { [Name in FieldFactName]: FieldFactOf<Name> }[FieldFactName];

/** Shape of one fact of a batch: its own fields stand beside `fact` and `occurredAt`. */
export const fieldFactItem = (fact: FieldFactName): TSchema =>
  part({ fact: Type.Literal(fact), occurredAt: dateTime(), ...fieldFacts[fact] });

/** Any fact of a batch; when it happened has to be said. */
export const batchItem = () =>
  Type.Unsafe<FieldFact & { readonly occurredAt: string }>(Type.Union(FIELD_FACTS.map(fieldFactItem)));
