import { event, idOf, reject, type Decide, type Rejection } from '../../kernel/index';
import { present } from '../../kernel/present';
import { categoryOfWords } from '../category';
import type { ComplaintCommandOf } from '../commands';
import { complaintEvents, type ComplaintEvent } from '../events';
import type { ComplaintFacts } from '../facts';
import type { NoComplaint } from '../state';
import { aboutOf, notOnRecord } from './subject';
import { provisionalSeverity } from './severity';
import { isAhead, stored, type Context, type Outcome } from './use-case';

type Create<Name extends 'RegisterComplaint' | 'SubmitComplaint' | 'RegisterFromTicket'> = Decide<
  ComplaintCommandOf<Name>,
  NoComplaint,
  ComplaintEvent,
  ComplaintFacts
>;
type Body = ComplaintCommandOf<'SubmitComplaint'>['data'];

/** Channels on which a person of ours speaks with the complainant while registering. */
const ANSWERED: readonly string[] = ['phone', 'walk-in', 'chat'];
const FIRST_ROUND = 1;

/** CMP-01 … CMP-05: somebody at the desk takes a complaint in; its provisional severity is decided in the same append. */
export const registerComplaint: Create<'RegisterComplaint'> = ({ data }, _nothing, context) =>
  takenIn(data, data.training, context, [
    ...(ANSWERED.includes(data.channel)
      ? [
          event(complaintEvents.ComplainantContacted, {
            contactId: context.commandId,
            direction: 'inbound',
            channel: data.channel,
            purpose: 'intake',
            reached: true,
            round: FIRST_ROUND,
          }),
        ]
      : []),
  ]);

/** A machine submits for a customer. */
export const submitComplaint: Create<'SubmitComplaint'> = ({ data }, _nothing, context) =>
  takenIn(data, undefined, context, []);

const takenIn = (
  body: Body,
  training: string | undefined,
  context: Context,
  further: readonly ComplaintEvent[],
): Outcome => {
  const { facts, actor, stream } = context;
  const { number } = facts;
  const refusal = implausible(body, context) ?? notOnRecord(body, facts);
  if (refusal) return refusal;
  if (!number) return reject('COMPLAINT.NUMBER_MISSING');
  const customer = facts.customer?.stream;
  const { channel, words, graveCause, region, external, safetyMarked = false } = body;
  return [
    event(
      complaintEvents.ComplaintRegistered,
      present({
        ...number,
        ...facts.site,
        channel,
        receiver: present({ id: actor.id, role: actor.role, training }),
        complainant: complainantOf(body, customer),
        customer,
        complaintCategory: body.complaintCategory ?? categoryOfWords(words),
        graveCause,
        safetyMarked,
        happenedAt: instantIn(body.happenedAt),
        region,
        about: aboutOf(body, facts),
        external: external && present({ ...external, dueBy: instantIn(external.dueBy) }),
        round: FIRST_ROUND,
      }),
      present({
        receivedAt: instantIn(body.receivedAt),
        personal: [{ subject: customer ?? stream, fields: personalOf(body) }, ...namedIn(body, stream)],
      }),
    ),
    provisionalSeverity(
      { measured: present({ safety: safetyMarked, graveCause }), external: external !== undefined, said: [words] },
      context,
    ),
    ...further,
  ];
};

const instantIn = (dateTime: string | undefined): string | undefined => dateTime && stored(dateTime);

const complainantOf = ({ contactName, contactPhone }: Body, customer: string | undefined) => {
  if (customer !== undefined) return 'customer' as const;
  return contactName !== undefined || contactPhone !== undefined ? ('other-person' as const) : ('anonymous' as const);
};

const implausible = (body: Body, { now, facts }: Context): Rejection | undefined => {
  if (isAhead(body.receivedAt, now)) return reject('COMPLAINT.RECEIVED_IN_FUTURE');
  if (isAhead(body.happenedAt, now)) return reject('COMPLAINT.HAPPENED_IN_FUTURE');
  return body.customerId !== undefined && !facts.customer ? reject('COMPLAINT.UNKNOWN_CUSTOMER') : undefined;
};

const personalOf = ({ words, place, contactName, contactPhone, address }: Body) =>
  present({ words, place, contactName, contactPhone, address });

/**
 * Who of the staff the complainant named lies under a key of theirs, or of the one nobody knows yet: what a case discloses
 * of its customer must not disclose them (DEC-09).
 */
const namedIn = ({ personNamed, staff }: Body, stream: string) => {
  if (personNamed === undefined) return [];
  const kind = staff && FIELD.includes(staff.role) ? staff.role : 'staff';
  return [{ subject: `${kind}-${staff?.id ?? idOf(stream)}`, fields: { personNamed } }];
};

/** Whose streams, and keys, are called after their role. */
const FIELD: readonly string[] = ['engineer', 'outlet'];

/** A ticket that turned out to be a complaint: its words stay where they are, sealed under the customer's key. */
export const registerFromTicket: Create<'RegisterFromTicket'> = ({ data }, _nothing, context) => {
  const { number, site } = context.facts;
  if (!number) return reject('COMPLAINT.NUMBER_MISSING');
  const { ticketId, customerId, channel, receiver, complaintCategory, safetyMarked, region } = data;
  const { unitId, category, model } = data;
  return [
    event(
      complaintEvents.ComplaintRegistered,
      present({
        ...number,
        ...site,
        channel,
        receiver,
        complainant: 'customer' as const,
        customer: `customer-${customerId}`,
        complaintCategory,
        safetyMarked,
        region,
        about: present({ ticketId, unitId, category, model }),
        fromTicket: ticketId,
        round: FIRST_ROUND,
      }),
      { receivedAt: stored(data.receivedAt) },
    ),
    provisionalSeverity({ measured: { safety: safetyMarked }, external: false, said: [] }, context),
  ];
};
