import { readFileSync } from 'node:fs';
import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { countDamagedStreams } from '../../src/extract/pdf-streams.js';
import { cpuMs } from '../kit/cpu-time.js';

const packed = deflateSync(Buffer.from('BT /F1 12 Tf (abc) Tj ET '.repeat(200)));
const stream = (data: Buffer, extra = '') =>
  Buffer.concat([
    Buffer.from(`1 0 obj\n<< /Length ${data.length} /Filter /FlateDecode ${extra}>>\nstream\n`),
    data,
    Buffer.from('\nendstream\nendobj\n'),
  ]);
const flipped = (data: Buffer, at: number) => {
  const copy = Buffer.from(data);
  copy[at]! ^= 0x10;
  return copy;
};

describe('damaged streams of a PDF', () => {
  it('finds none in a sound file', () => {
    expect(countDamagedStreams(Buffer.concat([Buffer.from('%PDF-1.7\n'), stream(packed), stream(packed)]))).toBe(0);
    const sample = readFileSync(new URL('../../samples/share/給付グループ/支給額変更一覧.pdf', import.meta.url));
    expect(countDamagedStreams(sample)).toBe(0);
  });

  it.each([2, 10, packed.length - 6, packed.length - 2])('finds a flip at byte %i', (at) => {
    expect(countDamagedStreams(Buffer.concat([stream(packed), stream(flipped(packed, at))]))).toBe(1);
  });

  it('forgives what unpacks whole: a missing checksum, a wrong length', () => {
    expect(countDamagedStreams(stream(packed.subarray(0, packed.length - 4)))).toBe(0);
    expect(
      countDamagedStreams(
        Buffer.from(
          stream(packed)
            .toString('latin1')
            .replace(/\/Length \d+/, '/Length 7'),
          'latin1',
        ),
      ),
    ).toBe(0);
  });

  it('leaves pictures and encrypted files alone', () => {
    expect(countDamagedStreams(stream(flipped(packed, 10), '/Subtype /Image '))).toBe(0);
    expect(countDamagedStreams(Buffer.concat([stream(flipped(packed, 10)), Buffer.from('trailer << /Encrypt 5 0 R >>')]))).toBe(0);
  });

  it('takes linear time on words without streams', () => {
    const started = cpuMs();
    countDamagedStreams(Buffer.from('>>stream\n'.repeat(200_000)));
    expect(cpuMs() - started).toBeLessThan(3_000);
  });
});
