import { Inject } from '@nestjs/common';
import { Query as BusQuery, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { PLATFORM, type Platform } from '../composition/platform';
import type { QueryDefinition, Question, Reply } from './define-query';

/** Any query of the table, on its way from HTTP to the read model or stream that answers it. */
export class AskQuery extends BusQuery<Reply> {
  constructor(
    readonly definition: QueryDefinition,
    readonly question: Question<unknown>,
  ) {
    super();
  }
}

@QueryHandler(AskQuery)
export class AskHandler implements IQueryHandler<AskQuery> {
  constructor(@Inject(PLATFORM) private readonly platform: Platform) {}

  execute({ definition, question }: AskQuery): Promise<Reply> {
    return definition.answer(this.platform, question as Question<never>);
  }
}
