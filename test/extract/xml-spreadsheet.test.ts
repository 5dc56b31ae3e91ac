import { describe, expect, it } from 'vitest';
import { xmlSpreadsheetExtractor } from '../../src/extract/xml-spreadsheet.js';
import { errorsOfDamaged } from '../kit/hostile.js';
import { readBlocks } from '../kit/read-blocks.js';

const SPACE = 'urn:schemas-microsoft-com:office:spreadsheet';
const book = (rows: string, more = '') =>
  Buffer.from(
    `<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="${SPACE}" xmlns:ss="${SPACE}"><Styles><Style ss:ID="d"><NumberFormat ss:Format="Short Date"/></Style>` +
      `<Style ss:ID="n"><NumberFormat ss:Format="0000\\-000000"/></Style></Styles><Worksheet ss:Name="名簿"><Table>${rows}</Table>${more}</Worksheet></Workbook>`,
  );
const data = (type: string, text: string) => `<Data ss:Type="${type}">${text}</Data>`;
const ROW = `<Row><Cell>${data('String', '山田太郎')}</Cell><Cell ss:StyleID="n">${data('Number', '1234567890')}</Cell></Row>`;

describe('xml-spreadsheet', () => {
  it.each<[string, string, string[][]]>([
    ['texts, numbers by their formats', ROW, [['山田太郎', '1234-567890']]],
    [
      'dates',
      `<Row><Cell>${data('DateTime', '1955-03-04T00:00:00.000')}</Cell><Cell ss:StyleID="d">${data('Number', '20152')}</Cell></Row>`,
      [['1955-03-04', '1955-03-04']],
    ],
    [
      'places',
      `<Row ss:Index="2"><Cell ss:Index="2">${data('String', 'b')}</Cell></Row><Row><Cell ss:MergeAcross="1">${data('String', 'a')}</Cell><Cell>${data('Boolean', '1')}</Cell></Row>`,
      [
        ['', 'b'],
        ['a', '', 'TRUE'],
      ],
    ],
    ['rich text', `<Row><Cell><ss:Data ss:Type="String"><B>山田</B><Font>太郎</Font></ss:Data></Cell></Row>`, [['山田太郎']]],
  ])('%s', async (_title, rows, expected) => {
    const { blocks, problems } = await readBlocks(xmlSpreadsheetExtractor, book(rows));
    expect(problems).toEqual([]);
    expect(blocks).toEqual([{ where: { sheet: '名簿' }, rows: expected }]);
  });

  it('gives comments and headers with their places', async () => {
    const rows = `<Row ss:Index="3"><Cell><Comment ss:Author="x"><ss:Data><B>担当:</B>佐藤</ss:Data></Comment></Cell></Row>`;
    const more = '<WorksheetOptions><PageSetup><Header x:Data="&amp;C取扱注意"/></PageSetup></WorksheetOptions>';
    const { blocks } = await readBlocks(xmlSpreadsheetExtractor, book(rows, more));
    expect(blocks.filter(({ text }) => text)).toEqual([
      { where: { part: 'author' }, text: 'x' },
      { where: { sheet: '名簿', cell: 'A3', part: 'comment' }, text: '担当:佐藤' },
      { where: { sheet: '名簿', part: 'header' }, text: expect.stringContaining('取扱注意') },
    ]);
  });

  it('keeps the rows before a cut, and tells', async () => {
    const bytes = book(ROW.repeat(50));
    const { blocks, problems } = await readBlocks(xmlSpreadsheetExtractor, bytes.subarray(0, bytes.length - 200));
    expect(blocks[0]?.rows?.length).toBeGreaterThan(45);
    expect(problems.length).toBe(1);
    expect(await errorsOfDamaged(xmlSpreadsheetExtractor, book(ROW))).toEqual([]);
  });
});
