/**
 * The reason of an access answer in the user's language. It is kept in technical English (`Access.reason`), put together from few pieces: who lets in
 * whom, through what, how many. Each piece is known here by its form; one that is not is shown as it is, never dropped.
 */
import type { Lang } from '../../detectors/contract.js';
import { doubtText } from './access-doubt.js';

/** Reasons held at a time; a share has tens to thousands of distinct ones. */
const HELD_MAX = 10_000;
const held = new Map<string, string>();

export function accessReasonText(reason: string, lang: Lang): string {
  if (lang !== 'ja') return reason;
  let text = held.get(reason);
  if (text === undefined) {
    text = reasonJa(reason);
    if (held.size >= HELD_MAX) held.clear();
    held.set(reason, text);
  }
  return text;
}

type Rule = readonly [pattern: RegExp, ja: (...parts: string[]) => string];

const UNSHARED = '; on no share of this computer';

function reasonJa(reason: string): string {
  if (reason.endsWith(UNSHARED)) return `${reasonJa(reason.slice(0, -UNSHARED.length))}（この計算機のどの共有からも届きません）`;
  return ruled(SUMS, reason) ?? ruled(OPEN, reason) ?? doubtJa(reason);
}

/** The longest beginning is whose reading is told; what stands behind it is how many they are. */
const SUMS: readonly Rule[] = [
  [/^(.*): (\d+) readers?$/su, (who, count) => `${whoJa(who!)}: 読める人は${count}人`],
  [/^(.*): (\d+) to (\d+) readers?$/su, (who, least, most) => `${whoJa(who!)}: 読める人は${least}人から${most}人`],
  [/^(.*): (\d+) readers?, all among the people concerned$/su, (who, count) => `${whoJa(who!)}: 読める人は${count}人、すべて関係者`],
  [/^(.*): (\d+) readers > (\d+)$/su, (who, count, max) => `${whoJa(who!)}: 読める人は${count}人で、上限の${max}人を超えています`],
  [/^(.*): (\d+) of (\d+) known accounts$/su, (who, count, all) => `${whoJa(who!)}: 分かっているアカウント${all}のうち${count}が読めます`],
  [/^(.*): not among the people concerned: (.*)$/su, (who, names) => `${whoJa(who!)}: 関係者でない人が読めます（${listJa(names!)}）`],
  [
    /^(.*?): (.*); (nobody is known to read it|at least \d+ readers?|\d+ to \d+ can read it|they may not be among the people concerned)$/su,
    (permission, doubt, tail) => `${permissionJa(permission!)}: ${doubtJa(doubt!)}。${tailJa(tail!)}`,
  ],
];

const OPEN: readonly Rule[] = [
  [/^(.*), through (shares? .*)$/su, (inner, share) => `${ruled(OPEN, inner!) ?? whoJa(inner!)}（${shareJa(share!)}から）`],
  [/^(mode 0\d{3}), parents passable$/u, (mode) => `${permissionJa(mode!)} で全員が読め、上のフォルダーも通れます`],
  [/^(mode 0\d{3}), readable by the guest account$/u, (mode) => `${permissionJa(mode!)} でゲストのアカウントが読めます`],
  [/^(mode 0\d{3}), readable by (.*)$/su, (mode, name) => `${permissionJa(mode!)} で ${name} が読めます`],
  [/^no NT access list: nothing limits access$/u, () => 'NT のアクセス権の一覧がなく、誰でも読めます'],
  [/^NT access list: (.*) may read$/su, (name) => `NT のアクセス権で ${name} が読めます`],
  [/^NT access list: (.*) may execute it, which reads it over SMB$/su, (name) => `NT のアクセス権で ${name} が実行でき、SMB では読めます`],
  [
    /^NT access list: (.*) may change who reads it \(WRITE_DAC\)$/su,
    (name) => `NT のアクセス権で ${name} が権限を変えられます（WRITE_DAC）`,
  ],
  [/^NT access list: (.*) may take it over \(WRITE_OWNER\)$/su, (name) => `NT のアクセス権で ${name} が所有者になれます（WRITE_OWNER）`],
];

