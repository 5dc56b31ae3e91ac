/**
 * All forms of report of one sweep say the same sums, and the manifests say them too: for the sample share, and for the corpus share where it is present. The
 * same of what no row of a file tells: piles of personal data and the register of exceptions.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { layOut } from '../lay-out.mjs';
import { readCsv } from '../plain-csv.mjs';
import { PROJECT, readJsonl, runProgram } from '../run-program.mjs';
import { restoreShare, shareIsThere } from '../score-share.mjs';

export const summary =
  'CSV, JSONL, workbook, page and department files of the sample and the corpus share: equal sums, piles and exceptions; manifests that verify';

const CLASSES = { four: '4 items (records)', three: '3 items (records)', two: '2 items (records)', other: 'Other (records)' };
const FURTHER_SHEETS = ['Piles', 'Exceptions'];
const OWN_SHEETS = ['Summary', 'Columns', ...FURTHER_SHEETS];
/** One that excuses some files, one that fits nothing, one that has ended. */
const POLICY = `pile: {folder: 5, reader: 5}
exceptions:
  - {path: "**/*.csv", reason: a, approver: b, expires: 2999-12-31}
  - {path: no-such-folder/, reason: a, approver: b, expires: 2999-12-30}
  - {path: "**", reason: a, approver: b, expires: 2020-01-01}
`;

/** Sums of a table by its header: rows without members, members, verdicts, records. */
function sumsOf([head, ...rows]) {
  const at = Object.fromEntries(head.map((name, column) => [name, column]));
  const own = rows.filter((row) => String(row[at.Member] ?? '') === '');
  const count = (column, value) => own.filter((row) => row[at[column]] === value).length;
  const byVerdict = Object.fromEntries(
    [...new Set(own.map((row) => row[at['Verdict code']]))].map((verdict) => [verdict, count('Verdict code', verdict)]),
  );
  const records = Object.fromEntries(
    Object.entries(CLASSES).map(([klass, name]) => [klass, own.reduce((sum, row) => sum + Number(row[at[name]] || 0), 0)]),
  );
  return { enumerated: own.length, members: rows.length - own.length, byVerdict, records };
}

const text = ({ enumerated, members, byVerdict, records }) => {
  const verdicts = Object.entries(byVerdict).filter(([, count]) => count > 0);
  return JSON.stringify([enumerated, members, verdicts.sort(), Object.values(records)]);
};

async function sheetRows(file, isWanted) {
  const load = (name) => import(pathToFileURL(join(PROJECT, 'dist', 'src', name)).href);
  const [{ memorySource }, { xlsxExtractor }] = await Promise.all(['container/memory-source.js', 'extract/xlsx.js'].map(load));
  const context = { format: 'xlsx', passwords: [], problem: () => {}, unpacked: () => {} };
  const rows = [];
  for await (const block of xlsxExtractor.read(memorySource('x.xlsx', readFileSync(file)), context)) {
    if (block.kind !== 'table' || !isWanted(block.where.sheet)) continue;
    const all = [...block.rows]
      .flatMap((batch) => batch.rows)
      .map((row) => row.map((cell) => (typeof cell === 'string' ? cell : cell.isDate ? cell.text : cell.value)));
    rows.push(...(rows.length === 0 ? all : all.slice(1)));
  }
  return rows;
}

/** What a reader of the page sees: the rows of its list, the feet of its tables (persons), and the sentence that tells the files inside others. */
function pageSums(file) {
  const page = readFileSync(file, 'utf8');
  const english = page.slice(page.indexOf('<div data-lang="en"'));
  const { profiles, holdings, columns } = JSON.parse(/id="data">(.*?)<\/script>/s.exec(page)[1]);
  const verdicts = columns.profile.map((profile) => profiles[profile].verdict);
  const byVerdict = Object.fromEntries([...new Set(verdicts)].map((code) => [code, verdicts.filter((one) => one === code).length]));
  const sumOf = (at) => columns.holding.reduce((sum, holding) => sum + (holdings[holding][at] ?? 0), 0);
  const records = { four: sumOf(0), three: sumOf(1), two: sumOf(2), other: sumOf(3) };
  const leak = /<section class="leak".*?<\/section>/s.exec(english)[0];
  const feet = [.../<tfoot>.*<\/tfoot>/s.exec(leak)[0].matchAll(/class="number">([\d,]+)/g)].map(([, written]) =>
    Number(written.replaceAll(',', '')),
  );
  const [, members = '0'] = /files inside archives, mails and documents: ([\d,]+)/.exec(english) ?? [];
  return { enumerated: verdicts.length, members: Number(members.replaceAll(',', '')), byVerdict, records, feet };
}

/** The rows of a part of the page, in English: the numbers of its cells, and what stands in bold. */
function pageRows(file, part) {
  const page = readFileSync(file, 'utf8');
  const english = page.slice(page.indexOf('<div data-lang="en"'));
  const [body] = /<tbody>.*?<\/tbody>/s.exec(new RegExp(`<section class="${part}".*?</section>`, 's').exec(english)[0]);
  return body.split('</tr>').slice(0, -1);
}

const numbersIn = (row) => [...row.matchAll(/class="number">([\d,]+)/g)].map(([, written]) => Number(written.replaceAll(',', '')));

