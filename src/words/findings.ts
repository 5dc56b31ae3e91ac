/** What a sweep tells beside the verdicts of files, in both languages: piles of personal data, exceptions that end or have ended. Numbers come written. */
import type { Lang } from '../../detectors/contract.js';

export interface FindingWords {
  readonly piles: string;
  /** `bound`: the policy's. */
  folderPile(folder: string, persons: string, bound: string): string;
  readerPile(reader: string, persons: string, bound: string): string;
  readonly everybody: string;
  readonly guests: string;
  readonly rootFolder: string;
  morePiles(count: string): string;
  readonly exceptions: string;
  /** `what`: path or content. `day`: the last one on which it holds. */
  expiring(what: string, approver: string, day: string): string;
  expired(what: string, approver: string, day: string): string;
  idleException(what: string, approver: string): string;
}

const ja: FindingWords = {
  piles: '集まりすぎた個人情報（ファイルがすべて適合でも）',
  folderPile: (folder, persons, bound) => `${folder}: 一つのフォルダーに ${persons}（上限 ${bound}）`,
  readerPile: (reader, persons, bound) => `${reader}: 一人で ${persons} を読める（上限 ${bound}）`,
  everybody: '全員',
  guests: 'ゲスト',
  rootFolder: '（対象フォルダーの直下）',
  morePiles: (count) => `ほかに ${count}件`,
  exceptions: '例外の期限',
  expiring: (what, approver, day) => `例外 ${what}（承認: ${approver}）は ${day} で終わります。片づけるか、改めて承認を受けてください`,
  expired: (what, approver, day) => `例外 ${what}（承認: ${approver}）は ${day} で終わったので、例外として扱いません`,
  idleException: (what, approver) =>
    `例外 ${what}（承認: ${approver}）に当たるファイルで、個人情報のあるものはありませんでした。書き方を確かめるか、片づいていれば例外から外してください`,
};

const en: FindingWords = {
  piles: 'Too much in one place (even where every file obeys)',
  folderPile: (folder, persons, bound) => `${folder}: ${persons} in one folder (bound: ${bound})`,
  readerPile: (reader, persons, bound) => `${reader}: can read ${persons} alone (bound: ${bound})`,
  everybody: 'everybody',
  guests: 'guests',
  rootFolder: '(directly in the swept folder)',
  morePiles: (count) => `and ${count} more`,
  exceptions: 'Exceptions',
  expiring: (what, approver, day) =>
    `the exception ${what} (approved by ${approver}) ends on ${day}: clear up what it covers, or have it approved anew`,
  expired: (what, approver, day) => `the exception ${what} (approved by ${approver}) ended on ${day} and is ignored`,
  idleException: (what, approver) =>
    `the exception ${what} (approved by ${approver}) fits no file that holds personal data: see to its path, or remove it if all is settled`,
};

export function findingWords(lang: Lang): FindingWords {
  return lang === 'ja' ? ja : en;
}
