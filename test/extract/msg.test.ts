import { describe, expect, it } from 'vitest';
import { msgExtractor } from '../../src/extract/msg.js';
import { unpackRtf } from '../../src/extract/rtf-compressed.js';
import { writeOle } from '../kit/ole-writer.js';
import { corpusFile } from '../kit/read-blocks.js';
import { countFaults, readMembers } from '../kit/read-members.js';

const wide = (text: string): Buffer => Buffer.from(text, 'utf16le');
const ATTACH = '__attach_version1.0_#00000000';

/** A property list that says the texts are CP932, or nothing. */
function list(codepage: number | null): Buffer {
  const bytes = Buffer.alloc(48);
  if (codepage === null) return bytes.subarray(0, 32);
  bytes.writeUInt16LE(3, 32);
  bytes.writeUInt16LE(0x3ffd, 34);
  bytes.writeUInt32LE(codepage, 40);
  return bytes;
}

function msg(streams: Readonly<Record<string, Buffer>>, codepage: number | null = null): Buffer {
  return writeOle({ '__properties_version1.0': list(codepage), ...streams });
}

describe('msgExtractor', () => {
  it('reads fields, text and attachments', async () => {
    const bytes = msg({
      '__substg1.0_0037001F': wide('名簿の件'),
      '__substg1.0_0C1A001F': wide('山田太郎'),
      '__substg1.0_1000001F': wide('本文です。\r\n'),
      [`${ATTACH}/__substg1.0_3707001F`]: wide('名簿.csv'),
      [`${ATTACH}/__substg1.0_37010102`]: Buffer.from('a,b'),
    });
    const { texts, members, problems } = await readMembers(msgExtractor, bytes);
    expect(texts).toEqual(['From: 山田太郎\nSubject: 名簿の件', '本文です。\n']);
    expect(members.map(([name, content]) => [name, content.toString()])).toEqual([['名簿.csv', 'a,b']]);
    expect(problems).toEqual([]);
  });

  it.each([932, null])('reads texts of one byte a character (code page %s)', async (codepage) => {
    const bytes = msg({ '__substg1.0_1000001E': Buffer.from('8e5293638e529363', 'hex') }, codepage);
    expect((await readMembers(msgExtractor, bytes)).texts).toEqual(['山田山田']);
  });

  it('hands on HTML, or RTF, only where no plain text says the same', async () => {
    const html = { '__substg1.0_10130102': Buffer.from('<p>山田太郎</p>') };
    const names = async (streams: Readonly<Record<string, Buffer>>): Promise<string[]> =>
      (await readMembers(msgExtractor, msg(streams))).members.map(([name]) => name);
    expect(await names({ ...html, '__substg1.0_1000001F': wide('山田太郎') })).toEqual([]);
    expect(await names(html)).toEqual(['body.html']);
    const rtf = Buffer.concat([Buffer.alloc(8), Buffer.from('4d454c4100000000', 'hex'), Buffer.from('{\\rtf1 x}')]);
    rtf.writeUInt32LE(9, 4);
    expect(await names({ '__substg1.0_10090102': rtf })).toEqual(['body.rtf']);
  });

  it('unpacks the RTF of the format document (MS-OXRTFCP 3.1.1)', () => {
    const packed = '2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0';
    expect(unpackRtf(Buffer.from(packed, 'hex')).toString('latin1')).toBe('{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n');
  });

  it('tells a list of properties that holds no properties', async () => {
    const bytes = msg({ '__substg1.0_1000001F': wide('山田'), '__properties_version1.0': Buffer.alloc(64, 0xff) });
    expect((await readMembers(msgExtractor, bytes)).problems).toEqual(['damaged: msg: list of properties']);
  });

  it('tells a property that is cut, and never breaks on damaged bytes', async () => {
    const bytes = msg({ '__substg1.0_1000001F': wide('山田'.repeat(3000)), [`${ATTACH}/__substg1.0_37010102`]: Buffer.from('a') });
    expect(await countFaults(msgExtractor, bytes, 120)).toBe(0);
  });

  const real = corpusFile('documents/msg/docling__msg_with_attachment.msg');
  it.skipIf(!real)('reads an item of Outlook (test corpus)', async () => {
    const { texts, members } = await readMembers(msgExtractor, real!);
    expect([texts.length, members.map(([name]) => name)]).toEqual([3, ['test.txt', 'report.pdf']]);
  });
});
