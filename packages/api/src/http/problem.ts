import type { Problem, Text } from '@aftercare/domain';
import { isDatabaseDown } from '@aftercare/projections';
import type { Language } from './language';
import { problemsInWords } from './problem-words';

/** RFC 9457 problem document, with a stable `code` and the pointers of all fields that are wrong. */
export interface ProblemDocument {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail?: string;
  readonly details?: Readonly<Record<string, unknown>>;
  readonly errors?: readonly Problem[];
}

export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8';

/** What this server itself answers with; the codes of business refusals come from the domain. */
const own = {
  'AUTH.TOKEN_MISSING': [401, '请先登录', 'a bearer token is required'],
  'AUTH.TOKEN_INVALID': [401, '登录凭证无效', 'the token is not valid'],
  'AUTH.TOKEN_EXPIRED': [401, '登录凭证已过期', 'the token has expired'],
  'AUTH.KEYS_UNAVAILABLE': [
    503,
    '暂时无法验证登录凭证,请稍后重试',
    'tokens can not be checked at present: the identity provider does not answer',
  ],
  'AUTH.ROLE_NOT_ALLOWED': [403, '当前角色无权执行此操作', 'your role may not do this'],
  'REQUEST.MALFORMED': [400, '请求格式错误', 'the request is malformed'],
  'REQUEST.INVALID': [400, '请求内容未通过校验', 'the request does not pass validation'],
  'REQUEST.TOO_SLOW': [
    408,
    '请求内容未在规定时间内到达,请用同一 Idempotency-Key 重试',
    'the body did not come in time: repeat with the same key',
  ],
  'REQUEST.TOO_LARGE': [413, '请求内容过大', 'the body is larger than 256 KiB'],
  'REQUEST.URI_TOO_LONG': [414, '请求地址过长', 'the address is too long'],
  'REQUEST.UNSUPPORTED_MEDIA_TYPE': [
    415,
    '只接受 UTF-8 编码的 JSON',
    'only JSON in UTF-8 without encoding is accepted',
  ],
  'IDEMPOTENCY.KEY_REQUIRED': [400, '缺少 Idempotency-Key', 'the header Idempotency-Key is required'],
  'IDEMPOTENCY.KEY_INVALID': [400, 'Idempotency-Key 无效', 'Idempotency-Key: 1 to 200 visible ASCII characters'],
  'IDEMPOTENCY.KEY_REUSED': [422, '同一 Idempotency-Key 已用于其他请求', 'the key was used for another request'],
  'PRECONDITION.INVALID': [400, 'If-Match 无效', 'If-Match must be one revision in quotes, like "7"'],
  'PRECONDITION.REQUIRED': [428, '缺少 If-Match', 'the header If-Match is required: decide on what you saw'],
  'PRECONDITION.FAILED': [412, '数据已被更新,请刷新后重试', 'it has changed since you looked'],
  'RESOURCE.NOT_FOUND': [404, '未找到', 'not found'],
  'ROUTE.NOT_FOUND': [404, '地址不存在', 'there is no such address'],
  'CONFLICT.CONCURRENT_CHANGE': [409, '同时有其他修改,请重试', 'others changed it at the same time, try again'],
  'RATE.LIMITED': [429, '请求过于频繁,请稍后再试', 'too many requests, try again later'],
  'SERVICE.BUSY': [503, '系统繁忙,请稍后重试', 'the service is busy, try again shortly'],
  'SERVICE.STOPPING': [503, '系统正在停止', 'the service is stopping'],
  'SERVICE.NO_WORKER': [
    503,
    '没有可用的后台进程,请稍后重试',
    'no worker has the work at present, or WORKER_URLS does not name it',
  ],
  'SERVICE.STORE_FAILED': [503, '存储不可用,未写入任何数据', 'the store failed, nothing was written'],
  'SERVICE.LISTS_UNAVAILABLE': [
    503,
    '列表暂不可用,单个工单及其历史仍可查看',
    'lists can not be read at present; single tickets and their histories still can',
  ],
  'SERVICE.RECORD_UNREADABLE': [500, '存储的记录无法读取', 'a stored record can not be read; run verify'],
  'ATTACHMENT.TYPE_NOT_ALLOWED': [
    415,
    '仅支持图片(JPEG、PNG、WebP、HEIC)、PDF 和 Word 文件',
    'only photos (JPEG, PNG, WebP, HEIC), PDF and Word are taken, by their content',
  ],
  'ATTACHMENT.TOO_LARGE': [413, '附件超过 20 MB', 'an attachment has at most 20 MB'],
  'ATTACHMENT.EMPTY': [400, '附件内容为空', 'the attachment is empty'],
  'ATTACHMENT.ERASED': [410, '相关个人信息已删除,附件不可用', 'the person was forgotten, and the attachment with them'],
  'ATTACHMENT.UNREADABLE': [500, '附件文件缺失或已损坏', 'the file of the attachment is missing or damaged'],
  'ACCESS.NOT_RECORDED': [503, '无法登记查阅记录,拒绝显示', 'the access could not be recorded, nothing is shown'],
  'EVIDENCE.STORE_ALTERED': [
    503,
    '存储内容与最近的存证锚点不符,已拒绝;请运行 verify',
    'what is stored is not what was anchored: nothing is anchored or exported, run verify',
  ],
  'EVIDENCE.NO_SIGNING_KEY': [503, '缺少存证签名密钥', 'the key that signs anchors is missing or another one'],
  'ANALYTICS.OFF': [503, '统计分析未启用', 'analytics is off: the ClickHouse engine is not available'],
  'ANALYTICS.UNREACHABLE': [
    503,
    '统计服务器暂时无法访问,请稍后重试;其他功能不受影响',
    'ClickHouse does not answer at present; everything else goes on, and the figures catch up by themselves',
  ],
  'ANALYTICS.FAILED': [503, '统计查询未能完成,请稍后重试', 'ClickHouse could not answer; everything else goes on'],
  'POSITION.UNKNOWN': [400, '位置标记无效', 'the position is not one of this store'],
  OUTCOME_UNKNOWN: [503, '结果未知,请用同一 Idempotency-Key 重试', 'the outcome is unknown, repeat with the same key'],
  INTERNAL: [500, '系统内部错误', 'internal error'],
} as const satisfies Record<string, readonly [number, string, string]>;

