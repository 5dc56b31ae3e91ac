import { describe, expect, it } from 'vitest';
import { comparePositions, isWithin } from '../../src/walk/position.js';

const at = (folder: string, root = '/r') => ({ root, folder });

describe('positions', () => {
  it('stand in the order of the walk: a folder before what lies in it, names by their UTF-8 bytes', () => {
    const inOrder = [at(''), at('a'), at('a/z'), at('a b'), at('b'), at('山'), at('\uFF71'), at('𠮷'), at('', '/s')];
    for (let i = 1; i < inOrder.length; i++) expect(comparePositions(inOrder[i - 1]!, inOrder[i]!)).toBeLessThan(0);
    expect(comparePositions(at('a/b'), at('a/b'))).toBe(0);
  });

  it.each([
    // from, until, what of a..e was looked at
    [null, 'c', 'ab'],
    ['b', 'd', 'bc'],
    ['d', 'b', 'ade'],
    ['c', 'c', ''],
    ['c', null, 'abcde'],
  ])('a run from %s until %s looked at %s', (from, until, seen) => {
    const stretch = { from: from === null ? null : at(from), until: until === null ? null : at(until) };
    expect([...'abcde'].filter((name) => isWithin(at(name), stretch)).join('')).toBe(seen);
    expect([...'abcde'].filter((name) => isWithin(at(`${name}/x`), stretch)).join('')).toBe(seen);
  });
});
