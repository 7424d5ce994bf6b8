#!/usr/bin/env node
// Checks an export of Aftercare on any machine with Node 20 or later. It needs nothing else: no package, no network.
//
//   node verify.mjs [export.zip | folder] [--key <fingerprint>] [--anchor <file>] [--not-before <date>]
//
//   --key         fingerprint of a public key that you know to be the company's (from its website, a contract, a notary)
//   --anchor      a later anchor that you got elsewhere (a file anchor-00000012.jsonl): is the export as new as that?
//   --not-before  the export must be anchored at this date or later, like 2026-11-01
//
// Prints a line for each thing it checked. Exit code 0: all of it holds; 1: something does not; 2: it could not be read.
// Take this file from somewhere you trust: one that came with a forged export would say whatever the forger likes.
import { createDecipheriv, createHash, createPublicKey, verify as verifySignature } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inflateRawSync } from 'node:zlib';

const ZEROS = '0'.repeat(64);
const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');
const short = (digest) => String(digest).slice(0, 16);

// What is said

let failures = 0;
const ok = (zh, en) => console.log(`[ 通过 OK ] ${zh} · ${en}`);
const note = (zh, en) => console.log(`[ 注意 !! ] ${zh} · ${en}`);
const fail = (zh, en) => {
  failures += 1;
  console.log(`[不符 FAIL] ${zh} · ${en}`);
};
class Unreadable extends Error {}

// Reading the export: a folder, or a ZIP by its central directory

const readExport = (path) => (statSync(path).isDirectory() ? readFolder(path) : readZip(readFileSync(path)));

const readFolder = (folder, inside = '') => {
  const files = new Map();
  for (const entry of readdirSync(join(folder, inside), { withFileTypes: true })) {
    const name = inside === '' ? entry.name : `${inside}/${entry.name}`;
    if (entry.isDirectory()) for (const [each, bytes] of readFolder(folder, name)) files.set(each, bytes);
    else files.set(name, readFileSync(join(folder, name)));
  }
  return files;
};

const readZip = (zip) => {
  let end = zip.length - 22;
  while (end >= 0 && zip.readUInt32LE(end) !== 0x06054b50) end -= 1;
  if (end < 0) throw new Unreadable('it is no ZIP file, or its end is missing');
  const files = new Map();
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left -= 1) {
    if (at + 46 > zip.length || zip.readUInt32LE(at) !== 0x02014b50)
      throw new Unreadable('its list of files is damaged');
    const [nameLength, extra, comment] = [28, 30, 32].map((offset) => zip.readUInt16LE(at + offset));
    const name = zip.toString('utf8', at + 46, at + 46 + nameLength);
    if (files.has(name)) throw new Unreadable(`it holds ${name} twice`);
    files.set(name, unpacked(zip, at, name));
    at += 46 + nameLength + extra + comment;
  }
  return files;
};

const unpacked = (zip, at, name) => {
  const method = zip.readUInt16LE(at + 10);
  const [crc, packed, size, local] = [16, 20, 24, 42].map((offset) => zip.readUInt32LE(at + offset));
  if (local + 30 > zip.length || zip.readUInt32LE(local) !== 0x04034b50) throw new Unreadable(`${name} is damaged`);
  const from = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
  const bytes = zip.subarray(from, from + packed);
  try {
    const plain =
      method === 0 ? bytes : method === 8 ? inflateRawSync(bytes, { maxOutputLength: size + 1 }) : undefined;
    if (plain === undefined || plain.length !== size || crc32(plain) !== crc) throw new Error();
    return plain;
  } catch {
    throw new Unreadable(`${name} in the ZIP is damaged`);
  }
};

const CRC = Uint32Array.from({ length: 256 }, (_, n) => {
  let value = n;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value >>> 0;
});
const crc32 = (bytes) => {
  let value = 0xffffffff;
  for (const byte of bytes) value = CRC[(value ^ byte) & 0xff] ^ (value >>> 8);
  return (value ^ 0xffffffff) >>> 0;
};

const jsonOf = (files, name) => {
  const bytes = files.get(name);
  if (!bytes) throw new Unreadable(`${name} is missing`);
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    throw new Unreadable(`${name} is no JSON`);
  }
};

// The ledger of keys and anchors: each entry names the one before it and is signed

