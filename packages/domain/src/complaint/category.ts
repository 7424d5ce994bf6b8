import type { ComplaintCategory } from './words';

/** In order; the first that matches wins. A person corrects it where the words mislead. */
const HINTS: readonly (readonly [ComplaintCategory, RegExp])[] = [
  ['attitude', /态度|骂|吼|凶|顶撞|吵|素质|礼貌|教养|威胁|侮辱|歧视|敷衍|不耐烦|脏话|粗口|嘲|讽/u],
  ['charges', /乱收费|多收|收费|加价|加钱|坐地起价|索要|红包|私收|私自收|发票/u],
  ['installation', /安装|装机|调试|打孔/u],
  ['repair-delay', /没来|不来|迟到|爽约|鸽子|失约|还没修|拖|一直没修|上门.{0,6}等|等了/u],
  ['response-speed', /没人接|打不通|不回|没人联系|不接电话|没人理|没人管|石沉大海|没有下文/u],
  ['repair-quality', /没修好|修坏|又坏|反复|重复修|修了.{0,4}次|越修/u],
  ['product-quality', /质量|漏电|起火|冒烟|爆炸|次品|翻新|缺陷|有问题/u],
];

/** CMP-05: the category of words, by rule, where nobody chose one. */
export const categoryOfWords = (words: string): ComplaintCategory =>
  HINTS.find(([, hint]) => hint.test(words.normalize('NFKC')))?.[0] ?? 'other';
