import { MINUTE } from '../kernel/index';

/**
 * Values that DEC-01 fixes for every company. They are no policy data: an alert that rang for a day before the next person
 * was called would be none.
 */
export const ACKNOWLEDGE_WITHIN = 10 * MINUTE;

/** So often everybody on the roster is called before the alert stands as unanswered. */
export const CALLING_ROUNDS = 2;
