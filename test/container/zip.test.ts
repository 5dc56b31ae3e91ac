import { describe, expect, it } from 'vitest';
import { memorySource } from '../../src/container/memory-source.js';
import { openZip } from '../../src/container/zip.js';
import type { Source } from '../../src/model.js';
import { writeZip, type ZipFile, type ZipOptions } from '../kit/zip-writer.js';

const FILES: readonly ZipFile[] = [
  { name: 'a.txt', content: 'hello' },
  { name: 'folder/', content: '', stored: true },
  { name: 'folder/b.txt', content: 'stored text', stored: true },
];

function open(files: readonly ZipFile[], options?: ZipOptions) {
  return openZip(memorySource('t.zip', writeZip(files, options)));
}

/** A source that shows as larger than what is read at once, so that each entry is read by itself. */
function distantSource(bytes: Buffer): Source {
  const source = memorySource('t.zip', Buffer.concat([Buffer.alloc(40 * 1024 * 1024), bytes]));
  return { ...source, whole: () => expect.fail('must not be read whole') };
}

describe('openZip', () => {
  const shapes: readonly [string, ZipOptions, Partial<ZipFile>][] = [
    ['plain', {}, {}],
    ['bytes before the archive', { before: Buffer.from('#!/bin/sh\n') }, {}],
    ['bytes behind the archive', { after: Buffer.alloc(5000, 7) }, {}],
    ['a comment', { comment: 'PK\x05\x06 is no end' }, {}],
    ['zip64 end record', { wide: true }, {}],
    ['zip64 end record behind other bytes', { wide: true, before: Buffer.alloc(100) }, {}],
    ['zip64 sizes', {}, { wide: true }],
    ['sizes behind the data', {}, { descriptor: true }],
  ];
  it.each(shapes)('reads %s', (_title, options, change) => {
    const zip = open(
      FILES.map((file) => ({ ...file, ...change })),
      options,
    );
    expect(zip.damage).toBeNull();
    expect(zip.entries.map((entry) => entry.name)).toEqual(['a.txt', 'folder/', 'folder/b.txt']);
    expect(zip.readEntry(zip.entry('a.txt')!).toString()).toBe('hello');
    expect(Buffer.concat([...zip.streamEntry(zip.entry('folder/b.txt')!)]).toString()).toBe('stored text');
    expect(zip.entry('A.TXT')?.name).toBe('a.txt');
    expect(new Date(zip.entry('a.txt')!.modifiedMs!).toLocaleString('sv')).toBe('2015-03-23 12:34:00');
  });

  it('reads entries of a large file one by one', () => {
    const zip = openZip(distantSource(writeZip([{ name: 'a', content: 'x'.repeat(2_000_000) }])));
    expect(zip.readEntry(zip.entries[0]!).length).toBe(2_000_000);
    let bytes = 0;
    for (const piece of zip.streamEntry(zip.entries[0]!)) bytes += piece.length;
    expect(bytes).toBe(2_000_000);
  });

  it('decodes names by flag, by Unicode path, as UTF-8 and as CP932', () => {
    const cp932 = Buffer.from([0x96, 0xbc, 0x95, 0xeb, 0x2f, 0x95, 0x5c, 0x2e, 0x74, 0x78, 0x74]);
    const utf8 = Buffer.from('名簿/表.txt');
    const zip = open([
      { name: cp932, content: '1' },
      { name: utf8, content: '2', flags: 0x800 },
      { name: Buffer.concat([utf8, Buffer.from('2')]), content: '3' },
      { name: 'windows\\style.txt', content: '4' },
    ]);
    expect(zip.entries.map((entry) => entry.name)).toEqual(['名簿/表.txt', '名簿/表.txt', '名簿/表.txt2', 'windows/style.txt']);
    expect(zip.entries[0]!.nameBytes.equals(cp932)).toBe(true);
  });

  it('tells encryption and its scheme, and reads no encrypted entry', () => {
    const aes = (strength: number) => Buffer.from([0x01, 0x99, 7, 0, 2, 0, 0x41, 0x45, strength, 8, 0]);
    const zip = open([
      { name: 'z', content: 'x', flags: 1 },
      { name: 'a1', content: 'x', flags: 1, method: 99, extra: aes(1) },
      { name: 'a3', content: 'x', flags: 1, method: 99, extra: aes(3) },
      { name: 's', content: 'x', flags: 0x41 },
      { name: 'p', content: 'x' },
    ]);
    expect(zip.entries.map((entry) => entry.scheme)).toEqual(['zipcrypto', 'aes128', 'aes256', 'strong', null]);
    expect(zip.entries[1]!.method).toBe(8);
    expect(() => zip.readEntry(zip.entries[0]!)).toThrow(/^encrypted/);
  });

  it('refuses other methods, broken archives and overlapping entries, each with its code', () => {
    const zip = open([{ name: 'l', content: 'x', method: 14 }]);
    expect(() => zip.readEntry(zip.entries[0]!)).toThrow(/^unsupported/);
    for (const bytes of [Buffer.alloc(0), Buffer.from('PK'), Buffer.alloc(100), writeZip(FILES).subarray(0, 60)]) {
      expect(() => openZip(memorySource('x', bytes))).toThrow(/^damaged/);
    }
    const overlapping = writeZip([
      { name: 'one', content: 'x'.repeat(50), stored: true },
      { name: 'two', content: 'y', stored: true },
    ]);
    overlapping.writeUInt32LE(5, overlapping.lastIndexOf('PK\x01\x02', undefined, 'latin1') + 42);
    expect(() => openZip(memorySource('x', overlapping))).toThrow(/overlap/);
  });

  it('counts what is unpacked and does not trust what is stated', () => {
    const short = open([{ name: 'a', content: 'x'.repeat(1000), statedBytes: 10 }]);
    expect(() => short.readEntry(short.entries[0]!, 500)).toThrow(/^too-large/);
    expect(() => [...short.streamEntry(short.entries[0]!)]).toThrow(/^damaged/);
    const bomb = open([{ name: 'a', content: Buffer.alloc(80 * 1024 * 1024), statedBytes: 100 }]);
    expect(() => {
      for (const piece of bomb.streamEntry(bomb.entries[0]!)) expect(piece.length).toBeGreaterThan(0);
    }).toThrow(/^too-large/);
  });

  it('tells a directory that ends before its count', () => {
    const bytes = writeZip(FILES);
    bytes.writeUInt16LE(9, bytes.length - 12);
    expect(openZip(memorySource('x', bytes)).damage).toMatch(/3 of 9/);
  });

  it('gives problems alone for a zip whose bytes are flipped or cut anywhere', () => {
    const whole = writeZip(FILES);
    for (let at = 0; at < whole.length; at++) {
      for (const bytes of [whole.subarray(0, at), flip(whole, at)]) {
        try {
          const zip = openZip(memorySource('x', bytes));
          for (const entry of zip.entries) zip.readEntry(entry);
        } catch (error) {
          expect((error as Error).name).toBe('FileProblem');
        }
      }
    }
  });
});

function flip(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[at] = (copy[at] ?? 0) ^ 0xff;
  return copy;
}
