/**
 * `npm run score [-- --samples-only | --share-only | --text-only] [--min 0.95]`: precision, recall and F1 of the built program, by kind and by strength: on samples/ with
 * the record totals of each layout and, where it is there, on the corpus beside the project (names, addresses, share). With --min it exits 1 when a figure of records,
 * kinds or states falls below. Prints paths and counts, never a value.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { layOut } from './lay-out.mjs';
import { readParameters, refuse } from './parameters.mjs';
import { assertBuilt, runScan } from './run-program.mjs';
import { percent, printFigures, printStrengths } from './score-figures.mjs';
import { printLayouts, scoreSamples } from './score-samples.mjs';
import { readTruth, SHARE_FORMATS, scoreShare, shareIsThere } from './score-share.mjs';

const USAGE = 'usage: npm run score [-- --samples-only | --share-only | --text-only] [--min 0.95] [--list 20] [--keep]';
const { values } = readParameters(USAGE, {
  options: {
    'samples-only': { type: 'boolean' },
    'share-only': { type: 'boolean' },
    'text-only': { type: 'boolean' },
    min: { type: 'string' },
    list: { type: 'string', default: '20' },
    keep: { type: 'boolean' },
  },
});
const min = values.min === undefined ? null : Number(values.min);
const only = ['samples', 'share', 'text'].filter((part) => values[`${part}-only`]);
if ((min !== null && !(min >= 0 && min <= 1)) || only.length > 1) {
  refuse('--min takes a number from 0 to 1; one of --samples-only, --share-only, --text-only can be given', USAGE);
}
assertBuilt();
const wants = (part) => only.length === 0 || only[0] === part;
const shown = Number(values.list);
const low = [];
// These load the compiled program: only once it is known to be there.
const { addressesAreThere, namesAreThere, openDetectors, scoreAddresses, scoreNames } = await import('./score-corpus.mjs');
const { scoreSamplesByStrength, scoreShareByStrength } = await import('./score-planted.mjs');

async function samples(scratch) {
  const share = join(scratch, 'samples');
  const expected = layOut(share);
  const { lines } = runScan(share, join(scratch, 'samples-out'), ['--as-of', expected.asOf]);
  const { figures, layouts, differences } = scoreSamples(expected, lines);
  low.push(...printFigures('samples/', figures, min));
  printLayouts(layouts);
  if (differences.length) console.log(`\ndifferences in samples/: ${differences.length}\n  ${differences.slice(0, shown).join('\n  ')}`);
  printStrengths('samples/, findings by strength', await scoreSamplesByStrength(share));
}

function text() {
  if (!namesAreThere() && !addressesAreThere()) return console.log('\n../shared/corpus/names and addresses are not there: skipped.');
  const detectors = openDetectors();
  if (namesAreThere()) printStrengths('../shared/corpus/names, full names in prose, odd lines', scoreNames(detectors));
  if (!addressesAreThere()) return;
  const { strengths, lines, mostlyCovered } = scoreAddresses(detectors);
  printStrengths('../shared/corpus/addresses, one a line', strengths, false);
  console.log(`  nine tenths covered, likely or better${percent(mostlyCovered, lines).padStart(13)}`);
}

async function share(scratch) {
  if (!shareIsThere()) return console.log('\n../shared/corpus/share is not there: skipped.');
  const result = scoreShare(scratch, shown);
  for (const formats of [SHARE_FORMATS, null])
    low.push(...printFigures(`../shared/corpus/share, ${formats ?? 'all formats'}`, result.figuresOf(formats), min));
  printStrengths('../shared/corpus/share, numbers by strength', await scoreShareByStrength(join(scratch, 'share'), readTruth()));
  console.log(`\n${result.text}`);
}

const scratch = mkdtempSync(join(tmpdir(), 'mimawari-score-'));
try {
  if (wants('samples')) await samples(scratch);
  if (wants('text')) text();
  if (wants('share')) await share(scratch);
} finally {
  if (values.keep) console.log(`kept: ${scratch}`);
  else rmSync(scratch, { recursive: true, force: true });
}
if (low.length) {
  console.log(`\nBelow ${min}:\n  ${low.join('\n  ')}`);
  process.exit(1);
}
