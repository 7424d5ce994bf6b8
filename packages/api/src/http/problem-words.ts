import type { Problem } from '@aftercare/domain';
import type { Language } from './language';

/** What is wrong with a field, as the checks say it, and the same in Chinese; `$1` is what the first bracket held. */
const WORDS: readonly (readonly [said: RegExp, zh: string])[] = [
  [/^Expected required property$/, '缺少必填项'],
  [/^Unexpected property$/, '不支持的字段'],
  [/^Expected one of: (.*)$/, '只能是以下之一:$1'],
  [/^Expected (?:union value|all values to match)$/, '不是允许的值'],
  [/^Expected string$/, '须为文字'],
  [/^Expected integer$/, '须为整数'],
  [/^Expected number$/, '须为数字'],
  [/^Expected boolean$/, '须为 true 或 false'],
  [/^Expected array$/, '须为列表'],
  [/^Expected object$/, '须为对象'],
  [/^Expected '(.*)'$/, '只能是:$1'],
  [/^Expected string length less or equal to (\d+)$/, '最多 $1 个字符'],
  [/^Expected string length greater or equal to (\d+)$/, '至少 $1 个字符'],
  [/^Expected array length to be less or equal to (\d+)$/, '最多 $1 项'],
  [/^Expected array length to be greater or equal to (\d+)$/, '至少 $1 项'],
  [/^Expected array elements to be unique$/, '不能有重复项'],
  [/^Expected (?:integer|number) to be less or equal to (-?\d+)$/, '不能大于 $1'],
  [/^Expected (?:integer|number) to be greater or equal to (-?\d+)$/, '不能小于 $1'],
  [/^Expected string to match 'date-time' format$/, '须为带时区的日期时间,例如 2026-10-01T18:00:00+08:00'],
  [/^Expected string to match '\^\[0-9a-f\]\{8\}-.*'$/, '须为 UUID'],
  [/^Expected string to match '(.*)'(?: format)?$/, '格式不正确,须符合 $1'],
  [/^not the name of a fact$/, '没有这种现场记录'],
  [/^Expected a revision, or an instant with its offset$/, '须为版本号,或带时区的日期时间'],
  [/^Expected a point after \/from$/, '须晚于 /from'],
  [/^Expected an instant that is not in the future$/, '不能晚于当前时间'],
  [/^There is no ticket or complaint with this number$/, '没有这个编号的工单或投诉'],
  [/^There is no such stream$/, '没有这个事件流'],
  [/^There is no such event type$/, '没有这种事件'],
  [/^There is no such aggregate$/, '没有这种对象'],
  [
    /^(?:Expected the next of an answer to the same question|not a cursor of this list)$/,
    '须为同一查询上一页答复中的 next',
  ],
  [/^Expected at most 1000 characters, percent-encoded$/, '最多 1000 个字符,须作百分号编码'],
  [/^the body is not valid UTF-8$/, '请求内容不是有效的 UTF-8'],
  [/^the body is not valid JSON$/, '请求内容不是有效的 JSON'],
  [/^nested more than (\d+) deep$/, '嵌套超过 $1 层'],
  [/^this name is not allowed$/, '不允许使用这个名称'],
  [/^a name stands twice in one object$/, '同一对象中有重复的名称'],
  [/^must be name=value$/, '须为 名称=值'],
];

/** Everything that is wrong, in the reader's language (DEC-21). What has no words stays as it was said. */
export const problemsInWords = (errors: readonly Problem[], language: Language): readonly Problem[] =>
  language === 'en' ? errors : errors.map((one) => ({ ...one, message: inChinese(one.message) }));

const inChinese = (message: string): string => {
  for (const [said, zh] of WORDS) if (said.test(message)) return message.replace(said, zh);
  return message;
};
