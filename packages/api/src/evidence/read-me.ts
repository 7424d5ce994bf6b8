import { keysInLine } from '@aftercare/event-store';
import type { ExportContents } from './export-contents';

/** `README.txt`: what the file is and how to check it, for somebody who has never heard of this software. */
export const readMe = ({ title, madeAt, proof }: ExportContents): string => {
  // Where a key was lost and replaced, the first one since: signatures lead no further back.
  const key = keysInLine(proof.ledger.filter((entry) => entry.kind === 'key'))[0]!;
  return `案卷 ${title}
导出时间 ${madeAt}

history.html   用浏览器打开即可阅读的完整经过,无需任何软件。
核对方法:在任何装有 Node.js 20 以上版本的电脑上运行
    node verify.mjs
它会逐项说明核对了什么、结果如何。请从可信来源(公司网站、公证处)取得 verify.mjs,
并把下面的公钥指纹与公司公布的指纹比对;也可以要求公司另行提供一个较新的锚点:
    node verify.mjs 本文件.zip --key 指纹 --anchor anchor-XXXXXXXX.jsonl

公钥指纹 ${key.keyId}

能证明的:所含事件自记录以来未被改动、删减或增补,且不晚于锚点时间。
不能证明的:同时掌握数据库和签名密钥的人另写一套历史——除非锚点的副本另存他处。
事件所述是否属实,也不在证明之列:证明的只是当时如此记录。

----

Case file ${title}, exported at ${madeAt}

history.html   the whole course of events; open it in a browser, no software needed.
To check it, on any machine with Node.js 20 or later:
    node verify.mjs
It says line by line what it checked. Take verify.mjs from somewhere you trust, compare the fingerprint of the public
key with the one that the company publishes, and ask for a recent anchor from elsewhere:
    node verify.mjs this-file.zip --key FINGERPRINT --anchor anchor-XXXXXXXX.jsonl

Fingerprint ${key.keyId}

It proves that the events were not changed, cut or added to since they were recorded, and that they were recorded before
the anchor. It does not prove that nobody who holds both database and signing key wrote another history, unless a copy of
an anchor is kept elsewhere; nor that what was recorded is true.

events.jsonl             the events as they were stored, one a line
proof.json               where each stream stood at the anchor, with the proof, the anchors and the keys
keys/                    the public keys
attachments.json         digests of photographs and documents
manifest.json            the digest of every file; manifest.signature.json its signature
`;
};
