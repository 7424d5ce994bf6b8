import { event, reject, when } from '../../kernel/index';
import { ticketEvents } from '../events';
import type { TicketFacts, UnitFacts } from '../facts';
import { mustBeOpen } from '../invariants';
import { present } from '../../kernel/present';
import { warrantyByRule } from './judgement';
import { underCase, type TicketUseCase } from './use-case';

interface Described {
  readonly unitId?: string;
  readonly category?: string;
  readonly model?: string;
  readonly serial?: string;
}

/** The unit as on record, else as described, where the description names it. */
const unitOf = ({ unitId, category, model, serial }: Described, { unit }: TicketFacts): UnitFacts | undefined =>
  unit ?? (unitId && category && model ? present({ unitId, category, model, serial }) : undefined);

const named = ({ unitId, category, model, serial }: UnitFacts) => present({ unitId, category, model, serial });

/** INT-12: the unit becomes known, and with it the warranty. */
export const identifyProductUnit: TicketUseCase<'IdentifyProductUnit'> = ({ data }, ticket, { facts }) =>
  when(ticket, mustBeOpen, (open) => {
    const unit = unitOf(data, facts);
    if (!unit) return reject('TICKET.UNIT_UNKNOWN');
    if (unit.unitId === open.unitId) return [];
    const { cycle } = open;
    return [event(ticketEvents.ProductUnitIdentified, { ...named(unit), cycle }), warrantyByRule(open, unit, facts)];
  });

/** The unit was another one; the warranty is determined again. */
export const correctProductUnit: TicketUseCase<'CorrectProductUnit'> = ({ data }, ticket, { facts }) =>
  when(ticket, mustBeOpen, (open) => {
    const unit = unitOf(data, facts);
    if (open.unitId === undefined) return reject('TICKET.UNIT_NOT_IDENTIFIED');
    if (!unit) return reject('TICKET.UNIT_UNKNOWN');
    const { cycle } = open;
    const why = underCase(open, { reason: data.reason });
    return [
      event(ticketEvents.ProductUnitCorrected, { ...named(unit), cycle }, why),
      warrantyByRule(open, unit, facts, why),
    ];
  });
