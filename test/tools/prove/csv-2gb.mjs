/** A CSV of 2 GB in CP932, examined whole: its memory against that of a file a tenth as large. */
import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { encodeText } from '../encode-text.mjs';
import { megabytes } from '../measure.mjs';
import { wareki } from '../notations.mjs';
import { address, createCrowd } from '../people.mjs';
import { measureScan } from '../run-program.mjs';

export const summary = 'a CSV of 2 GB in CP932: constant memory, every record counted';

/** Distinct pension numbers of the file; they come again as in monthly extracts. */
const DISTINCT = 999_999;
const ROWS_A_PIECE = 20_000;

/** Writes rows until `sizeBytes` is reached, and gives their number. Fields before and after the number are encoded once a person. */
function makeCsv(file, sizeBytes) {
  const tails = createCrowd(910)
    .people(500)
    .map((person) =>
      encodeText(
        `,${person.name},${person.familyKana}　${person.givenKana},${wareki(person.birth)},${person.postcode},${address(person)},国民年金第１号被保険者　納付書発送済（口座振替の勧奨を含む）\r\n`,
        'cp932',
      ),
    );
  const fd = openSync(file, 'w');
  let written = writeSync(fd, encodeText('基礎年金番号,氏名,カナ氏名,生年月日,郵便番号,住所,備考\r\n', 'cp932'));
  let rows = 0;
  const piece = Buffer.alloc(ROWS_A_PIECE * 260);
  while (written < sizeBytes) {
    let used = 0;
    for (let at = 0; at < ROWS_A_PIECE; at++, rows++) {
      const serial = (rows % DISTINCT) + 1;
      used += piece.write(`${3101 + (serial % 17)}-${String(serial).padStart(6, '0')}`, used, 'latin1');
      used += tails[serial % tails.length].copy(piece, used);
    }
    written += writeSync(fd, piece, 0, used);
  }
  closeSync(fd);
  return rows;
}

async function scanOne(scratch, name, sizeBytes) {
  const share = join(scratch, name);
  mkdirSync(share);
  const rows = makeCsv(join(share, `${name}.csv`), sizeBytes);
  const result = await measureScan(share, join(scratch, `${name}-out`));
  return { rows, ...result, line: result.lines[0] };
}

export async function prove({ scratch, check, say, scaled }) {
  const bytes = scaled(2 * 1024 ** 3);
  const small = await scanOne(scratch, 'small', bytes / 10);
  const large = await scanOne(scratch, 'large', bytes);
  for (const [name, run] of Object.entries({ small, large })) {
    say(`${name}: ${run.rows} rows, ${run.wallS.toFixed(1)} s, CPU ${run.cpuS.toFixed(1)} s, peak ${megabytes(run.peakPssBytes)} MB`);
  }
  say(`${(bytes / 1048576 / large.wallS).toFixed(1)} MB/s`);
  // Both hold at most a million distinct persons; the small file has about as many rows.
  check(
    'peak PSS, ten times the size',
    `${megabytes(large.peakPssBytes)} MB`,
    `≤ 1.2 × ${megabytes(small.peakPssBytes)} MB + 50 MB`,
    large.peakPssBytes <= 1.2 * small.peakPssBytes + 50 * 1048576,
  );
  check('records of four items', large.line?.records.four, large.rows, large.line?.records.four === large.rows);
  const distinct = Math.min(DISTINCT, large.rows);
  check('persons', large.line?.persons, distinct, large.line?.persons === distinct);
  check('examined', large.line?.examined, 'full', large.line?.examined === 'full');
}
