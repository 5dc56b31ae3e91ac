import { describe, expect, it } from 'vitest';
import { docxExtractor } from '../../src/extract/docx.js';
import { limits } from '../../src/limits.js';
import { cell, paragraph, table, writeDocx } from '../kit/docx-writer.js';
import { corpusFile, readBlocks } from '../kit/read-blocks.js';

const read = (body: string, more = {}) => readBlocks(docxExtractor, writeDocx({ body, ...more }));
const box = (text: string) => `<w:txbxContent>${paragraph(text)}</w:txbxContent>`;

/** A PNG's first bytes: all that its size is read from. */
function pngHead(widthPx: number, heightPx: number): Buffer {
  const head = Buffer.alloc(64);
  head.write('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1');
  head.writeUInt32BE(widthPx, 16);
  head.writeUInt32BE(heightPx, 20);
  return head;
}

describe('paragraphs', () => {
  it.each([
    ['split runs are one word', paragraph('1234-', '5678', '90 見本　', '花子'), '1234-567890 見本　花子'],
    [
      'tab, break and hyphen',
      '<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t></w:r></w:p>',
      'a\tb\nc-d',
    ],
    ['tab stops are no tabs', '<w:p><w:pPr><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr><w:r><w:t>a</w:t></w:r></w:p>', 'a'],
    [
      'field results, not codes',
      '<w:p><w:fldSimple w:instr="MERGEFIELD x"><w:r><w:t>見本</w:t></w:r></w:fldSimple><w:r><w:instrText>PAGE</w:instrText></w:r></w:p>',
      '見本',
    ],
    [
      'content controls, smart tags, links',
      `<w:sdt><w:sdtPr><w:alias w:val="x"/></w:sdtPr><w:sdtContent>${paragraph('一')}</w:sdtContent></w:sdt><w:p><w:smartTag><w:hyperlink><w:r><w:t>二</w:t></w:r></w:hyperlink></w:smartTag></w:p>`,
      '一\n二',
    ],
    ['entities and CDATA', '<w:p><w:r><w:t>&amp;&#x898B;<![CDATA[本]]></w:t></w:r></w:p>', '&見本'],
  ])('%s', async (_, body, text) => {
    expect((await read(body)).blocks[0]?.text).toBe(text);
  });

  it('come as blocks between tables, with the number of their first line', async () => {
    const { blocks } = await read(paragraph('一') + paragraph('二') + table([cell('x'), cell('y')]) + paragraph('三'));
    expect(blocks).toEqual([
      { where: { line: 1 }, text: '一\n二' },
      { where: { line: 3 }, rows: [['x', 'y']] },
      { where: { line: 4 }, text: '三' },
    ]);
  });

  it('are cut at about 64 KB, between paragraphs', async () => {
    const lines = Array.from({ length: 5_000 }, (_, at) => `見本の行その${at} ${'あ'.repeat(20)}`);
    const { blocks } = await read(lines.map((line) => paragraph(line)).join(''));
    expect(blocks.length).toBeGreaterThan(2);
    expect(blocks.map((block) => block.text).join('\n')).toBe(lines.join('\n'));
    for (const block of blocks) expect(lines[block.where.line! - 1]).toBe(block.text?.split('\n')[0]);
  });

  it('keep ruby out of the line and apart', async () => {
    const ruby = (base: string, over: string) =>
      `<w:ruby><w:rubyPr/><w:rt><w:r><w:t>${over}</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>${base}</w:t></w:r></w:rubyBase></w:ruby>`;
    const { blocks } = await read(
      `<w:p><w:r>${ruby('見本', 'みほん')}</w:r><w:r><w:t>　</w:t></w:r><w:r>${ruby('花子', 'はなこ')}</w:r></w:p>`,
    );
    expect(blocks).toEqual([
      { where: { line: 1 }, text: '見本　花子' },
      { where: { line: 1, part: 'ruby' }, text: 'みほん はなこ' },
    ]);
  });
});

describe('tables', () => {
  it('keep the columns of merged cells', async () => {
    const merged = table(
      [cell('題', '<w:gridSpan w:val="2"/>'), cell('備考')],
      [cell('番号', '<w:vMerge w:val="restart"/>'), cell('一'), cell('a')],
      [cell('', '<w:vMerge/>'), cell('二'), cell('b')],
    );
    expect((await read(merged)).blocks[0]?.rows).toEqual([
      ['題', '', '備考'],
      ['番号', '一', 'a'],
      ['', '二', 'b'],
    ]);
  });

  it('inside cells are tables of their own', async () => {
    const inner = `<w:tc>${paragraph('外')}${table([cell('内一'), cell('内二')])}${paragraph('')}</w:tc>`;
    const { blocks } = await read(table([inner, cell('隣')]));
    expect(blocks.map((block) => block.rows)).toEqual([[['外', '隣']], [['内一', '内二']]]);
  });

  it('of many rows come in batches', async () => {
    const rows = Array.from({ length: limits.batchRows * 2 + 5 }, (_, at) => [cell(`行${at}`), cell('x')]);
    const { blocks } = await read(table(...rows));
    expect(blocks[0]?.rows).toHaveLength(rows.length);
    expect(blocks[0]?.rows?.at(-1)).toEqual([`行${rows.length - 1}`, 'x']);
  });

  it('stay small where a span is forged', async () => {
    const { blocks } = await read(table([cell('a', '<w:gridSpan w:val="999999999"/>'), cell('b')]));
    expect(blocks[0]?.rows?.[0]?.length).toBeLessThan(1_000);
  });
});

