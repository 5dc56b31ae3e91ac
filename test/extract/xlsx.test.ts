import { describe, expect, it } from 'vitest';
import type { Cell, NumberCell } from '../../detectors/contract.js';
import { memorySource } from '../../src/container/memory-source.js';
import { xlsxExtractor } from '../../src/extract/xlsx.js';
import type { RowBatch } from '../../src/model.js';
import { readBlocks } from '../kit/read-blocks.js';
import { type WorkbookPieces, writeWorkbook } from '../kit/xlsx-writer.js';

function book(rows: string, pieces: Partial<WorkbookPieces> = {}): Buffer {
  return writeWorkbook({ sheets: [{ name: '名簿', rows }], ...pieces });
}

async function rowsOf(bytes: Buffer): Promise<string[][] | undefined> {
  const { blocks, problems } = await readBlocks(xlsxExtractor, bytes);
  expect(problems).toEqual([]);
  return blocks.find((block) => block.rows)?.rows;
}

function batchesOf(bytes: Buffer): RowBatch[] {
  const context = { format: 'xlsx', passwords: [], problem: () => undefined, unpacked: () => undefined };
  const batches: RowBatch[] = [];
  for (const block of xlsxExtractor.read(memorySource('t.xlsx', bytes), context) as Iterable<{ kind: string; rows: Iterable<RowBatch> }>) {
    if (block.kind === 'table') for (const batch of block.rows) batches.push(batch);
  }
  return batches;
}

