export { PROMISE_KINDS, type PromiseKind } from './promise';
export { promisesDue, type PromiseRow } from './promises-due.projector';
export { promiseOwners, type PromiseOwnerRow } from './promise-owners.projector';
export { promisesDuePage, type PromiseDue, type PromiseFilter } from './promises-due.query';
