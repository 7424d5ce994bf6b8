import type { Registry, Text } from '@aftercare/domain';

/** Refusals that come from writing itself, whatever the aggregate. */
const fromWriting: Readonly<Record<string, Text>> = {
  'EVENT.OCCURRED_IN_FUTURE': {
    zh: '发生时间超前于当前时间 5 分钟以上',
    en: 'the time of the fact is more than 5 minutes ahead',
  },
  'STREAM.ALREADY_EXISTS': { zh: '已存在,不能重复登记', en: 'it exists already' },
};

const merged = new WeakMap<Registry, ReadonlyMap<string, Text>>();

/** What a person reads for a refusal's code: the domain's text, in both languages. */
export const textOfRefusal = (code: string, registry: Registry): Text => {
  let texts = merged.get(registry);
  if (!texts) {
    texts = new Map([
      ...Object.entries(fromWriting),
      ...registry.aggregates.flatMap((aggregate) => Object.entries(aggregate.messages)),
    ]);
    merged.set(registry, texts);
  }
  return texts.get(code) ?? { zh: '操作被拒绝', en: 'refused' };
};
