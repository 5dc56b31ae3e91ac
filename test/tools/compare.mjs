/**
 * `npm run compare -- OLD NEW FOLDER [--list 10] [--as-of 2026-11-21]`: what two builds of the program (checkouts with bin/ and dist/) find in the files of a
 * folder: findings won and lost by kind, and record totals that differ. Values are shown masked. Exits 0 when equal, 1 when different, 2 when it could not compare.
 */
import { randomBytes } from 'node:crypto';
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { compareFindings, countByKind } from './compare-findings.mjs';
import { examineFiles, listFiles, loadBuild } from './examine-files.mjs';
import { readParameters, refuse } from './parameters.mjs';

const USAGE = 'usage: npm run compare -- OLD NEW FOLDER [--list 10] [--as-of YYYY-MM-DD]';
const { values, positionals } = readParameters(USAGE, {
  allowPositionals: true,
  options: { list: { type: 'string', default: '10' }, 'as-of': { type: 'string' } },
});
const [old, fresh, folder] = positionals;
const shown = Number(values.list);
const asOfMs = values['as-of'] === undefined ? Date.now() : Date.parse(`${values['as-of']}T12:00:00`);
if (positionals.length !== 3 || !(shown >= 0) || Number.isNaN(asOfMs)) {
  console.error(USAGE);
  process.exit(2);
}
if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) refuse(`${folder}: no such folder`, USAGE);

const TITLES = { won: 'won', lost: 'lost', surer: 'surer', lessSure: 'less sure' };
/** Control, bidirectional and escape characters of a name are shown, not sent to the terminal. */
const shownText = (text) => text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (char) => `\\u{${char.codePointAt(0).toString(16)}}`);

function lineOf({ path, finding, from, to }) {
  const { member, where, start, end, masked, confidence, why } = finding;
  const file = member === null ? path : `${path} > ${member}`;
  const place = Object.entries(where).map(([name, value]) => `${name} ${value}`);
  return shownText(
    `  ${finding.kind}  ${masked}  ${from ? `${from} → ${to}` : confidence}  ${file}  ${place.join(', ')}  ${start + 1}-${end}  ${why.join(', ')}`,
  );
}

function print(difference, files) {
  const kinds = Object.entries(countByKind(difference)).sort();
  console.log(
    `${files} files\n\n${'kind'.padEnd(24)}${Object.values(TITLES)
      .map((title) => title.padStart(10))
      .join('')}`,
  );
  for (const [kind, counts] of kinds)
    console.log(
      `${kind.padEnd(24)}${Object.keys(TITLES)
        .map((name) => String(counts[name]).padStart(10))
        .join('')}`,
    );
  if (kinds.length === 0) console.log('no finding differs');
  for (const [name, title] of Object.entries(TITLES)) {
    if (difference[name].length === 0) continue;
    console.log(`\n${title}: ${difference[name].length}`);
    // Some of each kind: a column of a thousand names would hide the one number that was lost.
    for (const [kind] of kinds)
      for (const one of difference[name].filter(({ finding }) => finding.kind === kind).slice(0, shown)) console.log(lineOf(one));
  }
  console.log(`\nfiles whose totals differ: ${difference.totals.length}`);
  for (const { path, before, after } of difference.totals.slice(0, shown)) console.log(`  ${shownText(path)}\n    ${before}\n    ${after}`);
}

try {
  const root = resolve(folder);
  const paths = listFiles(root);
  const options = { asOfMs, key: randomBytes(32) };
  const builds = await Promise.all([loadBuild(old), loadBuild(fresh)]);
  // One worker a build: two processes at a time, and neither build's speed is measured here.
  const [before, after] = await Promise.all(builds.map((build) => examineFiles(build, root, paths, options)));
  const difference = compareFindings(before, after);
  print(difference, paths.length);
  process.exitCode = Object.values(difference).some((list) => list.length > 0) ? 1 : 0;
} catch (error) {
  console.error(error.message);
  process.exitCode = 2;
}
