import { describe, expect, it } from 'vitest';
import { memorySource } from '../../src/container/memory-source.js';
import { openOle } from '../../src/container/ole.js';
import { writeOleFile } from '../../src/container/ole-writer.js';

describe('writeOleFile', () => {
  it('writes streams of all sizes in storages, as they can be read again', () => {
    const sizes = [0, 1, 64, 4_095, 4_096, 4_097, 5_000_000];
    const streams = sizes.map((size, at) => ({ path: `${'ab/'.repeat(at % 3)}s${size}`, bytes: Buffer.alloc(size, at + 1) }));
    const ole = openOle(memorySource('x', writeOleFile(streams)!));
    expect(ole.entries.filter(({ kind }) => kind === 'stream')).toHaveLength(sizes.length);
    for (const { path, bytes } of streams) expect(ole.stream(path).equals(bytes)).toBe(true);
  });

  it('writes a file without streams', () => {
    expect(openOle(memorySource('x', writeOleFile([])!)).entries).toEqual([]);
  });
});
