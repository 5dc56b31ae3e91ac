import { describe, expect, it } from 'vitest';
import { memorySource } from '../../src/container/memory-source.js';
import { flatOdfExtractor, odfExtractor } from '../../src/extract/odf.js';
import { sniff } from '../../src/extract/sniff.js';
import { expectTold } from '../kit/expect-told.js';
import { contentXml, type OdfSpec, writeOdf } from '../kit/odf-writer.js';
import { corpusFile, readBlocks } from '../kit/read-blocks.js';

const read = (body: string, more: Partial<OdfSpec> = {}) => readBlocks(odfExtractor, writeOdf({ body, ...more }));
const p = (inner: string) => `<text:p>${inner}</text:p>`;
const cell = (inner: string, attributes = '') => `<table:table-cell ${attributes}>${p(inner)}</table:table-cell>`;
const row = (...cells: string[]) => `<table:table-row>${cells.join('')}</table:table-row>`;

describe('paragraphs', () => {
  it.each([
    ['spans are one word', p('1234-<text:span>567890</text:span>'), '1234-567890'],
    ['spaces, tabs, breaks', p('a<text:s text:c="3"/>b<text:tab/>c<text:line-break/>d'), 'a   b\tc\nd'],
    ['line ends of the XML are spaces', p('a\n   b'), 'a b'],
    ['headings and lists', `<text:h>一</text:h><text:list><text:list-item>${p('二')}</text:list-item></text:list>`, '一\n二'],
    ['fields', p('<text:author-name>見本 花子</text:author-name>'), '見本 花子'],
  ])('%s', async (_, body, text) => {
    const { blocks, problems } = await read(body);
    expect(blocks[0]?.text).toBe(text);
    expect(problems).toEqual([]);
  });

  it('keep ruby, notes, comments and text boxes apart', async () => {
    const ruby = '<text:ruby><text:ruby-base>見本</text:ruby-base><text:ruby-text>みほん</text:ruby-text></text:ruby>';
    const note = `<text:note><text:note-citation>1</text:note-citation><text:note-body>${p('脚注')}</text:note-body></text:note>`;
    const comment = `<office:annotation><dc:creator>見本 太郎</dc:creator><dc:date>2015-03-23T09:00:00</dc:date>${p('注釈')}</office:annotation>`;
    const box = `<draw:frame><draw:text-box>${p('箱')}</draw:text-box><svg:title>図の題</svg:title></draw:frame>`;
    const { blocks } = await read(p(`前${ruby}${note}${comment}${box}後`));
    expect(blocks).toEqual([
      { where: { line: 1, part: 'note' }, text: '脚注' },
      { where: { line: 1, part: 'comment' }, text: '注釈' },
      { where: { line: 1, part: 'textbox' }, text: '箱' },
      { where: { line: 1 }, text: '前見本後' },
      { where: { line: 1, part: 'ruby' }, text: 'みほん' },
      { where: { line: 1, part: 'description' }, text: '図の題' },
      { where: { part: 'author' }, text: '見本 太郎' },
    ]);
  });

  it('that were deleted are a copy', async () => {
    const changes = `<text:tracked-changes><text:changed-region><text:deletion>${p('1234-567890')}</text:deletion></text:changed-region></text:tracked-changes>`;
    expect((await read(changes + p('本文'))).blocks).toEqual([
      { where: { line: 1 }, text: '本文' },
      { where: { line: 1, part: 'deleted' }, text: '1234-567890', copy: true },
    ]);
  });
});

describe('tables', () => {
  it('stand between the paragraphs, with covered and repeated cells', async () => {
    const table = `<table:table>${row(cell('題', 'table:number-columns-spanned="2"'), '<table:covered-table-cell/>', cell('備考'))}${row(
      cell('', 'table:number-columns-repeated="2"'),
      cell('a'),
    )}</table:table>`;
    expect((await read(p('前') + table + p('後'))).blocks).toEqual([
      { where: { line: 1 }, text: '前' },
      {
        where: { line: 2 },
        rows: [
          ['題', '', '備考'],
          ['', '', 'a'],
        ],
      },
      { where: { line: 3 }, text: '後' },
    ]);
  });

  it('stay small where a repetition is forged', async () => {
    const table = `<table:table>${row(cell('a', 'table:number-columns-repeated="999999999"'))}</table:table>`;
    expect((await read(table)).blocks[0]?.rows?.[0]?.length).toBeLessThan(1_000);
  });
});

