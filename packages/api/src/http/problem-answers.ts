import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import {
  AnchorRefusedError,
  LedgerConflictError,
  OutcomeUnknownError,
  RefusedPayloadError,
  SigningKeyError,
  StoreBusyError,
  StoreFailedError,
  UndecodableEventError,
  UnknownPositionError,
} from '@aftercare/event-store';
import { MetricRefusedError } from '@aftercare/analytics';
import { InvalidCursorError } from '@aftercare/projections';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { languageOf } from './language';
import { isOfDatabase, problem, PROBLEM_TYPE, ProblemError } from './problem';

/** Whatever was thrown, as the problem that is answered. What is not known is a bug of ours: 500 without details. */
export const problemFrom = (error: unknown): ProblemError => {
  if (error instanceof ProblemError) return error;
  const ofStore = fromStore(error);
  if (ofStore) return ofStore;
  if (error instanceof UnknownPositionError) return problem('POSITION.UNKNOWN');
  if (error instanceof UndecodableEventError)
    return problem('SERVICE.RECORD_UNREADABLE', {
      cause: error,
      details: { stream: error.stream, revision: error.revision },
    });
  if (error instanceof RefusedPayloadError)
    return problem('REQUEST.INVALID', {
      details: { reason: error.code },
      errors: [{ pointer: '', message: error.code }],
    });
  if (error instanceof InvalidCursorError)
    return problem('REQUEST.INVALID', { errors: [{ pointer: '/cursor', message: 'not a cursor of this list' }] });
  if (error instanceof MetricRefusedError)
    return error.code === 'METRIC.UNKNOWN'
      ? problem('RESOURCE.NOT_FOUND')
      : problem('REQUEST.INVALID', { errors: error.problems });
  if (error instanceof HttpException) return fromStatus(error.getStatus(), error);
  return fromFastify(error);
};

/** Writing failed, or nobody can say whether it did. Keys and read models lie in files of their own. */
const fromStore = (error: unknown): ProblemError | undefined => {
  if (error instanceof StoreBusyError) return problem('SERVICE.BUSY');
  if (error instanceof OutcomeUnknownError) return problem('OUTCOME_UNKNOWN');
  if (error instanceof StoreFailedError || isOfDatabase(error))
    return problem('SERVICE.STORE_FAILED', { cause: error });
  return fromAnchors(error);
};

const fromAnchors = (error: unknown): ProblemError | undefined => {
  if (error instanceof AnchorRefusedError) return problem('EVIDENCE.STORE_ALTERED', { cause: error });
  if (error instanceof SigningKeyError) return problem('EVIDENCE.NO_SIGNING_KEY', { cause: error });
  return error instanceof LedgerConflictError ? problem('SERVICE.BUSY') : undefined;
};

const fromFastify = (error: unknown): ProblemError => {
  const { code, statusCode } = (error ?? {}) as Partial<FastifyError>;
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return problem('REQUEST.TOO_LARGE');
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return problem('REQUEST.UNSUPPORTED_MEDIA_TYPE');
  return typeof statusCode === 'number' && typeof code === 'string' && code.startsWith('FST_')
    ? fromStatus(statusCode, error)
    : problem('INTERNAL', { cause: error });
};

const fromStatus = (status: number, cause: unknown): ProblemError => {
  switch (status) {
    case 401:
      return problem('AUTH.TOKEN_INVALID');
    case 403:
      return problem('AUTH.ROLE_NOT_ALLOWED');
    case 404:
      return problem('ROUTE.NOT_FOUND');
    case 413:
      return problem('REQUEST.TOO_LARGE');
    case 414:
      return problem('REQUEST.URI_TOO_LONG');
    case 415:
      return problem('REQUEST.UNSUPPORTED_MEDIA_TYPE');
    case 503:
      return problem('SERVICE.STOPPING');
    default:
      return status >= 400 && status < 500 ? problem('REQUEST.MALFORMED') : problem('INTERNAL', { cause });
  }
};

/** Sends a problem; what is our own fault goes to the log with its cause, never to the client. */
export const sendProblem = (error: unknown, request: FastifyRequest, reply: FastifyReply): void => {
  const found = problemFrom(error);
  if (found.status >= 500)
    request.server.journal.error(
      { requestId: request.id, route: request.routeOptions.url, code: found.code, err: found.more.cause },
      'request failed',
    );
  if (reply.sent) return;
  const language = languageOf(request.headers['accept-language']);
  void reply
    .code(found.status)
    .headers({ ...found.headers, 'content-language': language === 'zh' ? 'zh-CN' : 'en', 'cache-control': 'no-store' })
    .type(PROBLEM_TYPE)
    .send(JSON.stringify(found.document(language)));
};

/** Everything that Nest catches. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    sendProblem(error, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }
}
