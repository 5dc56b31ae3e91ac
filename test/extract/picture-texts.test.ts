import { crc32, deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { pictureTexts } from '../../src/extract/picture-texts.js';

const TEXT = '記載者 佐藤幸子';
const NUL = Buffer.alloc(1);

function png(type: string, ...data: readonly Buffer[]): Buffer {
  const chunk = (name: string, body: Buffer) => {
    const head = Buffer.alloc(8);
    head.writeUInt32BE(body.length);
    head.write(name, 4, 'latin1');
    const sum = Buffer.alloc(4);
    sum.writeUInt32BE(crc32(Buffer.concat([head.subarray(4), body])));
    return Buffer.concat([head, body, sum]);
  };
  const start = Buffer.from('89504e470d0a1a0a', 'hex');
  return Buffer.concat([start, chunk('IHDR', Buffer.alloc(13)), chunk(type, Buffer.concat(data)), chunk('IEND', NUL.subarray(1))]);
}

/** One directory with one entry; its value behind it. */
function exif(tag: number, type: number, value: Buffer): Buffer {
  const head = Buffer.alloc(26);
  head.write('II*\0', 'latin1');
  head.writeUInt32LE(8, 4);
  head.writeUInt16LE(1, 8);
  head.writeUInt16LE(tag, 10);
  head.writeUInt16LE(type, 12);
  head.writeUInt32LE(value.length, 14);
  head.writeUInt32LE(26, 18);
  return Buffer.concat([head, value]);
}

function jpeg(marker: number, data: Buffer): Buffer {
  const head = Buffer.from([0xff, 0xd8, 0xff, marker, 0, 0]);
  head.writeUInt16BE(data.length + 2, 4);
  return Buffer.concat([head, data, Buffer.from('ffda0002ffd9', 'hex')]);
}

const app1 = (tiff: Buffer) => jpeg(0xe1, Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff]));
const utf8 = Buffer.from(TEXT);
const key = Buffer.from('Comment\0', 'latin1');

describe('texts of pictures', () => {
  it.each<[string, Buffer]>([
    ['PNG tEXt', png('tEXt', key, utf8)],
    ['PNG zTXt', png('zTXt', key, NUL, deflateSync(utf8))],
    ['PNG iTXt', png('iTXt', key, Buffer.from([0, 0]), Buffer.from('ja\0x\0'), utf8)],
    ['PNG iTXt, packed', png('iTXt', key, Buffer.from([1, 0]), Buffer.from('ja\0x\0'), deflateSync(utf8))],
    ['PNG eXIf', png('eXIf', exif(0x010e, 2, utf8), NUL)],
    ['JPEG comment', jpeg(0xfe, utf8)],
    ['JPEG Exif, description', app1(exif(0x010e, 2, utf8))],
    ['JPEG Exif, comment of Windows', app1(exif(0x9c9c, 1, Buffer.from(`${TEXT}\0`, 'utf16le')))],
    ['JPEG Exif, comment of the user', app1(exif(0x9286, 7, Buffer.concat([Buffer.from('UNICODE\0'), Buffer.from(TEXT, 'utf16le')])))],
    ['TIFF, artist', exif(0x013b, 2, utf8)],
  ])('%s', (_where, content) => {
    expect(pictureTexts(content)).toEqual([TEXT]);
    for (let cut = 0; cut < content.length; cut++) expect(pictureTexts(content.subarray(0, cut)).length).toBeLessThanOrEqual(1);
  });

  it('passes over what cameras write of themselves, and ends in directories that lead round', () => {
    expect(pictureTexts(app1(exif(0x010f, 2, Buffer.from('Canon\0'))))).toEqual([]);
    const ring = exif(0x010e, 2, utf8);
    ring.writeUInt32LE(8, 22);
    expect(pictureTexts(ring)).toEqual([TEXT]);
  });
});
