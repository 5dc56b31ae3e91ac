import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, vi } from 'vitest';
import { utils, write } from 'xlsx';
import { memorySource } from '../../src/container/memory-source.js';
import { openZip } from '../../src/container/zip.js';
import { sheetjsExtractor } from '../../src/extract/sheetjs.js';
import { xlsxExtractor } from '../../src/extract/xlsx.js';
import { writeOle } from '../kit/ole-writer.js';
import { corpusFile, type ReadResult, readBlocks } from '../kit/read-blocks.js';
import { writeWorkbook } from '../kit/xlsx-writer.js';
import { writeZip } from '../kit/zip-writer.js';

/** Holds ISO dates before 1900, which the second reader makes negative numbers of. */
const OTHERWISE = new Set(['ExcelDataReader__Test_LotsOfSheets.xlsx']);
const CORPUS = fileURLToPath(new URL('../../../shared/corpus/', import.meta.url));

/** All cells with text, by sheet, without what the two readers may arrange differently: empty cells and rows at the ends. */
function tables({ blocks }: ReadResult): [string | undefined, string[]][] {
  return blocks.flatMap((block) => {
    const rows = (block.rows ?? []).map((row) => row.join('\t').trimEnd()).filter((row) => row.trim() !== '');
    return rows.length > 0 ? [[block.where.sheet, rows]] : [];
  });
}

describe('sheetjsExtractor', () => {
  const rows = [
    ['氏名', '生年月日', '番号'],
    ['山田太郎', { t: 'n', v: 20152, z: 'yyyy/m/d' }, { t: 'n', v: 123456789, z: '0000-000000' }],
    ['髙﨑①', { t: 'n', v: 42086.5, z: 'yyyy/m/d h:mm' }, { t: 'b', v: true }],
  ];
  it.each(['biff8', 'xlsb', 'xlsx', 'ods'] as const)('reads %s with dates, formats and Japanese', async (bookType) => {
    const book = utils.book_new();
    utils.book_append_sheet(book, utils.aoa_to_sheet(rows), '名簿');
    const bytes = write(book, { type: 'buffer', bookType }) as Buffer;
    const [sheet] = tables(await readBlocks(sheetjsExtractor, bytes));
    expect(sheet?.[1].slice(0, 2)).toEqual([
      '氏名\t生年月日\t番号',
      `山田太郎\t1955-03-04\t${bookType === 'ods' ? '123456789' : '0123-456789'}`,
    ]);
    expect(sheet?.[1][2]).toContain('2015-03-23 12:00:00\tTRUE');
  });

  it('decodes the code page of old Excel files', async () => {
    // Excel 2 (BIFF2): BOF, CODEPAGE 932, LABEL in A1 with 山田 in CP932, EOF.
    const bytes = Buffer.from('0900040002001000 42000200a403 04000c000000000000000004 8e529363 0a000000'.replaceAll(' ', ''), 'hex');
    expect(tables(await readBlocks(sheetjsExtractor, bytes))[0]?.[1]).toEqual(['山田']);
  });

  it('does not make the properties that a broken set states', async () => {
    const whole = '0908100000060500bb0dcc070000000006000000 8500080000000000000000 41 0a000000'.replaceAll(' ', '');
    const set = Buffer.alloc(56);
    set.writeUInt32LE(0xfffe, 0);
    set.writeUInt32LE(1, 24);
    set.writeUInt32LE(48, 44);
    set.writeUInt32LE(0xffffffff, 52);
    const bytes = writeOle({ Workbook: Buffer.from(whole, 'hex'), '\x05SummaryInformation': set, '\x05DocumentSummaryInformation': set });
    const { problems } = await readBlocks(sheetjsExtractor, bytes);
    expect(problems.join()).toMatch(/^damaged: /);
  }, 5_000);

  it('gives comments with their cells', async () => {
    const book = utils.book_new();
    const sheet = utils.aoa_to_sheet([['a', 'b']]);
    sheet.B1.c = [{ a: 'x', t: '山田に確認' }];
    utils.book_append_sheet(book, sheet, 'S');
    const { blocks } = await readBlocks(sheetjsExtractor, write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer);
    expect(blocks[1]).toEqual({ where: { sheet: 'S', cell: 'B1', part: 'comment' }, text: '山田に確認' });
  });

  it('tells a sheet that was dropped, takes no text for a spreadsheet, and writes nothing to the console', async () => {
    const bytes = corpusFile('documents/hostile/ods/odftoolkit__invalid.ods');
    const written = vi.spyOn(console, 'error');
    if (bytes) await readBlocks(sheetjsExtractor, bytes);
    const book = utils.book_new();
    utils.book_append_sheet(book, utils.aoa_to_sheet([['山田', 1]]), 'S');
    const zip = openZip(memorySource('b', write(book, { type: 'buffer', bookType: 'xlsb' }) as Buffer));
    const unstyled = zip.entries
      .filter(({ name }) => !name.endsWith('styles.bin'))
      .map((entry) => {
        const content = zip.readEntry(entry);
        const isXml = /xml|rels/.test(entry.name);
        return {
          name: entry.name,
          content: isXml ? content.toString().replace(/<(?:Override|Relationship) [^>]*styles\.bin[^>]*>/g, '') : content,
        };
      });
    expect((await readBlocks(sheetjsExtractor, writeZip(unstyled))).problems).toEqual(['damaged: sheetjs: sheet 1 could not be read']);
    await expect(readBlocks(sheetjsExtractor, Buffer.from('氏名,住所\n山田,東京都\n'))).rejects.toThrow(/^damaged/);
    expect(written).not.toHaveBeenCalled();
  });

  it('tells protected and broken files apart', async () => {
    await expect(readBlocks(sheetjsExtractor, writeWorkbook({ sheets: [{ name: 'S', rows: '' }] }).subarray(0, 300))).rejects.toThrow(
      /^damaged/,
    );
    const locked = corpusFile('documents/xls/msoffcrypto-tool__xor_password_123456789012345.xls');
    if (locked) await expect(readBlocks(sheetjsExtractor, locked)).rejects.toThrow(/^encrypted/);
  });
});

