import {
  aggregateOf,
  between,
  idOf,
  MINUTE,
  type PersonalPart,
  type RecordedEvent,
  type Registry,
} from '@aftercare/domain';
import { disclosedIn, type AnchorEntry } from '@aftercare/event-store';
import { reasonsInWords, sentenceOf } from '../audit/event-sentence';
import { LocalTime } from '../audit/local-time';
import { roleLabels } from '../queries/labels';
import type { ExportContents, ExportSources } from './export-contents';
import { PAGE_STYLE } from './history-style';
import { personalLabelOf, textsIn } from './personal-labels';

/**
 * `history.html`: a page that a person reads without any software, Chinese first. It loads nothing and runs nothing; every
 * value in it is escaped. Comes text by text, because a case can be long.
 */
export function* historyPage(
  contents: ExportContents,
  { registry, config, codec }: Pick<ExportSources, 'registry' | 'config' | 'codec'>,
): Generator<string> {
  const { title, history, disclosure } = contents;
  const writer = new PageWriter(registry, config.zone);
  const readable = (event: RecordedEvent): RecordedEvent =>
    disclosedIn(event, disclosure).length > 0 ? codec.openWith(event, disclosure.keys) : event;
  yield `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>案卷 ${escaped(title)}</title>
<style>${PAGE_STYLE}</style>
</head>
<body>
<header>
<p class="kind">案卷 <span>Case file</span></p>
<h1>${escaped(title)}</h1>
${writer.facts(contents)}
</header>
<main>
`;
  yield* writer.days(history, readable);
  yield `</main>
<footer>
<h2>如何核对 <span>How to check this</span></h2>
<p>本页由与其同在一个压缩包的 <code>events.jsonl</code> 生成。装有 Node.js 20 以上版本的电脑运行 <code>node verify.mjs</code>,即可逐项核对:哈希链、锚点证明、签名与各文件摘要。请把公钥指纹与公司公布的比对。</p>
<p class="en">This page was made from <code>events.jsonl</code> in the same archive. <code>node verify.mjs</code> checks chain, proofs, signatures and files on any machine with Node.js 20 or later. Compare the fingerprint with the one the company publishes.</p>
</footer>
</body>
</html>
`;
}

class PageWriter {
  readonly #day: Intl.DateTimeFormat;
  readonly #time: Intl.DateTimeFormat;
  readonly #local: LocalTime;
  #quarter = { of: '', day: '' };

  constructor(
    private readonly registry: Registry,
    private readonly zone: string,
  ) {
    this.#local = new LocalTime(zone);
    this.#day = new Intl.DateTimeFormat('zh-CN', { timeZone: zone, dateStyle: 'full' });
    this.#time = new Intl.DateTimeFormat('zh-CN', { timeZone: zone, timeStyle: 'medium', hourCycle: 'h23' });
  }

  facts({ madeAt, history, proof, disclosed, disclosure }: ExportContents): string {
    const anchor = proof.ledger.find(
      (entry): entry is AnchorEntry => entry.kind === 'anchor' && entry.number === proof.anchor,
    )!;
    const key = proof.ledger.find((entry) => entry.kind === 'key')!;
    const rows: readonly (readonly [string, string])[] = [
      ['导出 exported', this.#instant(madeAt)],
      [
        '内容 contents',
        `${history.length} 个事件,${proof.heads.length} 条流 · ${history.length} events in ${proof.heads.length} streams`,
      ],
      ['锚点 anchor', `第 ${anchor.number} 条,${this.#instant(anchor.time)}`],
      ['锚点根 root', anchor.root],
      ['公钥指纹 key', key.keyId],
      ['个人信息 personal', personalNote(disclosed.length, disclosure.withholdPersonal)],
      ['时区 zone', this.zone],
    ];
    return `<dl>${rows.map(([name, value]) => `<dt>${name}</dt><dd>${escaped(value)}</dd>`).join('')}</dl>`;
  }

  *days(history: readonly RecordedEvent[], readable: (event: RecordedEvent) => RecordedEvent): Generator<string> {
    let today = '';
    for (const event of history) {
      const day = this.#dayOf(event.metadata.recordedAt);
      if (day !== today) yield `${today === '' ? '' : '</ol></section>\n'}<section><h2>${day}</h2><ol>\n`;
      today = day;
      yield this.#entry(readable(event));
    }
    if (today !== '') yield '</ol></section>\n';
  }

  /** Zones differ by quarters of an hour, so all instants of one are of the same day. Asking Intl for each costs most. */
  #dayOf(instant: string): string {
    const quarter = `${instant.slice(0, 14)}${Math.floor(Number(instant.slice(14, 16)) / 15)}`;
    if (quarter !== this.#quarter.of) this.#quarter = { of: quarter, day: this.#day.format(Date.parse(instant)) };
    return this.#quarter.day;
  }

  #entry(event: RecordedEvent): string {
    const { actor, occurredAt, recordedAt, hash } = event.metadata;
    // The head of the page says which zone it is.
    const says = sentenceOf(event, this.registry, (instant) => this.#local.of(instant));
    const happened =
      between(occurredAt, recordedAt) >= MINUTE ? `<span class="late">发生于 ${this.#instant(occurredAt)}</span>` : '';
    const label = this.registry.aggregate(aggregateOf(event.stream))?.label.zh ?? aggregateOf(event.stream);
    return `<li><time datetime="${recordedAt}">${this.#time.format(Date.parse(recordedAt))}</time><div>
<p class="says">${escaped(says.zh)}</p><p class="en">${escaped(says.en)}</p>
<p class="who">${roleLabels[actor.role].zh}${actor.onBehalfOf === undefined ? '' : ',代客户'}${happened}</p>
${why(event)}${event.personal.map(personal).join('')}
<p class="proof">${escaped(label)} ${escaped(idOf(event.stream).slice(0, 8))} · 第 ${event.revision} 号 · ${escaped(event.type)} · ${hash.slice(0, 16)}</p>
</div></li>
`;
  }

  #instant(instant: string): string {
    const at = Date.parse(instant);
    return `${this.#day.format(at)} ${this.#time.format(at)}`;
  }
}

const personalNote = (disclosed: number, withheld: boolean): string => {
  if (disclosed > 0) return `披露 ${disclosed} 人,其余加密 · ${disclosed} persons disclosed, the others sealed`;
  return withheld ? '未附带 · left out' : '加密,未披露 · sealed';
};

const why = (event: RecordedEvent): string => {
  const reasons = reasonsInWords(event).map(({ zh }) => zh);
  return reasons.length === 0 ? '' : `<p class="why">依据:${escaped(reasons.join(';'))}</p>`;
};

const personal = (part: PersonalPart): string => {
  if ('erased' in part) return '<p class="closed">个人信息已删除 · erased</p>';
  if (!('fields' in part)) return '<p class="closed">含个人信息,未披露 · personal, not disclosed</p>';
  const rows = Object.entries(part.fields).map(
    ([field, value]) => `<dt>${escaped(personalLabelOf(field))}</dt><dd>${escaped(textsIn(value).join(';'))}</dd>`,
  );
  return `<dl class="open">${rows.join('')}</dl>`;
};

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** For element content and quoted attributes. */
const escaped = (text: string): string => text.replace(/[&<>"']/g, (char) => ENTITIES[char]!);
