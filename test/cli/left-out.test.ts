/** Files that a sweep loses sight of by other ways than being deleted: what is told of them from night to night. Uses the compiled program in dist/. */
import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { leftOutBy } from '../../src/cli/left-out.js';
import { DEFAULT_POLICY } from '../../src/policy/policy.js';
import { roster, Share } from '../kit/share.js';

interface Case {
  readonly path: string;
  /** What `diff` says of it since the first night after the second, the third and the fourth one. */
  readonly told: readonly [string, string, string];
}

const CASES: readonly Case[] = [
  // The folder above is closed, and opened again.
  { path: '閉/a.csv', told: ['resolved restricted', 'resolved restricted', 'recurred'] },
  // Left out by a pattern of files, and by one of a folder.
  { path: '外れ.csv', told: ['not-seen', 'not-seen', 'continuing'] },
  { path: '外/中/b.csv', told: ['not-seen', 'not-seen', 'continuing'] },
  // Deleted while it was left out: of a file that is seen at once, of what lies in a folder when that is looked at again.
  { path: '外れ消.csv', told: ['not-seen', 'resolved gone', 'resolved gone'] },
  { path: '外/中/消.csv', told: ['not-seen', 'not-seen', 'resolved gone'] },
  { path: '外も/c.csv', told: ['not-seen', 'resolved gone', 'resolved gone'] },
  // Changed while it was left out.
  { path: '外れ変.csv', told: ['not-seen', 'not-seen', 'continuing'] },
  // A folder of its name stands in its place.
  { path: '替.csv', told: ['resolved gone', 'resolved gone', 'resolved gone'] },
  { path: 'ずっと.csv', told: ['continuing', 'continuing', 'continuing'] },
];

let share: Share;
const nights: ReadonlyMap<string, string>[] = [];
const inventory = () => ['--inventory', share.beside('inventory.db')];
const sweep = (...args: string[]) => share.run('scan', share.root, ...inventory(), '--quiet', ...args);
function told(since: string): ReadonlyMap<string, string> {
  const lines = share
    .run('diff', ...inventory(), '--json', '--since', since)
    .stdout.trim()
    .split('\n');
  const changes = lines.map((line) => JSON.parse(line) as Record<string, string>).filter(({ path }) => path !== undefined);
  return new Map(changes.map(({ path, change, by }) => [path!, by ? `${change} ${by}` : change!]));
}

beforeAll(() => {
  share = new Share();
  const at = (path: string) => join(share.root, path);
  for (const [i, { path }] of CASES.entries()) share.put(path, roster(3, i * 5));
  sweep();
  const excluded = ['外れ*.csv', '外/**', '外も/'].flatMap((pattern) => ['--exclude', pattern]);
  chmodSync(at('閉'), 0o700);
  rmSync(at('替.csv'));
  mkdirSync(at('替.csv'));
  sweep(...excluded);
  nights.push(told('1'));
  for (const path of ['外れ消.csv', '外も', '外/中/消.csv']) rmSync(at(path), { recursive: true });
  share.put('外れ変.csv', roster(6, 200));
  sweep(...excluded);
  nights.push(told('1'));
  chmodSync(at('閉'), 0o755);
  sweep();
  nights.push(told('1'));
}, 60_000);
afterAll(() => share.remove());

describe('what a sweep does not see any more', () => {
  it.each(CASES)('$path', ({ path, told }) => {
    expect(nights.map((night) => night.get(path) ?? null)).toEqual(told);
  });

  it('is told by the story of a file as not looked at', () => {
    const excluded = ['--exclude', 'ずっと.csv', '--include', '*.csv'];
    sweep(...excluded);
    const only = share.beside('only.yaml');
    writeFileSync(only, 'include: ["*.csv"]\n');
    const story = (path: string) => share.run('history', path, ...inventory(), '--lang', 'en').stdout;
    for (const [path, why] of [
      ['ずっと.csv', 'by the pattern "ずっと.csv" of exclude'],
      ['外/中/b.csv', 'fits no pattern of include'],
    ] as const) {
      expect(story(path)).toContain('not looked at by this run');
      expect(story(path)).toContain(`left out of the sweep${why.startsWith('by') ? ' ' : ': it '}${why}`);
    }
    // Never known to any sweep.
    expect(share.run('history', '閉/新.txt', ...inventory(), '--policy', only, '--lang', 'en').stderr).toContain(
      'fits no pattern of include',
    );
    expect(share.run('history', '新.csv', ...inventory(), '--policy', only, '--lang', 'en').stderr).toContain('not in the inventory');
    expect(story('外れ.csv')).not.toContain('not looked at');
    for (const run of [[], ['--run', 'last-complete']]) {
      const { stdout } = share.run('report', ...inventory(), ...run, '--jsonl', '-', '--quiet');
      expect(['外れ.csv', 'ずっと.csv'].map((path) => stdout.includes(`"path":"${path}"`))).toEqual([true, false]);
    }
  });
});

it.each<
  [path: string, excluded: readonly string[], exclude: readonly string[], include: readonly string[], pattern: string | null | undefined]
>([
  ['a.csv', ['*.csv'], ['*.csv'], [], '*.csv'],
  ['旧/中/b.csv', ['旧/'], ['./旧/**'], [], './旧/**'],
  ['旧/b.csv', ['旧/'], [], [], '旧/'],
  ['x/.snapshot/b.csv', ['**/.snapshot/'], [], [], '**/.snapshot/'],
  ['x/b.csv', ['not included/'], [], ['y/**'], null],
  ['y/b.csv', ['not included/', '*.csv'], ['*.csv'], ['y/**'], undefined],
  // A folder that was closed, below a policy that leaves out others.
  ['b.csv', ['旧/'], ['旧/**'], [], undefined],
])('%s is left out by %j', (path, excluded, exclude, include, pattern) => {
  const found = leftOutBy(
    path,
    { excluded: Object.fromEntries(excluded.map((key) => [key, 1])) },
    { ...DEFAULT_POLICY, include, exclude },
    false,
  );
  expect(found).toEqual(pattern === undefined ? null : { pattern });
});