describe('cells', () => {
  const strings =
    '<si><t>氏名</t></si><si><r><t>山田</t></r><r><rPr><b/><sz val="11"/></rPr><t xml:space="preserve"> 太郎</t></r><rPh sb="0" eb="2"><t>ヤマダ</t></rPh></si><si><t>a&amp;b_x000D_\nc</t></si><si/><si><t/></si><si><t>末</t></si>';
  const cases: readonly [string, string, string[][]][] = [
    [
      'shared strings, runs without phonetics',
      '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>',
      [['氏名', '山田 太郎']],
    ],
    [
      'entities and escapes',
      '<row r="1"><c r="A1" t="s"><v>2</v></c><c r="B1" t="str"><f>x</f><v>&#x5C71;</v></c></row>',
      [['a&b\nc', '山']],
    ],
    [
      'empty shared strings keep their numbers',
      '<row r="1"><c t="s"><v>3</v></c><c t="s"><v>4</v></c><c t="s"><v>5</v></c></row>',
      [['', '', '末']],
    ],
    [
      'inline strings',
      '<row r="1"><c r="A1" t="inlineStr"><is><r><t>山</t></r><r><t>田</t></r><rPh><t>ヤマ</t></rPh></is></c></row>',
      [['山田']],
    ],
    [
      'numbers',
      '<row r="1"><c r="A1"><v>1234567890</v></c><c r="B1" t="n"><v>-0.5</v></c><c r="C1"><v>1.5E3</v></c><c r="D1"><v>41999.123456789012</v></c></row>',
      [['1234567890', '-0.5', '1500', '41999.123456789']],
    ],
    [
      'values saved with formulas',
      '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="str"><f>A1&amp;""</f><v>2</v></c><c r="C1"><f>A1</f></c></row>',
      [['2', '2']],
    ],
    [
      'truth values and errors',
      '<row r="1"><c r="A1" t="b"><v>1</v></c><c r="B1" t="b"><v>0</v></c><c r="C1" t="e"><v>#N/A</v></c></row>',
      [['TRUE', 'FALSE', '#N/A']],
    ],
    [
      'cells without references follow each other',
      '<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>',
      [['1', '2'], ['3']],
    ],
    [
      'gaps between columns',
      '<row r="1"><c r="B1"><v>1</v></c><c r="AB1"><v>2</v></c></row>',
      [['', '1', ...Array<string>(25).fill(''), '2']],
    ],
    [
      'gaps between rows',
      '<row r="2"><c r="A2"><v>1</v></c></row><row r="3"/><row r="5"><c r="A5"><v>2</v></c></row>',
      [['1'], [], [], ['2']],
    ],
    ['styled cells without value', '<row r="1"><c r="A1"><v>1</v></c><c r="XFD1" s="1"/></row>', [['1']]],
    ['comments and CDATA in the markup', '<row r="1"><!-- <c> --><c r="A1" t="str"><v>山<![CDATA[<田>]]></v></c></row>', [['山<田>']]],
    ['odd white space', '<row r="1" >\n <c r = "A1"\n t=\'s\' >\n<v>0</v>\n</c >\n</row >', [['氏名']]],
  ];
  it.each(cases)('%s', async (_title, rows, expected) => {
    expect(await rowsOf(book(rows, { strings }))).toEqual(expected);
  });

  it('shows numbers by their formats', async () => {
    const rows =
      '<row r="1"><c r="A1" s="1"><v>20152</v></c><c r="B1" s="2"><v>20152.25</v></c><c r="C1" s="3"><v>123456789</v></c><c r="D1" s="4"><v>42086</v></c></row>';
    const formats = ['[$-411]ggge"年"m"月"d"日"', 22, '0000-000000', 57];
    expect(await rowsOf(book(rows, { formats }))).toEqual([['1955-03-04', '1955-03-04 06:00:00', '0123-456789', '2015-03-23']]);
    const [first, , third] = batchesOf(book(rows, { formats }))[0]!.rows[0] as [NumberCell, Cell, NumberCell];
    expect([first.value, first.isDate, third.value, third.isDate]).toEqual([20152, true, 123456789, false]);
    expect(await rowsOf(book(rows, { formats, is1904: true }))).toEqual([
      ['1959-03-05', '1959-03-05 06:00:00', '0123-456789', '2019-03-24'],
    ]);
  });

  it('reads ISO dates of strict files as dates', async () => {
    const rows = '<row r="1"><c r="A1" t="d"><v>1955-03-04</v></c><c r="B1" t="d"><v>2015-03-23T09:00:00</v></c></row>';
    const strict = (xml: string) =>
      xml.replaceAll(
        'http://schemas.openxmlformats.org/officeDocument/2006/relationships',
        'http://purl.oclc.org/ooxml/officeDocument/relationships',
      );
    expect(await rowsOf(book(rows, { change: strict }))).toEqual([['1955-03-04', '2015-03-23 09:00:00']]);
  });

  it('reads prefixed elements and UTF-16', async () => {
    const rows = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>田</t></is></c></row>';
    const pieces = { strings: '<si><t>山</t></si>' };
    const prefixed = (xml: string) => xml.replace(/<(\/?)(\w)/g, '<$1x:$2');
    expect(await rowsOf(book(rows, { ...pieces, change: prefixed }))).toEqual([['山', '田']]);
    const wide = (xml: string, name: string) => (name.endsWith('.rels') ? xml : Buffer.from(`\ufeff${xml}`, 'utf16le'));
    expect(await rowsOf(book(rows, { ...pieces, change: wide }))).toEqual([['山', '田']]);
  });
});

describe('rows', () => {
  it('keep their numbers over wide gaps without blank rows between', () => {
    const cell = (row: number) => `<row r="${row}"><c r="A${row}"><v>${row}</v></c></row>`;
    const batches = batchesOf(book([1, 3, 5000, 1_048_576].map(cell).join('')));
    expect(batches.map((batch) => [batch.firstRow, batch.rows.length])).toEqual([
      [1, 3],
      [5000, 1],
      [1_048_576, 1],
    ]);
  });

  it('come in batches, all of them, once', () => {
    const rows = Array.from({ length: 3500 }, (_, i) => `<row r="${i + 1}"><c r="A${i + 1}"><v>${i}</v></c></row>`).join('');
    const batches = batchesOf(book(rows));
    expect(batches.map((batch) => batch.firstRow)).toEqual([1, 1001, 2001, 3001]);
    expect(batches.flatMap((batch) => batch.rows.map((row) => (row[0] as NumberCell).value))).toEqual(
      Array.from({ length: 3500 }, (_, i) => i),
    );
  });

  it('that are very wide do not fill the memory of a batch', () => {
    const rows = Array.from({ length: 60 }, (_, i) => `<row r="${i + 1}"><c r="XFD${i + 1}"><v>${i}</v></c></row>`).join('');
    const batches = batchesOf(book(rows));
    expect(batches.reduce((sum, batch) => sum + batch.rows.length, 0)).toBe(60);
    for (const batch of batches) expect(batch.rows.length).toBeLessThanOrEqual(14);
  });
});