describe('presentations', () => {
  it('tell slides and notes apart, and read shapes as lines', async () => {
    const shapes = (text: string) => `<draw:frame><draw:text-box>${p(text)}</draw:text-box></draw:frame>`;
    const slide = (text: string, note: string) =>
      `<draw:page>${shapes(text)}<draw:custom-shape>${p('印')}</draw:custom-shape><presentation:notes>${shapes(note)}</presentation:notes></draw:page>`;
    const { blocks } = await read(slide('一', '控え') + slide('二', ''), { sort: 'presentation' });
    expect(blocks).toEqual([
      { where: { line: 1, page: 1 }, text: '一\n印' },
      { where: { line: 1, page: 1, part: 'note' }, text: '控え' },
      { where: { line: 1, page: 2 }, text: '二\n印' },
    ]);
  });
});

describe('the rest of the file', () => {
  it('is read: headers, footers, masters without prompts, properties, objects', async () => {
    const frame = (text: string, more = '') => `<draw:frame ${more}><draw:text-box>${p(text)}</draw:text-box></draw:frame>`;
    const { blocks } = await read(p('本文'), {
      styles: `<office:master-styles><style:master-page><style:header>${p('頭')}</style:header><style:footer>${p('足')}</style:footer>${frame('題を入力', 'presentation:placeholder="true"')}${frame('背景')}</style:master-page></office:master-styles>`,
      entries: {
        'meta.xml': '<office:meta><dc:creator>見本 花子</dc:creator></office:meta>',
        'Object 1/content.xml': contentXml(`<table:table>${row(cell('a'))}</table:table>`, 'spreadsheet'),
        'Object 1/settings.xml': '<s/>',
        'Object 2': Buffer.from('ole'),
      },
    });
    expect(blocks).toEqual([
      { where: { line: 1 }, text: '本文' },
      { where: { line: 1, part: 'header' }, text: '頭' },
      { where: { line: 1, part: 'footer' }, text: '足' },
      { where: { line: 1, part: 'master' }, text: '背景' },
      { where: { line: 1, part: 'object' }, rows: [['a']] },
      { where: { line: 1, part: 'property' }, text: '見本 花子' },
      { where: {}, member: 'Object 2' },
    ]);
  });

  it('may have a document type, as OpenOffice 1 wrote it', async () => {
    const prolog = '<!DOCTYPE office:document-content PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "office.dtd">';
    expect((await read(p('本文'), { prolog })).blocks[0]?.text).toBe('本文');
  });

  it('is refused by name when it is encrypted', async () => {
    const manifest = '<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>';
    await expect(read(p('本文'), { manifest })).rejects.toThrow('encrypted: odf');
  });

  it('never ends in anything but a told problem', async () => {
    const table = `<table:table>${row(cell('a'), cell('b'))}</table:table>`;
    expect(await expectTold(odfExtractor, writeOdf({ body: p('前') + table + p('後') }))).toBeGreaterThan(80);
  });
});

describe('flat files', () => {
  it('are known and read', async () => {
    const flat = Buffer.from(contentXml(p('1234-567890')).replaceAll('document-content', 'document'));
    expect(sniff(memorySource('a.fodt', flat)).format).toBe('odf-flat');
    expect((await readBlocks(flatOdfExtractor, flat)).blocks).toEqual([{ where: { line: 1 }, text: '1234-567890' }]);
  });
});

const real = corpusFile('documents/odt/odftoolkit__Text7.odt');
describe.skipIf(!real)('a real file (needs the test corpus beside the project)', () => {
  it('is read', async () => {
    expect((await readBlocks(odfExtractor, real!)).all).toContain('古典风格');
  });
});
