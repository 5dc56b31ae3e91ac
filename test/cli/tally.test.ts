import { describe, expect, it } from 'vitest';
import { composeInventory, type Inventory } from '../../src/cli/compose.js';
import { judgedEntries, judgedFindings, judgedGroups } from '../../src/cli/judged.js';
import { Tally } from '../../src/cli/tally.js';
import { packContent } from '../../src/inventory/packed.js';
import { Store } from '../../src/inventory/store.js';
import type { Access, Content } from '../../src/model.js';
import { DEFAULT_POLICY } from '../../src/policy/policy.js';
import { unexamined } from '../../src/scan/examine.js';

const ROOT = '/共有';
const AS_OF = Date.UTC(2026, 10, 21);
const DAY_MS = 86_400_000;

const ACCESSES = ['restricted', 'open', 'unknown'] as const;

/** A seeded choice: the same share whenever the test runs. */
function createChoice(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
}

function contentWith(four: number, sealed: boolean, memberCount: number): Content {
  const base = unexamined({ stage: 'extract', code: 'encrypted', detail: '' });
  if (sealed) return { ...base, password: { state: 'set', scheme: 'agile' } };
  const plain: Content = {
    ...base,
    format: 'xlsx',
    examined: 'full',
    problems: [],
    kinds: four > 0 ? { 'pension-number': four, name: four } : {},
    records: { four, three: 0, two: four % 2, other: 0 },
    password: { state: 'none', scheme: null },
    contentHash: `sha256:${String(four).padStart(64, '0')}`,
  };
  const members = Array.from({ length: memberCount }, (_, at) => ({
    name: `中${at}.xlsx`,
    sizeBytes: 1,
    modifiedMs: null,
    content: { ...plain, password: { state: at % 2 ? ('set' as const) : ('none' as const), scheme: null } },
  }));
  return { ...plain, members };
}

function fill({ store, entries, contents }: Inventory): void {
  const choose = createChoice(7);
  const root = entries.visitFolder(null, ROOT);
  for (const name of ['課', '係', '課/別']) {
    const folder = entries.visitFolder(name.includes('/') ? entries.visitFolder(root, '課') : root, name.slice(name.indexOf('/') + 1));
    for (let at = 0; at < 120; at++) {
      const access: Access = { state: ACCESSES[choose(3)]!, source: 'posix-mode', broad: [], readers: null, reason: '' };
      const content = contentWith(choose(3), choose(10) === 0, choose(20) === 0 ? 2 : 0);
      // A few ages on either side of the limit, a few unknown.
      const modifiedMs = choose(15) === 0 ? null : AS_OF - choose(6) * 100 * DAY_MS;
      const facts = { state: 's', sort: 'file', sizeBytes: 10, modifiedMs, accessedMs: null, owner: null } as const;
      const id = store.intern('access', JSON.stringify(access));
      entries.put(folder, { ...facts, name: `表${at}.xlsx`, access: id }, contents.keep(packContent(content), null));
    }
  }
}

function sums(inventory: Inventory, policy: typeof DEFAULT_POLICY, grouped: boolean) {
  const tally = new Tally(policy, inventory.persons);
  if (grouped) {
    for (const group of judgedGroups(inventory, [ROOT], policy, AS_OF)) tally.addGroup(group);
    for (const one of judgedFindings(inventory, [ROOT], policy, AS_OF)) tally.add(one);
  } else for (const one of judgedEntries(inventory, [ROOT], policy, AS_OF)) tally.add(one);
  const { worstFiles, worstFolders } = tally.worst();
  return { totals: tally.totals(), exposed: tally.exposed(), worstFolders, worstFiles };
}

describe('sums over files that are judged together', () => {
  const inventory = composeInventory(Store.open(':memory:'));
  fill(inventory);

  it.each([
    ['the default policy', DEFAULT_POLICY],
    ['a retention rule by path', { ...DEFAULT_POLICY, retention: [{ name: '短期', paths: ['係/**'], formats: [], limitDays: 30 }] }],
    [
      'an exception by path',
      { ...DEFAULT_POLICY, exceptions: [{ path: '課/表1*', reason: '移行', approver: '課長', expires: '2027-03-31' }] },
    ],
    ['no limit of age', { ...DEFAULT_POLICY, retentionDefaultDays: 100_000 }],
  ])('are those of each file judged by itself: %s', (_name, policy) => {
    const together = sums(inventory, policy, true);
    expect(together.totals.enumerated).toBe(360);
    expect(together.worstFiles).toHaveLength(10);
    expect(together).toEqual(sums(inventory, policy, false));
  });
});
