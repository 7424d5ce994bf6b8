import { between, DAY, HOUR, type Instant } from '@aftercare/domain';
import {
  isReplacement,
  keysInLine,
  short,
  type BridgeEvidence,
  type EvidenceVerdict,
  type Finding,
  type KeyEntry,
  type FindingCode,
  type StreamEvidence,
  type Verdict,
} from '@aftercare/event-store';

/** Where and when the report is made: what a copy is worth depends on where it lies. */
interface Standpoint {
  readonly now: Instant;
  /** Folder of the copies that were compared. */
  readonly copiesIn: string | undefined;
  /** Folder of the store itself. */
  readonly ownFolder: string;
}

/** What `verify` says of a whole store, what it can't prove included: each thing in Chinese, below it in English. */
export const storeLines = (verdict: EvidenceVerdict, at: Standpoint): readonly string[] => {
  const { chain, bad } = verdict;
  if (bad) return brokenLines(bad, chain);
  return [
    ...chainLines(chain),
    ...anchorLines(verdict, at.now),
    ...verdict.bridges.flatMap(bridgeLines),
    ...storedApart(chain),
    ...limits(verdict, at),
  ];
};

/** The same of one stream. */
export const streamLines = ({ chain, bad, anchored }: StreamEvidence): readonly string[] => {
  if (bad) return brokenLines(bad, chain);
  return [
    ...chainLines(chain),
    ...(anchored
      ? [
          `锚点:截至第 ${anchored.revision} 号事件已由锚点 ${anchored.anchor} 固定,见其副本`,
          `anchored: up to revision ${anchored.revision} by anchor ${anchored.anchor}, as a copy of it lists`,
        ]
      : [
          '未与锚点比对:没有锚点副本列出这条事件流;不带 --stream 的 verify 会全部比对',
          'not compared with anchors: no copy of one lists this stream. `verify` without --stream compares all of them.',
        ]),
    ...storedApart(chain),
  ];
};

const chainLines = ({ events, streams }: Verdict): readonly string[] => [
  `通过:${events} 个事件、${streams} 条事件流,哈希全部相符`,
  `ok: ${events} events in ${streams} streams, every hash matches`,
];

const brokenLines = ({ at, message, code, anchor }: Finding, { events }: Verdict): readonly string[] => [
  `不一致:${FOUND[code]}${at ? `(${at.stream} 第 ${at.revision} 号事件)` : ''};已查看 ${events} 个事件`,
  at && anchor === undefined
    ? `BROKEN at ${at.stream} revision ${at.revision} (event ${at.eventId}): ${afterPlace(message)}. ${events} events were looked at.`
    : `BROKEN: ${message}. ${events} events were looked at.`,
  `finding: ${code}`,
];

/** What was done, for readers of Chinese; the English message below it says it to the byte. */
const FOUND: Readonly<Record<FindingCode, string>> = {
  PAYLOAD_ALTERED: '事件内容被改动',
  CIPHERTEXT_ALTERED: '加密的个人信息被改动',
  METADATA_ALTERED: '事件的元数据被改动',
  TIME_ALTERED: '事件的时间被改动',
  BYTES_ALTERED: '事件的字节与其哈希不符',
  SWAPPED: '两个事件被对调',
  MOVED: '事件被移到另一条事件流',
  EVENT_DELETED: '中间的事件被删除',
  CHAIN_BROKEN: '哈希链断开',
  TAIL_DELETED: '最新的事件被删除',
  STREAM_DELETED: '整条事件流被删除',
  REWRITTEN: '历史被重写,与锚点不符',
  EVENTS_ADDED: '锚点之前被插入事件',
  ANCHOR_ALTERED: '锚点被改动或替换',
  ANCHOR_MISSING: '锚点缺失',
  COPY_DIFFERS: '与另存的锚点副本不一致',
  COPY_UNREADABLE: '另存的锚点副本无法读取',
  KEY_UNKNOWN: '签名公钥不是已知的公钥',
  BRIDGE_ALTERED: '迁移记录被改动',
  BRIDGE_DIFFERS: '与迁移时的内容不一致',
};

/** The place stands in front already. */
const afterPlace = (message: string): string => message.replace(/^\S+ revision \d+ \(event [^)]*\): /, '');

const anchorLines = (
  { anchors, newest, keys, notAnchored, copies }: EvidenceVerdict,
  now: Instant,
): readonly string[] => {
  if (!newest)
    return [`锚点:无;尚未固定:${notAnchored} 个事件`, `anchors: none. Not yet anchored: ${notAnchored} events`];
  const { count, zh, en } = age(newest.time, now);
  return [
    `锚点:${anchors} 个,签名和树根全部相符;最新为第 ${newest.number} 条,${newest.time}(已过 ${count} ${zh})`,
    `anchors: ${anchors}, every signature and every root matches; the newest is ${newest.number} of ${newest.time} (${count} ${en} old)`,
    ...keyLines(keys),
    `尚未固定:${notAnchored} 个事件`,
    `not yet anchored: ${notAnchored} events`,
    ...(copies === undefined
      ? []
      : [`副本:比对 ${copies} 份,与库中一致`, `copies: ${copies} compared, all the same as in the store`]),
  ];
};

/** The fingerprint to compare is that of the first key that signatures lead back to. */
const keyLines = (keys: readonly KeyEntry[]): readonly string[] => {
  const { keyId } = keysInLine(keys)[0]!;
  const replaced = keys.filter(isReplacement);
  const since = replaced.length > 0 ? { zh: '密钥丢失更换后', en: ' since a key was lost' } : { zh: '', en: '' };
  return [
    `公钥:${since.zh}首个公钥的指纹 ${keyId}`,
    `keys: ${keys.map(linked).join('')}; fingerprint of the first${since.en}: ${keyId}`,
    ...replaced.flatMap(replacedLines),
  ];
};