describe('the two readers of xlsx', () => {
  it('hold the same cells of a workbook with every sort of cell', async () => {
    const bytes = writeWorkbook({
      sheets: [
        {
          name: '一',
          rows: '<row r="2"><c r="B2" t="s"><v>0</v></c><c r="D2" s="1"><v>20152</v></c><c r="E2" s="2"><v>123456789</v></c></row><row r="9"><c r="A9" t="inlineStr"><is><t>山</t></is></c><c r="C9" t="b"><v>1</v></c><c r="D9" t="e"><v>#N/A</v></c><c r="E9" t="str"><f>1</f><v>田</v></c></row>',
        },
        { name: '二', state: 'veryHidden', rows: '<row r="1"><c r="A1"><v>0.1</v></c></row>' },
      ],
      strings: '<si><r><t>氏</t></r><r><t>名</t></r><rPh><t>シメイ</t></rPh></si>',
      formats: ['[$-411]ge.m.d', '0000-000000'],
    });
    const own = tables(await readBlocks(xlsxExtractor, bytes));
    expect(own.length).toBe(2);
    expect(tables(await readBlocks(sheetjsExtractor, bytes))).toEqual(own);
  });

  const files = listWorkbooks(CORPUS);
  it.skipIf(files.length === 0)('hold the same cells of the test corpus', async () => {
    let compared = 0;
    const differing: string[] = [];
    for (const file of files) {
      const bytes = readFileSync(file);
      if (bytes.readUInt32BE(0) !== 0x504b0304) continue;
      const own = tables(await readBlocks(xlsxExtractor, bytes));
      const second = tables(await readBlocks(sheetjsExtractor, bytes));
      if (JSON.stringify(own) !== JSON.stringify(second)) differing.push(basename(file));
      compared++;
    }
    expect(differing).toEqual([]);
    expect(compared).toBeGreaterThan(20);
  });
});

function listWorkbooks(folder: string): string[] {
  const folders = ['share/files', 'documents/xlsx', 'documents/xlsm'].map((name) => join(folder, name)).filter((path) => existsSync(path));
  return folders
    .flatMap((path) => readdirSync(path, { recursive: true, encoding: 'utf8' }).map((name) => join(path, name)))
    .filter((path) => /\.xls[xm]$/.test(path) && !OTHERWISE.has(basename(path)) && readFileSync(path).length > 4);
}
