import { describe, expect, it } from 'vitest';
import type { Kind } from '../../detectors/contract.js';
import { isBeside, kindBit, kindsOf, personBasis, recordClass, recordCounts } from '../../src/records/record.js';

const mask = (...kinds: Kind[]) => kinds.reduce((sum, kind) => sum | kindBit(kind), 0);

describe('the arithmetic of a record', () => {
  it.each([
    [['pension-number', 'name', 'birthdate', 'address'], 'four', 'pension-number'],
    [['pension-number', 'name', 'birthdate'], 'three', 'pension-number'],
    [['pension-number', 'name'], 'two', 'pension-number'],
    [['pension-number', 'name', 'address'], 'other', 'pension-number'],
    [['pension-number', 'birthdate', 'address'], 'other', 'pension-number'],
    [['pension-number'], 'other', 'pension-number'],
    [['my-number', 'name', 'birthdate'], 'other', 'my-number'],
    [['resident-code'], 'other', null],
    [['driving-licence', 'name', 'birthdate'], 'other', 'name+birthdate'],
    [['passport'], 'other', null],
    [['residence-card'], 'other', null],
    [['name', 'birthdate', 'address'], 'other', 'name+birthdate'],
    [['name', 'address', 'phone'], 'other', 'name+address'],
    [['name'], null, null],
    [['birthdate', 'address'], null, null],
    [['phone', 'email', 'bank-account', 'employment-insurance', 'health-insurance'], null, null],
    [['name', 'phone', 'bank-account'], null, null],
  ] as const)('%j is of class %s, known by %s', (kinds, klass, basis) => {
    const bits = mask(...kinds);
    expect(recordClass(bits)).toBe(klass);
    expect(recordCounts(bits)).toBe(klass !== null);
    expect(personBasis(bits)).toBe(basis);
    expect(new Set(kindsOf(bits))).toEqual(new Set(kinds));
  });

  it('knows which kinds only stand beside others', () => {
    expect(isBeside(mask('phone', 'email'))).toBe(true);
    expect(isBeside(mask('phone', 'name'))).toBe(false);
  });
});
