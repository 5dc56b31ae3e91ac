import { describe, expect, it } from 'vitest';
import { memorySource } from '../../src/container/memory-source.js';
import { Pictures } from '../../src/extract/pictures.js';
import { rtfExtractor } from '../../src/extract/rtf.js';
import { xlsExtractor } from '../../src/extract/xls.js';
import type { Block, MemberBlock } from '../../src/model.js';
import type { ExtractContext, Extractor } from '../../src/parts.js';
import { writeOle } from '../kit/ole-writer.js';

const PAGE = png(620, 877);
const LOGO = png(120, 40);
const OCR = { fileEndMs: Number.POSITIVE_INFINITY, sweepEndMs: Number.POSITIVE_INFINITY };

/** The chunks of a PNG; its picture is no picture. */
function png(widthPx: number, heightPx: number): Buffer {
  const chunk = (type: string, data: Buffer) => Buffer.concat([uint32(data.length), Buffer.from(type), data, uint32(0)]);
  const head = Buffer.concat([uint32(widthPx), uint32(heightPx), Buffer.from([8, 0, 0, 0, 0])]);
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', head),
    chunk('IDAT', Buffer.alloc(900, 7)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

/** A JPEG's segments around coded bytes: with a preview, a whole small JPEG, in its metadata. Nothing here can be shown. */
function jpeg(widthPx: number, heightPx: number, preview: Buffer = Buffer.alloc(0)): Buffer {
  const segment = (marker: number, data: Buffer): Buffer => {
    const head = Buffer.from([0xff, marker, 0, 0]);
    head.writeUInt16BE(data.length + 2, 2);
    return Buffer.concat([head, data]);
  };
  const size = Buffer.alloc(6);
  size[0] = 8;
  size.writeUInt16BE(heightPx, 1);
  size.writeUInt16BE(widthPx, 3);
  const coded = Buffer.from('1122ff0033ffd044', 'hex');
  return Buffer.concat([
    Buffer.from('ffd8', 'hex'),
    segment(0xe1, preview),
    segment(0xc0, size),
    segment(0xda, Buffer.alloc(4)),
    coded,
    Buffer.from('ffd9', 'hex'),
  ]);
}

interface Read {
  readonly members: Buffer[];
  readonly problems: string[];
}

type Blocks = Iterable<Block | MemberBlock> | AsyncIterable<Block | MemberBlock>;

async function collect(read: (context: ExtractContext) => Blocks, ocr: boolean): Promise<Read> {
  const problems: string[] = [];
  const context: ExtractContext = {
    format: '',
    passwords: [],
    problem: (code, detail) => void problems.push(`${code}: ${detail}`),
    unpacked: () => {},
    ...(ocr && { ocr: OCR }),
  };
  const members: Buffer[] = [];
  for await (const block of read(context)) if (block.kind === 'member') members.push(block.source.whole());
  return { members, problems };
}

const readWith = (extractor: Extractor, bytes: Buffer, ocr: boolean) =>
  collect((context) => extractor.read(memorySource('file', bytes), context), ocr);

describe('pictures in a stream of other things', () => {
  const junk = Buffer.from('between\xff\xd8\x89PNG', 'latin1');
  const preview = jpeg(160, 120);
  const photo = jpeg(1600, 1200, preview);
  const stream = Buffer.concat([junk, PAGE, junk, LOGO, photo, junk]);
  const find = (ocr: boolean, bytes: Buffer = stream) =>
    collect(function* (context) {
      const pictures = new Pictures(context);
      yield* pictures.in(bytes);
      pictures.tell();
    }, ocr);

  it('are counted when they are as large as a page', async () => {
    expect(await find(false)).toEqual({ members: [], problems: ['needs-ocr: 2 pictures as large as a page'] });
  });

  it('are members from their first byte to their last where OCR reads them', async () => {
    const { members, problems } = await find(true);
    expect(problems).toEqual([]);
    expect(members.map((bytes) => bytes.equals(PAGE) || bytes.equals(photo))).toEqual([true, true]);
  });

  it('end with the stream when they are cut off', async () => {
    const cut = PAGE.subarray(0, PAGE.length - 20);
    expect((await find(true, Buffer.concat([junk, cut]))).members).toEqual([cut]);
  });
});

describe('documents of old formats', () => {
  const uint16 = (...values: number[]): Buffer => {
    const bytes = Buffer.alloc(values.length * 2);
    for (const [at, value] of values.entries()) bytes.writeUInt16LE(value, at * 2);
    return bytes;
  };
  const record = (type: number, content: Buffer): Buffer => Buffer.concat([uint16(type, content.length), content]);
  const begin = (type: number): Buffer => record(0x0809, Buffer.concat([uint16(0x0600, type, 0, 0), Buffer.alloc(8)]));
  const END = record(0x000a, Buffer.alloc(0));

  /** One empty sheet and a picture that is cut into a record and what continues it. */
  function workbook(): Buffer {
    const [first, rest] = [PAGE.subarray(0, 700), PAGE.subarray(700)];
    const sheet = (offset: number) => record(0x0085, Buffer.concat([uint16(offset, 0, 0), Buffer.from([1, 0, 0x41])]));
    const globals = (offset: number) =>
      Buffer.concat([begin(5), sheet(offset), record(0x00eb, Buffer.concat([Buffer.alloc(40), first])), record(0x003c, rest), END]);
    return writeOle({ Workbook: Buffer.concat([globals(globals(0).length), begin(0x10), END]) });
  }
  const rtf = Buffer.from(`{\\rtf1 text {\\pict\\pngblip ${PAGE.toString('hex')}}}`);

  it.each([
    ['xls', xlsExtractor, workbook()],
    ['rtf', rtfExtractor, rtf],
  ] as const)('%s: told without OCR, handed on with it', async (_name, extractor, bytes) => {
    expect(await readWith(extractor, bytes, false)).toEqual({ members: [], problems: ['needs-ocr: 1 picture as large as a page'] });
    const { members, problems } = await readWith(extractor, bytes, true);
    expect(problems).toEqual([]);
    expect(members.map((member) => member.equals(PAGE))).toEqual([true]);
  });
});
