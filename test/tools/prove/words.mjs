/** A share swept by other words thirty times over: each time exactly what a fresh sweep finds, and only the files read that the change may touch. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeMixed } from '../make-mixed.mjs';
import { runScan } from '../run-program.mjs';
import { createChance } from '../seeded.mjs';

export const summary =
  '5,000 files, 30 changes of words: each time what a fresh sweep finds, and only files read that the change may touch';

const CHANGES = 30;
const NAMES = ['鰀目', '薬袋', '鯨岡', '髙槗', '架空', '名簿', '佐藤', '対象'];
const PLACES = ['霞町', '鰀目町', '架空市', '対象村'];
const LABELS = ['対象者', '送付', '鰀目', '確認'];
const KNOWN = ['1234-567890', '鰀目太郎', '東京都千代田区霞が関1-1-1'];
const KINDS = ['name', 'address', 'birthdate', 'phone'];

const toggled = (list, item) => (list.includes(item) ? list.filter((one) => one !== item) : [...list, item]);

/** The words after one change, and what it was. */
function change(words, chance) {
  const [key, item] = chance.pick([
    ['names', chance.pick(NAMES)],
    ['names', chance.pick(NAMES)],
    ['places', chance.pick(PLACES)],
    ['known', chance.pick(KNOWN)],
    ['labels', chance.pick(LABELS)],
    ['off', 'phone'],
    ['thresholds', chance.pick(KINDS)],
  ]);
  if (key !== 'thresholds') return [{ ...words, [key]: toggled(words[key], item) }, `${key} ${item}`];
  const level = words.thresholds[item] === 'weak' ? 'certain' : 'weak';
  return [{ ...words, thresholds: { ...words.thresholds, [item]: level } }, `${key} ${item} ${level}`];
}

/** JSON is YAML. Labels are those of names. */
const policyOf = ({ labels, ...words }) => JSON.stringify({ words: { ...words, labels: { name: labels } } });

const told = ({ lines }) => JSON.stringify(lines.map(({ run: _run, ...line }) => line));

export async function prove({ scratch, check, say, scaled }) {
  const share = join(scratch, 'share');
  const files = scaled(5_000);
  makeMixed(share, files);
  mkdirSync(join(share, 'odd'));
  for (const [at, name] of NAMES.entries())
    writeFileSync(join(share, 'odd', `${at}.txt`), `担当は${name}です。${name} 太郎 1234-56789${at}\n`);
  const chance = createChance(66);
  let words = { names: [], places: [], known: [], labels: [], off: [], thresholds: {} };
  let [equal, read] = [0, 0];
  const kept = join(scratch, 'kept');
  runScan(share, kept, []);
  for (let at = 1; at <= CHANGES; at++) {
    const [next, what] = change(words, chance);
    words = next;
    const policy = join(scratch, `policy${at}.yaml`);
    writeFileSync(policy, policyOf(words));
    const again = runScan(share, kept, ['--policy', policy]);
    const fresh = runScan(share, join(scratch, `fresh${at}`), ['--policy', policy, '--key', join(kept, 'inventory.db.key')]);
    const count = Number(/: (\d+) files? that they may touch/.exec(again.stderr)?.[1] ?? 0);
    read += count;
    if (told(again) === told(fresh)) equal++;
    say(`${what.padEnd(30)} ${count} files read again`);
  }
  check('sweeps that find what a fresh one finds', equal, CHANGES, equal === CHANGES);
  check('files read, of all', `${((100 * read) / CHANGES / files).toFixed(1)} %`, '< 100 %', read < CHANGES * files);
}
