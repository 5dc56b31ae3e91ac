import { describe, expect, it } from 'vitest';
import { docExtractor } from '../../src/extract/doc.js';
import { oleObjectExtractor } from '../../src/extract/ole-object.js';
import { type DocSpec, IN_TABLE, rowEnd, writeDoc } from '../kit/doc-writer.js';
import { expectTold } from '../kit/expect-told.js';
import { writeOle } from '../kit/ole-writer.js';
import { corpusFile, readBlocks } from '../kit/read-blocks.js';

const read = (spec: DocSpec) => readBlocks(docExtractor, writeDoc(spec));
const lines = (...texts: string[]) => texts.map((text) => ({ text: `${text}\r` }));
const cell = (text: string) => ({ text: `${text}\x07`, modifiers: IN_TABLE });
const end = (...edges: number[]) => ({ text: '\x07', modifiers: rowEnd(edges) });

describe('text', () => {
  it.each([
    ['paragraphs', '一\r二\r', '一\n二'],
    ['tab, break and hyphen', 'a\tb\x0bc\x1ed\r', 'a\tb\nc-d'],
    ['results of fields, not codes', '\x13 HYPERLINK "x" \x14見本\x15。\r', '見本。'],
    ['fields inside fields', '\x13 IF \x13 PAGE \x143\x15 = 1 \x14yes\x15\r', 'yes'],
    ['pictures and marks of notes', 'a\x01\x02\x05b\r', 'ab'],
  ])('has %s', async (_, body, text) => {
    const { blocks, problems } = await read({ body: [{ text: body }] });
    expect(blocks[0]?.text).toBe(text);
    expect(problems).toEqual([]);
  });

  it('of one byte a character is read', async () => {
    expect((await read({ body: lines('caf\u00e9 1234-567890'), compressed: true })).blocks[0]?.text).toBe('café 1234-567890');
    expect((await read({ body: lines('1234\x96567890'), compressed: true })).blocks[0]?.text).toBe('1234–567890');
  });

  it('has ruby apart that stands in the code of a field', async () => {
    const { blocks } = await read({ body: lines('\x13 EQ \\* jc2 \\* "Font:MS" \\o\\ad(\\s\\up 9(みほん),見本)\x15さん') });
    expect(blocks).toEqual([
      { where: { line: 1 }, text: '見本さん' },
      { where: { line: 1, part: 'ruby' }, text: 'みほん' },
    ]);
  });

  it('has deleted text apart', async () => {
    const { blocks } = await read({ body: lines('1234-99567890'), deleted: [[5, 7]] });
    expect(blocks).toEqual([
      { where: { line: 1 }, text: '1234-567890' },
      { where: { line: 1, part: 'deleted' }, text: '99', copy: true },
    ]);
  });
});

describe('tables', () => {
  it('are told from text, with their empty cells', async () => {
    const { blocks } = await read({
      body: [...lines('前'), cell('氏名'), cell('番号'), end(1000, 2000), cell(''), cell('1'), end(1000, 2000), ...lines('後')],
    });
    expect(blocks).toEqual([
      { where: { line: 1 }, text: '前' },
      {
        where: { line: 2 },
        rows: [
          ['氏名', '番号'],
          ['', '1'],
        ],
      },
      { where: { line: 3 }, text: '後' },
    ]);
  });

  it('keep their columns where cells are merged', async () => {
    const { blocks } = await read({
      body: [cell('a'), cell('b'), cell('c'), end(1000, 2000, 3000), cell('d'), cell('e'), end(2000, 3000)],
    });
    expect(blocks[0]?.rows).toEqual([
      ['a', 'b', 'c'],
      ['d', '', 'e'],
    ]);
  });
});

describe('the whole document', () => {
  it('has its notes, headers, comments and text boxes', async () => {
    const { blocks } = await read({ body: lines('本文'), stories: ['脚注\r', '頭\r', '', '注釈\r', '文末\r', '箱\r'] });
    expect(blocks.map((block) => [block.where.part, block.text])).toEqual([
      [undefined, '本文'],
      ['note', '脚注'],
      ['header', '頭'],
      ['comment', '注釈'],
      ['note', '文末'],
      ['textbox', '箱'],
    ]);
  });

  it('hands embedded files on, and tells those that it can not take out', async () => {
    const streams = { 'ObjectPool/Package': Buffer.from('PK'), 'ObjectPool/Workbook': Buffer.from('x') };
    const { blocks, problems } = await read({ body: lines('本文'), streams });
    expect(blocks.at(-1)?.member).toBe('object 1');
    expect(problems).toEqual(['unsupported: 1 embedded object not taken out']);
  });
});

describe('an object of its own', () => {
  it('gives the file that a packager put into it', async () => {
    const native = Buffer.concat([
      Buffer.from('\x00\x00\x00\x00\x02\x00a.txt\x00c:a.txt\x00\x00\x00\x03\x00\x02\x00\x00\x00x\x00\x05\x00\x00\x00inner', 'latin1'),
    ]);
    const { blocks } = await readBlocks(oleObjectExtractor, writeOle({ '\x01Ole10Native': native }));
    expect(blocks).toEqual([{ where: {}, member: 'object 1' }]);
  });

  it('is refused when there is no file in it', async () => {
    await expect(readBlocks(oleObjectExtractor, writeOle({ other: Buffer.from('x') }))).rejects.toThrow(/^unsupported/);
  });
});

describe('files that can not be read', () => {
  it.each([
    ['encrypted', { flags: 0x0100 }, /^encrypted/],
    ['of Word 95', { version: 0x68 }, /^unsupported: doc: Word 6 or 95/],
  ])('%s', async (_, more, message) => {
    await expect(read({ body: lines('本文'), ...more })).rejects.toThrow(message);
  });

  it('never end in anything but a told problem', async () => {
    const body = [...lines('前'), cell('a'), cell('b'), end(1000, 2000), ...lines('後')];
    expect(await expectTold(docExtractor, writeDoc({ body, stories: ['脚注\r'] }))).toBeGreaterThan(20);
  });
});

const japanese = corpusFile('documents/doc/poi__TestShiftJIS.doc');
describe.skipIf(!japanese)('a real file (needs the test corpus beside the project)', () => {
  it('is read with its tables', async () => {
    const { blocks, all } = await readBlocks(docExtractor, japanese!);
    expect(all).toContain('File Agent Server Administration Tool Summary');
    expect(blocks.find((block) => block.rows?.[0]?.[0] === 'Item')?.rows?.[1]?.[0]).toBe('Agent Name');
  });
});