const statementOf = (entry) => {
  const title = entry.kind === 'key' ? 'aftercare signing key/1' : 'aftercare anchor/1';
  const head = [title, entry.lineageId, entry.number, entry.previous, entry.time, entry.keyId];
  const rest =
    entry.kind === 'key'
      ? [entry.publicKey, entry.signedBy]
      : [entry.position, entry.previousRoot, entry.root, entry.streams, entry.events, entry.moved, entry.movedDigest];
  return [...head, ...rest].join('\n');
};
const digestOf = (entry) => sha256(`${statementOf(entry)}\n${entry.signature}`);

const isSigned = (text, signature, publicKey) => {
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' });
    return (
      key.asymmetricKeyType === 'ed25519' &&
      verifySignature(null, Buffer.from(text), key, Buffer.from(signature, 'base64'))
    );
  } catch {
    return false;
  }
};

/** A key that nobody signed in but itself, because the one before it was lost. */
const isReplacement = ({ number, keyId, signedBy }) => number > 0 && signedBy === keyId;
/** The keys that signatures bind to the last one: from the last replacement on. */
const keysInLine = (keys) => keys.slice(Math.max(0, keys.map(isReplacement).lastIndexOf(true)));

/** Keys and the anchors from the export's on; anchors before it are left out, so that numbers may leap up to there. */
const checkLedger = ({ ledger, anchor: number, lineageId }) => {
  const keys = [];
  const anchors = [];
  let last;
  const bad = (entry, zh, en) => fail(`账本第 ${entry.number} 条:${zh}`, `ledger entry ${entry.number}: ${en}`);
  for (const entry of ledger) {
    const isKey = entry.kind === 'key';
    const name = isKey ? 'key' : 'anchor';
    if (entry.lineageId !== lineageId)
      bad(entry, '属于另一套系统', `this ${name} belongs to another lineage of events`);
    if (last !== undefined && entry.number <= last.number) bad(entry, '次序不对', 'it is out of order');
    const mustFollow = entry.number > number || entry.number === (last === undefined ? 0 : last.number + 1);
    if (mustFollow && entry.previous !== (last === undefined ? ZEROS : digestOf(last)))
      bad(
        entry,
        '与前一条不相接:其中一条被替换或删除',
        'it does not follow the entry before it: one was replaced or deleted',
      );
    if (last !== undefined && entry.time < last.time)
      bad(entry, '时间早于前一条', 'it is older than the entry before it');
    if (isKey && sha256(Buffer.from(entry.publicKey, 'base64')) !== entry.keyId)
      bad(entry, '公钥与指纹不符', 'its public key is not the one its fingerprint names');
    const isItself = isKey && entry.signedBy === entry.keyId;
    if (isItself && keys.some(({ keyId }) => keyId === entry.keyId))
      bad(entry, '该密钥此前已登记过', 'its key had been introduced before');
    const signer = isItself ? entry : keys.at(-1);
    const named = isKey ? entry.signedBy : entry.keyId;
    if (signer === undefined) bad(entry, '之前没有登记过密钥', 'no key was introduced before it');
    else if (named !== signer.keyId)
      bad(
        entry,
        `由未登记或已停用的密钥 ${short(named)} 签名`,
        `signed with key ${short(named)}, which is retired or was never introduced`,
      );
    else if (!isSigned(statementOf(entry), entry.signature, signer.publicKey))
      bad(
        entry,
        '签名无效:该锚点被改动或替换',
        `its signature is not that of key ${short(named)}: the ${name} was altered or replaced`,
      );
    last = entry;
    if (isKey) keys.push(entry);
    else anchors.push(entry);
  }
  return { keys, anchors };
};

// Events: one chain per stream, each hash over the event and the hash before it

const TAIL = 64 + ',"hash":""}'.length;

const hashOf = ({ stream, revision, eventId, type }, prev, dataDigest, metadata) =>
  sha256(`aftercare/1\n${prev}\n${stream}\n${revision}\n${eventId}\n${type}\n${dataDigest}\n${sha256(metadata)}`);

