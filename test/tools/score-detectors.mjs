/**
 * The detectors while they are worked on: names on the lines that were tuned on and on those that were not, addresses, and false alarms with speed on text that should
 * hold no person. `node test/tools/score-detectors.mjs [PROSE_FILE…]` shows what it found in those files in the clear: give it manuals and laws, no files of a share.
 */
import { addressesAreThere, linesOf, namesAreThere, openDetectors, scoreAddresses, scoreNames } from './score-corpus.mjs';
import { percent, printStrengths } from './score-figures.mjs';

const SHOWN = 40;
const TIMED_BYTES = 4_000_000;
const detectors = openDetectors();

function measureSpeed(lines) {
  const bytes = Buffer.byteLength(lines.join('\n'));
  const turns = Math.max(2, Math.ceil(TIMED_BYTES / bytes));
  for (const line of lines) detectors.find(line);
  const before = process.cpuUsage().user;
  for (let turn = 0; turn < turns; turn++) for (const line of lines) detectors.find(line);
  return `${((bytes * turns) / (process.cpuUsage().user - before)).toFixed(1)} MB of UTF-8 a CPU second`;
}

function showFalseAlarms(file) {
  const lines = linesOf(file);
  const found = lines.flatMap((line) =>
    detectors
      .find(line)
      .filter(({ strength }) => strength !== 'weak')
      .map(({ kind, start, end }) => `${kind}:${line.slice(start, end)}`),
  );
  const size = Buffer.byteLength(lines.join('\n')) / 1e6;
  console.log(`\n${file}: ${found.length} in ${size.toFixed(2)} MB, ${(found.length / size).toFixed(1)} a MB; ${measureSpeed(lines)}`);
  for (const one of found.slice(0, SHOWN)) console.log(`  ${one}`);
}

if (namesAreThere()) {
  printStrengths('names, even lines (tuned on)', scoreNames(detectors, 0));
  printStrengths('names, odd lines', scoreNames(detectors, 1));
}
if (addressesAreThere()) {
  const { strengths, lines, mostlyCovered } = scoreAddresses(detectors);
  printStrengths('addresses', strengths, false);
  console.log(`  nine tenths covered, likely or better${percent(mostlyCovered, lines).padStart(13)}`);
}
for (const file of process.argv.slice(2)) showFalseAlarms(file);
