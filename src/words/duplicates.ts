/** The sentences of `mimawari duplicates` in both languages. Numbers come written. */
import type { Lang } from '../../detectors/contract.js';

export interface DuplicateWords {
  readonly title: string;
  readonly incomplete: string;
  readonly none: string;
  /** `persons` null where none can be told apart (names and addresses in prose). */
  group(files: string, persons: string | null): string;
  readonly sameContent: string;
  samePersons(contents: string): string;
  readonly oldest: string;
  readonly widest: string;
  readonly others: string;
  more(files: string): string;
  moreGroups(groups: string): string;
  readonly next: string;
}

const ja: DuplicateWords = {
  title: '同じ名簿の写し',
  incomplete: '最後の見回りは途中で終わりました。見ていない所の写しは、前の見回りの結果です。',
  none: '個人情報を含むファイルに、同じものはありません。',
  group: (files, persons) => `${files}${persons === null ? '' : `（${persons}）`}`,
  sameContent: '中身がすべて同じ',
  samePersons: (contents) => `同じ人たちの名簿。中身は ${contents}通り`,
  oldest: '最も古い',
  widest: '最も広く読める',
  others: 'ほか',
  more: (files) => `ほかに ${files}`,
  moreGroups: (groups) => `ほかに ${groups}組（--top、--json ですべて）`,
  next: '次にすること: 一つだけを残し、ほかは消してください。残すものは、パスワードかアクセス制限で守ってください。',
};

const en: DuplicateWords = {
  title: 'The same list in several places',
  incomplete: 'The last sweep did not reach its end: of what it did not look at, this tells what an earlier one found.',
  none: 'No two files with personal data hold the same.',
  group: (files, persons) => `${files}${persons === null ? '' : ` (${persons})`}`,
  sameContent: 'all of equal content',
  samePersons: (contents) => `the same persons in ${contents} different contents`,
  oldest: 'oldest',
  widest: 'readable most widely',
  others: 'others',
  more: (files) => `and ${files} more`,
  moreGroups: (groups) => `and ${groups} more groups (--top, or all with --json)`,
  next: 'What to do: keep one and delete the others; protect the one that stays by a password or by restricting access.',
};

export function duplicateWords(lang: Lang): DuplicateWords {
  return lang === 'ja' ? ja : en;
}