const NAMESPACE = Buffer.from('6f4f6a3e2f0c5d0b9a553c9a8f1f7c21', 'hex');
const uuidv5 = (name) => {
  const digest = createHash('sha1').update(NAMESPACE).update(name).digest();
  digest[6] = (digest[6] & 0x0f) | 0x50;
  digest[8] = (digest[8] & 0x3f) | 0x80;
  const hex = digest.toString('hex', 0, 16);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
};

/** An event's id follows from its command, its stream and its place in the append. */
const isOfAnotherStream = ({ stream, eventId }, metadata) => {
  for (let index = 0; index < 100; index += 1)
    if (uuidv5(`${metadata.commandId}\n${stream}\n${index}`) === eventId) return false;
  return true;
};

const checkEvents = (lines) => {
  const heads = new Map();
  const broken = new Set();
  let withheld = 0;
  for (const [index, line] of lines.entries()) {
    if (line.data === undefined) withheld += 1;
    if (broken.has(line.stream)) continue;
    const before = heads.get(line.stream);
    const head = headAfter(line, before);
    if (head) {
      heads.set(line.stream, head);
      continue;
    }
    broken.add(line.stream);
    const [zh, en] = whatIsWrong(line, before, lines.slice(index + 1));
    fail(
      `${line.stream} 第 ${line.revision} 号事件 (${line.eventId}):${zh}`,
      `${line.stream} revision ${line.revision} (event ${line.eventId}): ${en}`,
    );
  }
  return { heads, broken, withheld, events: lines.length };
};

const parsed = (text) => {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
};
const storedHash = (text) => /,"hash":"([0-9a-f]{64})"\}$/.exec(text)?.[1];
const withoutHash = (text) => `${text.slice(0, -TAIL)}}`;
const dataDigestOf = ({ data, dataDigest }) => (data === undefined ? dataDigest : sha256(data));

/** Where the stream stands after this event; undefined when anything about the event does not fit. */
const headAfter = (line, before) => {
  const metadata = parsed(line.metadata);
  const prev = before?.hash ?? ZEROS;
  const hash = hashOf(line, prev, dataDigestOf(line), withoutHash(line.metadata));
  const fits =
    line.revision === (before === undefined ? 0 : before.revision + 1) &&
    hash === storedHash(line.metadata) &&
    metadata.prev === prev &&
    metadata.recordedAt === line.recordedAt &&
    (before === undefined || metadata.recordedAt >= before.recordedAt) &&
    !isOfAnotherStream(line, metadata);
  return fits ? { revision: line.revision, hash, recordedAt: metadata.recordedAt } : undefined;
};

const whatIsWrong = (line, before, later) => {
  const due = before === undefined ? 0 : before.revision + 1;
  const metadata = parsed(line.metadata);
  const stored = storedHash(line.metadata);
  if (stored === undefined || metadata.prev === undefined)
    return ['元数据被改动:不再以哈希结尾', 'its metadata was changed: it does not end in a hash any more'];
  if (isOfAnotherStream(line, metadata))
    return ['其编号不属于本流:由别处移来', 'its id was not made for this stream: it was moved here from another one'];
  const own = later.filter(({ stream }) => stream === line.stream);
  if (own.some((one) => (line.revision > due && one.revision === due) || storedHash(one.metadata) === metadata.prev))
    return ['与其后的事件被调换', 'it was swapped with an event that stands behind it'];
  if (line.revision !== due)
    return [
      `缺少第 ${due} 号事件:中间的事件被删除`,
      `revision ${due} is missing before it: an event was deleted from the middle`,
    ];
  if (metadata.recordedAt !== line.recordedAt)
    return [
      `时间被改动:元数据为 ${metadata.recordedAt},旁注为 ${line.recordedAt}`,
      `its time was changed: ${metadata.recordedAt} in its metadata, ${line.recordedAt} beside it`,
    ];
  const hashWith = (dataDigest) => hashOf(line, metadata.prev, dataDigest, withoutHash(line.metadata));
  if (hashWith(dataDigestOf(line)) !== stored) {
    if (hashWith(line.dataDigest) !== stored)
      return ['元数据(何人、何时、何因)被改动', 'its metadata was changed: who, when or why'];
    return line.data.includes('"$p":[')
      ? ['内容被改动(含加密的个人信息)', 'its payload, which holds encrypted personal parts, was changed']
      : ['内容被改动', 'its payload was changed'];
  }
  if (metadata.prev !== (before?.hash ?? ZEROS))
    return ['与前一事件不相接:其中一个被替换', 'it does not name the event before it: one of the two was replaced'];
  return ['记录时间早于前一事件', 'it was recorded before the event before it'];
};

