import { describe, expect, it } from 'vitest';
import { pptExtractor } from '../../src/extract/ppt.js';
import { expectTold } from '../kit/expect-told.js';
import { writeOle } from '../kit/ole-writer.js';
import { corpusFile, readBlocks } from '../kit/read-blocks.js';

const record = (type: number, content: Buffer, instance = 0, container = false): Buffer => {
  const header = Buffer.alloc(8);
  header.writeUInt16LE((instance << 4) | (container ? 0xf : 0), 0);
  header.writeUInt16LE(type, 2);
  header.writeUInt32LE(content.length, 4);
  return Buffer.concat([header, content]);
};
const holder = (type: number, children: readonly Buffer[], instance = 0) => record(type, Buffer.concat(children), instance, true);
const numbers = (...values: number[]) => {
  const bytes = Buffer.alloc(values.length * 4);
  for (const [index, value] of values.entries()) bytes.writeUInt32LE(value >>> 0, index * 4);
  return bytes;
};
const text = (chars: string) => record(0x0fa0, Buffer.from(chars, 'utf16le'));
const string = (instance: number, chars: string) => record(0x0fba, Buffer.from(chars, 'utf16le'), instance);
const shape = (chars: string, placeholder = false) =>
  holder(0xf004, [holder(0xf011, placeholder ? [record(0x0bc3, Buffer.alloc(8))] : []), holder(0xf00d, [text(chars)])]);
const page = (object: number, slideId: number) => record(0x03f3, numbers(object, 0, 0, slideId, 0));

/** Objects are numbered from 1 in their order; `old` stands in the stream without being in use. */
function writePpt(objects: readonly Buffer[], old: readonly Buffer[] = [], token = 0xe391c05f): Buffer {
  const offsets: number[] = [];
  let at = old.reduce((sum, { length }) => sum + length, 0);
  for (const { length } of objects) {
    offsets.push(at);
    at += length;
  }
  const directory = record(0x1772, numbers((objects.length << 20) | 1, ...offsets));
  const edit = record(0x0ff5, numbers(0, 0, 0, at, 1, objects.length + 1, 0));
  const user = record(0x0ff6, numbers(20, token, at + directory.length));
  return writeOle({ 'PowerPoint Document': Buffer.concat([...old, ...objects, directory, edit]), 'Current User': user });
}

const outline = (instance: number, ...records: Buffer[]) => holder(0x0ff0, records, instance);
const presentation = () =>
  writePpt(
    [
      holder(0x03e8, [
        outline(0, page(3, 257), text('題二'), page(2, 256), text('題一\r副題'), record(0x0fa8, Buffer.from('ascii'))),
        outline(2, page(4, 256)),
        holder(0x0fd9, [string(2, '見本年金事務所')], 3),
      ]),
      holder(0x03ee, [shape('箱一'), holder(0x2ee0, [string(0, '見本 花子'), string(1, '注釈')])]),
      holder(0x03ee, [shape('箱二')]),
      holder(0x03f0, [record(0x03f1, numbers(256, 0)), shape('控え')]),
      holder(0x03f8, [shape('題を入力', true), shape('背景の字')]),
    ],
    [holder(0x03ee, [shape('前の版')])],
  );

describe('a presentation', () => {
  it('is read slide by slide, with all that hangs on it', async () => {
    const { blocks, problems } = await readBlocks(pptExtractor, presentation());
    expect(blocks).toEqual([
      { where: { page: 1, line: 1 }, text: '題二\n箱二' },
      { where: { page: 2, line: 1 }, text: '題一\n副題\nascii\n箱一' },
      { where: { page: 2, line: 1, part: 'comment' }, text: '注釈' },
      { where: { page: 2, line: 1, part: 'note' }, text: '控え' },
      { where: { line: 1, part: 'header' }, text: '見本年金事務所' },
      { where: { line: 1, part: 'deleted' }, text: '前の版', copy: true },
      { where: { line: 1, part: 'master' }, text: '背景の字' },
      { where: { part: 'author' }, text: '見本 花子' },
    ]);
    expect(problems).toEqual([]);
  });

  it('is read without its list of objects, which is told', async () => {
    const bytes = writeOle({ 'PowerPoint Document': holder(0x03ee, [shape('箱')]), 'Current User': Buffer.alloc(0) });
    const { blocks, problems } = await readBlocks(pptExtractor, bytes);
    expect(blocks.map((block) => block.text)).toEqual(['箱']);
    expect(problems).toEqual([expect.stringMatching(/^damaged: ppt: list of objects/)]);
  });

  it('that is encrypted is refused by name', async () => {
    await expect(readBlocks(pptExtractor, writePpt([], [], 0xf3d1c4df))).rejects.toThrow('encrypted: ppt');
  });

  it('never ends in anything but a told problem', async () => {
    expect(await expectTold(pptExtractor, presentation())).toBeGreaterThan(20);
  });
});

const real = corpusFile('documents/ppt/poi__WithMaster.ppt');
describe.skipIf(!real)('a real file (needs the test corpus beside the project)', () => {
  it('is read without the prompts of its master', async () => {
    const { all } = await readBlocks(pptExtractor, real!);
    expect(all).toContain('First page title');
    expect(all).toContain('This text comes from the Master Slide');
    expect(all).not.toContain('Click to edit');
  });
});
