/** A change of words touches every file that comes out otherwise by it, and few others. Whole files are examined by the real parts before and after. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { NO_SITE_WORDS, type SiteWords } from '../../detectors/contract.js';
import { createDetectors } from '../../detectors/registry.js';
import { TRACED_KINDS } from '../../detectors/trace.js';
import { memorySource } from '../../src/container/memory-source.js';
import { extractorsFor } from '../../src/extract/registry.js';
import { sniff } from '../../src/extract/sniff.js';
import { packContent } from '../../src/inventory/packed.js';
import { openLexicon } from '../../src/lexicon/open.js';
import { checkPassword } from '../../src/protect/registry.js';
import { goneBy, seal, touchedBy, unseal } from '../../src/scan/changed-words.js';
import { examineFile } from '../../src/scan/examine.js';
import { EXAMPLES_ONLY } from '../../src/scan/findings.js';
import { KeyedHash } from '../../src/scan/keyed-hash.js';
import { Places } from '../../src/scan/sketch.js';
import { roster, top } from '../kit/share.js';

const KEY = Buffer.alloc(32, 7);
const places = new Places(KEY);
const hash = new KeyedHash(KEY);
const lexicon = openLexicon();

interface Examined {
  /** All that the inventory keeps of it. */
  readonly told: string;
  readonly sketch: Uint8Array;
}

type Files = ReadonlyMap<string, Buffer>;

async function examineAll(files: Files, words: Partial<SiteWords>, year = 2026): Promise<Map<string, Examined>> {
  const detectors = createDetectors({ lexicon, site: { ...NO_SITE_WORDS, ...words }, asOf: { year, month: 11, day: 21 } });
  const parts = { detectors, hash, wishes: EXAMPLES_ONLY, passwords: [], places, sniff, extractorsFor, checkPassword };
  const all = new Map<string, Examined>();
  for (const [name, bytes] of files) {
    const persons: string[] = [];
    const open = () => ({ ...memorySource(name, bytes), close() {}, hash: () => 'sha256:', unchanged: () => true });
    const { content, sketch } = await examineFile(open, name, parts, (run, seq, ids) =>
      persons.push(`${run} ${seq} ${JSON.stringify(ids)}`),
    );
    all.set(name, { told: JSON.stringify([packContent(content), persons]), sketch: sketch! });
  }
  return all;
}

const by = (words: Partial<SiteWords>, year = 2026) => goneBy({ ...NO_SITE_WORDS, ...words }, year, KEY);

/** The files that a change makes be read again, by the sketches that were made before it. */
function touchedFiles(before: ReadonlyMap<string, Examined>, last: Parameters<typeof touchedBy>[0], now: typeof last): string[] {
  const touched = touchedBy(last, now, KEY);
  if (touched === null) return [];
  return [...before].filter(([, { sketch }]) => touched === 'all' || touched(sketch)).map(([name]) => name);
}

const text = (words: string) => Buffer.from(words);
/** Where words are broken, written otherwise, or made of several cells. */
const ODD: Record<string, Buffer> = {
  'kumo.txt': text('担当は鰀目さんです。鰀目 太郎\n住所 架空市霞町1-2-3\n'),
  'me.txt': text('目に見えるもの'),
  'broken.csv': text('氏,,名\n登録,者\n記号,名前\n1,髙﨑 花子\n2,架空 太郎\n3,架空 次郎\n'),
  'two-rows.csv': text('担当,担当,その他\n氏名,番号,摘要\n山田 太郎,1234-567890,霞ヶ関\n山田 次郎,1234-567891,\n'),
  'half.csv': text('ｺｳｼﾝﾊﾞﾝｺﾞｳ,ﾊﾞﾝｺﾞｳ氏名\n1234-567890,ｱﾘｾﾞﾝﾀﾛｳ\n1234-567891,ﾔﾏﾀﾞ ﾀﾛｳ\n'),
  'form.txt': text('年 金 記 号：1234-567890\n㈱架空 担 当 者：山田太郎\n生年月日：昭和55年1月2日 電話 03-1234-5678\n'),
  'future.txt': text('生年月日：2027年1月2日 氏名：架空太郎 1234-567890\n'),
  'old.txt': text('生年月日：明治39年3月4日 氏名：架空太郎 1234-567890\n'),
  'plain.txt': text('本日の会議は中止します。'),
  '鰀目_1234-567899.txt': text('本日の会議は中止します。'),
  'list.csv': text(roster(30)),
};