async function proveFurther(name, at, check) {
  const { lines, run } = readJsonl(at('r.jsonl'));
  const { piles, exceptions } = run;
  const told = JSON.stringify(piles.map(({ persons, bound }) => [persons, bound]));
  const [pileSheet, exceptionSheet] = await Promise.all(
    FURTHER_SHEETS.map(async (sheet) => (await sheetRows(at('r.xlsx'), (one) => one === sheet)).slice(1)),
  );
  const sheet = JSON.stringify(pileSheet.map((row) => [Number(row[2]), Number(row[3])]));
  check(`${name}: piles of the workbook`, pileSheet.length, `as the JSONL: ${piles.length}`, piles.length > 0 && sheet === told);
  const shown = pageRows(at('r.html'), 'piles').map(numbersIn);
  const first = JSON.stringify(piles.slice(0, shown.length).map(({ persons, bound }) => [persons, bound]));
  check(
    `${name}: piles of the page`,
    shown.length,
    `the first 50 of ${piles.length}`,
    JSON.stringify(shown) === first && shown.length === Math.min(50, piles.length),
  );
  const stated = ['r.csv', 'r.jsonl', 'r.xlsx', 'r.html'].map(
    (file) => JSON.parse(readFileSync(at(`${file}.manifest.json`), 'utf8')).counts.piles,
  );
  check(
    `${name}: piles by the manifests`,
    stated.join(),
    piles.length,
    stated.every((count) => count === piles.length),
  );
  const excused = lines.filter(({ member, reasons }) => member === null && reasons.includes('excepted')).length;
  const files = exceptions.map((one) => one.files);
  check(
    `${name}: violations excused, by the register`,
    files.join(),
    `0,0,${excused}, as the lines say`,
    files.join() === `0,0,${excused}` && excused > 0,
  );
  const ofSheet = exceptionSheet.map((row) => Number(row[5]));
  const ofPage = pageRows(at('r.html'), 'exceptions').map((row) => numbersIn(row)[0]);
  check(
    `${name}: the same in workbook and page`,
    `${ofSheet} / ${ofPage}`,
    `${files} / ${files}`,
    ofSheet.join() === files.join() && ofPage.join() === files.join(),
  );
  const idle = exceptions.map((one) => one.idle).join();
  check(`${name}: exceptions that fit nothing`, idle, ',true,false', idle === ',true,false');
}

async function proveShare(name, share, scratch, check, say) {
  const at = (file) => join(scratch, name, file);
  mkdirSync(at(''), { recursive: true });
  const outputs = ['csv', 'jsonl', 'xlsx', 'html'].flatMap((form) => [`--${form}`, at(`r.${form}`)]);
  writeFileSync(at('policy.yaml'), POLICY);
  runProgram([
    'scan',
    share,
    '--inventory',
    at('i.db'),
    '--policy',
    at('policy.yaml'),
    '--quiet',
    '--lang',
    'en',
    ...outputs,
    '--by-department',
    at('parts'),
  ]);
  const { lines, run } = readJsonl(at('r.jsonl'));
  const own = lines.filter(({ member }) => member === null);
  const verdicts = [...new Set(own.map(({ verdict }) => verdict))];
  const parts = JSON.parse(readFileSync(at('parts/manifest.json'), 'utf8')).files.map((part) =>
    readCsv(readFileSync(at(`parts/${part.name}`), 'utf8').slice(1)),
  );
  const sums = {
    JSONL: {
      enumerated: own.length,
      members: lines.length - own.length,
      byVerdict: Object.fromEntries(verdicts.map((verdict) => [verdict, own.filter((line) => line.verdict === verdict).length])),
      records: Object.fromEntries(Object.keys(CLASSES).map((klass) => [klass, own.reduce((sum, { records }) => sum + records[klass], 0)])),
    },
    CSV: sumsOf(readCsv(readFileSync(at('r.csv'), 'utf8').slice(1))),
    workbook: sumsOf(await sheetRows(at('r.xlsx'), (sheet) => !OWN_SHEETS.includes(sheet))),
    page: pageSums(at('r.html')),
    'department files': sumsOf([parts[0][0], ...parts.flatMap((rows) => rows.slice(1))]),
  };
  const manifests = ['r.csv', 'r.jsonl', 'r.xlsx', 'r.html'].map((file) => `${file}.manifest.json`);
  for (const file of [...manifests, 'parts/manifest.json']) sums[`manifest ${file}`] = JSON.parse(readFileSync(at(file), 'utf8')).counts;
  say(`${name}: ${run.enumerated} files, ${run.members} inside them, ${run.persons} persons`);
  const stated = text(run);
  for (const [form, one] of Object.entries(sums))
    check(`${name}: ${form}`, text(one) === stated ? 'equal' : text(one), `the run: ${stated}`, text(one) === stated);
  const recordSum = Object.values(run.records).reduce((sum, count) => sum + count, 0);
  const [records, , persons] = sums.page.feet;
  check(
    `${name}: records and persons at the feet of the page`,
    `${records}, ${persons}`,
    `${recordSum}, ${run.persons}`,
    records === recordSum && persons === run.persons,
  );
  await proveFurther(name, at, check);
  const codes = [...manifests, 'parts/manifest.json'].map((file) => runProgram(['verify', at(file)]).exitCode);
  check(
    `${name}: verify`,
    codes.join(),
    '0,0,0,0,0',
    codes.every((code) => code === 0),
  );
  const page = readFileSync(at('r.html'));
  page[page.length >> 1] ^= 1;
  writeFileSync(at('r.html'), page);
  const { exitCode, stdout } = runProgram(['verify', at('r.html.manifest.json'), '--json']);
  check(`${name}: verify after one changed byte`, exitCode, 1, exitCode === 1 && stdout.includes('"difference":"content"'));
}

export async function prove({ scratch, check, say }) {
  const samples = join(scratch, 'samples');
  layOut(samples);
  await proveShare('sample share', samples, scratch, check, say);
  if (!shareIsThere()) {
    say('the corpus share is not present here: left out');
    return;
  }
  const corpus = join(scratch, 'corpus');
  restoreShare(corpus, scratch);
  await proveShare('corpus share', corpus, scratch, check, say);
}
