import { describe, expect, it } from 'vitest';
import { pdfExtractor } from '../../src/extract/pdf.js';
import { pdfParseExtractor } from '../../src/extract/pdf-parse.js';
import { type PdfFont, tableTexts, writePdf } from '../kit/pdf-writer.js';
import { corpusFile, readBlocks } from '../kit/read-blocks.js';

const HEADER = ['基礎年金番号', '氏名', '生年月日', '住所'];
const COLUMNS = [40, 130, 230, 330];
const roster = (count: number, from = 0): string[][] =>
  Array.from({ length: count }, (_, at) => [
    `9${String(from + at).padStart(3, '0')}-${String(123456 + at * 7)}`,
    ['見本　花子', '試験　太郎', '仮名　一', '架空　美千代'][at % 4]!,
    `昭和${20 + (at % 40)}年${1 + (at % 12)}月${1 + (at % 28)}日`,
    `東京都見本区仮町${1 + at}丁目`,
  ]);

describe('tables', () => {
  it.each<PdfFont>(['ucs2', 'sjis', 'mapped'])('come out as rows (font %s)', async (font) => {
    const rows = [HEADER, ...roster(12)];
    const { blocks, problems } = await readBlocks(pdfExtractor, writePdf([{ texts: tableTexts(rows, COLUMNS, 780, 16, font) }]));
    expect(blocks.map((block) => block.rows)).toEqual([rows]);
    expect(problems).toEqual([]);
  });

  it.each([90, 180, 270] as const)('do so on a page that is shown turned by %i degrees', async (rotate) => {
    const rows = [HEADER, ...roster(6)];
    const { blocks } = await readBlocks(pdfExtractor, writePdf([{ rotate, texts: tableTexts(rows, COLUMNS, 780) }]));
    expect(blocks[0]?.rows).toEqual(rows);
  });

  it('do so when the text itself is drawn turned', async () => {
    const rows = [HEADER, ...roster(6)];
    const texts = tableTexts(rows, COLUMNS, 0, 16, 'ucs2').map((text) => ({ ...text, x: 60 - text.y, y: text.x, angle: 90 }));
    const { all } = await readBlocks(pdfExtractor, writePdf([{ texts }]));
    for (const row of rows) for (const cell of row) expect(all.replaceAll(/\s/g, '')).toContain(cell.replaceAll(/\s/g, ''));
  });

  it('go on over pages, with the header on the first one only', async () => {
    const rows = roster(70);
    const pages = [0, 30, 60].map((from, page) => ({
      texts: [
        ...tableTexts([...(page === 0 ? [HEADER] : []), ...rows.slice(from, from + 30)], COLUMNS, 780),
        { x: 280, y: 30, text: `${page + 1} / 3`, size: 9 },
      ],
    }));
    const { blocks } = await readBlocks(pdfExtractor, writePdf(pages));
    const tables = blocks.filter((block) => block.rows);
    expect(tables).toHaveLength(1);
    expect(tables[0]?.rows).toEqual([HEADER, ...rows]);
    expect(blocks.filter((block) => block.text).map((block) => block.text)).toEqual(['1 / 3', '2 / 3', '3 / 3']);
  });

  it('keep a single last row on its page', async () => {
    const rows = roster(31);
    const pages = [
      { texts: tableTexts([HEADER, ...rows.slice(0, 30)], COLUMNS, 780) },
      { texts: tableTexts(rows.slice(30), COLUMNS, 780) },
    ];
    const { blocks } = await readBlocks(pdfExtractor, writePdf(pages));
    expect(blocks.map((block) => block.rows?.length)).toEqual([32]);
  });

  it('join the lines of a wrapped cell', async () => {
    const texts = [...tableTexts([HEADER, ...roster(4)], COLUMNS, 780, 40), { x: 330, y: 729, text: '仮マンション一〇一', size: 9 }];
    const { blocks } = await readBlocks(pdfExtractor, writePdf([{ texts }]));
    expect(blocks[0]?.rows?.[1]?.[3]).toBe('東京都見本区仮町1丁目仮マンション一〇一');
    expect(blocks[0]?.rows).toHaveLength(5);
  });

  it('stand apart from the title above and the text below', async () => {
    const title = [
      { x: 40, y: 810, text: '対象者の一覧（見本として作ったもの）', size: 9 },
      { x: 480, y: 810, text: '見本課', size: 9 },
    ];
    const texts = [
      ...title,
      ...tableTexts([HEADER, ...roster(3)], COLUMNS, 780),
      { x: 40, y: 600, text: '以上、三名についてお知らせいたします。', size: 9 },
    ];
    const { blocks } = await readBlocks(pdfExtractor, writePdf([{ texts }]));
    expect(blocks.map((block) => block.text ?? block.rows?.length)).toEqual([
      '対象者の一覧（見本として作ったもの）\t見本課',
      4,
      '以上、三名についてお知らせいたします。',
    ]);
    expect(blocks[2]?.where).toEqual({ page: 1, line: 6 });
  });
});