function samples(): Map<string, Buffer> {
  const folder = join(top, 'samples', 'share');
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => statSync(join(folder, name)).isFile());
  return new Map(names.sort().map((name) => [name, readFileSync(join(folder, name))]));
}

/** Words as a site might write them, taken from what stands in the files, so that many of them do something. */
const NAMES = [
  '鰀目',
  '架空',
  '髙﨑',
  '太次郎',
  '架空 太郎',
  '会議 中止',
  '有前',
  'ありぜん',
  '年金',
  '基礎',
  '田',
  '高崎 花子',
  'SMITH',
  '相談 担当',
];
const PLACES = ['霞町', '架空市', '霞が関', '千代田区', '担当町', '中止村', '大字架空', '番号町'];
const LABELS = ['登録者', '記号', '更新番号', '年金記号', '摘要', '担当', '担当氏名', 'その他', '※', 'ﾊﾞﾝｺﾞｳ', '備考(内線)', 'No', 'コード'];
const KNOWN = [
  '1234-567890',
  '架空太郎',
  '03-1234-5678',
  '架空 太郎',
  '昭和55年1月2日',
  '1980-01-02',
  '1100-100000',
  '東京都千代田区霞が関1-1-1',
  '鰀目太郎',
];
const LEVELS = ['weak', 'likely', 'certain'] as const;
const LABELLED = ['pension-number', 'name', 'address', 'birthdate', 'phone'] as const;

interface Draw {
  between(low: number, high: number): number;
  pick<Item>(list: readonly Item[]): Item;
}

/** Repeatable chance (a linear congruential generator with the multiplier of Numerical Recipes). */
function random(seed: number): Draw {
  let state = seed >>> 0;
  const below = (bound: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * bound);
  };
  return { between: (low, high) => low + below(high - low + 1), pick: (list) => list[below(list.length)]! };
}

const without = <Item>(items: readonly Item[] | undefined, item: Item) => (items ?? []).filter((one) => one !== item);
const toggled = <Item>(items: readonly Item[] | undefined, item: Item) =>
  items?.includes(item) ? without(items, item) : [...(items ?? []), item];

/** The words with one to three of them others. */
function changed(words: Partial<SiteWords>, chance: Draw): Partial<SiteWords> {
  let next = words;
  for (let count = chance.between(1, 3); count > 0; count--) {
    const sort = chance.between(0, 9);
    const kind = chance.pick(LABELLED);
    if (sort < 3) next = { ...next, names: toggled(next.names, chance.pick(NAMES)) };
    else if (sort < 4) next = { ...next, places: toggled(next.places, chance.pick(PLACES)) };
    else if (sort < 6) next = { ...next, labels: { ...next.labels, [kind]: toggled(next.labels?.[kind], chance.pick(LABELS)) } };
    else if (sort < 8) next = { ...next, known: toggled(next.known, chance.pick(KNOWN)) };
    else if (sort < 9) next = { ...next, off: toggled(next.off, chance.pick(TRACED_KINDS)) };
    else next = { ...next, thresholds: { ...next.thresholds, [chance.pick(TRACED_KINDS)]: chance.pick(LEVELS) } };
  }
  return next;
}

