/** `mimawari reach` over a real sweep. Uses the compiled program in dist/. */
import { chmodSync, copyFileSync, existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { reachAs, reachList, wholeReach } from '../../src/cli/reach-lines.js';
import type { Reach } from '../../src/inventory/reach.js';
import type { KeptPrincipal } from '../../src/inventory/readers.js';
import { Store } from '../../src/inventory/store.js';
import type { ReachFigures } from '../../src/parts.js';
import { roster, Share } from '../kit/share.js';

let share: Share;
beforeEach(() => {
  share = new Share();
  chmodSync(share.folder, 0o755);
  chmodSync(share.root, 0o755);
});
afterEach(() => share.remove());

const inventory = (): string => share.beside('inventory.db');
const reach = (...args: string[]) => share.run('reach', '--inventory', inventory(), ...args);

describe('reach', () => {
  it('counts what everybody reads, each person once, and all there is as the total', () => {
    share.put('公開/一.csv', roster(10));
    share.put('公開/写し.csv', roster(10));
    share.put('限定/二.csv', roster(10, 5));
    chmodSync(join(share.root, '限定'), 0o700);
    const summary = share.scan('--lang', 'en').stdout;
    const { code, stdout, stderr } = reach('--json');
    expect([code, stderr]).toEqual([0, '']);
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.at(-1)).toMatchObject({ schema: 'mimawari.reach-total/1', files: 3, filesFound: 3, persons: 15, records: { four: 30 } });
    const everybody = lines.find(({ kind }) => kind === 'everybody');
    expect(everybody.proven).toEqual({ files: 2, filesFound: 2, records: { four: 20, three: 0, two: 0, other: 0 }, persons: 10 });
    expect(everybody.possible).toEqual(everybody.proven);
    expect(summary).toContain('If one account were taken over');
    expect(reach('--as', 'root', '--lang', 'en').stdout).toMatch(/distinct persons\s+15\s+15/u);
    expect(reach('--lang', 'ja').stdout).toContain('アカウントのある全員');
    expect(reach('--as', 'Everyone', '--json').stdout.trim().split('\n')).toHaveLength(3);
  });

  it('is kept by a second sweep that writes nothing, and follows a list that was changed', () => {
    const file = share.put('一.csv', roster(4));
    share.scan();
    // A copy: whoever holds the inventory open keeps a sweep out.
    const kept = () => {
      for (const end of ['', '-wal']) if (existsSync(inventory() + end)) copyFileSync(inventory() + end, share.beside('copy.db') + end);
      const store = Store.open(share.beside('copy.db'));
      const rows = ['principal', 'reader_set', 'access', 'entry'].map((table) => store.prepare(`SELECT * FROM ${table}`).all());
      store.close();
      return rows;
    };
    const before = kept();
    expect(before.map((rows) => rows.length)).toEqual([expect.any(Number), 1, 1, 1]);
    expect(share.scan().code).toBe(1);
    expect(kept()).toEqual(before);
    chmodSync(file, 0o600);
    expect(share.scan().code).toBe(0);
    const everybody = JSON.parse(reach('--as', 'everybody', '--json').stdout.split('\n')[0]!);
    expect(everybody.possible.files).toBe(0);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('refuses what it does not know with one line and exit 2', () => {
    share.put('a.txt', 'x');
    expect(reach()).toMatchObject({ code: 2, stderr: expect.stringContaining('no sweep is kept there yet') });
    share.scan();
    expect(reach('--as', 'nobody-of-that-name')).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('u:UID') });
    expect(reach('--top', '0')).toMatchObject({ code: 2, stdout: '' });
  });
});

describe('lines', () => {
  const figures = (persons: number): ReachFigures => ({
    files: persons,
    filesFound: persons,
    records: { four: persons, three: 0, two: 0, other: 0 },
    persons,
  });
  const of = (proven: number, possible = proven) => ({ proven: figures(proven), possible: figures(possible) });
  let rowId = 0;
  const who = (id: string, name: string | null, kind: KeptPrincipal['kind'] = 'account', aliases: string[] = []): KeptPrincipal => ({
    rowId: ++rowId,
    id,
    name,
    kind,
    aliases,
  });
  const made: Reach = {
    total: figures(90),
    everybody: of(10, 20),
    guests: of(0),
    others: [
      { principal: who('u:1', 'taro', 'account', ['S-1-5-21-1-2-3-1001']), reach: of(30) },
      { principal: who('u:2', 'hanako'), reach: of(50) },
      { principal: who('g:2', 'soumu', 'group'), reach: of(60) },
      { principal: who('g:9', null, 'unresolved'), reach: of(40) },
      { principal: who('u:3', 'Jiro'), reach: of(0) },
    ],
    asEverybody: [who('u:7', 'saburo'), who('g:5', 'taro', 'group')],
    filesUntold: 0,
  };
  const ids = (lines: ReturnType<typeof reachAs>): unknown => ('alike' in lines ? lines : lines.map(({ id, kind }) => id ?? kind));

  it('stand by persons, without resolved groups, those who read nothing, and those who read what everybody reads', () => {
    expect(ids(reachList(made))).toEqual(['u:2', 'g:9', 'u:1', 'everybody']);
    expect(wholeReach(made)).toHaveLength(9);
  });

  it.each<[string, unknown]>([
    ['taro', ['u:1']],
    ['u:1', ['u:1']],
    ['1', ['u:1']],
    ['5', ['g:5']],
    ['9', ['g:9']],
    ['g:2', ['g:2']],
    ['soumu', ['g:2']],
    ['S-1-5-21-1-2-3-1001', ['u:1']],
    ['S-1-22-1-2', ['u:2']],
    ['JIRO', ['u:3']],
    ['saburo', ['u:7']],
    ['everybody', ['everybody', 'guests']],
    ['other', ['everybody']],
    ['authenticated users', ['everybody']],
    ['S-1-5-32-546', ['guests']],
    ['ゲスト', ['guests']],
    ['nobody', ['guests']],
    ['65534', ['guests']],
    ['root', ['admin']],
    ['0', ['admin']],
    ['Domain Admins', ['admin']],
    ['tarou', { alike: ['taro'] }],
    ['hana', { alike: ['hanako'] }],
    ['xyz', { alike: [] }],
  ])('--as %s', (asked, expected) => {
    expect(ids(reachAs(asked, made))).toEqual(expected);
  });
});
