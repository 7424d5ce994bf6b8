import {
  instantOf,
  millisOf,
  reject,
  type Decide,
  type Instant,
  type Rejection,
  type TimeWindow,
} from '../../kernel/index';
import type { WorkOrderCommandOf, workOrderCommands } from '../commands';
import type { WorkOrderEvent } from '../events';
import type { WorkOrderFacts } from '../facts';
import type { WorkOrderRefusal } from '../messages';
import type { WorkOrder } from '../state';

/** One use case of a work order, by the name of its command. */
export type WorkOrderDecide<Name extends keyof typeof workOrderCommands> = Decide<
  WorkOrderCommandOf<Name>,
  WorkOrder,
  WorkOrderEvent,
  WorkOrderFacts
>;

/** A refusal whose code is sure to have a text. */
export const refuse = (code: WorkOrderRefusal, details: Readonly<Record<string, unknown>> = {}): Rejection =>
  reject(code, details);

/** A personal part under the order's own key: what staff wrote about the job. */
export const underOrder = <F extends object>(stream: string, fields: F) => ({
  personal: [{ subject: stream, fields }],
});

/** UTC with milliseconds, from any offset. */
export const utc = (time: string): Instant => instantOf(millisOf(time));

/** A window as people send it, in UTC; refused unless it starts before it ends. */
export const utcWindow = (window: { readonly from: string; readonly to: string }): TimeWindow | Rejection => {
  const made = { from: utc(window.from), to: utc(window.to) };
  return made.from < made.to ? made : refuse('WORK_ORDER.WINDOW_INVALID');
};