describe('a file that a change of words does not touch', () => {
  it('comes out the same, whatever changes', async () => {
    const files = new Map([...samples(), ...Object.entries(ODD)]);
    const chance = random(Number(process.env.WORDS_SEED ?? 61));
    let words: Partial<SiteWords> = {};
    let year = 2026;
    let before = await examineAll(files, words, year);
    let [spared, otherwise] = [0, 0];
    for (let step = 0; step < Number(process.env.WORDS_STEPS ?? 8); step++) {
      const [next, nextYear] = [changed(words, chance), chance.between(0, 5) === 0 ? chance.between(2024, 2028) : year];
      const touched = new Set(touchedFiles(before, by(words, year), by(next, nextYear)));
      const after = await examineAll(files, next, nextYear);
      for (const [name, { told }] of after) {
        if (before.get(name)!.told !== told) otherwise++;
        if (touched.has(name)) continue;
        spared++;
        expect(told, `${name} after ${JSON.stringify(words)} became ${JSON.stringify(next)}, ${year} ${nextYear}`).toBe(
          before.get(name)!.told,
        );
        // As in an inventory: what is not read again keeps the sketch that it had.
        after.set(name, before.get(name)!);
      }
      [words, year, before] = [next, nextYear, after];
    }
    expect(spared).toBeGreaterThan(100);
    expect(otherwise).toBeGreaterThan(0);
  }, 600_000);
});

describe('a change reads again', () => {
  const files = new Map(Object.entries(ODD));
  const EVERY = Object.keys(ODD);
  const NONE: Partial<SiteWords> = {};
  it.each<[string, Partial<SiteWords>, Partial<SiteWords>, readonly string[]]>([
    ['a name: what holds both letters, the path among them', NONE, { names: ['鰀目'] }, ['kumo.txt', '鰀目_1234-567899.txt']],
    ['a name taken away: the same', { names: ['鰀目'] }, NONE, ['kumo.txt', '鰀目_1234-567899.txt']],
    ['a variant of a name: what holds either', NONE, { names: ['高﨑'] }, ['broken.csv']],
    ['a label over several cells', NONE, { labels: { name: ['登録者'] } }, ['broken.csv']],
    ['a label in kana of any width', NONE, { labels: { name: ['コウシンバンゴウ'] } }, ['half.csv']],
    ['a label for another kind', { labels: { name: ['摘要'] } }, { labels: { address: ['摘要'] } }, ['two-rows.csv']],
    ['a place: what holds all its letters', NONE, { places: ['霞町'] }, ['kumo.txt']],
    [
      'the first known value: every cell is asked from now on',
      NONE,
      { known: ['03-1234-5678'] },
      ['broken.csv', 'form.txt', 'half.csv', 'list.csv', 'old.txt', 'two-rows.csv'],
    ],
    ['nothing: the order of words', { names: ['鰀目', '架空'] }, { names: ['架空', '鰀目'] }, []],
    ['a label that is nothing but a mark: every file', NONE, { labels: { name: ['※'] } }, EVERY],
    ['a kind switched on again: every file', { off: ['passport'] }, NONE, EVERY],
    ['a kind switched off: what holds one', NONE, { off: ['phone'] }, ['form.txt']],
    ['a threshold: what holds the kind, weak ones too', NONE, { thresholds: { phone: 'certain' } }, ['form.txt']],
    ['a known value beside others: what was asked for it', { known: ['0'] }, { known: ['0', '03-1234-5678'] }, ['form.txt']],
  ])('%s', async (_what, last, now, expected) => {
    const read = touchedFiles(await examineAll(files, last), by(last), by(now));
    expect(read.sort()).toEqual([...expected].sort());
  });

  it('in a new year what holds dates of the last one or later, or such as are older than people grow', async () => {
    const read = touchedFiles(await examineAll(files, NONE, 2026), by(NONE, 2026), by(NONE, 2027));
    expect(read.sort()).toEqual(['future.txt', 'old.txt']);
  });
});

it('what is kept of the words opens with the key alone and holds none of them', () => {
  const kept = by({ names: ['鰀目'], known: ['1234-567890'] });
  const sealed = seal(kept, KEY);
  expect(unseal(sealed, KEY)).toEqual(kept);
  expect(unseal(sealed, Buffer.alloc(32, 8))).toBeNull();
  expect(unseal(`${sealed.slice(0, -8)}AAAAAAA=`, KEY)).toBeNull();
  expect(JSON.stringify(kept)).not.toMatch(/鰀|目|567890/);
});
