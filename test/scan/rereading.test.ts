/** Files that are read again in turn. What a sweep does with them: test/cli/reread.test.ts. */
import { describe, expect, it } from 'vitest';
import { type Look, rollingOver } from '../../src/scan/rereading.js';

const FILES = Array.from({ length: 3_000 }, (_, at) => ({ folder: `課${at % 40}/年度`, name: `名簿${at}.csv` }));
const everywhere = (day: number): Look => ({ day, lookedAt: () => true });
const due = (days: number, today: number, looks: readonly Look[]) => {
  const rereads = rollingOver(days, today, looks);
  return FILES.filter(({ folder, name }) => rereads({ root: '/r', folder })?.(name) === true).map(({ name }) => name);
};

describe('the rolling re-read', () => {
  it.each([1, 2, 7, 30])('reads each file once in %i nights, about as many each night', (days) => {
    const read = new Map<string, number>();
    let looks: Look[] = [];
    for (let night = 0; night < days; night++) {
      const names = due(days, 20_000 + night, looks);
      expect(names.length).toBeGreaterThan((FILES.length / days) * 0.6);
      expect(names.length).toBeLessThanOrEqual(Math.ceil((FILES.length / days) * 1.4));
      for (const name of names) read.set(name, (read.get(name) ?? 0) + 1);
      looks = [everywhere(20_000 + night), ...looks];
    }
    expect([read.size, [...read.values()].every((times) => times === 1)]).toEqual([FILES.length, true]);
  });

  it.each<[string, number, readonly Look[], number]>([
    ['a second sweep of the day reads nothing', 10, [everywhere(10)], 0],
    ['after a night without a sweep two shares', 10, [everywhere(8)], 2],
    ['after a long pause everything, once', 10, [everywhere(-90)], 7],
    ['a clock that went back reads nothing', 10, [everywhere(12)], 0],
    ['folders that the last night did not reach are made up for', 10, [{ day: 9, lookedAt: () => false }, everywhere(7)], 3],
    ['folders that no night reached since it began', 10, [9, 8, 7].map((day) => ({ day, lookedAt: () => false })), 4],
  ])('%s', (_what, today, looks, shares) => {
    const all = Array.from({ length: shares }, (_, at) => due(7, today - at, [everywhere(today - at - 1)])).flat();
    expect(due(7, today, looks).sort()).toEqual(all.sort());
  });
});
