/**
 * The corpus of real documents beside the project: one record for each file, its protection told right, and every text that a person sees in a document found by the
 * extractors. Texts are asked of the extractors in this process and compared here; nothing of them is kept or printed but what the manifest itself says.
 * Usage: node test/tools/documents.mjs [FOLDER], after a build; needs python3. Skips itself where the folder is absent.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { megabytes } from './measure.mjs';
import { assertBuilt, measureScan, PROJECT } from './run-program.mjs';

const WALL_S_MAX = 60;
const FAULTS = ['crashed', 'timed-out', 'out-of-memory', 'unexpected'];
/** The scorer's words: a default password protects nothing, a weak one is a password. */
const LABELS = { set: 'protected', weak: 'weak', default: 'default-password', partial: 'partial', none: 'none', unknown: 'unknown' };

/**
 * Texts of the manifest that nobody sees who opens the document, each looked at by hand: the list was made by searching the bytes. Where a file is listed here and
 * its text is found all the same, the line is out of date and is told.
 */
const UNSEEN = {
  'eml/tika__testRFC822_dkim.eml':
    'the name of a header of transport that mail programs do not show; From, To, Subject and the body are read',
  'html/poi__quick.html': 'part of an attribute of a meta tag',
  'pdf/pdfminer.six__kampo.pdf': 'one character each of twelve vertical lines, taken across the page: no line of it reads so',
  'ppt/oletools__embedded-simple-2007.ppt': 'the name of the theme of the master',
  'ppt/poi__WithMaster.ppt': 'the name of the theme of the master, and of the program that saved the file',
  'ppt/poi__table_test.ppt': 'the name of the theme of the master, and of the program that saved the file; the table on the slide is empty',
};

const folder = process.argv[2] ?? join(PROJECT, '../shared/corpus/documents');
const manifest = join(folder, 'manifest.tsv');
if (!existsSync(manifest)) {
  console.log(`skipped: ${basename(folder)}/manifest.tsv is not there`);
  process.exit(0);
}
assertBuilt();
const { memorySource } = await import('../../dist/src/container/memory-source.js');
const { sniff } = await import('../../dist/src/extract/sniff.js');
const { extractorsFor } = await import('../../dist/src/extract/registry.js');
const { cellText } = await import('../../dist/detectors/contract.js');

function readManifest() {
  const [head, ...lines] = readFileSync(manifest, 'utf8').split('\n').filter(Boolean);
  const names = head.split('\t');
  return lines.map((line) => Object.fromEntries(line.split('\t').map((value, at) => [names[at], value])));
}

let failed = false;
function check(what, figure, bound, holds) {
  if (!holds) failed = true;
  console.log(`${holds ? 'ok  ' : 'FAIL'} ${what}: ${figure}   (bound: ${bound})`);
}

/** All text of a source and its members, by the readers that the program would ask; problems are told as codes. */
async function textOf(source, passwords, depth = 0) {
  const { format } = sniff(source);
  const told = [];
  for (const extractor of extractorsFor(format)) {
    let text = '';
    const context = { format, passwords, problem: (code, detail) => told.push(`${code}: ${detail}`), unpacked() {} };
    try {
      for await (const block of extractor.read(source, context)) {
        if (block.kind === 'text') text += `${block.text}\n`;
        else if (block.kind === 'table')
          for (const batch of block.rows) for (const row of batch.rows) text += `${row.map((cell) => cellText(cell)).join('\t')}\n`;
        else if (depth < 5) text += (await textOf(block.source, passwords, depth + 1)).text;
      }
    } catch (error) {
      told.push(`${error.code ?? error.name}: ${error.detail ?? ''}`);
    }
    if (text) return { text, told, format };
  }
  return { text: '', told, format };
}

/** Spaces and line breaks fall where a page ends a line, so they prove nothing. */
const folded = (text) => text.normalize('NFKC').replace(/\s+/gu, '').toLowerCase();

async function lookForTexts(rows) {
  let [wanted, found] = [0, 0];
  const missed = [];
  const unseen = [];
  for (const { path, must_find: mustFind, password, expected_readable: readable } of rows) {
    if (!mustFind) continue;
    const passwords = password ? [password] : [];
    const { text, told, format } = await textOf(memorySource(basename(path), readFileSync(join(folder, path))), passwords);
    const have = folded(text);
    for (const needle of mustFind.split('|').filter(Boolean)) {
      wanted++;
      const reason = UNSEEN[path];
      if (have.includes(folded(needle))) {
        found++;
        if (reason) missed.push(`${path}: found, though listed as unseen`);
      } else if (reason) unseen.push(`${path}: ${reason}`);
      else
        missed.push(
          `${path} (${format}, readable: ${readable}): “${needle}”; ${text.length} characters read; ${told.join('; ') || 'no problem told'}`,
        );
    }
  }
  return { wanted, found, missed, unseen };
}

const rows = readManifest();
const scratch = mkdtempSync(join(tmpdir(), 'mimawari-documents-'));
try {
  const run = await measureScan(folder, join(scratch, 'out'), ['--workers', '2', '--quiet']);
  const own = new Map();
  for (const line of run.lines) if (line.member === null) own.set(line.path, [...(own.get(line.path) ?? []), line]);
  const missing = rows.filter(({ path }) => own.get(path)?.length !== 1).map(({ path }) => path);
  const faults = run.lines.flatMap(({ path, member, problems }) =>
    problems
      .filter(({ code }) => FAULTS.includes(code))
      .map(({ code, detail, stage }) => `${path}${member ? ` ${member}` : ''}: ${code} (${stage}: ${detail})`),
  );
  for (const line of [...missing.map((path) => `not exactly one record: ${path}`), ...faults]) console.log(`     ${line}`);
  check('documents with exactly one record', rows.length - missing.length, rows.length, missing.length === 0);
  check(FAULTS.join(', '), faults.length, 0, faults.length === 0);
  check('time', `${run.wallS.toFixed(1)} s (CPU ${run.cpuS.toFixed(1)} s)`, `≤ ${WALL_S_MAX} s`, run.wallS <= WALL_S_MAX);
  check('peak PSS of the tree', `${megabytes(run.peakPssBytes)} MB`, '≤ 1024 MB', run.peakPssBytes <= 1024 * 1048576);

  const results = join(scratch, 'results.jsonl');
  const scored = [...own].map(([path, [line]]) => ({
    path,
    protection: LABELS[line.password.state],
    scheme: line.password.scheme,
    error: line.password.state === 'unknown' ? (line.problems[0]?.code ?? '') : '',
  }));
  writeFileSync(results, scored.map((line) => `${JSON.stringify(line)}\n`).join(''));
  const score = spawnSync('python3', [join(folder, 'score_protection.py'), results, manifest], { encoding: 'utf8' });
  console.log(score.stdout.trimEnd());

  const { wanted, found, missed, unseen } = await lookForTexts(rows);
  for (const line of unseen) console.log(`     nobody sees it: ${line}`);
  for (const line of missed) console.log(`     not as listed: ${line}`);
  check('texts that a person sees, found', `${found} of ${wanted - unseen.length}`, 'all', missed.length === 0);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
process.exitCode = failed ? 1 : 0;
