import { describe, expect, it } from 'vitest';
import { changeOf, type Standing, stretchesOf } from '../../src/inventory/changes.js';
import type { Change } from '../../src/model.js';

/** States are written as `V3-7`: a violation from run 3 up to run 7; `P` proper, `U` unknown, `A5:` violation by age from run 5 on. */
interface Written {
  readonly since: number;
  readonly until: number | null;
  readonly sign: string;
}
const RUNS = Array.from({ length: 10 }, (_, at) => at + 1);

function states(text: string): Written[] {
  return text.split(' ').map((one) => {
    const [, sign, since, until] = /^([VPU]|A\d+:)(\d+)-(\d*)$/u.exec(one)!;
    return { sign: sign!, since: Number(since), until: until === '' ? null : Number(until) };
  });
}
function standingAt({ sign }: Written, run: number): Standing {
  if (sign.startsWith('A')) return run >= Number(sign.slice(1, -1)) ? 'violation' : 'proper';
  return sign === 'V' ? 'violation' : sign === 'P' ? 'proper' : 'unknown';
}
const told = (text: string, base: number, seen = true) => {
  const change = changeOf(stretchesOf(states(text), RUNS, standingAt), base, seen);
  return change && `${change.change} ${change.since}`;
};

describe('changes between two runs', () => {
  it.each<[string, number, `${Change} ${number}` | null]>([
    ['V9-', 8, 'new 9'],
    ['V3-', 8, 'continuing 3'],
    ['V3-', 0, 'new 3'],
    ['P1-9 V9-', 8, 'new 9'],
    ['V1-4 P4-9 V9-', 8, 'recurred 9'],
    ['V1-4 V9-', 8, 'recurred 9'],
    ['V1-4 P4-9 V9-', 2, 'recurred 9'],
    ['V1-9 P9-', 8, 'resolved 1'],
    ['V1-9', 8, 'resolved 1'],
    ['V1-5 P5-', 8, null],
    ['P1-', 8, null],
    ['P1-9', 8, null],
    ['V9-10 P10-', 8, null],
    // What could not be read is neither resolved nor new again.
    ['V1-9 U9-', 8, 'not-seen 1'],
    ['V1-4 U4-9 V9-', 8, 'continuing 1'],
    ['V1-4 U4-9 P9-', 8, 'resolved 1'],
    ['U1-9 V9-', 8, 'new 9'],
    // By age alone.
    ['A9:1-', 8, 'new 9'],
    ['A5:1-', 8, 'continuing 5'],
    ['A1:1-', 8, 'continuing 1'],
    ['A20:1-', 8, null],
    ['V1-3 A9:3-', 8, 'recurred 9'],
    // Facts from before the history.
    ['V0-', 8, 'continuing 0'],
  ])('%s since run %i: %s', (text, base, change) => {
    expect(told(text, base)).toBe(change);
  });

  it('are never told as continuing for what was not looked at', () => {
    expect(told('V3-', 8, false)).toBe('not-seen 3');
    expect(told('A9:1-', 8, false)).toBe('new 9');
    expect(told('V1-9 P9-', 8, false)).toBe('resolved 1');
  });
});