// Personal parts: each disclosed key opens one part of one event and nothing else

const openParts = (lines, lineageId) => {
  const counts = { opened: 0, sealed: 0, erased: 0 };
  for (const line of lines) {
    if (line.data === undefined) continue;
    let parts;
    try {
      parts = JSON.parse(line.data).$p ?? [];
    } catch {
      continue;
    }
    const { schemaVersion } = JSON.parse(line.metadata);
    for (const part of parts) {
      const key = line.keys?.find(({ subject }) => subject === part.subject)?.key;
      if (part.erased) counts.erased += 1;
      else if (key === undefined) counts.sealed += 1;
      else if (opens(part, key, [lineageId, line.stream, line.eventId, line.type, schemaVersion])) counts.opened += 1;
      else
        fail(
          `${line.stream} 第 ${line.revision} 号事件:披露的密钥打不开个人信息(密文或密钥被改动)`,
          `${line.stream} revision ${line.revision}: a disclosed key does not open its personal part: ciphertext or key was changed`,
        );
    }
  }
  return counts;
};

const opens = ({ nonce, commitment, ciphertext }, hexKey, place) => {
  try {
    const key = Buffer.from(hexKey, 'hex');
    if (sha256(Buffer.concat([Buffer.from('aftercare/1 key commitment\n'), key])) !== commitment) return false;
    const bytes = Buffer.from(ciphertext, 'base64');
    const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(nonce, 'hex'), { authTagLength: 16 });
    decipher.setAAD(Buffer.from(place.join('\n')));
    decipher.setAuthTag(bytes.subarray(-16));
    decipher.update(bytes.subarray(0, -16));
    decipher.final();
    return true;
  } catch {
    return false;
  }
};

// Heads: where each stream stood, proven against the anchor's root (RFC 6962)

const node = (left, right) => sha256(Buffer.from(`01${left}${right}`, 'hex'));

