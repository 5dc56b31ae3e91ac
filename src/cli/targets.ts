/** The places of the reports that a command was asked for, and what can't be asked for together. */
import { resolve } from 'node:path';
import { LOG_FORMS } from '../policy/site.js';
import { UsageError } from '../problem.js';
import type { Given } from './options.js';
import { assertWritable } from './output.js';

/** Whatever is wrong with a report's place is told before the sweep. */
export function checkTargets(given: Given): void {
  const texts: { readonly [name in 'csv' | 'jsonl' | 'prometheus' | 'log']?: string } = given;
  const { csv, jsonl, prometheus, log } = texts;
  if (csv !== undefined && jsonl !== undefined && (csv === jsonl || resolve(csv) === resolve(jsonl))) {
    throw new UsageError({
      ja: `--csv と --jsonl に同じ場所が指定されています: ${csv}。別々のファイル名にしてください`,
      en: `--csv and --jsonl name the same place: ${csv}`,
    });
  }
  if (given.json && (csv === '-' || jsonl === '-')) {
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
  for (const file of [csv, jsonl, prometheus]) if (file !== undefined) assertWritable(file);
}