describe('the whole document', () => {
  it('has its headers, footers, notes and comments', async () => {
    const { blocks } = await read(paragraph('本文'), {
      stories: {
        header: paragraph('頭'),
        footer: paragraph('足'),
        footnotes: `<w:footnote w:id="2">${paragraph('脚注')}</w:footnote>`,
        endnotes: `<w:endnote w:id="2">${paragraph('文末')}</w:endnote>`,
        comments: `<w:comment w:id="0" w:author="見本職員">${paragraph('注釈')}</w:comment>`,
      },
    });
    expect(blocks.map((block) => [block.where.part, block.text])).toEqual([
      [undefined, '本文'],
      ['header', '頭'],
      ['footer', '足'],
      ['note', '脚注'],
      ['note', '文末'],
      ['comment', '注釈'],
      ['author', '見本職員'],
    ]);
  });

  it('has text boxes once, though Word keeps them twice', async () => {
    const twice = `<mc:AlternateContent><mc:Choice Requires="wps"><wps:txbx>${box('新')}</wps:txbx></mc:Choice><mc:Fallback><v:textbox>${box('新')}</v:textbox></mc:Fallback></mc:AlternateContent>`;
    const { blocks } = await read(
      `<w:p><w:r><w:t>前</w:t></w:r><w:r>${twice}</w:r><w:r><w:pict><v:textbox>${box('旧')}</v:textbox></w:pict></w:r><w:r><w:t>後</w:t></w:r></w:p>`,
    );
    expect(blocks.map((block) => [block.where.part, block.text])).toEqual([
      ['textbox', '新'],
      ['textbox', '旧'],
      [undefined, '前後'],
    ]);
  });

  it('has insertions in the line and deletions apart, as a copy', async () => {
    const { blocks } = await read(
      '<w:p><w:r><w:t>番号</w:t></w:r><w:del w:author="見本職員"><w:r><w:delText>1234-567890</w:delText></w:r></w:del><w:ins><w:r><w:t>9876</w:t></w:r></w:ins></w:p>' +
        '<w:p><w:moveFrom><w:r><w:t>移した行</w:t></w:r></w:moveFrom></w:p><w:p><w:moveTo><w:r><w:t>移した行</w:t></w:r></w:moveTo></w:p>',
    );
    expect(blocks[0]?.text).toBe('番号9876\n\n移した行');
    expect(blocks[1]).toEqual({ where: { line: 1, part: 'deleted' }, text: '1234-567890\n移した行', copy: true });
  });

  it('has its properties, embedded files and imported parts', async () => {
    const { blocks } = await read(paragraph('本文'), {
      relations: [['aFChunk', 'part.htm']],
      entries: {
        'docProps/core.xml': '<cp><dc:title xmlns:dc="x">見本の題</dc:title><dc:creator>見本職員</dc:creator></cp>',
        'word/embeddings/book.xlsx': Buffer.from('PK'),
        'word/part.htm': '<p>見本</p>',
      },
    });
    expect(blocks).toContainEqual({ where: { part: 'property', line: 1 }, text: '見本の題\n見本職員' });
    expect(blocks.flatMap((block) => block.member ?? [])).toEqual(['part.htm', 'book.xlsx']);
  });

  it('tells pictures that can hold a page, once', async () => {
    const entries = {
      'word/media/a.png': pngHead(1200, 900),
      'word/media/b.png': pngHead(800, 600),
      'word/media/logo.png': pngHead(120, 40),
    };
    expect((await read(paragraph('本文'), { entries })).problems).toEqual(['needs-ocr: 2 pictures as large as a page']);
  });
});

describe('broken files', () => {
  it('give what stands before the break, and tell it', async () => {
    const whole = writeDocx({ body: paragraph('本文'), stories: { header: paragraph('頭') } });
    const at = whole.indexOf('</w:header>');
    whole.fill(0x3c, at, at + 11);
    const { all, problems } = await readBlocks(docxExtractor, whole);
    expect(all).toContain('本文');
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/^damaged: /);
  });

  it.each([
    ['no zip', Buffer.from('no zip at all, but a line of text')],
    ['no document', writeDocx({ body: '' }).subarray(0, 200)],
  ])('%s is damaged', async (_, bytes) => {
    await expect(readBlocks(docxExtractor, bytes)).rejects.toMatchObject({ name: 'FileProblem', code: 'damaged' });
  });

  it('survive flipped bytes with problems alone', async () => {
    const good = writeDocx({
      body: paragraph('本文') + table([cell('a'), cell('b')]),
      stories: { comments: `<w:comment>${paragraph('注')}</w:comment>` },
    });
    for (let seed = 1; seed <= 100; seed += 1) {
      const bytes = Buffer.from(good);
      for (let at = seed * 13; at < bytes.length; at += 701) bytes[at] = (bytes[at]! + seed) & 0xff;
      const error = await readBlocks(docxExtractor, bytes).then(
        () => null,
        (reason: unknown) => reason,
      );
      if (error !== null) expect(error).toMatchObject({ name: 'FileProblem' });
    }
  });
});

const truth = corpusFile('share/truth.jsonl');
describe.skipIf(truth === null)('corpus: Word files of the share (skipped where ../shared/corpus is absent)', () => {
  const entries = (truth?.toString('utf8') ?? '')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as { path: string; format: string; numbers: string[]; password: string | null })
    .filter((entry) => entry.format === 'docx' && entry.password === null);

  it.each(entries.map((entry) => [entry.path.split('/').slice(-2).join('/'), entry] as const))(
    '%s holds every number',
    async (_, entry) => {
      const { all } = await readBlocks(docxExtractor, corpusFile(`share/files/${entry.path}`)!);
      const digits = all.normalize('NFKC').replaceAll(/[^\d\n\t]/g, '');
      for (const number of entry.numbers) expect(digits).toContain(number);
    },
  );
});
