/** Rows of what PowerShell wrote: CSV of all its sorts, JSON of all its shapes. */
import { describe, expect, it } from 'vitest';
import { type TableRow, tableRows } from '../../../src/access/exports/table-rows.js';
import { limits } from '../../../src/limits.js';
import { ended, exportFile, faultOf } from '../../kit/export-file.js';

const REQUIRED = [['Path', 'PSPath'], ['Sddl']];
const rowsOf = (text: string, chunkBytes = 7): TableRow[] => [...tableRows(exportFile(ended(text), 'utf8', chunkBytes), REQUIRED)];
const pairs = (text: string, chunkBytes = 7): string[][] =>
  rowsOf(text, chunkBytes).map((row) => [row.text('path'), row.text('SDDL'), row.texts('More').join('+')]);

describe('tables', () => {
  it.each([
    ['comma', '#TYPE Selected.System.Security.AccessControl.FileSecurity\r\n"Path","Sddl","More"\r\n"a,b","D:(A;;FA;;;SY)","x;y"\r\n'],
    ['tab', 'Path\tSddl\tMore\na,b\tD:(A;;FA;;;SY)\tx; y'],
    ['semicolon', 'More;Sddl;PATH\r\n"x\r\ny";"D:(A;;FA;;;SY)";"a,b"'],
    ['a list in JSON', '[\r\n  {"Path": "a,b", "Sddl": "D:(A;;FA;;;SY)", "More": ["x", "y", null]}\r\n]\r\n'],
    ['one object', '\ufeff{"PATH":"a,b","sddl":"D:(A;;FA;;;SY)","More":"x;y"}'],
    ['objects line by line', '{"Path":"a,b","Sddl":"D:(A;;FA;;;SY)","More":[{"Value":"x"},{"Value":"y"}]}\n'],
  ])('%s', (_title, text) => {
    for (const chunkBytes of [1, 7, 4096]) expect(pairs(text, chunkBytes)).toEqual([['a,b', 'D:(A;;FA;;;SY)', 'x+y']]);
  });

  it('keeps quotes, braces and escapes inside of texts', () => {
    expect(pairs('Path,Sddl,More\n"say ""hi""",D,\n')).toEqual([['say "hi"', 'D', '']]);
    expect(pairs('[{"Path":"\\"}{\\\\","Sddl":"[{]}","Other":{"a":{"b":"}"}}},{"Path":"2","Sddl":""}]')).toEqual([
      ['"}{\\', '[{]}', ''],
      ['2', '', ''],
    ]);
  });

  it('tells on which line each row begins', () => {
    expect(rowsOf('Path,Sddl\na,b\n"c\nc",d\n\ne,f').map((row) => row.line)).toEqual([2, 3, 6]);
    expect(rowsOf('[\n{"Path":"a","Sddl":""},\n\n{\n"Path":"b","Sddl":""}\n]').map((row) => row.line)).toEqual([2, 4]);
  });

  it.each([
    ['', 'export.txt: is empty'],
    ['Path,Owner\na,b', 'export.txt:2: the column Sddl is missing (there are: Path, Owner); export it again with that column'],
    ['[{"Name":1}]', 'export.txt:1: the column Path / PSPath, Sddl is missing (there are: Name); export it again with that column'],
    ['Path,Sddl\na,b\nc', 'export.txt:3: this row has 1 cells, and the header 2; see whether the export ran to its end'],
    ['Path,Sddl\na,"b\nc', 'export.txt:2: a quote that begins in this row has no end; see whether the export ran to its end'],
    [
      '[{"Path":"a","Sddl":""},\n{"Path":',
      'export.txt:2: the JSON ends in the middle; see whether the export ran to its end, and export it again',
    ],
    ['[{"Path":"a","Sddl":""}\n', 'export.txt:2: the JSON ends in the middle; see whether the export ran to its end, and export it again'],
    ['[{"Path":"a","Sddl":""},\n{bad}]', "export.txt:2: can't be read as JSON"],
    ['[1,2]', "export.txt:1: can't be read as JSON"],
    ['[[{"Path":"a"}]]', "export.txt:1: can't be read as JSON"],
  ])('tells what is wrong with %j', (text, fault) => {
    expect(faultOf(() => rowsOf(text))).toContain(fault);
  });

  it('a last row that may be cut is refused, one whose last quote is there is not', () => {
    const rows = (text: string): number => [...tableRows(exportFile(text), REQUIRED)].length;
    expect(faultOf(() => rows('Path,Sddl\na,D:(A;;FA;;;SY)'))).toBe(
      'export.txt:2: is cut here; see whether the export ran to its end (if it did, add a line end)',
    );
    expect(rows('Path,Sddl\n"a","D:(A;;FA;;;SY)"')).toBe(1);
  });

  it('bounds rows, cells, objects and nesting', () => {
    const giant = 'x'.repeat(limits.exportEntryCharsMax + 1);
    expect(faultOf(() => rowsOf(`Path,Sddl\n"${giant}`, 65_536))).toContain('export.txt:2: too long here');
    expect(faultOf(() => rowsOf(`Path,Sddl\n"${'x\n'.repeat(limits.exportEntryCharsMax / 2 + 1)}`, 65_536))).toContain('too long here');
    expect(faultOf(() => rowsOf(`[{"Path":"${giant}`, 65_536))).toContain('export.txt:1: too long here');
    expect(faultOf(() => rowsOf(`${','.repeat(limits.exportColumnsMax + 2)}\n`, 65_536))).toContain('too long here');
    expect(faultOf(() => rowsOf(`{"Path":${'{"a":'.repeat(200_000)}`, 65_536))).toContain('ends in the middle');
  });
});