const rootOf = (leaf, { index, size, path }) => {
  let [at, last, digest] = [index, size - 1, leaf];
  if (!(index >= 0 && index < size)) return undefined;
  for (const beside of path) {
    if (last === 0) return undefined;
    if (at % 2 === 1 || at === last) {
      digest = node(beside, digest);
      while (at % 2 === 0 && at !== 0) [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
    } else digest = node(digest, beside);
    [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  }
  return last === 0 ? digest : undefined;
};

const checkHeads = ({ heads, broken }, proof, anchor) => {
  let proven = 0;
  for (const head of proof.heads) {
    if (broken.has(head.stream)) continue;
    const found = heads.get(head.stream);
    if (!found) {
      fail(
        `${head.stream} 整条被删除:锚点中有,文件中没有`,
        `${head.stream} was deleted as a whole: the anchor has it, the export does not`,
      );
      continue;
    }
    if (found.revision !== head.revision) {
      fail(
        `${head.stream} 止于第 ${found.revision} 号,锚点记载到第 ${head.revision} 号:最新的事件被删除或增补`,
        `${head.stream} ends at revision ${found.revision}, the anchor saw revision ${head.revision}: its newest events were deleted, or some were added`,
      );
      continue;
    }
    const leaf = sha256(
      Buffer.concat([Buffer.from([0]), Buffer.from(`${head.stream}\n${head.revision}\n${found.hash}`)]),
    );
    if (head.size !== anchor.streams || rootOf(leaf, head) !== anchor.root)
      fail(
        `${head.stream} 与锚点不符:哈希链自身完整,但不是当时锚定的历史(被重写)`,
        `${head.stream} is not what was anchored: its chain is whole in itself, but was written anew`,
      );
    else proven += 1;
  }
  for (const stream of heads.keys())
    if (!proof.heads.some((head) => head.stream === stream))
      fail(`${stream} 没有锚点证明`, `${stream} has no proof: no anchor covers it`);
  return proven;
};

// The manifest: which files there are, signed

const checkManifest = (files, manifest, keys) => {
  const signature = jsonOf(files, 'manifest.signature.json');
  const key = keys.find(({ keyId }) => keyId === signature.keyId);
  const text = `aftercare export/1\n${signature.keyId}\n${sha256(files.get('manifest.json'))}`;
  if (key && isSigned(text, signature.signature, key.publicKey))
    ok('清单签名有效', 'the manifest carries the signature of the company’s key');
  else
    fail('清单签名无效:清单被改动', 'the manifest does not carry the signature of a key in the ledger: it was altered');
  let same = 0;
  for (const [name, digest] of Object.entries(manifest.files)) {
    if (!files.has(name)) fail(`缺少文件 ${name}`, `${name} is missing`);
    else if (sha256(files.get(name)) !== digest)
      fail(`文件 ${name} 被改动`, `${name} is not the file that was exported: it was altered`);
    else same += 1;
  }
  ok(`${same} 个文件与清单一致`, `${same} files are those of the manifest`);
  for (const name of files.keys())
    if (!(name in manifest.files) && !['manifest.json', 'manifest.signature.json'].includes(name))
      note(`清单之外的文件:${name}`, `${name} is not in the manifest: it was added afterwards, nothing is known of it`);
};

// How new it is, and whose

const checkAge = (anchors, { anchor: file, notBefore }) => {
  const newest = anchors.at(-1);
  const days = Math.floor((Date.now() - Date.parse(newest.time)) / 86_400_000);
  note(
    `最新锚点:第 ${newest.number} 条,${newest.time}(按本机时钟已过 ${days} 天);此后发生的事不在其中`,
    `newest anchor: entry ${newest.number} of ${newest.time} (${days} days ago by this machine's clock); what happened later is not in here`,
  );
  if (notBefore !== undefined) {
    if (Number.isNaN(Date.parse(notBefore))) throw new Unreadable(`--not-before ${notBefore} is no date`);
    if (Date.parse(newest.time) < Date.parse(notBefore))
      fail(`早于要求的日期 ${notBefore}:这是一份旧的导出`, `it is older than ${notBefore}: an old export`);
    else ok(`不早于 ${notBefore}`, `it is not older than ${notBefore}`);
  }
  if (file !== undefined) checkRecent(anchors, file);
};

const checkRecent = (anchors, file) => {
  const newest = anchors.at(-1);
  const given = JSON.parse(readFileSync(file, 'utf8').split('\n')[0]);
  const own = anchors.find(({ number }) => number === given.number);
  if (own && digestOf(own) === digestOf(given))
    ok(`含有所给锚点(第 ${given.number} 条)`, `the anchor given, entry ${given.number}, is in its chain`);
  else if (own)
    fail(
      '与所给锚点不同:存在两套历史',
      `entry ${given.number} is another one than the anchor given: there are two histories`,
    );
  else if (given.number > newest.number)
    fail(
      `所给锚点更新(第 ${given.number} 条,${given.time}):这是一份旧的导出`,
      `the anchor given is newer (entry ${given.number} of ${given.time}): this is an old export, it ends at entry ${newest.number}`,
    );
  else note('所给锚点早于本导出的锚点', `the anchor given, entry ${given.number}, is older than the export's own`);
};

const tellReplacements = (keys) => {
  for (const { number, time, keyId } of keys.filter(isReplacement))
    note(
      `账本第 ${number} 条(${time})起改用密钥 ${short(keyId)},未经前一密钥签名(称已丢失):前后是否同一公司,签名不能证明`,
      `from entry ${number} of ${time} on key ${short(keyId)} signs, without the signature of the key before it, which is said to be lost: that the same company went on is not proven by a signature`,
    );
};

const checkTrust = (keys, known) => {
  const fingerprints = keys.map(({ keyId }) => keyId);
  const inLine = keysInLine(keys);
  const isKnown = ({ keyId }) => keyId.startsWith(known.toLowerCase()) && known.length >= 16;
  if (known === undefined)
    note(
      `未核对公钥来源。请与公司公布的指纹比对:${inLine[0]?.keyId}`,
      `whose keys these are was not checked: compare this fingerprint with the one the company publishes, or give it as --key`,
    );
  else if (inLine.some(isKnown))
    ok(`公钥指纹与所给相符 ${short(known)}`, 'the ledger is signed with the key that you know');
  else if (keys.some(isKnown))
    fail(
      `所给公钥 ${short(known)} 只签到第 ${inLine[0].number} 条之前,其后的密钥未经它签名`,
      `the key that you know signed no further than before entry ${inLine[0].number}; key ${short(inLine[0].keyId)} follows without its signature: ask the company for the fingerprint of its new key, or somebody else went on`,
    );
  else
    fail(
      `公钥指纹 ${short(fingerprints[0])} 与所给不符:由他人重新签名`,
      `the ledger is signed with ${fingerprints.map(short).join(', ')}, not with the key that you know: made anew by somebody else`,
    );
};

const linesOf = (files) => {
  const bytes = files.get('events.jsonl');
  if (!bytes) throw new Unreadable('events.jsonl is missing');
  return bytes
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line, index) => {
      try {
        return JSON.parse(line);
      } catch {
        throw new Unreadable(`line ${index + 1} of events.jsonl is no JSON: it was altered`);
      }
    });
};

