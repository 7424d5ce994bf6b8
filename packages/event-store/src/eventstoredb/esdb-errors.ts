import {
  OutcomeUnknownError,
  RefusedPayloadError,
  StoreBusyError,
  StoreFailedError,
  UnknownPositionError,
} from '../port/event-store';

/** What a failed call to the server means for its caller. */
export type Failure =
  'wrong-revision' | 'no-such-stream' | 'too-large' | 'not-allowed' | 'gone' | 'bad-position' | 'transient';

/** By the client's `type`; whatever is not listed may pass, and of an append it is not known what became of it. */
const BY_TYPE: Readonly<Record<string, Failure>> = {
  'wrong-expected-version': 'wrong-revision',
  'stream-not-found': 'no-such-stream',
  'no-stream': 'no-such-stream',
  'maximum-append-size-exceeded': 'too-large',
  'access-denied': 'not-allowed',
  'stream-deleted': 'gone',
  'invalid-argument': 'gone',
};

/** Raw gRPC codes that come through unconverted: permission denied, unauthenticated. 14 (unavailable) is transient. */
const BY_CODE: Readonly<Record<number, Failure>> = { 7: 'not-allowed', 16: 'not-allowed' };

const GONE = 'the stream was deleted or the call is not understood: somebody has to look at the server';

/** Never by class: the client throws raw gRPC errors where its own classes are expected. */
export const failureOf = (error: unknown): Failure => {
  const { type, code, message } = (error ?? {}) as Partial<Record<'type' | 'code' | 'message', unknown>>;
  // The server has no code for a place at which no record begins.
  if (typeof message === 'string' && message.includes('InvalidPosition')) return 'bad-position';
  return (
    (typeof type === 'string' ? BY_TYPE[type] : undefined) ??
    (typeof code === 'number' ? BY_CODE[code] : undefined) ??
    'transient'
  );
};

/** Whether the client finds its way back by itself: unavailable, cancelled, another leader, also as raw gRPC codes. */
export const clientReconnects = (error: unknown): boolean => {
  const { type, code } = (error ?? {}) as Partial<Record<'type' | 'code', unknown>>;
  return type === 'not-leader' || type === 'unavailable' || type === 'cancelled' || code === 14 || code === 1;
};

/** The port's word for an append that failed without being refused for its revision. */
export const appendError = (error: unknown): Error => {
  switch (failureOf(error)) {
    case 'too-large':
      return new RefusedPayloadError('APPEND_TOO_LARGE', 'the server takes less in one append than our limit');
    case 'not-allowed':
      return new StoreFailedError('EventStoreDB refuses our credentials for writing', { cause: error });
    case 'gone':
      return new StoreFailedError(GONE, { cause: error });
    default:
      return new OutcomeUnknownError('EventStoreDB did not say whether it wrote', { cause: error });
  }
};

/** The port's word for a read that failed; what may pass is answered with "try again in a second". */
export const readError = (error: unknown): Error => {
  switch (failureOf(error)) {
    case 'not-allowed':
      return new StoreFailedError('EventStoreDB refuses our credentials for reading', { cause: error });
    case 'gone':
      return new StoreFailedError(GONE, { cause: error });
    case 'bad-position':
      return new UnknownPositionError('no event stands at this position');
    default:
      return new StoreBusyError('EventStoreDB does not answer now: try again in a second', { cause: error });
  }
};
