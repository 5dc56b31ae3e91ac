import { describe, expect, it } from 'vitest';
import { memorySource } from '../../src/container/memory-source.js';
import { imageExtractor } from '../../src/extract/image.js';
import { orientationOf } from '../../src/extract/image-orientation.js';
import { shrink, turn } from '../../src/extract/image-raster.js';
import { withoutRules } from '../../src/extract/image-rules.js';
import { tiffPages, withFirstPage } from '../../src/extract/image-tiff.js';
import { limits } from '../../src/limits.js';
import type { ProblemCode } from '../../src/model.js';

/** Directories without pixels: width, height, bits and samples of each page; `next` of the last one as given. */
function tiff(pages: readonly [number, number, number, number][], last = 0, little = true): Buffer {
  const size = 2 + 4 * 12 + 4;
  const bytes = Buffer.alloc(8 + pages.length * size);
  const short = (value: number, at: number) => (little ? bytes.writeUInt16LE(value, at) : bytes.writeUInt16BE(value, at));
  const long = (value: number, at: number) => (little ? bytes.writeUInt32LE(value, at) : bytes.writeUInt32BE(value, at));
  bytes.write(little ? 'II' : 'MM', 'latin1');
  short(42, 2);
  long(8, 4);
  for (const [index, [width, height, bits, samples]] of pages.entries()) {
    const at = 8 + index * size;
    short(4, at);
    for (const [entry, [tag, value]] of [
      [256, width],
      [257, height],
      [258, bits],
      [277, samples],
    ].entries()) {
      const to = at + 2 + entry * 12;
      short(tag!, to);
      short(4, to + 2);
      long(1, to + 4);
      long(value!, to + 8);
    }
    long(index + 1 < pages.length ? at + size : last, at + size - 4);
  }
  return bytes;
}

async function readImage(format: string, bytes: Buffer, ocr = true) {
  const problems: string[] = [];
  const budget = { fileEndMs: Date.now() + 10_000, sweepEndMs: Date.now() + 10_000 };
  const context = {
    format,
    passwords: [],
    unpacked: () => {},
    problem: (code: ProblemCode, detail: string) => problems.push(`${code}: ${detail}`),
    ...(ocr ? { ocr: budget } : {}),
  };
  const blocks = [];
  for await (const block of imageExtractor.read(memorySource('picture', bytes), context)) blocks.push(block);
  return { blocks, problems };
}

describe('the pages of a TIFF', () => {
  it.each([true, false])('are told with their sizes (little endian: %s)', (little) => {
    const { pages, more } = tiffPages(
      tiff(
        [
          [1728, 2200, 1, 1],
          [800, 600, 8, 3],
        ],
        0,
        little,
      ),
      10,
    );
    expect(pages.map(({ widthPx, heightPx, bitsPerPixel }) => [widthPx, heightPx, bitsPerPixel])).toEqual([
      [1728, 2200, 1],
      [800, 600, 24],
    ]);
    expect(more).toBe(false);
  });

  it('end where a directory stands a second time, and at the bound', () => {
    const page: [number, number, number, number] = [10, 10, 1, 1];
    expect(tiffPages(tiff([page, page], 8), 10)).toMatchObject({ pages: [{}, {}], more: false });
    expect(tiffPages(tiff([page, page, page]), 2)).toMatchObject({ pages: [{}, {}], more: true });
    expect(() => tiffPages(Buffer.from('II*\0'), 10)).toThrow('without pages');
  });

  it('stand first in a copy, the file itself unchanged', () => {
    const file = tiff([
      [10, 10, 1, 1],
      [20, 30, 1, 1],
    ]);
    const before = Buffer.from(file);
    const second = tiffPages(file, 10).pages[1]!;
    expect(tiffPages(withFirstPage(file, second), 10).pages[0]).toMatchObject({ widthPx: 20, heightPx: 30 });
    expect(file.equals(before)).toBe(true);
  });
});