const check = (path, options) => {
  const files = readExport(path);
  const manifest = jsonOf(files, 'manifest.json');
  const proof = jsonOf(files, 'proof.json');
  if (manifest.format !== 'aftercare-export/1' || proof.format !== 'aftercare-proof/1')
    throw new Unreadable('it is no export of a format that this program knows');
  console.log(`${manifest.title}  ${manifest.madeAt}`);

  const { keys, anchors } = checkLedger(proof);
  const anchor = anchors.find(({ number }) => number === proof.anchor);
  if (!anchor) throw new Unreadable(`anchor ${proof.anchor}, which it names, is missing`);
  if (failures === 0)
    ok(
      `账本:${keys.length} 个公钥、${anchors.length} 个锚点,签名有效,首尾相接`,
      `ledger: ${keys.length} keys and ${anchors.length} anchors, every signature valid, each naming the one before`,
    );

  const lines = linesOf(files);
  const events = checkEvents(lines);
  if (events.broken.size === 0)
    ok(
      `${events.events} 个事件、${events.heads.size} 条流:每个哈希都相符`,
      `${events.events} events in ${events.heads.size} streams: every hash matches`,
    );
  const proven = checkHeads(events, proof, anchor);
  if (proven > 0)
    ok(
      `${proven} 条流的末端由锚点 ${anchor.number}(${anchor.time})证明`,
      `the ends of ${proven} streams are proven by anchor ${anchor.number} of ${anchor.time}: nothing was cut off, nothing put in`,
    );
  const parts = openParts(lines, proof.lineageId);
  note(
    `个人信息:披露 ${parts.opened} 处,未披露 ${parts.sealed} 处,已删除 ${parts.erased} 处;${events.withheld} 个事件只留摘要`,
    `personal parts: ${parts.opened} disclosed, ${parts.sealed} sealed, ${parts.erased} erased; ${events.withheld} payloads withheld, their digests verify`,
  );
  checkManifest(files, manifest, keys);
  tellReplacements(keys);
  checkTrust(keys, options.key);
  checkAge(anchors, options);
};

const main = () => {
  const options = {};
  const names = { '--key': 'key', '--anchor': 'anchor', '--not-before': 'notBefore' };
  const here = dirname(fileURLToPath(import.meta.url));
  let path;
  const words = process.argv.slice(2);
  for (let at = 0; at < words.length; at += 1) {
    const option = names[words[at]];
    if (option !== undefined && words[at + 1] !== undefined) options[option] = words[(at += 1)];
    else if (option === undefined && path === undefined && !words[at].startsWith('--')) path = words[at];
    else throw new Unreadable('usage: node verify.mjs [export.zip | folder] [--key …] [--anchor …] [--not-before …]');
  }
  path ??= here;
  if (!existsSync(path)) throw new Unreadable(`there is no ${path}`);
  check(path, options);
  console.log(
    failures === 0
      ? '\n结论:与记录一致。 · Result: what it holds is what was recorded.'
      : `\n结论:${failures} 处不符,不可采信。 · Result: ${failures} things do not hold, do not rely on it.`,
  );
  return failures === 0 ? 0 : 1;
};

try {
  process.exitCode = main();
} catch (error) {
  console.log(`无法检查:${error.message} · it could not be checked: ${error.message}`);
  process.exitCode = 2;
}
