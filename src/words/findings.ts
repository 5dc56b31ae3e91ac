/** What a sweep tells beside the verdicts of files, in both languages: piles of personal data, the register of exceptions. Numbers come written. */
import type { Lang } from '../../detectors/contract.js';
import type { ExceptionState } from '../model.js';

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
  /** The same as tables, of the workbook and of the page. */
  readonly pileTable: {
    readonly title: string;
    readonly note: string;
    readonly none: string;
    readonly sorts: Readonly<Record<'folder' | 'reader', string>>;
    readonly sort: string;
    readonly who: string;
    readonly persons: string;
    readonly bound: string;
    readonly root: string;
    readonly id: string;
    more(count: string): string;
  };
  readonly exceptionTable: {
    readonly title: string;
    readonly note: string;
    readonly states: Readonly<Record<ExceptionState, string>>;
    readonly state: string;
    readonly what: string;
    readonly reason: string;
    readonly approver: string;
    readonly expires: string;
    readonly files: string;
    readonly fits: string;
    /** Whether it fits any file: yes, no, not known. */
    readonly fitting: Readonly<Record<'yes' | 'no' | 'unknown', string>>;
    more(count: string): string;
  };
}

const ja: FindingWords = {
  piles: '集まりすぎた個人情報（ファイルがすべて適合でも）',
  folderPile: (folder, persons, bound) => `${folder}: 一つのフォルダーに ${persons}（上限 ${bound}）`,
  readerPile: (reader, persons, bound) => `${reader}: 一人で ${persons} を読める（上限 ${bound}）`,
  everybody: '全員',
  guests: 'ゲスト',
  rootFolder: '（対象フォルダーの直下）',
  morePiles: (count) => `ほかに ${count}件`,
  exceptions: '確かめていただきたい例外',
  expiring: (what, approver, day) => `例外 ${what}（承認: ${approver}）は ${day} で終わります。片づけるか、改めて承認を受けてください`,
  expired: (what, approver, day) => `例外 ${what}（承認: ${approver}）は ${day} で終わったので、例外として扱いません`,
  idleException: (what, approver) =>
    `例外 ${what}（承認: ${approver}）に当たるファイルで、個人情報のあるものはありませんでした。書き方を確かめるか、片づいていれば例外から外してください`,
  pileTable: {
    title: '集まりすぎ',
    note: '一つのフォルダーにある人数、または一つのアカウントが読める人数が、方針（pile）の上限を超えているところです。ファイルがすべて適合でも、集まっていること自体が危険です。',
    none: '上限を超えて集まっているところはありません。',
    sorts: { folder: '一つのフォルダーにある', reader: '一つのアカウントが読める' },
    sort: '種類',
    who: 'フォルダー・相手',
    persons: '人数（重複を除く）',
    bound: '上限',
    root: 'ルート',
    id: 'アカウントの識別子',
    more: (count) => `ほかに ${count}か所あります。全部は xlsx と JSONL にあります。`,
  },
  exceptionTable: {
    title: '例外',
    note: '方針（exceptions）に登録された例外です。期限の過ぎたものは例外として扱いません。個人情報のあるファイルに当たらないものは、書き方の誤りか、もう要らないものです。',
    states: { 'in-force': '有効', expiring: '有効（まもなく終了）', expired: '終了（無効）' },
    state: '状態',
    what: '対象（パスか内容）',
    reason: '理由',
    approver: '承認者',
    expires: '期限（最後の日）',
    files: '例外にした違反（ファイル）',
    fits: '当たるファイル',
    fitting: { yes: 'あり', no: 'なし（要確認）', unknown: '－' },
    more: (count) => `ほかに ${count}件あります。全部は xlsx と JSONL にあります。`,
  },
};

const en: FindingWords = {
  piles: 'Too much in one place (even where every file obeys)',
  folderPile: (folder, persons, bound) => `${folder}: ${persons} in one folder (bound: ${bound})`,
  readerPile: (reader, persons, bound) => `${reader}: can read ${persons} alone (bound: ${bound})`,
  everybody: 'everybody',
  guests: 'guests',
  rootFolder: '(directly in the swept folder)',
  morePiles: (count) => `and ${count} more`,
  exceptions: 'Exceptions to look at',
  expiring: (what, approver, day) =>
    `the exception ${what} (approved by ${approver}) ends on ${day}: clear up what it covers, or have it approved anew`,
  expired: (what, approver, day) => `the exception ${what} (approved by ${approver}) ended on ${day} and is ignored`,
  idleException: (what, approver) =>
    `the exception ${what} (approved by ${approver}) fits no file that holds personal data: see to its path, or remove it if all is settled`,
  pileTable: {
    title: 'Piles',
    note: 'Where one folder holds, or one account can read, more persons than the policy allows (pile). Even where every file obeys, a pile is a danger by itself.',
    none: 'No place holds more persons than is allowed.',
    sorts: { folder: 'in one folder', reader: 'readable by one account' },
    sort: 'Sort',
    who: 'Folder or reader',
    persons: 'Persons (each once)',
    bound: 'Bound',
    root: 'Root',
    id: 'Id of the account',
    more: (count) => `and ${count} more; the xlsx and the JSONL have all of them.`,
  },
  exceptionTable: {
    title: 'Exceptions',
    note: 'The register of approved exceptions (exceptions in the policy). Those that have ended are ignored. One that fits no file with personal data is a slip, or not needed any more.',
    states: { 'in-force': 'in force', expiring: 'in force, ends soon', expired: 'ended, ignored' },
    state: 'State',
    what: 'What (path or content)',
    reason: 'Reason',
    approver: 'Approved by',
    expires: 'Ends (last day)',
    files: 'Violations excused (files)',
    fits: 'Fits a file',
    fitting: { yes: 'yes', no: 'no: see to it', unknown: '-' },
    more: (count) => `and ${count} more; the xlsx and the JSONL have all of them.`,
  },
};

export function findingWords(lang: Lang): FindingWords {
  return lang === 'ja' ? ja : en;
}
