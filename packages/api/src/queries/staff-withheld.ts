import type { Role } from '@aftercare/domain';

/** Those who work on responsibility and see whom it names; everybody else sees roles (DEC-09). */
const ENTITLED: readonly Role[] = ['manager', 'quality', 'hr', 'auditor'];

export const seesStaffNamed = (role: Role): boolean => ENTITLED.includes(role);

/** Who reads about everybody, themselves included: it is their office. */
const READS_ABOUT_ALL: readonly Role[] = ['hr', 'auditor'];

/** The staff id whose own complaints are kept from the reader; undefined: none. */
export const keptFrom = (actor: { readonly id: string; readonly role: Role }): string | undefined =>
  READS_ABOUT_ALL.includes(actor.role) ? undefined : actor.id;

interface About {
  readonly staff?: { readonly role: Role; readonly id?: string };
}

/** What a complaint is about, the person complained about by role only outside the entitled circle. */
export const shownAbout = <A extends About>(about: A, reader: Role): A =>
  about.staff === undefined || seesStaffNamed(reader) ? about : { ...about, staff: { role: about.staff.role } };

/** The same for whatever says what a complaint is about: an event's data, a state. */
export const shownToReader = (value: unknown, reader: Role): unknown => {
  if (typeof value !== 'object' || value === null || seesStaffNamed(reader)) return value;
  const { about } = value as { readonly about?: About };
  return about === undefined ? value : { ...value, about: shownAbout(about, reader) };
};

/** Personal fields that name somebody of the staff, left out outside the entitled circle. */
export const withoutNames = (
  fields: Readonly<Record<string, unknown>>,
  reader: Role,
): Readonly<Record<string, unknown>> => {
  if (seesStaffNamed(reader)) return fields;
  const { personNamed: _personNamed, meant: _meant, ...rest } = fields;
  return rest;
};

/** Of what changed between two points all but who is complained about. */
export const changesShown = <C extends { readonly field: string }>(
  changes: readonly C[],
  reader: Role,
): readonly C[] => (seesStaffNamed(reader) ? changes : changes.filter(({ field }) => field !== 'about.staff.id'));
