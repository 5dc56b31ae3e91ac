import { describe, expect, it } from 'vitest';
import { rtfExtractor } from '../../src/extract/rtf.js';
import { expectTold } from '../kit/expect-told.js';
import { corpusFile, readBlocks } from '../kit/read-blocks.js';

const FONTS = '{\\fonttbl{\\f0\\fcharset0 Arial;}{\\f1\\fcharset128 MS Gothic;}}';
const rtf = (body: string) => Buffer.from(`{\\rtf1\\ansi\\ansicpg932\\deff0${FONTS}${body}}`, 'latin1');
const read = (body: string) => readBlocks(rtfExtractor, rtf(body));
/** 見本 as code page 932. */
const SAMPLE = "\\'8c\\'a9\\'96\\'7b";

describe('characters', () => {
  it.each([
    ['bytes of two by escapes', `\\f1 ${SAMPLE}`, '見本'],
    ['a second byte that is a letter', "\\f1 \\'83A", 'ア'],
    ['a second byte that is a backslash', "\\f1 \\'8f\\'5c", '十'],
    ['raw bytes', '\\f1 \x8c\xa9\x96\x7b', '見本'],
    ['a raw second byte that is a backslash', '\\f1 \x8f\x5c!', '十!'],
    ['a pair across a change of looks', "\\f1 \\'8c\\b \\'a9", '見'],
    ['a font without a character set of its own', `\\f0 ${SAMPLE}`, '見本'],
    ['Unicode with bytes beside it', "{\\uc2\\u35211\\'8c\\'a9\\u26412\\'96\\'7b}", '見本'],
    ['Unicode with one sign beside it', '\\u35211?\\u26412?1', '見本1'],
    ['negative Unicode', '\\u-26125 ?', '駳'],
    ['Unicode beyond the first plane', '\\u-10174?\\u-9146?', '\u{20846}'],
    ['symbols', '1234\\_567890\\~a\\tab b\\line c', '1234-567890\u00a0a\tb\nc'],
    ['hidden text', '{\\v 1234}', '1234'],
    ['words without a meaning for the text', '\\unknownword12 a{\\*\\secret b}', 'a'],
    ['binary data', '{\\*\\blob\\bin5 }}}}}}a', 'a'],
  ])('%s', async (_, body, text) => {
    const { blocks, problems } = await read(body);
    expect(blocks[0]?.text).toBe(text);
    expect(problems).toEqual([]);
  });

  it('of a font from elsewhere keep their code page', async () => {
    const bytes = Buffer.from("{\\rtf1\\ansi{\\fonttbl{\\f0\\fcharset0 A;}{\\f1\\fcharset204 B;}}\\f1 \\'cf\\f0 \\'e9}", 'latin1');
    expect((await readBlocks(rtfExtractor, bytes)).blocks[0]?.text).toBe('Пé');
  });
});

describe('tables', () => {
  const row = (edges: readonly number[], cells: readonly string[]) =>
    `\\trowd${edges.map((edge) => `\\cellx${edge}`).join('')}\\pard\\intbl ${cells.map((cell) => `${cell}\\cell`).join(' ')}\\row\n`;

  it('stand between the paragraphs', async () => {
    const { blocks } = await read(`a\\par ${row([1000, 2000], ['x', 'y'])}${row([1000, 2000], ['', 'z'])}\\pard b\\par`);
    expect(blocks).toEqual([
      { where: { line: 1 }, text: 'a' },
      {
        where: { line: 2 },
        rows: [
          ['x', 'y'],
          ['', 'z'],
        ],
      },
      { where: { line: 3 }, text: 'b' },
    ]);
  });

  it('keep their columns where cells are merged', async () => {
    const rows = [row([1000, 2000, 3000], ['a', 'b', 'c']), row([2000, 3000], ['d', 'e']), row([1000, 2000, 3000], ['f', 'g', 'h'])];
    expect((await read(rows.join(''))).blocks[0]?.rows).toEqual([
      ['a', 'b', 'c'],
      ['d', '', 'e'],
      ['f', 'g', 'h'],
    ]);
  });

  it('inside cells are tables of their own', async () => {
    const inner = '\\itap2 p\\nestcell q\\nestcell{\\*\\nesttableprops\\trowd\\cellx500\\cellx900\\nestrow}{\\nonesttables\\par}';
    const { blocks } = await read(`\\pard\\intbl ${inner}\\itap1 x\\cell y\\cell\\trowd\\cellx1000\\cellx2000\\row\\pard`);
    expect(blocks.map((block) => block.rows)).toEqual([[['p', 'q']], [['x', 'y']]]);
  });

  it('keep paragraphs of a cell as its lines', async () => {
    expect((await read('\\pard\\intbl a\\par b\\cell c\\cell\\row')).blocks[0]?.rows).toEqual([['a\nb', 'c']]);
  });
});

