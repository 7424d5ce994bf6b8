import type { Text } from '@aftercare/domain';

/** DEC-21: zh-CN first, en second. */
export type Language = keyof Text;

/** The first of the languages asked for that we have; Chinese when none is named. Weights decide before order. */
export const languageOf = (acceptLanguage: string | undefined): Language => {
  if (!acceptLanguage) return 'zh';
  let best: Language = 'zh';
  let bestWeight = 0;
  for (const entry of acceptLanguage.slice(0, 500).split(',')) {
    const [tag = '', ...parameters] = entry.trim().toLowerCase().split(';');
    const language: Language | undefined = /^en\b/.test(tag) ? 'en' : /^zh\b/.test(tag) ? 'zh' : undefined;
    const quality = parameters.map((text) => /^\s*q=([0-9.]{1,6})\s*$/.exec(text)?.[1]).find(Boolean);
    const weight = quality === undefined ? 1 : Number(quality);
    if (language && weight > bestWeight) [best, bestWeight] = [language, weight];
  }
  return best;
};
