import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { inflateStream, inflateWhole } from '../../src/container/inflate.js';
import { FileProblem } from '../../src/problem.js';

const TEXT = Buffer.from(Array.from({ length: 200_000 }, (_, i) => `row ${(i * 7919) % 10007};`).join(''));
const PACKED = deflateRawSync(TEXT);

function* split(bytes: Buffer, pieceBytes: number): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes);
}

function collect(pieces: Iterable<Buffer>): { bytes: Buffer; problem: string | null } {
  const all: Buffer[] = [];
  try {
    for (const piece of pieces) all.push(Buffer.from(piece));
    return { bytes: Buffer.concat(all), problem: null };
  } catch (error) {
    if (!(error instanceof FileProblem)) throw error;
    return { bytes: Buffer.concat(all), problem: error.code };
  }
}

describe('inflateWhole', () => {
  it('gives the whole content, whatever size was guessed', () => {
    for (const guess of [0, 10, TEXT.length, TEXT.length * 9]) expect(inflateWhole(PACKED, TEXT.length, guess).equals(TEXT)).toBe(true);
  });

  it('refuses more than the bound, and what is broken, cut or empty', () => {
    expect(() => inflateWhole(PACKED, TEXT.length - 1)).toThrow(/^too-large/);
    expect(() => inflateWhole(PACKED.subarray(0, PACKED.length - 5), TEXT.length)).toThrow(/^damaged/);
    expect(() => inflateWhole(Buffer.from([0xff, 0xff, 0xff]), 100)).toThrow(/^damaged/);
    expect(() => inflateWhole(Buffer.alloc(0), 100)).toThrow(/^damaged/);
  });
});

describe('inflateStream', () => {
  it.each([1, 100, 65_536, 10_000_000])('gives the same from pieces of %i bytes', (pieceBytes) => {
    const packed = pieceBytes === 1 ? deflateRawSync(TEXT.subarray(0, 50_000)) : PACKED;
    const expected = pieceBytes === 1 ? TEXT.subarray(0, 50_000) : TEXT;
    const { bytes, problem } = collect(inflateStream(split(packed, pieceBytes)));
    expect(problem).toBeNull();
    expect(bytes.equals(expected)).toBe(true);
  });

  it('hands on what it could read of a cut stream, then says damaged', () => {
    const { bytes, problem } = collect(inflateStream(split(PACKED.subarray(0, PACKED.length - 40), 1000)));
    expect(problem).toBe('damaged');
    expect(bytes.length).toBeGreaterThan(TEXT.length / 2);
    expect(TEXT.subarray(0, bytes.length).equals(bytes)).toBe(true);
  });

  it('leaves bytes behind the end of the stream alone', () => {
    const { bytes, problem } = collect(inflateStream([PACKED, Buffer.from('behind')]));
    expect(problem).toBeNull();
    expect(bytes.length).toBe(TEXT.length);
  });

  it('can be left early, and several can run at the same time', () => {
    for (const piece of inflateStream([PACKED])) {
      expect(piece.length).toBeGreaterThan(0);
      break;
    }
    const one = inflateStream(split(PACKED, 999))[Symbol.iterator]();
    const two = inflateStream(split(PACKED, 1001))[Symbol.iterator]();
    const sizes = [0, 0];
    for (let open = true; open; ) {
      const pieces = [one.next(), two.next()];
      for (const [index, piece] of pieces.entries()) if (!piece.done) sizes[index] = (sizes[index] ?? 0) + piece.value.length;
      open = pieces.some((piece) => !piece.done);
    }
    expect(sizes).toEqual([TEXT.length, TEXT.length]);
  });
});