/** A whole arrow where the key before signed this one in. */
const linked = (key: KeyEntry, index: number): string =>
  `${index === 0 ? '' : isReplacement(key) ? ' ⇢ ' : ' → '}${short(key.keyId)}`;

/** Nothing but its place in the ledger binds such a key to the company. */
const replacedLines = ({ number, time, keyId }: KeyEntry): readonly string[] => [
  `未经签名接续:${time} 第 ${number} 条起改用公钥 ${short(keyId)},未经前一密钥签名(称已丢失)`,
  `NOT SIGNED IN: key ${short(keyId)} follows in entry ${number} of ${time} without the signature of the key before it, which is said to be lost`,
];

/** A copy of the store: what its bridge proves, and by what. */
const bridgeLines = ({ bridge, side, compared }: BridgeEvidence): readonly string[] => {
  const { from, to, at, signature } = bridge;
  const other = side === 'to' ? from.storeId : to.storeId;
  const { headsDigest } = bridge[side];
  const heads = compared
    ? { zh: '与本库一致', en: 'as this store holds them' }
    : { zh: '本次未再查看', en: 'not looked at again' };
  const proof = signature
    ? {
        zh: `公钥 ${short(signature.keyId)} 的签名相符`,
        en: `its signature by key ${short(signature.keyId)} matches`,
      }
    : {
        zh: '没有签名:请与 copy 当时打印的摘要比对',
        en: 'it is unsigned: compare its digests with those that `copy` printed',
      };
  const where = side === 'to' ? { zh: '自', en: 'from' } : { zh: '至', en: 'into' };
  return [
    `迁移:${at} ${where.zh}库 ${other},${to.events} 个事件、${to.streams} 条事件流,${heads.zh};${proof.zh}`,
    `bridge: copied ${where.en} store ${other} at ${at} with ${to.events} events in ${to.streams} streams, ${heads.en}; ${proof.en} (heads ${headsDigest})`,
  ];
};

const age = (from: Instant, to: Instant): { readonly count: number; readonly zh: string; readonly en: string } => {
  const ms = Math.max(0, between(from, to));
  return ms >= 2 * DAY
    ? { count: Math.floor(ms / DAY), zh: '天', en: 'days' }
    : { count: Math.floor(ms / HOUR), zh: '小时', en: 'hours' };
};

const storedApart = ({ storedApart: apart }: Verdict): readonly string[] =>
  apart
    ? [
        `注意:服务器为 ${apart.events} 个事件记下的时间与其自述的记录时间不同,首个为 ${apart.first.stream} 第 ${apart.first.revision} 号;迁移、时钟错误或长时间中断也会如此`,
        `note: the server stamped ${apart.events} events at another time than they say they were recorded, first ` +
          `${apart.first.stream} revision ${apart.first.revision}: a copied store, a wrong clock or a long outage do that too`,
      ]
    : [];

/** What none of this proves. An auditor who isn't told relies on it. */
const limits = (
  { newest, trusted, notAnchored, bridges, keys }: EvidenceVerdict,
  { copiesIn, ownFolder }: Standpoint,
): readonly string[] => {
  const lines: (readonly [zh: string, en: string])[] = [];
  if (!newest || notAnchored > 0)
    lines.push([
      '尚未固定的事件中,没有从末尾删去任何事件',
      'that nothing was cut off the end of a stream among the events not yet anchored',
    ]);
  if (bridges.some(({ bridge }) => !bridge.signature))
    lines.push([
      '迁移来的内容与原库当时的内容相同:两库之间的迁移记录没有签名',
      'that what was copied was what the other store held: the bridge between the two carries no signature',
    ]);
  for (const { keyId, time } of keys.filter(isReplacement))
    lines.push([
      `公钥 ${short(keyId)} 于 ${time} 接替后仍是同一公司:与之前的公钥之间没有签名相连。请索取同时写明两个指纹的声明,以及此前的锚点副本`,
      `that the same company went on when key ${short(keyId)} took over at ${time}: no signature carries over from the key before it. Ask for a statement that names both, and for copies of anchors from before`,
    ]);
  if (newest && !trusted)
    lines.push([
      '这些公钥属于谁:请用 --key 给出已知的指纹',
      'whose keys these are: give the fingerprint that you know with --key',
    ]);
  lines.push(historyLimit(copiesIn, ownFolder));
  return ['不能证明的 This does not prove:', ...lines.flatMap(([zh, en]) => [`  - ${zh}`, `    ${en}`])];
};

/** Who could still have written another history: that depends on where the copies of anchors lie. */
const historyLimit = (copiesIn: string | undefined, ownFolder: string): readonly [zh: string, en: string] => {
  if (copiesIn === undefined)
    return [
      '同时掌握数据库和签名密钥的人没有另写一套历史:这需要另存他处的锚点副本(--anchors)',
      'that nobody who holds both database and signing key wrote another history: that takes copies of anchors kept elsewhere (--anchors)',
    ];
  if (copiesIn.startsWith(ownFolder))
    return [
      `掌握这台机器的人没有另写一套历史:${copiesIn} 中的副本与数据库在一起(可用 --anchors 给出别处的副本)`,
      `that nobody who holds this machine wrote another history: the copies in ${copiesIn} lie beside the store (--anchors takes others)`,
    ];
  return [
    `同时掌握数据库、签名密钥和 ${copiesIn} 的人没有另写一套历史`,
    `that nobody who holds database, signing key and ${copiesIn} wrote another history`,
  ];
};
