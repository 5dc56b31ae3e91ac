/** The places of the reports that a command was asked for, and what can't be asked for together. */
import { join, resolve } from 'node:path';
import { ENCODINGS, type Encoding, LOG_FORMS } from '../policy/site.js';
import { UsageError } from '../problem.js';
import type { Given } from './options.js';
import { assertWritable, unwritable } from './output.js';
import { defaultInventory, makeFolders, refuseBelowRoots } from './paths.js';
import { readSigner } from './signing.js';

/** Reports that are one file each. */
const SINGLE = ['csv', 'jsonl', 'xlsx', 'html'] as const;
export const REPORT_OPTIONS = [...SINGLE, 'byDepartment', 'encoding', 'sign'] as const;

/** The reports that are asked for, by their option; `-` is standard output. */
export function singleTargets(given: Given): { readonly option: (typeof SINGLE)[number]; readonly file: string }[] {
  return SINGLE.flatMap((option) => (given[option] === undefined ? [] : [{ option, file: given[option] as string }]));
}

export function encodingOf(given: Given): Encoding {
  const found = ENCODINGS.find((one) => one === (given.encoding ?? 'utf-8').toLowerCase());
  if (found) return found;
  throw new UsageError({
    ja: `--encoding ${given.encoding}: utf-8 か cp932 を指定してください`,
    en: `--encoding ${given.encoding}: give utf-8 or cp932`,
  });
}

/** Files that a command reads or keeps: no report may take their place. */
export function keptFiles(given: Given, more: readonly string[] = []): string[] {
  const { key, sign, passwords, config, policy } = given;
  const inventory = given.inventory ?? defaultInventory();
  const named = [key ?? `${inventory}.key`, sign, passwords, config, policy].filter((file) => file !== undefined);
  return [...['', '-wal', '-shm'].map((tail) => inventory + tail), ...named, ...more];
}

/** Whatever is wrong with a report's place is told before the sweep. */
export function checkTargets(given: Given): void {
  const kept = keptFiles(given);
  const targets = singleTargets(given);
  targets.forEach(({ option, file }, at) => {
    const same = targets.slice(0, at).find((other) => other.file === file || resolve(other.file) === resolve(file));
    if (same)
      throw new UsageError({
        ja: `--${same.option} と --${option} に同じ場所が指定されています: ${file}。別々のファイル名にしてください`,
        en: `--${same.option} and --${option} name the same place: ${file}`,
      });
  });
  if (given.json && targets.some(({ file }) => file === '-')) {
    throw new UsageError({
      ja: '--json と、標準出力への報告（-）は同時に使えません。報告をファイルに書き出してください',
      en: '--json and a report to standard output (-) would mix; write the report into a file',
    });
  }
  checkLog(given);
  checkPrometheus(given, kept);
  encodingOf(given);
  if (given.encoding !== undefined && given.csv === undefined && given.byDepartment === undefined)
    throw new UsageError({
      ja: '--encoding は CSV の文字コードです。--csv か --by-department とあわせて使ってください',
      en: '--encoding is that of the CSV; use it with --csv or --by-department',
    });
  if (given.sign !== undefined) {
    if (given.byDepartment === undefined && targets.every(({ file }) => file === '-'))
      throw new UsageError({ ja: '--sign: 署名する報告のファイルがありません', en: '--sign: there is no file of a report to sign' });
    readSigner(given.sign);
  }
  for (const { file } of targets) assertWritable(file, kept);
  if (given.byDepartment !== undefined) makeReportFolder(given.byDepartment);
}

/** @throws UsageError when the log can't be had as it is asked for */
export function checkLog(given: Given): void {
  const texts: { readonly log?: string } = given;
  const { log } = texts;
  if (log !== undefined && !LOG_FORMS.some((form) => form === log))
    throw new UsageError({ ja: `--log ${log}: json か text を指定してください`, en: `--log ${log}: give json or text` });
  if (log !== undefined && given.json)
    throw new UsageError({ ja: '--json と --log は同時に使えません', en: '--json and --log would mix on standard output' });
}

/** @throws UsageError when the figures for Prometheus can't be written there */
export function checkPrometheus(given: Given, kept: readonly string[]): void {
  const texts: { readonly prometheus?: string } = given;
  const { prometheus } = texts;
  if (prometheus === undefined) return;
  if (!prometheus.endsWith('.prom'))
    throw new UsageError({
      ja: `--prometheus ${prometheus}: 名前は .prom で終えてください`,
      en: `--prometheus ${prometheus}: its name must end in .prom`,
    });
  assertWritable(prometheus, kept);
}

/** Throws UsageError for a report that would lie in a folder that is swept. */
export function refuseReportsBelow(given: Given, roots: readonly string[]): void {
  for (const { file } of singleTargets(given)) if (file !== '-') refuseBelowRoots(file, 'report', roots);
  if (given.prometheus !== undefined) refuseBelowRoots(given.prometheus, 'report', roots);
  if (given.byDepartment !== undefined) refuseBelowRoots(join(given.byDepartment, 'x'), 'report', roots);
}

function makeReportFolder(folder: string): void {
  if (folder === '-')
    throw new UsageError({
      ja: '--by-department には、書き出すフォルダーの名前を指定してください（標準出力には書き出せません）',
      en: '--by-department needs the name of a folder; department files do not go to standard output',
    });
  try {
    makeFolders(resolve(folder));
  } catch (error) {
    throw unwritable(folder, error);
  }
  assertWritable(join(folder, 'manifest.json'));
}
