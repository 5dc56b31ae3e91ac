import { describe, expect, it } from 'vitest';
import { pptxExtractor } from '../../src/extract/pptx.js';
import { expectTold } from '../kit/expect-told.js';
import { shape, slideTable, writePptx } from '../kit/pptx-writer.js';
import { corpusFile, readBlocks } from '../kit/read-blocks.js';

const read = (...args: Parameters<typeof writePptx>) => readBlocks(pptxExtractor, writePptx(...args));
const tree = (inner: string) => `<p:cSld><p:spTree>${inner}</p:spTree></p:cSld>`;

describe('slides', () => {
  it('come in the order of the presentation, with their number', async () => {
    const { blocks, problems } = await read([{ tree: shape('一') }, { tree: shape('二\n三') }, { tree: shape('四') }], {}, [2, 0, 1]);
    expect(blocks).toEqual([
      { where: { line: 1, page: 1 }, text: '四' },
      { where: { line: 1, page: 2 }, text: '一' },
      { where: { line: 1, page: 3 }, text: '二\n三' },
    ]);
    expect(problems).toEqual([]);
  });

  it('that the presentation does not list are read too', async () => {
    expect((await read([{ tree: shape('一') }, { tree: shape('二') }], {}, [0])).blocks.map((block) => block.text)).toEqual(['一', '二']);
  });

  it('have tables as tables', async () => {
    const rows = [
      ['氏名', '番号'],
      ['見本 花子', '1234-567890'],
    ];
    expect((await read([{ tree: shape('題') + slideTable(rows) }])).blocks[1]).toEqual({ where: { line: 2, page: 1 }, rows });
  });

  it('join what is cut into runs, and break lines where it says so', async () => {
    const runs =
      '<p:sp><p:txBody><a:p><a:r><a:t>1234-</a:t></a:r><a:r><a:t>567890</a:t></a:r><a:br/><a:fld><a:t>7</a:t></a:fld></a:p></p:txBody></p:sp>';
    expect((await read([{ tree: runs }])).blocks[0]?.text).toBe('1234-567890\n7');
  });

  it('have notes, comments, charts and diagrams apart', async () => {
    const { blocks } = await read([
      {
        tree: shape('本文'),
        parts: [
          ['notesSlide', 'ppt/notesSlides/notesSlide1.xml', `<p:notes>${tree(shape('控え'))}</p:notes>`],
          ['comments', 'ppt/comments/comment1.xml', '<p:cmLst><p:cm><p:text>注釈</p:text></p:cm></p:cmLst>'],
          ['chart', 'ppt/charts/chart1.xml', '<c:chart><c:cat><c:pt><c:v>見本 花子</c:v></c:pt></c:cat></c:chart>'],
          [
            'diagramData',
            'ppt/diagrams/data1.xml',
            '<dgm:pt><dgm:t><a:p><a:r><a:t>図の</a:t></a:r><a:r><a:t>字</a:t></a:r></a:p></dgm:t></dgm:pt>',
          ],
        ],
      },
    ]);
    expect(blocks).toEqual([
      { where: { line: 1, page: 1 }, text: '本文' },
      { where: { line: 1, page: 1, part: 'note' }, text: '控え' },
      { where: { line: 1, page: 1, part: 'comment' }, text: '注釈' },
      { where: { line: 1, page: 1, part: 'chart' }, text: '見本 花子', copy: true },
      { where: { line: 1, page: 1, part: 'diagram' }, text: '図の字' },
    ]);
  });
});

describe('the rest of the file', () => {
  it('is read: masters without their prompts, authors, properties, embedded files', async () => {
    const { blocks } = await read([{ tree: shape('本文') }], {
      'ppt/slideMasters/slideMaster1.xml': `<p:sldMaster>${tree(shape('題を入力', 'title') + shape('見本年金事務所'))}</p:sldMaster>`,
      'ppt/commentAuthors.xml': '<p:cmAuthorLst><p:cmAuthor name="見本 花子"/></p:cmAuthorLst>',
      'docProps/core.xml': '<cp:coreProperties><dc:creator>見本 太郎</dc:creator></cp:coreProperties>',
      'ppt/embeddings/book.xlsx': 'PK',
    });
    expect(blocks.slice(1)).toEqual([
      { where: { line: 1, part: 'master' }, text: '見本年金事務所' },
      { where: { line: 1, part: 'property' }, text: '見本 太郎' },
      { where: {}, member: 'book.xlsx' },
      { where: { part: 'author' }, text: '見本 花子' },
    ]);
  });

  it('is read when one slide breaks off, which is told', async () => {
    const { blocks, problems } = await read([{ tree: shape('一') }], { 'ppt/slides/slide2.xml': '<p:sld><p:sp><a:p><a:t>二</a:t></a:p>' });
    expect(blocks.map((block) => block.text)).toEqual(['一', '二']);
    expect(problems).toEqual([expect.stringMatching(/^damaged: part \d+: xml: ends/)]);
  });

  it('never ends in anything but a told problem', async () => {
    expect(await expectTold(pptxExtractor, writePptx([{ tree: shape('一') + slideTable([['a', 'b']]) }]))).toBeGreaterThan(80);
  });
});

const japanese = corpusFile('documents/pptx/poi__with_japanese.pptx');
describe.skipIf(!japanese)('a real file (needs the test corpus beside the project)', () => {
  it('is read', async () => {
    const { all, problems } = await readBlocks(pptxExtractor, japanese!);
    expect(all).toContain('ゾルゲと尾崎、淡々と最期');
    expect(problems).toEqual([]);
  });
});
