import { beforeAll, describe, expect, it } from 'vitest';
import { untilOption } from '../../src/cli/until.js';

beforeAll(() => {
  process.env.TZ = 'Asia/Tokyo';
});
const now = Date.parse('2026-11-21T22:30:00+09:00');

describe('--until', () => {
  it.each([
    ['06:00', '2026-11-22T06:00:00+09:00'],
    ['23:15', '2026-11-21T23:15:00+09:00'],
    ['22:30', '2026-11-22T22:30:00+09:00'],
    ['6:05', '2026-11-22T06:05:00+09:00'],
    ['2026-11-22T05:59:30', '2026-11-22T05:59:30+09:00'],
    ['2026-11-21T22:00:00Z', '2026-11-22T07:00:00+09:00'],
  ])('%s', (text, at) => {
    expect(untilOption(text, now)).toBe(Date.parse(at));
  });

  it.each(['24:00', '6時', '2026-11-31T06:00', '2026-11-21T22:00', '2026-12-21T06:00', ''])('refuses %j', (text) => {
    expect(() => untilOption(text, now)).toThrow(`--until ${text}`);
  });

  it('is none when it is not given', () => {
    expect(untilOption(undefined, now)).toBeNull();
  });
});
