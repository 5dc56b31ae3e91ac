import { describe, expect, it } from 'vitest';
import type { PersonChunk } from '../../src/model.js';
import { KeyedHash } from '../../src/scan/keyed-hash.js';
import { PersonSet } from '../../src/scan/person-set.js';

const hash = new KeyedHash(new Uint8Array(32).fill(7));

interface Part {
  run: number;
  seq: number;
  ids: bigint[];
}

function collector(): { parts: Part[]; emit: (run: number, seq: number, ids: PersonChunk) => void } {
  const parts: Part[] = [];
  return {
    parts,
    emit: (run, seq, ids) => parts.push({ run, seq, ids: [...new BigUint64Array(ids.buffer, ids.byteOffset, ids.length / 8)] }),
  };
}

describe('PersonSet', () => {
  it('counts each person once, by basis', () => {
    const { parts, emit } = collector();
    const set = new PersonSet(hash, emit);
    for (let round = 0; round < 3; round++) {
      for (let i = 0; i < 5000; i++) set.add('pension-number', String(1_000_000_000 + i));
      for (let i = 0; i < 70; i++) set.add('name+birthdate', `架空太郎${i}|1955-03-04`);
    }
    const { counts, runs } = set.finish();
    expect(counts).toEqual({ 'pension-number': 5000, 'my-number': 0, 'name+birthdate': 70, 'name+address': 0 });
    expect(runs).toBe(1);
    expect(parts.flatMap((part) => part.ids)).toHaveLength(5070);
  });

  it('does not take one basis for another', () => {
    const set = new PersonSet(hash, () => {});
    expect(set.add('pension-number', '123456789012')).toBe(true);
    expect(set.add('my-number', '123456789012')).toBe(true);
    expect(set.add('my-number', '123456789012')).toBe(false);
    expect(set.has('my-number', '123456789012')).toBe(true);
    expect(set.has('name+address', '123456789012')).toBe(false);
  });

  it('hands on more persons than it may hold in sorted runs, without a count of its own', () => {
    const { parts, emit } = collector();
    const set = new PersonSet(hash, emit, 1000);
    for (let i = 0; i < 2500; i++) set.add('pension-number', String(i));
    const { counts, runs } = set.finish();
    expect(counts).toBeNull();
    expect(runs).toBe(3);
    expect(new Set(parts.flatMap((part) => part.ids)).size).toBe(2500);
    for (const { ids } of parts) expect(ids).toEqual([...ids].sort((a, b) => (a < b ? -1 : 1)));
  });

  it('takes over the ids of a member without counting anybody twice', () => {
    const member = new PersonSet(hash, () => {});
    member.add('pension-number', '1234567890');
    member.add('pension-number', '1234567891');
    const whole = new PersonSet(hash, () => {});
    whole.add('pension-number', '1234567890');
    whole.addIds(member.finish().ids);
    expect(whole.finish().counts?.['pension-number']).toBe(2);
  });
});