export type OwnCode = keyof typeof own;

/** Every code of this server's own with status and texts: documentation reads it. */
export const ownProblems = (): readonly { code: string; status: number; says: Text }[] =>
  Object.entries(own).map(([code, [status, zh, en]]) => ({ code, status, says: { zh, en } }));

interface More {
  readonly errors?: readonly Problem[];
  readonly details?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Texts where the code is not one of our own: a business refusal. */
  readonly says?: Text;
  readonly status?: number;
  /** Kept for the log, never sent. */
  readonly cause?: unknown;
}

/** What an answer of this status tells a client beside the document. */
const HEADERS: Readonly<Partial<Record<number, Readonly<Record<string, string>>>>> = {
  // The rest of the body would be taken for the next request.
  408: { connection: 'close' },
  503: { 'retry-after': '1' },
};

/** Thrown anywhere in a request, answered as a problem document. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly status: number;

  constructor(
    readonly code: string,
    readonly more: More = {},
  ) {
    super(code, { cause: more.cause });
    this.status = more.status ?? (code in own ? own[code as OwnCode][0] : 500);
  }

  get headers(): Readonly<Record<string, string>> {
    return this.more.headers ?? HEADERS[this.status] ?? {};
  }

  /** The document in the reader's language. */
  document(language: Language): ProblemDocument {
    const { errors, details, says } = this.more;
    return {
      type: `urn:aftercare:problem:${this.code.toLowerCase()}`,
      title: says?.[language] ?? ownText(this.code, language),
      status: this.status,
      code: this.code,
      ...(details && Object.keys(details).length > 0 ? { details } : {}),
      ...(errors && errors.length > 0 ? { errors: problemsInWords(errors, language) } : {}),
    };
  }
}

const ownText = (code: string, language: Language): string =>
  code in own ? own[code as OwnCode][language === 'zh' ? 1 : 2] : code;

/** One of this server's own problems. */
export const problem = (code: OwnCode, more: More = {}): ProblemError => new ProblemError(code, more);

/** 400 with every pointer. */
export const invalid = (errors: readonly Problem[]): ProblemError => problem('REQUEST.INVALID', { errors });

/**
 * The database of keys and read models says no: a full or broken disk, a damaged file, a table that is gone, a server out of
 * reach. By shape, because a native module's errors may be of another class; PostgreSQL's carry a severity and an SQLSTATE.
 */
export const isOfDatabase = (error: unknown): boolean => {
  const { code, severity } = (error ?? {}) as { readonly code?: unknown; readonly severity?: unknown };
  if (typeof code === 'string' && /^SQLITE_/.test(code)) return true;
  return isDatabaseDown(error) || (typeof severity === 'string' && /^[0-9A-Z]{5}$/.test(String(code)));
};

/** The same body whether it does not exist or is none of the reader's business. */
export const notFound = (): ProblemError => problem('RESOURCE.NOT_FOUND');
