/** The places of the reports that a command was asked for, and what can't be asked for together. */
import { resolve } from 'node:path';
import { LOG_FORMS } from '../policy/site.js';
import { UsageError } from '../problem.js';
import type { Given } from './options.js';
import { assertWritable } from './output.js';

/** Options that name the file of a report. */
export const REPORTS = ['csv', 'jsonl', 'html'] as const;

/** Whatever is wrong with a report's place is told before the sweep. */
export function checkTargets(given: Given): void {
  const texts: { readonly [name in (typeof REPORTS)[number] | 'prometheus' | 'log']?: string } = given;
  const { prometheus, log } = texts;
  const named = REPORTS.flatMap((name) => (texts[name] === undefined ? [] : [{ name, file: texts[name] }]));
  for (const [at, { name, file }] of named.entries()) {
    const same = named.slice(0, at).find((other) => other.file === file || resolve(other.file) === resolve(file));
    if (!same) continue;
    throw new UsageError({
      ja: `--${same.name} と --${name} に同じ場所が指定されています: ${same.file}。別々のファイル名にしてください`,
      en: `--${same.name} and --${name} name the same place: ${same.file}`,
    });
  }
  if (given.json && named.some(({ file }) => file === '-')) {
    throw new UsageError({
      ja: '--json と、標準出力への報告（-）は同時に使えません。報告をファイルに書き出してください',
      en: '--json and a report to standard output (-) would mix; write the report into a file',
    });
  }
  if (log !== undefined && !LOG_FORMS.some((form) => form === log))
    throw new UsageError({ ja: `--log ${log}: json か text を指定してください`, en: `--log ${log}: give json or text` });
  if (log !== undefined && given.json)
    throw new UsageError({ ja: '--json と --log は同時に使えません', en: '--json and --log would mix on standard output' });
  if (prometheus !== undefined && !prometheus.endsWith('.prom'))
    throw new UsageError({
      ja: `--prometheus ${prometheus}: 名前は .prom で終えてください`,
      en: `--prometheus ${prometheus}: its name must end in .prom`,
    });
  for (const file of [...named.map((one) => one.file), prometheus]) if (file !== undefined) assertWritable(file);
}
