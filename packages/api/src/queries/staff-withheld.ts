import { aggregateOf, type RecordedEvent, type Role } from '@aftercare/domain';

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

/** Members that say which of the staff a complaint meets: in an event of its ticket, in a state of the ticket or its own. */
const TELLING: readonly string[] = ['engineerId', 'engineerIds', 'involved', 'involvedBefore', 'concerned'];

/** The same for whatever says whom a complaint concerns: an event's data, a state. */
export const shownToReader = (value: unknown, reader: Role): unknown => {
  if (typeof value !== 'object' || value === null || seesStaffNamed(reader)) return value;
  return Object.fromEntries(
    Object.entries(value as Readonly<Record<string, unknown>>)
      .filter(([name]) => !TELLING.includes(name))
      .map(([name, member]) => [name, shownMember(name, member, reader)]),
  );
};

const shownMember = (name: string, member: unknown, reader: Role): unknown => {
  if (name === 'about') return shownAbout(member as About, reader);
  if (name === 'overrides' || name === 'excluded') return withoutRecusal(member);
  if (name === 'candidates' && Array.isArray(member)) return member.map((one) => shownToReader(one, reader));
  return name === 'complaints' && Array.isArray(member) ? member.map((one) => shownToReader(one, reader)) : member;
};

/** Why somebody was not asked for a job: that they are named in a complaint is for the circle. */
const withoutRecusal = (why: unknown): unknown => (Array.isArray(why) ? why.filter((one) => one !== 'recused') : why);

/**
 * Who did it, by role only where that tells a reader outside the circle whom a complaint is about: an engineer or outlet in
 * a complaint's own history, and whoever appeals.
 */
export const shownActor = (
  { stream, type, metadata: { actor } }: Pick<RecordedEvent, 'stream' | 'type' | 'metadata'>,
  reader: Role,
): { readonly id?: string; readonly role: Role; readonly onBehalfOf?: string } => {
  const isFromTheField = actor.role === 'engineer' || actor.role === 'outlet';
  const tells = type === 'complaint.ResponsibilityAppealed' || (isFromTheField && aggregateOf(stream) === 'complaint');
  if (!tells || seesStaffNamed(reader)) return actor;
  const { id: _id, ...rest } = actor;
  return rest;
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

/** Of what changed between two points all but whom a complaint concerns. */
export const changesShown = <C extends { readonly field: string }>(
  changes: readonly C[],
  reader: Role,
): readonly C[] => (seesStaffNamed(reader) ? changes : changes.filter(({ field }) => !NAMING.test(field)));

const NAMING = /^(about\.staff\.id|involved(Before)?\b.*|complaints\[[^\]]*\]\.engineerIds\b.*|concerned\b.*)$/;
