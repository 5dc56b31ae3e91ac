import { describe, expect, it } from 'vitest';
import { memorySource } from '../../src/container/memory-source.js';
import { openOle } from '../../src/container/ole.js';
import { FileProblem } from '../../src/problem.js';
import { cpuMs } from '../kit/cpu-time.js';
import { writeOle } from '../kit/ole-writer.js';

const open = (bytes: Buffer) => openOle(memorySource('x.doc', bytes));
const large = Buffer.from(Array.from({ length: 70_000 }, (_, at) => at % 251));
const small = Buffer.from('small stream of 30 bytes, more');
const file = writeOle({ Workbook: large, Notes: small, 'Pool/Inner': small, Empty: Buffer.alloc(0) });

describe('openOle', () => {
  it('lists entries with their paths and reads streams of both sorts', () => {
    const ole = open(file);
    expect(ole.entries.map((entry) => entry.path).sort()).toEqual(['Empty', 'Notes', 'Pool', 'Pool/Inner', 'Workbook']);
    expect(ole.stream('workbook').equals(large)).toBe(true);
    expect(ole.stream('Notes').toString()).toBe(small.toString());
    expect(ole.stream('Pool/Inner').toString()).toBe(small.toString());
    expect(ole.stream('Empty')).toHaveLength(0);
    expect(ole.head('Workbook', 10).equals(large.subarray(0, 10))).toBe(true);
    expect(ole.head('Absent', 10)).toHaveLength(0);
  });

  it('reads the beginning of a stream whose end is gone, and refuses the whole', () => {
    const cut = Buffer.from(file);
    // The chain of the large stream ends after its first sectors.
    const fat = cut.readUInt32LE(76);
    cut.writeUInt32LE(0xfffffffe, (fat + 1) * 512 + 3 * 4);
    const ole = open(cut);
    expect(ole.head('Workbook', 512).equals(large.subarray(0, 512))).toBe(true);
    expect(() => ole.stream('Workbook')).toThrow(FileProblem);
  });

  it('refuses what is larger than asked for', () => {
    expect(() => open(file).stream('Workbook', 1000)).toThrow(/too-large/);
  });

  it('ends on chains and trees that go in circles', () => {
    const loop = Buffer.from(file);
    const fat = (loop.readUInt32LE(76) + 1) * 512;
    for (let at = 0; at < 120; at++) loop.writeUInt32LE(0, fat + at * 4);
    const started = cpuMs();
    try {
      open(loop).stream('Workbook');
    } catch (error) {
      expect(error).toBeInstanceOf(FileProblem);
    }
    expect(cpuMs() - started).toBeLessThan(1000);
  });

  it('gives problems only, whatever byte is wrong', () => {
    const bytes = writeOle({ Workbook: large.subarray(0, 5000), Notes: small });
    for (let at = 0; at < bytes.length; at += 13) {
      const broken = Buffer.from(bytes);
      broken[at] = (broken[at] ?? 0) ^ 0xff;
      try {
        const ole = open(broken);
        for (const entry of ole.entries) if (entry.kind === 'stream') ole.stream(entry.path);
      } catch (error) {
        expect(error).toBeInstanceOf(FileProblem);
      }
      try {
        open(bytes.subarray(0, at)).head('Workbook', 100);
      } catch (error) {
        expect(error).toBeInstanceOf(FileProblem);
      }
    }
  });
});
