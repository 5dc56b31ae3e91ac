/**
 * Makes samples/share and samples/expected.json: a small share of a made-up agency, and what must be found in it. The same run gives the same
 * bytes. `node test/tools/make-samples.mjs [--out FOLDER]`
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { benefitSamples } from './samples/benefit.mjs';
import { counselSamples } from './samples/counsel.mjs';
import { coverageSamples } from './samples/coverage.mjs';
import { harmlessSamples } from './samples/harmless.mjs';
import { layoutSamples } from './samples/layouts.mjs';
import { sharedSamples } from './samples/shared.mjs';
import { AS_OF, ageDays, countTruth, verdictOf } from './truth.mjs';

/** Folders that are not 0755. */
const FOLDERS = { '保管庫（限定）': '0700' };
const DEFAULTS = { mode: 0o644, modified: '2026-09-14T10:20:00+09:00', password: 'none', examined: 'full' };

function expectationOf(sample) {
  const file = { ...DEFAULTS, ...sample };
  file.access ??= file.mode & 0o077 ? 'open' : 'restricted';
  const truth = countTruth(file.records);
  const counted = Object.values(truth.records).reduce((sum, count) => sum + count, 0);
  return {
    path: file.path,
    format: file.format,
    sizeBytes: file.bytes.length,
    mode: `0${file.mode.toString(8)}`,
    modifiedAt: file.modified,
    ageDays: ageDays(file.modified),
    examined: file.examined,
    ...(file.problem ? { problem: file.problem } : {}),
    password: file.password,
    access: file.access,
    verdict: verdictOf(file, counted),
    ...truth,
    ...(file.members ? { members: file.members.map(({ name, format, records }) => ({ name, format, ...countTruth(records) })) } : {}),
    note: file.note,
  };
}

function countBy(files, key) {
  const counts = {};
  for (const file of files) counts[file[key]] = (counts[file[key]] ?? 0) + 1;
  return counts;
}

export function makeSamples() {
  const samples = [
    ...benefitSamples(),
    ...coverageSamples(),
    ...counselSamples(),
    ...sharedSamples(),
    ...harmlessSamples(),
    ...layoutSamples(),
  ];
  const files = samples.map(expectationOf);
  const totals = {
    enumerated: files.length,
    byVerdict: countBy(files, 'verdict'),
    byExamined: countBy(files, 'examined'),
    ...countTruth(samples.flatMap(({ records }) => records)),
  };
  return { samples, expected: { asOf: AS_OF, limitDays: 365, folders: FOLDERS, files, totals } };
}

export function writeSamples(folder) {
  const { samples, expected } = makeSamples();
  rmSync(join(folder, 'share'), { recursive: true, force: true });
  for (const { path, bytes } of samples) {
    const target = join(folder, 'share', path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, bytes);
  }
  writeFileSync(join(folder, 'expected.json'), `${JSON.stringify(expected, null, 2)}\n`);
  return expected;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({ options: { out: { type: 'string', default: fileURLToPath(new URL('../../samples', import.meta.url)) } } });
  const { totals } = writeSamples(values.out);
  console.log(`${totals.enumerated} files in ${join(values.out, 'share')}: ${JSON.stringify(totals)}`);
}
