// Measures the detectors on labelled text of the shared test corpus: full names in prose (odd lines, which training never saw) by strength,
// addresses by how much of them is covered, and speed. Usage: node test/tools/score-detectors.mjs [CORPUS_FOLDER] [PROSE_FILE…]; matches in the
// prose files, which should hold no persons, are counted and shown.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createDetectors } from '../../dist/detectors/registry.js';
import { openLexicon } from '../../dist/src/lexicon/open.js';

const [folder = join(dirname(fileURLToPath(import.meta.url)), '../../../shared/corpus'), ...proseFiles] = process.argv.slice(2);
const SITE = { labels: {}, names: [], places: [], known: [], off: [] };
const detectors = createDetectors({ lexicon: openLexicon(), site: SITE, asOf: { year: 2026, month: 11, day: 21 } });

const linesOf = (file) => readFileSync(file, 'utf8').split('\n');
const counted = (text, kind) => detectors.find(text).filter((match) => match.kind === kind && match.strength !== 'weak');
const percent = (part, whole) => `${((100 * part) / Math.max(1, whole)).toFixed(1)} %`;
const unitOf = (text, point) => [...text].slice(0, point).join('').length;

function scoreNames(parity) {
  const labels = new Map();
  for (const line of linesOf(join(folder, 'names/labels.jsonl'))) {
    if (line === '') continue;
    const label = JSON.parse(line);
    labels.set(label.line, [...(labels.get(label.line) ?? []), label]);
  }
  const tally = { labels: 0, found: 0 };
  const byStrength = { certain: [0, 0], likely: [0, 0], weak: [0, 0] };
  linesOf(join(folder, 'names/data/wiki_stockmark.txt')).forEach((text, index) => {
    if ((index + 1) % 2 !== parity) return;
    const names = (labels.get(index + 1) ?? []).map((label) => ({
      start: unitOf(text, label.start),
      end: unitOf(text, label.end),
      full: label.form === 'full',
    }));
    const matches = detectors.find(text).filter((match) => match.kind === 'name');
    const touches = (match, name) => match.start < name.end && name.start < match.end;
    for (const name of names.filter(({ full }) => full)) {
      tally.labels++;
      if (matches.some((match) => match.strength !== 'weak' && touches(match, name))) tally.found++;
    }
    for (const match of matches) {
      const touched = names.filter((name) => touches(match, name));
      if (touched.length > 0 && !touched.some(({ full }) => full)) continue;
      byStrength[match.strength][touched.length > 0 ? 0 : 1]++;
    }
  });
  const right = byStrength.certain[0] + byStrength.likely[0];
  const precision = right / Math.max(1, right + byStrength.certain[1] + byStrength.likely[1]);
  const recall = tally.found / Math.max(1, tally.labels);
  const f1 = (2 * precision * recall) / Math.max(1e-9, precision + recall);
  process.stdout.write(
    `names, ${parity ? 'odd' : 'even'} lines: precision ${precision.toFixed(3)} recall ${recall.toFixed(3)} F1 ${f1.toFixed(3)}`,
  );
  for (const [strength, [good, bad]] of Object.entries(byStrength))
    process.stdout.write(`; ${strength} ${good + bad}, right ${percent(good, good + bad)}`);
  process.stdout.write('\n');
}

function scoreAddresses() {
  const lines = linesOf(join(folder, 'addresses/addresses.txt')).filter((line) => line !== '');
  const covers = lines.map((line) => counted(line, 'address').reduce((sum, match) => sum + match.end - match.start, 0) / line.length);
  const found = covers.filter((cover) => cover > 0).length;
  const most = covers.filter((cover) => cover >= 0.9).length;
  process.stdout.write(
    `addresses: ${lines.length}, found ${percent(found, lines.length)}, nine tenths covered ${percent(most, lines.length)}\n`,
  );
}

function measureSpeed(name, lines) {
  const bytes = Buffer.byteLength(lines.join('\n'));
  const turns = Math.max(2, Math.ceil(4_000_000 / bytes));
  for (const line of lines) detectors.find(line);
  const before = process.cpuUsage().user;
  for (let turn = 0; turn < turns; turn++) for (const line of lines) detectors.find(line);
  const seconds = (process.cpuUsage().user - before) / 1e6;
  process.stdout.write(`speed, ${name}: ${((bytes * turns) / 1e6 / seconds).toFixed(1)} MB of UTF-8 a CPU second\n`);
}

function measureCells() {
  const rows = [];
  for (let row = 0; row < 5_000; row++)
    rows.push([`${1000 + (row % 9000)}-${100_000 + row}`, '山田　太郎', 'ﾔﾏﾀﾞ ﾀﾛｳ', '昭和30年3月4日', `東京都千代田区霞が関1-2-${row}`]);
  const roles = ['pension-number/whole', 'name/whole', 'name/kana', 'birthdate/whole', 'address/whole'].map((key) => {
    const [kind, part] = key.split('/');
    return detectors.list.find((one) => one.kind === kind).roles.find((role) => role.part === part);
  });
  const bytes = Buffer.byteLength(rows.flat().join(','));
  let accepted = 0;
  const before = process.cpuUsage().user;
  for (let turn = 0; turn < 4; turn++) {
    for (const row of rows) {
      roles.forEach((role, column) => {
        if (role.cell(row[column], true) !== null && role.normal(row[column]) !== '') accepted++;
      });
    }
  }
  const seconds = (process.cpuUsage().user - before) / 1e6;
  process.stdout.write(
    `speed, cells: ${Math.round(accepted / seconds / 1000)} thousand a CPU second, ${((bytes * 4) / 1e6 / seconds).toFixed(1)} MB\n`,
  );
}

if (existsSync(folder)) {
  scoreNames(0);
  scoreNames(1);
  scoreAddresses();
  measureSpeed('prose', linesOf(join(folder, 'names/data/wiki_stockmark.txt')));
  measureSpeed('addresses', linesOf(join(folder, 'addresses/addresses.txt')));
} else process.stdout.write(`${folder} is absent: nothing to score\n`);
measureCells();
for (const file of proseFiles) {
  const lines = linesOf(file);
  const shown = lines.flatMap((line) =>
    detectors
      .find(line)
      .filter((match) => match.strength !== 'weak')
      .map((match) => `${match.kind}:${line.slice(match.start, match.end)}`),
  );
  const megabytes = Buffer.byteLength(lines.join('\n')) / 1e6;
  process.stdout.write(`${file}: ${shown.length} in ${megabytes.toFixed(2)} MB: ${shown.slice(0, 40).join(' ')}\n`);
  measureSpeed('this file', lines);
}
