import {
  defineEvent,
  flag,
  id,
  instant,
  label,
  list,
  oneOf,
  optional,
  part,
  ROLES,
  text,
  whole,
} from '../../kernel/index';
import { inClear } from '../../kernel/in-clear';
import { channel } from '../../vocabulary';
import { party } from '../words';
import { reasonInClear, reasonSaid, round } from './shared';

/**
 * Who bears how much, by party and role. `named`: a person, an outlet or a supplier is meant, in a personal part of the
 * same event under the key of whoever it is, which repeats `shareId`.
 */
export const shares = () =>
  list(
    part({
      shareId: id(),
      party: party(),
      percent: whole(0, 100),
      role: optional(oneOf(ROLES)),
      kind: oneOf(['person', 'unit', 'organisation']),
      named: flag(),
    }),
    10,
  );

/** In a part under the key of whoever is meant. */
const personal = {
  shareId: optional(id()),
  /** Opaque id or name of who is meant. */
  meant: optional(label()),
  grounds: optional(text(4_000)),
};
const result = oneOf(['attributed', 'undetermined']);

/**
 * CMP-07, DEC-09: a track of its own, in any state of the complaint, closed included. Sanctions, supplier claims and
 * scorecards wait for `ResponsibilityBecameFinal` (or an appeal decided with `final`).
 */
export const responsibilityEvents = {
  ResponsibilityProposed: defineEvent('complaint.ResponsibilityProposed', {
    says: { zh: '提出责任认定', en: 'responsibility was proposed' },
    data: { proposalId: id(), result, shares: shares(), evidence: list(id(), 50), round },
    personal,
  }),
  ResponsibilityProposalRejected: defineEvent('complaint.ResponsibilityProposalRejected', {
    says: { zh: '责任认定未通过', en: 'the proposal of responsibility was rejected' },
    ...reasonInClear,
    data: { proposalId: id(), inClear: inClear(), round },
    personal: reasonSaid,
  }),
  ResponsibilityConfirmed: defineEvent('complaint.ResponsibilityConfirmed', {
    says: { zh: '确认责任认定', en: 'responsibility was confirmed' },
    data: { proposalId: id(), shares: shares(), round },
  }),
  /** A second person agreed that it can't be found out: ends the control point like a confirmation. */
  ResponsibilityUndetermined: defineEvent('complaint.ResponsibilityUndetermined', {
    says: { zh: '责任无法认定', en: 'responsibility stays undetermined' },
    data: { proposalId: id(), round },
  }),
  /** Starts the 5 working days for an appeal; `appealBy` is their end on the office calendar of the version named. */
  ResponsibilityNotified: defineEvent('complaint.ResponsibilityNotified', {
    says: { zh: '告知责任认定结果', en: 'a party was told of the responsibility' },
    data: {
      shareId: id(),
      party: party(),
      channel: channel(),
      appealBy: instant(),
      policyVersion: whole(1),
      /** True: the deadline rests on holidays that aren't published yet. */
      calendarProvisional: flag(),
      round,
    },
  }),
  ResponsibilityAppealed: defineEvent('complaint.ResponsibilityAppealed', {
    says: { zh: '对责任认定提出申诉', en: 'the responsibility was appealed' },
    data: { appealId: id(), shareId: id(), party: party(), round },
    personal: { grounds: text(4_000) },
  }),
  /** By neither proposer nor confirmer. `upheld`: the finding stands; `changed`: the shares given hold from now on. */
  AppealDecided: defineEvent('complaint.AppealDecided', {
    says: { zh: '申诉已裁定', en: 'an appeal was decided' },
    data: {
      appealId: id(),
      decision: oneOf(['upheld', 'changed']),
      shares: optional(shares()),
      /** True: nothing else is open, it is final with this. */
      final: flag(),
      round,
    },
    personal,
  }),
  /** All parties were told, and every period passed without an appeal. */
  ResponsibilityBecameFinal: defineEvent('complaint.ResponsibilityBecameFinal', {
    says: { zh: '责任认定终定', en: 'the responsibility became final' },
    data: { proposalId: id(), shares: shares(), round },
  }),
} as const;
