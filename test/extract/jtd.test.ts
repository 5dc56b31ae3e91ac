import { describe, expect, it } from 'vitest';
import { memorySource } from '../../src/container/memory-source.js';
import { jtdExtractor } from '../../src/extract/jtd.js';
import { sniff } from '../../src/extract/sniff.js';
import { errorsOfDamaged } from '../kit/hostile.js';
import { jtdText, packJtd, paragraph, row, ruby, writeJtd } from '../kit/jtd-writer.js';
import { writeOle } from '../kit/ole-writer.js';
import { readBlocks } from '../kit/read-blocks.js';
import { readMembers } from '../kit/read-members.js';

const PARTLY = ['unsupported: jtd: drawings, sheets and embedded objects are not read'];
const ROSTER = [
  ...paragraph('名簿'),
  ...row('基礎年金番号', '氏名', '生年月日', '住所'),
  ...row('1234-567890', '山田太郎', '昭和40年1月1日', '東京都千代田区霞が関1-2-3'),
  ...row('2345-678902', '髙橋花子', '1970年12月31日', '大阪市北区梅田1丁目2番3号'),
  ...paragraph('以上'),
];

describe('jtd', () => {
  it('reads paragraphs, tables and words with their readings', async () => {
    const { blocks, problems } = await readBlocks(jtdExtractor, writeJtd([...ROSTER, ...ruby('山田', 'やまだ'), ...paragraph('太郎様')]));
    expect(blocks).toEqual([
      { where: { line: 1 }, text: '名簿\n' },
      {
        where: {},
        rows: [
          ['基礎年金番号', '氏名', '生年月日', '住所'],
          ['1234-567890', '山田太郎', '昭和40年1月1日', '東京都千代田区霞が関1-2-3'],
          ['2345-678902', '髙橋花子', '1970年12月31日', '大阪市北区梅田1丁目2番3号'],
        ],
      },
      { where: { line: 1 }, text: '以上\n山田太郎様\n' },
      { where: { part: 'ruby' }, text: 'やまだ' },
    ]);
    expect(problems).toEqual(PARTLY);
  });

  it('reads boxes, notes, headers and footers', async () => {
    const others = { LayoutBoxText: 'box', Footnote: 'note', Header: 'head', Footer: 'foot' };
    const streams = Object.fromEntries(Object.entries(others).map(([name, text]) => [name, jtdText(paragraph(text))]));
    const { blocks } = await readBlocks(jtdExtractor, writeJtd(paragraph('body'), streams));
    const parts = blocks.map(({ where, text }) => [where.part ?? 'body', text]);
    expect(parts[0]).toEqual(['body', 'body\n']);
    expect(parts.slice(1).sort()).toEqual([
      ['footer', 'foot\n'],
      ['header', 'head\n'],
      ['note', 'note\n'],
      ['textbox', 'box\n'],
    ]);
  });

  it('reads a text that begins with the mark of a run, and ends words at unknown codes', async () => {
    const bytes = Buffer.concat([
      Buffer.from('SsmgV.01'),
      Buffer.from([0x4e, 0x00, 0x00, 0x1f]),
      Buffer.from('銀河\u0090無\u001f鉄道', 'utf16le').swap16(),
    ]);
    const { all } = await readBlocks(jtdExtractor, writeOle({ DocumentText: bytes }));
    expect(all).toBe('銀河鉄道');
  });

  it.each([0, 1, 2] as const)('opens packed documents (LHA level %i)', async (level) => {
    const inner = writeJtd(ROSTER);
    expect((await readMembers(jtdExtractor, packJtd(inner, level))).members).toEqual([['', inner]]);
  });

  it('is known by its streams', () => {
    const format = (streams: Readonly<Record<string, Buffer>>) => sniff(memorySource('x', writeOle(streams))).format;
    expect(format({ JSCompDocument: Buffer.alloc(9) })).toBe('jtd');
    expect(format({ '\x04JSRV_SegmentInformation': Buffer.alloc(9) })).toBe('jtd');
  });

  it('refuses what holds no known text, and takes damaged files', async () => {
    await expect(readBlocks(jtdExtractor, writeOle({ '\x04JSRV_SegmentInformation': Buffer.alloc(9) }))).rejects.toThrow('unsupported');
    expect(await errorsOfDamaged(jtdExtractor, writeJtd(ROSTER))).toEqual([]);
    expect(await errorsOfDamaged(jtdExtractor, packJtd(writeJtd(ROSTER), 1), 20)).toEqual([]);
  });
});
