#!/usr/bin/env node
/**
 * Splits labelled customer messages into a half for tuning the lists and a half held out for measuring them.
 * The digest of the text decides, so a message can't change sides and nobody can choose which half it lands in.
 *
 *   node split.mjs <all.tsv>   writes tuning.tsv and held-out.tsv beside this script
 *   node split.mjs --check     verifies both files and prints the counts
 */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const HEADER = 'type\tsafety\ttext';
const TYPES = [
  'repair',
  'return-exchange',
  'enquiry',
  'parts-missing',
  'installation',
  'software-bug',
  'software-requirement',
  'complaint',
];
const HALVES = ['tuning', 'held-out'];

const fileOf = (half) => fileURLToPath(new URL(`${half}.tsv`, import.meta.url));
const digestOf = (text) => createHash('sha256').update(text, 'utf8').digest('hex');
const halfOf = (digest) => (parseInt(digest[0], 16) % 2 === 0 ? 'tuning' : 'held-out');
const byDigest = (a, b) => (a.digest < b.digest ? -1 : a.digest > b.digest ? 1 : 0);

function read(path) {
  const content = readFileSync(path, 'utf8');
  const [header, ...lines] = content.split('\n');
  const problems = [];
  if (header !== HEADER) problems.push(`${path}:1 header is not "type<TAB>safety<TAB>text"`);
  if (lines.pop() !== '') problems.push(`${path} does not end with a newline`);
  const rows = lines.map((line, index) => {
    const at = `${path}:${index + 2}`;
    const [type, safety, text = '', ...rest] = line.split('\t');
    if (rest.length > 0) problems.push(`${at} has more than three columns`);
    if (!TYPES.includes(type)) problems.push(`${at} unknown type "${type}"`);
    if (safety !== '0' && safety !== '1') problems.push(`${at} safety is "${safety}", not 0 or 1`);
    if (text === '' || text !== text.trim()) problems.push(`${at} text is empty or padded`);
    return { at, type, safety, text, digest: digestOf(text) };
  });
  return { rows, problems };
}

/** Messages that differ only in width or case count as the same: one must not sit on both sides. */
function duplicates(rows) {
  const seen = new Map();
  return rows.flatMap(({ at, text }) => {
    const key = text.normalize('NFKC').toLowerCase();
    const first = seen.get(key);
    if (first === undefined) seen.set(key, at);
    return first === undefined ? [] : [`${at} repeats ${first}`];
  });
}

function printCounts(name, rows) {
  const count = (matches) => rows.filter(matches).length;
  console.log(`${name}: ${rows.length} messages, safety=1 in ${count((row) => row.safety === '1')}`);
  for (const type of TYPES) {
    const all = count((row) => row.type === type);
    console.log(
      `  ${type.padEnd(22)}${String(all).padStart(4)}  safety=1 ${String(count((row) => row.type === type && row.safety === '1')).padStart(4)}`,
    );
  }
}

function stopOn(problems) {
  if (problems.length === 0) return;
  for (const problem of problems) console.error(problem);
  process.exit(1);
}

function split(path) {
  const { rows, problems } = read(path);
  stopOn([...problems, ...duplicates(rows)]);
  for (const half of HALVES) {
    const mine = rows.filter((row) => halfOf(row.digest) === half).sort(byDigest);
    writeFileSync(
      fileOf(half),
      [HEADER, ...mine.map((row) => `${row.type}\t${row.safety}\t${row.text}`), ''].join('\n'),
    );
    printCounts(half, mine);
  }
}

function check() {
  const halves = HALVES.map((half) => ({ half, ...read(fileOf(half)) }));
  const problems = halves.flatMap(({ half, rows, problems: found }) => [
    ...found,
    ...rows.filter((row) => halfOf(row.digest) !== half).map((row) => `${row.at} belongs in ${halfOf(row.digest)}.tsv`),
    ...rows.slice(1).flatMap((row, index) => (byDigest(rows[index], row) > 0 ? [`${row.at} is out of order`] : [])),
  ]);
  stopOn([...problems, ...duplicates(halves.flatMap(({ rows }) => rows))]);
  for (const { half, rows } of halves) printCounts(half, rows);
  printCounts(
    'both',
    halves.flatMap(({ rows }) => rows),
  );
}

const [argument] = process.argv.slice(2);
if (argument === '--check') check();
else if (argument !== undefined) split(argument);
else {
  console.error('usage: node split.mjs <all.tsv> | --check');
  process.exit(2);
}
