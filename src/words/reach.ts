/** The sentences of `mimawari reach` and of its short form in the summary, in both languages. */
import type { Lang } from '../../detectors/contract.js';
import type { Principal } from '../model.js';

/** The kinds of parts.ts, ReachKind. */
type Kind = Principal['kind'] | 'gone' | 'everybody' | 'guests' | 'admin';

export interface ReachWords {
  readonly title: string;
  /** Above the few lines of the summary. */
  readonly summaryTitle: string;
  titleOf(who: string): string;
  /** Under the few lines of the summary. */
  readonly summaryNote: string;
  readonly lastSweep: string;
  readonly all: string;
  readonly allFiles: string;
  readonly who: string;
  readonly persons: string;
  readonly atMost: string;
  readonly filesFound: string;
  readonly files: string;
  readonly proven: string;
  readonly possible: string;
  readonly records: string;
  /** Those who have no name of their own. */
  readonly broad: Readonly<Record<'everybody' | 'guests' | 'admin', string>>;
  /** Behind a name; '' where nothing is to be said. */
  readonly kinds: Readonly<Record<Exclude<Kind, 'everybody' | 'guests' | 'admin' | 'account'>, string>>;
  more(count: string): string;
  likeEverybody(accounts: string): string;
  readonly isLikeEverybody: string;
  readonly admin: string;
  readonly atMostNote: string;
  readonly incomplete: string;
  untold(files: string): string;
  readonly limits: string;
}

const ja: ReachWords = {
  title: 'アカウントごとに読めるもの（そのアカウントや、使っている端末が乗っ取られたら漏れるもの）',
  summaryTitle: 'もし、一つのアカウントが乗っ取られたら',
  titleOf: (who) => `${who} が読めるもの`,
  summaryNote: '全部のアカウントは mimawari reach、一つを詳しくは mimawari reach --as 名前。',
  lastSweep: '見回り日時',
  all: '全体',
  allFiles: 'ファイル',
  who: '誰が',
  persons: '人数（重複を除く）',
  atMost: '最大',
  filesFound: '個人情報のあるファイル',
  files: '読めるファイル',
  proven: '確実',
  possible: '最大',
  records: '件数',
  broad: {
    everybody: 'アカウントのある全員',
    guests: 'ゲスト（アカウントなし）',
    admin: '管理者',
  },
  kinds: {
    service: '（サービス用）',
    person: '（名簿にない利用者）',
    group: '（このグループだけに属する人）',
    unresolved: '（メンバーの分からないグループ）',
    gone: '（今はないアカウント）',
  },
  more: (count) => `ほかに ${count}（--top で増やせます。全部は --json）`,
  likeEverybody: (accounts) => `ほかの ${accounts} アカウントが読めるものは「アカウントのある全員」と同じです。`,
  isLikeEverybody: 'このアカウントについて特に定めたアクセス権はなく、「アカウントのある全員」と同じものを読めます。',
  admin: '管理者（root、Administrators など）はすべてを読めるので、並べていません。',
  atMostNote: '「最大」は、メンバーの分からないグループや読めなかったアクセス権のために、読めるかもしれないものを含みます。',
  incomplete: '前回の見回りは最後まで終わっていません。まだ見ていないファイルは入っていません。',
  untold: (files) =>
    `${files}は、誰が読めるか記録されていません（古い版での見回り）。もう一度 mimawari scan を実行してください。それまでは「最大」に入ります。`,
  limits: 'バックアップ、スナップショット、同期した写し、メールは入っていません。',
};

const en: ReachWords = {
  title: 'What each account can read (and what leaks if it, or the terminal it uses, is taken over)',
  summaryTitle: 'If one account were taken over',
  titleOf: (who) => `What ${who} can read`,
  summaryNote: 'All accounts: mimawari reach. One in detail: mimawari reach --as NAME.',
  lastSweep: 'Last sweep',
  all: 'In all',
  allFiles: 'files',
  who: 'who',
  persons: 'distinct persons',
  atMost: 'at most',
  filesFound: 'files with personal data',
  files: 'readable files',
  proven: 'for certain',
  possible: 'at most',
  records: 'records',
  broad: {
    everybody: 'everybody with an account',
    guests: 'guests, without an account',
    admin: 'administrators',
  },
  kinds: {
    service: ' (a service)',
    person: ' (a user without an account here)',
    group: ' (somebody in this group and in no other)',
    unresolved: ' (a group whose members nobody knows)',
    gone: ' (an account that is no longer there)',
  },
  more: (count) => `and ${count} more (--top shows more; --json shows all)`,
  likeEverybody: (accounts) => `Further accounts that read what everybody reads, and no more: ${accounts}.`,
  isLikeEverybody: 'No list says anything of it: it reads what everybody with an account reads.',
  admin: 'Administrators (root, Administrators, …) read everything and are not listed.',
  atMostNote: '"at most" includes what may be read, where nobody knows who is in a group or a list could not be read.',
  incomplete: 'The last sweep did not reach its end; files that it has not looked at are not in here.',
  untold: (files) =>
    `Who reads is not kept for ${files} (a sweep of an older version): run mimawari scan again. Until then they count under "at most".`,
  limits: 'Backups, snapshots, synchronised copies and mail are not in here.',
};

const tables: Readonly<Record<Lang, ReachWords>> = { ja, en };

export function reachWords(lang: Lang): ReachWords {
  return tables[lang];
}
