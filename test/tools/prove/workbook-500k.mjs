/** A workbook of 500,000 rows × 12 columns: memory and CPU against SheetJS on the same file, and every record counted. */
import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { makeLargeWorkbook } from '../make-large-workbook.mjs';
import { measureTree, megabytes } from '../measure.mjs';
import { measureScan, PROJECT } from '../run-program.mjs';

export const summary = 'a workbook of 500,000 × 12: tree PSS ≤ 500 MB, CPU ≤ 1/3 of SheetJS dense, 500,000 records';

const PEER = `import { readFileSync } from 'node:fs';
import xlsx from 'xlsx';
const book = xlsx.read(readFileSync(process.argv[1]), { dense: true, cellHTML: false, cellFormula: false, cellText: false });
let cells = 0;
for (const row of book.Sheets[book.SheetNames[0]]['!data']) for (const cell of row) if (cell) cells++;
console.log(cells);`;

export async function prove({ scratch, check, say, scaled }) {
  const rows = scaled(500_000);
  const share = join(scratch, 'share');
  mkdirSync(share);
  const file = join(share, 'large.xlsx');
  makeLargeWorkbook(file, rows);
  say(`${rows} rows, ${megabytes(statSync(file).size)} MB packed`);
  const ours = await measureScan(share, join(scratch, 'out'));
  const peer = await measureTree(process.execPath, ['--max-old-space-size=4096', '--input-type=module', '-e', PEER, file], {
    cwd: PROJECT,
  });
  say(
    `scan    ${ours.wallS.toFixed(1)} s, CPU ${ours.cpuS.toFixed(1)} s, peak ${megabytes(ours.peakPssBytes)} MB in ${ours.peakProcesses} processes`,
  );
  say(
    `SheetJS ${peer.wallS.toFixed(1)} s, CPU ${peer.cpuS.toFixed(1)} s, peak ${megabytes(peer.peakPssBytes)} MB, ${peer.stdout.trim()} cells`,
  );
  const [line] = ours.lines;
  check('peak PSS of the tree', `${megabytes(ours.peakPssBytes)} MB`, '≤ 500 MB', ours.peakPssBytes <= 500 * 1048576);
  check('CPU against SheetJS dense', (ours.cpuS / peer.cpuS).toFixed(2), '≤ 0.33', peer.exitCode === 0 && ours.cpuS * 3 <= peer.cpuS);
  check('records of four items', line?.records.four, rows, line?.records.four === rows);
  check('persons', line?.persons, rows, line?.persons === rows);
  check('examined', line?.examined, 'full', line?.examined === 'full');
}