const PERMISSIONS: readonly Rule[] = [
  [/^(.*) behind (shares? .*)$/su, (inner, share) => `${permissionJa(inner!)}（${shareJa(share!)}の先）`],
  [
    /^(.*) \(the NT list of Samba is no longer in force: permissions were changed behind it\)$/su,
    (inner) => `${permissionJa(inner!)}（Samba の NT の一覧は、Samba を通さずに権限が変えられたため、効いていません）`,
  ],
  [/^NT access list within (.*)$/su, (inner) => `NT のアクセス権（${permissionJa(inner!)} の範囲で）`],
  [/^NT access list$/u, () => 'NT のアクセス権'],
  [/^mode (0\d{3})$/u, (mode) => `モード ${mode}`],
];

const WHO: readonly Rule[] = [
  [/^(.*), through (shares? .*)$/su, (inner, share) => `${whoJa(inner!)}（${shareJa(share!)}から）`],
  [/^(.*), within (.*)$/su, (inner, limit) => `${whoJa(inner!)}（ファイルの権限は ${whoJa(limit!)}）`],
  [/^others$/u, () => 'そのほかの全員'],
  [/^readable by others, but parents are closed to them$/u, () => 'ファイルは全員に開いていますが、上のフォルダーが閉じています'],
  [/^owner alone, but parents are closed to him$/u, () => '所有者だけ（上のフォルダーは通れません）'],
  [/^owner alone$/u, () => '所有者だけ'],
  [/^administrators alone$/u, () => '管理者だけ'],
  [/^(.*?) and owner (.*), who may give himself the right$/su, (inner, name) => `${whoJa(inner!)}と所有者 ${name}（${GIVER}）`],
  [/^owner (.*), who may give himself the right$/su, (name) => `所有者 ${name}（${GIVER}）`],
  [/^(.*) and (\d+) named users?$/su, (inner, count) => `${whoJa(inner!)}と名指しの${count}人`],
  [/^(\d+) named users?$/u, (count) => `名指しの${count}人`],
  [/^group (.*)$/su, (names) => `グループ ${listJa(names!)}`],
];
const GIVER = '自分で読めるように変えられます';

function permissionJa(text: string): string {
  return ruled(PERMISSIONS, text) ?? text;
}

/** The words of two ways stand behind each other. */
function whoJa(text: string): string {
  const ways = text.split('; ');
  return ways.map((way) => (way === '…' ? 'ほか' : (ruled(WHO, way) ?? listJa(way)))).join('。');
}

function shareJa(text: string): string {
  const [, names, opener] = /^shares? (.*?)(?:, where files are opened as (.*))?$/su.exec(text) ?? [];
  return opener === undefined ? `共有 ${listJa(names ?? text)} ` : `${opener} の名前でファイルを開く共有 ${names} `;
}

function listJa(names: string): string {
  return names
    .replaceAll(', ', '、')
    .replace(/ and (\d+) more$/u, '、ほか$1人')
    .replaceAll(' (who may give himself the right)', `（${GIVER}）`);
}

function tailJa(tail: string): string {
  if (tail === 'nobody is known to read it') return '読めると分かっている人はいません';
  if (tail.startsWith('they ')) return '関係者でないかもしれません';
  const [least, most] = tail.match(/\d+/gu) ?? [];
  return most === undefined ? `少なくとも${least}人が読めます` : `読める人は${least}人から${most}人`;
}

function doubtJa(text: string): string {
  return doubtText(text, 'ja');
}

function ruled(rules: readonly Rule[], text: string): string | null {
  for (const [pattern, ja] of rules) {
    const found = pattern.exec(text);
    if (found !== null) return ja(...found.slice(1));
  }
  return null;
}
