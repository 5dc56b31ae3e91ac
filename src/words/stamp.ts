/** The words of the stamp that `mimawari check --stamp` leaves. */
import type { Lang } from '../../detectors/contract.js';

export interface StampWords {
  readonly title: string;
  readonly passed: string;
  readonly checked: string;
  readonly place: string;
  readonly files: string;
  sealed(count: string): string;
  excepted(count: string): string;
  textless(count: string): string;
  readonly included: string;
  readonly excluded: string;
  readonly notIncluded: string;
  readonly program: string;
  readonly policy: string;
  readonly content: string;
  readonly notes: readonly string[];
  /** On the screen, after the total. */
  written(file: string): string;
  /** Of a stamp that was left by an earlier check. */
  outdated(file: string): string;
  readonly withheld: string;
  readonly withheldEmpty: string;
  readonly withheldIncomplete: string;
}

const ja: StampWords = {
  title: '個人情報ファイルの確認',
  passed: '○ 問題なし',
  checked: '確かめた日時',
  place: '確かめた場所',
  files: 'ファイルの数',
  sealed: (count) => `うち、パスワードがかかっていて中を確かめていないもの ${count}件`,
  excepted: (count) => `うち、例外として承認されているもの ${count}件`,
  textless: (count) => `うち、文字のない種類のファイル（調べる対象外） ${count}件`,
  included: 'この形に合うものだけ',
  excluded: '除いたもの（件数）',
  notIncluded: '上の形に合わないもの',
  program: 'プログラム',
  policy: '決まり（方針）の照合値',
  content: 'ファイルの照合値',
  notes: [
    'この印は、上の日時にその場所にあったファイルについてのものです。あとから置いたり書き換えたりしたファイルは含みません。',
    '「ファイルの照合値」は、同じ場所をもう一度確かめたとき、ファイルが同じなら同じ値になります。',
  ],
  written: (file) => `確認の印を書きました: ${file}`,
  outdated: (file) => `前に作った確認の印が残っていますが、いまの状態を示すものではありません。捨ててください: ${file}`,
  withheld: '確認の印は作りませんでした。× や ？ のファイルがなくなると作れます。',
  withheldEmpty: '確認の印は作りませんでした。調べるファイルがありません。',
  withheldIncomplete: '確認の印は作りませんでした。最後まで確かめていません。',
};

const en: StampWords = {
  title: 'Check for personal data',
  passed: '○ in order',
  checked: 'Checked at',
  place: 'Place',
  files: 'Files',
  sealed: (count) => `of them locked by a password, their content not looked at: ${count}`,
  excepted: (count) => `of them under an approved exception: ${count}`,
  textless: (count) => `of them of a sort that holds no text (not looked into): ${count}`,
  included: 'Only what matches',
  excluded: 'Left out (how many)',
  notIncluded: 'what does not match',
  program: 'Program',
  policy: 'Hash of the policy',
  content: 'Hash of the files',
  notes: [
    'This stamp is about the files that lay in that place at that time, not about what was stored or changed later.',
    'The hash of the files is the same again when the same place is checked and its files are the same.',
  ],
  written: (file) => `Stamp written: ${file}`,
  outdated: (file) => `An earlier stamp is still there and does not tell how things are now; throw it away: ${file}`,
  withheld: 'No stamp was made. There will be one when no file is marked × or ?.',
  withheldEmpty: 'No stamp was made: there was no file to check.',
  withheldIncomplete: 'No stamp was made: the check did not come to its end.',
};

const tables: Readonly<Record<Lang, StampWords>> = { ja, en };

export function stampWords(lang: Lang): StampWords {
  return tables[lang];
}
