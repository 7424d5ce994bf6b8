import { part, type Actor, type Role, type Text } from '@aftercare/domain';
import type { Platform } from '../composition/platform';
import type { Language } from '../http/language';

/** Shape of parameters, as the domain's schema helpers make them. */
export type Fields = Parameters<typeof part>[0];
type Shape<F extends Fields> = ReturnType<typeof part<F>>;

/** What a query is asked with. */
export interface Question<Input> {
  readonly input: Input;
  readonly actor: Actor;
  readonly language: Language;
  readonly requestId: string;
}

/** What it answers; `etag` and `position` become headers. */
export interface Reply {
  readonly body: unknown;
  readonly etag?: string;
  readonly position?: string;
}

/** One row of the query table: route, roles, documentation and OpenAPI are derived from it. */
export interface QueryDefinition {
  readonly name: string;
  readonly method: 'GET' | 'POST';
  /** Fastify path; its parameters stand in `input` too. */
  readonly path: string;
  readonly roles: readonly Role[];
  readonly says: Text;
  readonly tag: string;
  /** Names of path parameters, query parameters or (POST) the body's members. */
  readonly input: Shape<Fields>;
  readonly example: unknown;
  /** The read model that answers: `Aftercare-Min-Position` waits for it. Absent: the streams answer. */
  readonly model?: string;
  readonly answer: (platform: Platform, question: Question<never>) => Promise<Reply>;
}

interface Row<F extends Fields> {
  readonly method?: 'GET' | 'POST';
  readonly path: string;
  readonly roles: readonly Role[];
  readonly says: Text;
  readonly tag: string;
  readonly input: F;
  readonly example?: unknown;
  readonly model?: string;
  readonly answer: (platform: Platform, question: Question<Shape<F>['static']>) => Promise<Reply>;
}

/** Declares a query. */
export const defineQuery = <F extends Fields>(name: string, row: Row<F>): QueryDefinition => ({
  name,
  method: row.method ?? 'GET',
  path: row.path,
  roles: row.roles,
  says: row.says,
  tag: row.tag,
  input: part(row.input) as Shape<Fields>,
  example: row.example ?? {},
  ...(row.model === undefined ? {} : { model: row.model }),
  answer: row.answer,
});