describe('text', () => {
  it('joins characters that are set apart', async () => {
    const texts = [...'見本花子'].map((text, at) => ({ x: 50 + at * 20, y: 700, text }));
    const { all } = await readBlocks(pdfExtractor, writePdf([{ texts }]));
    expect(all).toBe('見本花子');
  });

  it('reads vertical writing from right to left, whole', async () => {
    const columns = ['見本花子さんの番号は次のとおり。', '昭和三十年四月一日生まれ', '以上'];
    const texts = columns.map((text, at) => ({ x: 500 - at * 24, y: 780, text, font: 'vertical' as const, size: 12 }));
    const { all } = await readBlocks(pdfExtractor, writePdf([{ texts }]));
    expect(all.trim().split('\n')).toEqual(columns);
  });

  it('takes a hidden layer over a scan for text', async () => {
    const texts = Array.from({ length: 4 }, (_, at) => ({
      x: 50,
      y: 700 - at * 20,
      text: `見本花子　昭和30年4月${at + 1}日`,
      hidden: true,
    }));
    const { all, problems } = await readBlocks(pdfExtractor, writePdf([{ texts, picture: { widthPx: 600, heightPx: 400 } }]));
    expect(all).toContain('見本花子　昭和30年4月4日');
    expect(problems).toEqual([]);
  });

  it('includes notes and properties', async () => {
    const { blocks } = await readBlocks(
      pdfExtractor,
      writePdf([{ texts: [{ x: 50, y: 700, text: '本文' }], note: '見本花子に電話' }], '見本の題'),
    );
    expect(blocks).toContainEqual({ where: { part: 'property' }, text: '見本の題' });
    expect(blocks).toContainEqual({ where: { page: 1, part: 'annotation' }, text: '見本花子に電話' });
  });
});

describe('what cannot be read is told', () => {
  const picture = { widthPx: 600, heightPx: 400 };
  const texts = [{ x: 50, y: 700, text: '見本の文書です' }];

  it.each([
    ['pictures alone', [{ picture }, { picture }], ['needs-ocr: no text on any of 2 pages']],
    ['some pages', [{ texts }, { picture }, { picture }, { texts }], ['needs-ocr: pages 2-3 of 4: pictures without text']],
    ['a blank page is no picture', [{ texts }, {}], []],
    ['a logo is too small to hold a page', [{ texts, picture: { widthPx: 200, heightPx: 80 } }], []],
  ])('%s', async (_, pages, expected) => {
    const { problems } = await readBlocks(pdfExtractor, writePdf(pages));
    expect(problems).toEqual(expected);
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['junk', Buffer.from('%PDF-1.4\njunk')],
    ['a piece', writePdf([{ texts }]).subarray(0, 300)],
  ])('%s is damaged', async (_, bytes) => {
    await expect(readBlocks(pdfExtractor, bytes)).rejects.toMatchObject({ name: 'FileProblem', code: 'damaged' });
  });

  it('survives flipped bytes with problems alone', async () => {
    const good = writePdf([{ texts: tableTexts([HEADER, ...roster(5)], COLUMNS, 780) }]);
    for (let seed = 1; seed <= 40; seed += 1) {
      const bytes = Buffer.from(good);
      for (let at = seed * 37; at < bytes.length; at += 997) bytes[at] = (bytes[at]! + seed) & 0xff;
      const error = await readBlocks(pdfExtractor, bytes).then(
        () => null,
        (reason: unknown) => reason,
      );
      if (error !== null) expect(error).toMatchObject({ name: 'FileProblem' });
    }
  });
});

describe('second reader', () => {
  it.each<PdfFont>(['ucs2', 'sjis', 'mapped'])('holds the same characters (font %s)', async (font) => {
    const bytes = writePdf([{ texts: tableTexts([HEADER, ...roster(8)], COLUMNS, 780, 16, font) }]);
    const [first, second] = [await readBlocks(pdfExtractor, bytes), await readBlocks(pdfParseExtractor, bytes)];
    expect([...second.all.replaceAll(/\s/g, '')].sort().join('')).toBe([...first.all.replaceAll(/\s/g, '')].sort().join(''));
  });

  it('tells damage and scans by the same codes', async () => {
    await expect(readBlocks(pdfParseExtractor, Buffer.from('%PDF-1.4\njunk'))).rejects.toMatchObject({ code: 'damaged' });
    const { problems } = await readBlocks(pdfParseExtractor, writePdf([{ picture: { widthPx: 600, heightPx: 400 } }]));
    expect(problems).toEqual(['needs-ocr: no text on any of 1 pages']);
  });
});

const truth = corpusFile('share/truth.jsonl');
describe.skipIf(truth === null)('corpus: rosters of the share (skipped where ../shared/corpus is absent)', () => {
  const entries = (truth?.toString('utf8') ?? '')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as { path: string; format: string; numbers: string[]; password: string | null });

  it.each(entries.filter((entry) => entry.format === 'pdf').map((entry) => [entry.path.split('/').at(-1)!, entry] as const))(
    '%s holds every number',
    async (_, entry) => {
      const bytes = corpusFile(`share/files/${entry.path}`)!;
      if (entry.password !== null) await expect(readBlocks(pdfExtractor, bytes)).rejects.toMatchObject({ code: 'encrypted' });
      const { all } = await readBlocks(pdfExtractor, bytes, entry.password === null ? [] : [entry.password]);
      const digits = all.normalize('NFKC').replaceAll(/[^\d\n\t]/g, '');
      for (const number of entry.numbers) expect(digits).toContain(number);
    },
  );
});
