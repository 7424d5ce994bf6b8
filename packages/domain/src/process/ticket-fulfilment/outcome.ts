import { idOf, later, type ProcessCommand } from '../../kernel/index';
import { toTicket, type WorkOrderHappened } from '../inputs';
import { preferredOf } from './complaint';
import { planned } from './plan';
import { step, then, withJob, type Around, type Fulfilment, type Job, type Step } from './state';

type Completed = Extract<WorkOrderHappened, { type: 'work_order.WorkCompleted' }>;

/** What follows from the outcome of a job; the ticket is told of its end in any case. */
export const onCompleted = (state: Fulfilment, job: Job, event: Completed, around: Around): Step => {
  const { outcome, workMinutes } = event.data;
  const done: Job = { ...job, completed: { outcome, at: event.metadata.occurredAt }, ended: true };
  const end = step(
    withJob(state, done),
    toTicket(around.ticket, 'EndJob', { id: job.id, outcome, workMinutes, parts: partsOf(job) }),
  );
  return then(end, (ended) => follows(ended, done, event.data, around));
};

/** Parts used, summed by number and unit; a correction to nothing leaves none. */
export const partsOf = (job: Job) => {
  const keys = [...new Set(job.parts.map(({ partNo, unit }) => JSON.stringify([partNo, unit])))];
  return keys
    .map((key) => {
      const same = job.parts.filter(({ partNo, unit }) => JSON.stringify([partNo, unit]) === key);
      const { partNo, unit } = same[0] as Job['parts'][number];
      return { partNo, unit, quantity: same.reduce((sum, { quantity }) => sum + quantity, 0) };
    })
    .filter(({ quantity }) => quantity > 0)
    .slice(0, 100);
};

const follows = (state: Fulfilment, job: Job, { outcome, reason }: Completed['data'], around: Around): Step => {
  const { ticket } = around;
  const again = { kind: job.kind, preferred: preferredOf(state, job), previousWorkOrderId: job.id };
  const owner = (
    step: 'diagnosis' | 'handling' | 'supervision',
    role: 'expert' | 'agent' | 'supervisor',
    why: string,
  ) => toTicket(ticket, 'AssignOwner', { step, role, reason: why });
  switch (outcome) {
    case 'fixed':
      return job.report ? proposed(state, job, around) : step(state);
    case 'no-fault-found':
      return proposed(state, job, around);
    case 'further-visit-needed':
      if (reason === 'part-missing' || reason === 'wrong-part')
        return step({ ...state, next: { ...again, waitsFor: 'parts' } });
      // The same engineer can't bring a skill that was missing.
      return planned(state, reason === 'skill' ? { ...again, preferred: undefined } : again, around);
    case 'not-fixed':
      return step(state, owner('diagnosis', 'expert', 'not-fixed'));
    case 'no-access': {
      const seen = { ...state, noAccess: state.noAccess + 1 };
      if (seen.noAccess > 1) return step(seen, owner('supervision', 'supervisor', 'no-access-twice'));
      return then(step(seen, owner('handling', 'agent', 'no-access')), (next) => planned(next, again, around));
    }
    case 'customer-declined':
      return step(state, toTicket(ticket, 'DeclineSolutionByJob', { workOrderId: job.id, reason: 'other' }));
    case 'taken-to-depot':
    case 'replace-unit':
      return step(state, owner('supervision', 'supervisor', outcome));
  }
};

/** The job says that it is solved: diagnosis, proposal, the customer's signature, and the unit's service history. */
export const proposed = (state: Fulfilment, job: Job, around: Around): Step => {
  const { ticket } = around;
  const workOrderId = job.id;
  const { faultCode, cause, remedy } = job.report ?? {};
  const found = { ...(faultCode !== undefined && { faultCode }), ...(cause !== undefined && { cause }) };
  return step(
    withJob(state, { ...job, proposed: true }),
    toTicket(ticket, 'ReportDiagnosisByJob', { workOrderId, ...found }),
    toTicket(ticket, 'ProposeResolutionByJob', {
      workOrderId,
      by: job.kind,
      ...found,
      ...(remedy !== undefined && { remedy }),
    }),
    ...signed(job, around),
    ...repaired(state, job, around),
  );
};

/** CLO-02: signed and accepted on the report. */
export const signed = ({ id, report }: Job, { ticket }: Around): readonly ProcessCommand[] =>
  report?.acceptance === 'signed' && report.signatureDigest !== undefined
    ? [toTicket(ticket, 'ConfirmBySignature', { workOrderId: id, signatureDigest: report.signatureDigest })]
    : [];

/** WAR-07: a repair under warranty counts; it lasts from when the matter reached us to the end of the work. */
const repaired = (state: Fulfilment, job: Job, { ticket }: Around): readonly ProcessCommand[] =>
  job.completed?.outcome === 'fixed' && state.unitId !== undefined
    ? [
        {
          stream: `product_unit-${state.unitId}`,
          type: 'product_unit.RecordRepair',
          data: {
            ticketId: idOf(ticket),
            workOrderId: job.id,
            from: state.since,
            to: later(state.since, job.completed.at),
            counts: state.coverage === 'in-warranty',
            ...(job.report && { faultCode: job.report.faultCode }),
          },
        },
      ]
    : [];
