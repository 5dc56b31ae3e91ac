/** A table of sums (`leak`, `declared`) as a file, with the manifest by which it can be checked: which sweep it was made from, and what that sweep counted. */
import { basename } from 'node:path';
import type { Lang } from '../../detectors/contract.js';
import { UsageError } from '../problem.js';
import { judgedEntries, judgedFindings, judgedGroups } from './judged.js';
import type { LastRun } from './last-run.js';
import type { Given } from './options.js';
import { assertWritable, writeReport } from './output.js';
import { refuseBelowRoots } from './paths.js';
import { MANIFEST_ENDING, writeManifest } from './reports.js';
import { CountedRows } from './row-counts.js';
import { readSigner } from './signing.js';
import { Tally } from './tally.js';
import { keptFiles } from './targets.js';

/** Whatever is wrong with its place or key is told before anything is counted. `inputs`: files that the command reads, not to be written over. */
export function checkTable(given: Given, roots: readonly string[], inputs: readonly string[] = []): void {
  const { csv, sign } = given;
  if (sign !== undefined) {
    if (csv === undefined || csv === '-')
      throw new UsageError({ ja: '--sign: 署名する報告のファイルがありません', en: '--sign: there is no file of a report to sign' });
    readSigner(sign);
  }
  if (csv === undefined) return;
  if (csv !== '-') refuseBelowRoots(csv, 'report', roots);
  assertWritable(csv, keptFiles(given, inputs));
}

/** `pieces`: the heading, then a row each. `scope`: the part of the share that it is of; null for all of it. */
export function writeTable(
  form: 'leak' | 'declared',
  pieces: Iterable<string>,
  last: LastRun,
  given: Given,
  lang: Lang,
  scope: string | null = null,
): void {
  const file = given.csv!;
  let lines = 0;
  const counted = function* () {
    for (const piece of pieces) {
      lines++;
      yield piece;
    }
  };
  const written = writeReport(file, counted());
  if (written === null) return;
  const { inventory, run, policy, departments } = last;
  const tally = new Tally(policy, inventory.persons, departments);
  for (const group of judgedGroups(inventory, run.roots, policy, run.asOfMs)) tally.addGroup(group);
  for (const one of judgedFindings(inventory, run.roots, policy, run.asOfMs)) tally.add(one);
  const rows = new CountedRows(policy, run.asOfMs, departments);
  // Only the counts are wanted.
  for (const _ of rows.lines(judgedEntries(inventory, run.roots, policy, run.asOfMs)));
  const described = {
    name: basename(file),
    form,
    encoding: 'utf-8',
    lang,
    rows: { table: lines - 1 },
    ...(scope === null ? {} : { scope }),
    ...written,
  };
  const signer = given.sign === undefined ? null : readSigner(given.sign);
  writeManifest({ run, totals: tally.totals(), lang }, `${file}${MANIFEST_ENDING}`, rows, [described], signer);
}