describe('a picture', () => {
  it('needs OCR when none was asked for', async () => {
    expect(await readImage('png', Buffer.alloc(64), false)).toEqual({ blocks: [], problems: ['needs-ocr: a picture (png)'] });
  });

  it('is refused before it is decoded when it is too large, page by page', async () => {
    const side = Math.ceil(Math.sqrt(limits.ocrPictureBytesMax * 8)) + 8;
    const { problems } = await readImage(
      'tif',
      tiff([
        [side, side, 1, 1],
        [side, side, 1, 1],
      ]),
    );
    expect(problems).toEqual([`too-large: pages 1-2 of 2: a picture of ${side} x ${side} pixels`]);
  });

  it('is not begun when the time of the sweep or of the file is over', async () => {
    const run = async (ocr: { fileEndMs: number; sweepEndMs: number }) => {
      const problems: string[] = [];
      const context = { format: 'tif', passwords: [], unpacked: () => {}, problem: (code: ProblemCode) => problems.push(code), ocr };
      for await (const _ of imageExtractor.read(memorySource('x.tif', tiff([[9, 9, 1, 1]])), context));
      return problems;
    };
    const later = Date.now() + 10_000;
    // What the sweep had no time for is tried again by the next one; a file that is too long for its own time is not.
    expect(await run({ fileEndMs: later, sweepEndMs: 0 })).toEqual(['timed-out']);
    expect(await run({ fileEndMs: 0, sweepEndMs: later })).toEqual(['needs-ocr']);
  });

  it('tells how a camera was held', () => {
    const exif = (little: boolean, value: number) => {
      const tail = Buffer.alloc(40);
      tail.write(little ? 'II*\0' : 'MM\0*', 'latin1');
      const short = (number: number, at: number) => (little ? tail.writeUInt16LE(number, at) : tail.writeUInt16BE(number, at));
      if (little) tail.writeUInt32LE(8, 4);
      else tail.writeUInt32BE(8, 4);
      short(1, 8);
      short(0x0112, 10);
      short(value, 18);
      return Buffer.concat([Buffer.from('ffd8ffe1ffff', 'hex'), Buffer.from('Exif\0\0', 'latin1'), tail]);
    };
    expect([exif(true, 6), exif(false, 3), exif(true, 77), Buffer.from('ffd8ffe0', 'hex'), Buffer.alloc(0)].map(orientationOf)).toEqual([
      6, 3, 1, 1, 1,
    ]);
  });
});

describe('a raster', () => {
  const raster = { widthPx: 3, heightPx: 2, dpi: 100, grey: Uint8Array.from([1, 2, 3, 4, 5, 6]) };

  it('turns by quarters to the right', () => {
    expect([...turn(raster, 1).grey]).toEqual([4, 1, 5, 2, 6, 3]);
    expect([...turn(raster, 2).grey]).toEqual([6, 5, 4, 3, 2, 1]);
    expect(turn(raster, 4)).toEqual(raster);
  });

  it('is made smaller by a whole number', () => {
    const large = { widthPx: 4, heightPx: 4, dpi: 200, grey: Uint8Array.from({ length: 16 }, (_, at) => (at % 4 < 2 ? 0 : 200)) };
    expect(shrink(large, 4)).toEqual({ widthPx: 2, heightPx: 2, dpi: 100, grey: Uint8Array.from([0, 200, 0, 200]) });
    expect(shrink(large, 16)).toBe(large);
  });

  it('loses ruled lines and keeps what is short or thick', () => {
    const [widthPx, heightPx] = [300, 200];
    const grey = new Uint8Array(widthPx * heightPx).fill(255);
    const draw = (x: number, y: number, wide: number, high: number) => {
      for (let row = y; row < y + high; row += 1) grey.fill(0, row * widthPx + x, row * widthPx + x + wide);
    };
    draw(10, 50, 280, 2);
    draw(40, 20, 2, 150);
    draw(100, 100, 12, 12);
    draw(200, 100, 70, 20);
    const { grey: clean } = withoutRules({ widthPx, heightPx, dpi: 0, grey });
    const ink = (x: number, y: number) => clean[y * widthPx + x] === 0;
    expect([ink(150, 50), ink(40, 120), ink(105, 105), ink(230, 110)]).toEqual([false, false, true, true]);
  });
});