describe('the whole document', () => {
  it('has its headers, notes, comments and text boxes apart', async () => {
    const { blocks } = await read(
      '{\\header head\\par}one{\\footnote foot}two' +
        '{\\*\\atnauthor sato}{\\*\\annotation said}{\\shp{\\*\\shpinst{\\sp{\\sn n}{\\sv 1}}{\\shptxt box\\par}}{\\shprslt twice}}\\par',
    );
    expect(blocks.map((block) => [block.where.part, block.text])).toEqual([
      ['header', 'head'],
      ['note', 'foot'],
      ['comment', 'said'],
      ['textbox', 'box'],
      [undefined, 'onetwo'],
      ['author', 'sato'],
    ]);
  });

  it('has its properties', async () => {
    const { blocks } = await read(`{\\info{\\title ${SAMPLE}}{\\author sato}{\\creatim\\yr2015}}a`);
    expect(blocks.at(-1)).toEqual({ where: { part: 'property', line: 1 }, text: '見本\nsato' });
  });

  it('shows results of fields, and ruby that stands in their codes', async () => {
    const ruby =
      '{\\field{\\*\\fldinst EQ \\\\* jc2 \\\\* "Font:MS" \\\\o\\\\ad(\\\\s\\\\up 9(\\u12415?\\u12411?),\\u35211?\\u26412?)}{\\fldrslt}}';
    const { blocks } = await read(`{\\field{\\*\\fldinst PAGE}{\\fldrslt 3}}${ruby}a`);
    expect(blocks).toEqual([
      { where: { line: 1 }, text: '3見本a' },
      { where: { line: 1, part: 'ruby' }, text: 'みほ' },
    ]);
  });

  it('has deleted text apart', async () => {
    const { blocks } = await read('a{\\deleted 1234}b');
    expect(blocks).toEqual([
      { where: { line: 1 }, text: 'ab' },
      { where: { line: 1, part: 'deleted' }, text: '1234', copy: true },
    ]);
  });

  it('hands embedded files on', async () => {
    const object = Buffer.alloc(12 + 4 + 4 + 4 + 4 + 4 + 5);
    object.writeUInt32LE(0x501, 0);
    object.writeUInt32LE(2, 4);
    object.writeUInt32LE(4, 8);
    object.write('Doc\0', 12);
    object.writeUInt32LE(5, 24);
    object.write('inner', 28);
    const { blocks, problems } = await read(`{\\object\\objemb{\\*\\objdata ${object.toString('hex')}}{\\result shown}}`);
    expect(blocks).toEqual([
      { where: {}, member: 'object 1' },
      { where: { line: 1 }, text: 'shown' },
    ]);
    expect(problems).toEqual([]);
  });

  it('tells pictures as large as a page, and objects that it can not open', async () => {
    const png = Buffer.alloc(64);
    png.write('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1');
    png.writeUInt32BE(1200, 16);
    png.writeUInt32BE(900, 20);
    const { problems } = await read(`{\\pict\\pngblip ${png.toString('hex')}}{\\object{\\*\\objdata 0102}}`);
    expect(problems).toEqual(["unsupported: 1 embedded objects that can't be unpacked", 'needs-ocr: 1 picture as large as a page']);
  });
});

describe('hostile files', () => {
  it('that break off are told', async () => {
    expect((await readBlocks(rtfExtractor, Buffer.from('{\\rtf1 a{\\b c'))).problems).toEqual(['damaged: rtf: ends inside a group']);
    const body = `{\\header h\\par}\\f1 ${SAMPLE}\\par \\trowd\\cellx9\\intbl a\\cell\\row{\\info{\\title t}}`;
    expect(await expectTold(rtfExtractor, rtf(body))).toBeGreaterThan(40);
  });

  it('with groups without end inside each other are told', async () => {
    expect((await readBlocks(rtfExtractor, Buffer.from(`{\\rtf1 ${'{'.repeat(50_000)}`))).problems[0]).toMatch(/^too-deep/);
  });
});

const japanese = corpusFile('documents/rtf/tika__testRTFJapanese.rtf');
describe.skipIf(!japanese)('a real file (needs the test corpus beside the project)', () => {
  it('is read with its table', async () => {
    const { all, blocks } = await readBlocks(rtfExtractor, japanese!);
    expect(all).toContain('ゾルゲと尾崎、淡々と最期');
    expect(blocks.some((block) => block.rows?.[1]?.[0] === '４７年８月５日の日付がある。')).toBe(true);
  });
});
