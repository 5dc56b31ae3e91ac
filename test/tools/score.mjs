/**
 * `npm run score [-- --samples-only | --share-only] [--min 0.95]`: precision and recall of the built program on samples/ and, where it is there, on the
 * corpus beside the project. With --min it exits 1 when a figure falls below. Prints paths and counts, never a value.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { layOut } from './lay-out.mjs';
import { assertBuilt, runScan } from './run-program.mjs';
import { scoreSamples } from './score-samples.mjs';
import { SHARE_FORMATS, scoreShare, shareIsThere } from './score-share.mjs';

const { values } = parseArgs({
  options: {
    'samples-only': { type: 'boolean' },
    'share-only': { type: 'boolean' },
    min: { type: 'string' },
    list: { type: 'string', default: '20' },
    keep: { type: 'boolean' },
  },
});
const min = values.min === undefined ? null : Number(values.min);
if (min !== null && !(min >= 0 && min <= 1)) {
  console.error('--min takes a number from 0 to 1');
  process.exit(2);
}
assertBuilt();

const percent = (part, whole) => (whole === 0 ? '   n/a' : `${((100 * part) / whole).toFixed(1).padStart(5)}%`);
const low = [];

function print(title, figures) {
  console.log(`\n${title}\n${''.padEnd(34)}precision  recall   hits  false  missed`);
  for (const [name, { hits, falses, misses }] of Object.entries(figures)) {
    console.log(
      `  ${name.padEnd(32)}   ${percent(hits, hits + falses)}  ${percent(hits, hits + misses)} ${String(hits).padStart(6)} ${String(falses).padStart(6)} ${String(misses).padStart(7)}`,
    );
    const worst = Math.min(hits + falses ? hits / (hits + falses) : 1, hits + misses ? hits / (hits + misses) : 1);
    if (min !== null && worst < min) low.push(`${title}: ${name}`);
  }
}

const scratch = mkdtempSync(join(tmpdir(), 'mimawari-score-'));
try {
  if (!values['share-only']) {
    const share = join(scratch, 'samples');
    const expected = layOut(share);
    const { lines } = runScan(share, join(scratch, 'samples-out'), ['--as-of', expected.asOf]);
    const { figures, differences } = scoreSamples(expected, lines);
    print('samples/', figures);
    const shown = Number(values.list);
    if (differences.length) console.log(`\ndifferences in samples/: ${differences.length}\n  ${differences.slice(0, shown).join('\n  ')}`);
  }
  if (!values['samples-only']) {
    if (shareIsThere()) {
      const result = scoreShare(scratch, Number(values.list));
      for (const formats of [SHARE_FORMATS, null]) print(`../shared/corpus/share, ${formats ?? 'all formats'}`, result.figuresOf(formats));
      console.log(`\n${result.text}`);
    } else console.log('\n../shared/corpus/share is not there: skipped.');
  }
} finally {
  if (values.keep) console.log(`kept: ${scratch}`);
  else rmSync(scratch, { recursive: true, force: true });
}
if (low.length) {
  console.log(`\nBelow ${min}:\n  ${low.join('\n  ')}`);
  process.exit(1);
}
