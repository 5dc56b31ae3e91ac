/** A workbook and the files of departments from an inventory of a million entries: written in constant memory, and every row is there. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { makeCase } from '../case-2015.mjs';
import { measureTree, megabytes } from '../measure.mjs';
import { PROGRAM, PROJECT } from '../run-program.mjs';

export const summary = 'a workbook and department files of a million rows: every row is there, peak memory ≤ 400 MB whatever their number';

/** Rows of all sheets of departments, by the program's own streaming reader of workbooks. */
async function countRows(file, ownSheets) {
  const load = (name) => import(pathToFileURL(join(PROJECT, 'dist', 'src', name)).href);
  const [{ memorySource }, { xlsxExtractor }] = await Promise.all(['container/memory-source.js', 'extract/xlsx.js'].map(load));
  const troubles = [];
  const context = { format: 'xlsx', passwords: [], problem: (code, detail) => troubles.push(`${code} ${detail}`), unpacked: () => {} };
  const counts = new Map();
  for await (const block of xlsxExtractor.read(memorySource('x.xlsx', readFileSync(file)), context)) {
    if (block.kind !== 'table') continue;
    let rows = 0;
    for (const batch of block.rows) rows += batch.rows.length;
    counts.set(block.where.sheet, rows);
  }
  for (const name of ownSheets) counts.delete(name);
  return { rows: [...counts.values()].reduce((sum, rows) => sum + rows - 1, 0), sheets: counts.size, troubles };
}

export async function prove({ scratch, check, say, scaled }) {
  const count = scaled(1_000_000);
  const { files } = await makeCase(scratch, 100, count);
  const at = (name) => join(scratch, name);
  const inventory = ['--inventory', at('inventory.db'), '--quiet', '--lang', 'en'];
  const run = (name, parameters) =>
    measureTree(process.execPath, [PROGRAM, ...parameters]).then((measured) => {
      say(`${name}: ${measured.wallS.toFixed(0)} s, CPU ${measured.cpuS.toFixed(0)} s${measured.stderr}`);
      return measured;
    });
  const book = await run('workbook', ['report', ...inventory, '--xlsx', at('book.xlsx')]);
  const split = await run('departments', ['report', ...inventory, '--by-department', at('departments'), '--encoding', 'cp932']);
  const manifest = JSON.parse(readFileSync(at('book.xlsx.manifest.json'), 'utf8'));
  say(`the workbook holds ${megabytes(manifest.files[0].sizeBytes)} MB`);
  check('enumerated', manifest.counts.enumerated, files + count, manifest.counts.enumerated === files + count);
  const { rows, sheets, troubles } = await countRows(at('book.xlsx'), ['Summary', 'Columns']);
  for (const trouble of troubles.slice(0, 5)) say(trouble);
  check('rows of the workbook', rows, files + count, rows === files + count && troubles.length === 0);
  check('sheets of departments', sheets, 395, sheets === 395);
  const parts = JSON.parse(readFileSync(at('departments/manifest.json'), 'utf8')).files;
  const inParts = parts.reduce((sum, part) => sum + part.rows.files, 0);
  check('rows of the department files', inParts, files + count, inParts === files + count);
  for (const [name, { peakPssBytes }] of Object.entries({ book, split }))
    check(`${name}: peak memory`, `${megabytes(peakPssBytes)} MB`, '≤ 400 MB', peakPssBytes <= 400 * 1048576);
  const verified = await run('verify', ['verify', at('departments/manifest.json'), '--lang', 'en']);
  check('verify of the department files', verified.exitCode, 0, verified.exitCode === 0);
}