describe('the workbook', () => {
  it('gives all sheets in its order, hidden ones too', async () => {
    const sheet = (name: string, state?: 'hidden' | 'veryHidden') => ({
      name,
      rows: `<row r="1"><c r="A1" t="inlineStr"><is><t>${name}</t></is></c></row>`,
      ...(state && { state }),
    });
    const { blocks } = await readBlocks(
      xlsxExtractor,
      writeWorkbook({ sheets: [sheet('一'), sheet('二', 'hidden'), sheet('三', 'veryHidden')] }),
    );
    expect(blocks.map((block) => [block.where.sheet, block.rows])).toEqual([
      ['一', [['一']]],
      ['二', [['二']]],
      ['三', [['三']]],
    ]);
  });

  it('gives comments, threaded comments, shapes, VML boxes, headers, charts, properties and embedded files', async () => {
    const { blocks, problems } = await readBlocks(
      xlsxExtractor,
      writeWorkbook({
        sheets: [
          {
            name: 'S',
            rows: '',
            tail: '<headerFooter><oddHeader>&amp;L&amp;"ＭＳ 明朝,標準"&amp;10取扱注意&amp;C&amp;P/&amp;N</oddHeader><oddFooter>年金&amp;&amp;記録</oddFooter></headerFooter>',
            relations: [
              ['comments', '../comments1.xml'],
              ['threadedComment', '../threadedComments/threadedComment1.xml'],
              ['drawing', '../drawings/drawing1.xml'],
              ['vmlDrawing', '../drawings/vmlDrawing1.vml'],
            ],
          },
        ],
        parts: {
          'xl/comments1.xml':
            '<comments><commentList><comment ref="B2"><text><r><t>担当：</t></r><r><t>山田</t></r><rPh><t>ヤマダ</t></rPh></text></comment><comment ref="B3"><text><t>[Threaded comment] 返答</t></text></comment></commentList></comments>',
          'xl/threadedComments/threadedComment1.xml':
            '<ThreadedComments><threadedComment ref="B3"><text>返答</text></threadedComment></ThreadedComments>',
          'xl/drawings/drawing1.xml':
            '<xdr:wsDr><xdr:twoCellAnchor><xdr:from><xdr:col>5</xdr:col><xdr:row>3</xdr:row></xdr:from><xdr:to><xdr:col>9</xdr:col><xdr:row>9</xdr:row></xdr:to><xdr:sp><xdr:txBody><a:p><a:r><a:t>基礎年金</a:t></a:r><a:r><a:t>番号</a:t></a:r></a:p><a:p><a:r><a:t>氏名</a:t></a:r></a:p></xdr:txBody></xdr:sp></xdr:twoCellAnchor></xdr:wsDr>',
          'xl/drawings/_rels/drawing1.xml.rels':
            '<Relationships><Relationship Id="rId1" Type="x/chart" Target="/xl/charts/chart1.xml"/></Relationships>',
          'xl/charts/chart1.xml': '<c:chart><c:strCache><c:pt><c:v>佐藤</c:v></c:pt></c:strCache></c:chart>',
          'xl/drawings/vmlDrawing1.vml': '<xml><v:shape><v:textbox><div style="x">押<font>印</font></div></v:textbox></v:shape></xml>',
          'docProps/core.xml': '<cp:coreProperties><dc:title>届書</dc:title><dcterms:created>2015</dcterms:created></cp:coreProperties>',
          'xl/embeddings/inner.txt': 'inner',
        },
      }),
    );
    expect(problems).toEqual([]);
    expect(blocks.filter((block) => block.text !== undefined || block.member)).toEqual([
      { where: { sheet: 'S', part: 'header' }, text: expect.stringContaining('取扱注意') },
      { where: { sheet: 'S', part: 'footer' }, text: '年金&記録' },
      { where: { sheet: 'S', cell: 'B3', part: 'comment' }, text: '返答' },
      { where: { sheet: 'S', cell: 'B2', part: 'comment' }, text: '担当：山田' },
      { where: { sheet: 'S', cell: 'B3', part: 'comment' }, text: '[Threaded comment] 返答', copy: true },
      { where: { sheet: 'S', part: 'textbox' }, text: '押印' },
      { where: { sheet: 'S', cell: 'F4', part: 'textbox' }, text: '基礎年金番号\n氏名' },
      { where: { sheet: 'S', part: 'chart' }, text: '佐藤', copy: true },
      { where: { part: 'property' }, text: '届書' },
      { where: {}, member: 'inner.txt' },
    ]);
  });

  it('asks for OCR of pictures as large as a page, not of small ones', async () => {
    const png = (width: number, height: number) => {
      const bytes = Buffer.alloc(64);
      bytes.write('\x89PNG\r\n\x1a\n', 'latin1');
      bytes.writeUInt32BE(width, 16);
      bytes.writeUInt32BE(height, 20);
      return bytes;
    };
    const parts = { 'xl/media/image1.png': png(1200, 900), 'xl/media/image2.png': png(599, 900) };
    const { problems } = await readBlocks(xlsxExtractor, book('', { parts }));
    expect(problems).toEqual(['needs-ocr: 1 picture as large as a page']);
  });
});

