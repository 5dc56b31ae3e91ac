import { describe, expect, it } from 'vitest';
import { memorySource } from '../../src/container/memory-source.js';
import { openZip } from '../../src/container/zip.js';
import { sheetjsExtractor } from '../../src/extract/sheetjs.js';
import { storePackage } from '../../src/extract/stored-package.js';
import { SharedStrings } from '../../src/extract/xlsx-strings.js';
import { mutilated } from '../kit/mutilate.js';
import { readBlocks } from '../kit/read-blocks.js';
import { writeWorkbook } from '../kit/xlsx-writer.js';
import { writeZip } from '../kit/zip-writer.js';

const roster = writeWorkbook({
  sheets: [{ name: '名簿', rows: '<row r="1"><c r="A1" t="inlineStr"><is><t>架空 太郎</t></is></c></row>' }],
});

function store(bytes: Buffer): { stored: Buffer; problems: string[] } {
  const problems: string[] = [];
  const context = {
    format: 'xlsx',
    passwords: [],
    problem: (code: string, detail: string) => void problems.push(`${code}: ${detail}`),
    unpacked: () => undefined,
  };
  return { stored: storePackage(memorySource('a.xlsx', bytes), context), problems };
}

describe('a package written anew', () => {
  it('keeps names and contents, but no pictures and no compression', () => {
    const { stored, problems } = store(
      writeZip([
        { name: 'xl/a.xml', content: '<a>架空</a>' },
        { name: 'xl/media/image1.png', content: 'x' },
      ]),
    );
    const zip = openZip(memorySource('a', stored));
    expect(zip.entries.map(({ name, method }) => [name, method])).toEqual([['xl/a.xml', 0]]);
    expect(zip.readEntry(zip.entries[0]!).toString()).toBe('<a>架空</a>');
    expect(problems).toEqual([]);
  });

  it('tells entries that are broken and leaves them out', () => {
    const { stored, problems } = store(
      writeZip([
        { name: 'a.xml', content: 'whole' },
        { name: 'b.xml', content: Buffer.alloc(40, 0xff), method: 8 },
      ]),
    );
    expect(openZip(memorySource('a', stored)).entries).toHaveLength(1);
    expect(problems).toEqual([expect.stringMatching(/^damaged: part 2: /)]);
  });

  it('is read by the library like the original', async () => {
    expect((await readBlocks(sheetjsExtractor, roster)).all).toBe('架空 太郎');
  });

  it('does not let the library hang on broken streams', async () => {
    let ended = 0;
    for (const broken of mutilated(roster, 25)) {
      await readBlocks(sheetjsExtractor, broken).catch((error: Error) => expect(error.name).toBe('FileProblem'));
      ended++;
    }
    expect(ended).toBe(49);
  }, 30_000);
});

describe('shared strings of a damaged workbook', () => {
  it.each([-1, Number.NaN, 0, 4_294_967_295])('have none at %s when there are none', (index) => {
    expect(new SharedStrings().at(index)).toBeUndefined();
  });
});