describe('what is broken', () => {
  const row = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>';

  it('costs itself alone: a cut sheet keeps its rows and the other sheets', async () => {
    const bytes = writeWorkbook({
      sheets: [
        { name: 'cut', rows: `${row}<row r="2"><c r="A2"` },
        { name: 'whole', rows: row },
      ],
      strings: '<si><t>山田</t></si>',
      change: (xml, name) => (name.endsWith('sheet2.xml') ? xml.slice(0, xml.indexOf('r="A2"')) : xml),
    });
    const { blocks, problems } = await readBlocks(xlsxExtractor, bytes);
    expect(blocks.map((block) => block.rows)).toEqual([[['山田']], [['山田']]]);
    expect(problems).toEqual([expect.stringMatching(/^damaged: sheet 1: /)]);
  });

  it.each<[string, Partial<WorkbookPieces>, RegExp]>([
    ['a shared string that is missing', { strings: '' }, /^damaged: sheet 1: shared string missing$/],
    [
      'shared strings cut',
      { strings: '<si><t>山</t></si>', change: (xml, name) => (name.includes('sharedS') ? xml.slice(0, -6) : xml) },
      /^damaged: shared strings/,
    ],
    [
      'styles that are no XML',
      { strings: '<si><t>山</t></si>', change: (xml, name) => (name.includes('styles') ? '<' : xml) },
      /^damaged: styles/,
    ],
    [
      'a document type',
      {
        strings: '<si><t>山</t></si>',
        change: (xml, name) => (name.includes('sheet1.xml') && !name.includes('rels') ? `<!DOCTYPE x>${xml}` : xml),
      },
      /^damaged: sheet 1/,
    ],
  ])('%s is told', async (_title, pieces, expected) => {
    const { problems } = await readBlocks(xlsxExtractor, book(row, pieces));
    expect(problems).toEqual([expect.stringMatching(expected)]);
  });

  it('is refused before the first block where there is no workbook', async () => {
    await expect(readBlocks(xlsxExtractor, Buffer.from('no zip'))).rejects.toThrow(/^damaged/);
    await expect(readBlocks(xlsxExtractor, book(row).subarray(0, 400))).rejects.toThrow(/^damaged/);
  });

  it('gives problems alone, wherever bytes are flipped', async () => {
    const whole = book(row.repeat(3), { strings: '<si><t>山田太郎</t></si>', formats: ['yyyy/m/d'] });
    for (let at = 0; at < whole.length; at += 3) {
      const bytes = Buffer.from(whole);
      bytes[at] = (bytes[at] ?? 0) ^ 0x55;
      try {
        await readBlocks(xlsxExtractor, bytes);
      } catch (error) {
        expect((error as Error).name).toBe('FileProblem');
      }
    }
  });
});
