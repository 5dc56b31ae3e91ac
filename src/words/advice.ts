/** What staff are told by `mimawari check`: what is wrong in plain words, and what to do now for that sort of file. One table a language. */
import type { Lang } from '../../detectors/contract.js';
import type { ProblemCode, Reason, RetentionBasis } from '../model.js';
import { adviceEn } from './advice-en.js';
import { adviceJa } from './advice-ja.js';

/** Sorts of file that are protected by the same steps. */
export type Family =
  | 'excel'
  | 'word'
  | 'powerpoint'
  | 'opendocument'
  | 'old-office'
  | 'pdf'
  | 'zip'
  | 'text'
  | 'mail'
  | 'picture'
  | 'other';

export interface AdviceWords {
  /** ○ in order, × in violation, △ in violation with an approved exception, ？ could not be judged, － not applicable. */
  readonly marks: {
    readonly good: string;
    readonly bad: string;
    readonly excepted: string;
    readonly unknown: string;
    readonly none: string;
  };
  /** After the path, for files with nothing to do. */
  readonly fine: {
    readonly clear: string;
    readonly compliant: string;
    /** By what a compliant file is protected. */
    readonly byPassword: string;
    readonly byPlace: string;
    readonly sealed: string;
    readonly textless: string;
    readonly link: string;
  };
  /** The sentence for a reason; `days` and `limit` are written numbers, '' where not known. */
  readonly reasons: Readonly<Record<Reason, (days: string, limit: string, basis: RetentionBasis) => string>>;
  /** Instead of the reason `stale` for a container that is not past it by itself. */
  readonly staleInside: string;
  /** Of a document that was last saved on a day long past, in a file that was changed since. */
  savedLongAgo(day: string): string;
  /** Personal data in the name of a file whose content could not be read. */
  readonly unreadButNamed: string;
  /** Instead of the reason `partly-read` where nothing was found. */
  readonly partlyNothing: string;
  /** Instead of `no-password` and `weak-password` for a container of which some members are locked. */
  readonly partlyLocked: string;
  readonly partlyWeak: string;
  /** `names` of members, as a list. */
  unreadInside(names: string): string;
  andMore(count: string): string;
  readonly lookInside: string;
  found(records: string, persons: string, classes: string): string;
  readonly examples: string;
  readonly todo: string;
  /** Where the same steps have been told often enough: what to do as for that file. */
  asFor(path: string): string;
  /** Deleting comes first: the file that is not there can't leak. */
  readonly remove: string;
  readonly removeStale: string;
  readonly protect: Readonly<Record<Family, string>>;
  readonly move: string;
  /** Where the name of the file or of a folder holds the personal data. */
  readonly rename: string;
  readonly renew: string;
  readonly passwordCare: string;
  readonly passwordAway: string;
  readonly keepStale: string;
  readonly askAccess: string;
  readonly sealedStale: string;
  readonly problems: Readonly<Record<ProblemCode, string>>;
  total(files: string, marks: string): string;
  readonly verdictGood: string;
  readonly verdictBad: string;
  readonly verdictExcepted: string;
  readonly verdictUnknown: string;
  readonly nothingChecked: string;
  /** Above the names of the files with that mark, where there are too many for one look. */
  listed(mark: string, count: string): string;
  readonly stopped: string;
}

const tables: Readonly<Record<Lang, AdviceWords>> = { ja: adviceJa, en: adviceEn };

export function adviceWords(lang: Lang): AdviceWords {
  return tables[lang];
}

const FAMILIES: Readonly<Record<Exclude<Family, 'other'>, readonly string[]>> = {
  excel: ['xlsx', 'xlsm', 'xlsb', 'xml-spreadsheet'],
  opendocument: ['ods', 'odt', 'odp', 'odf-flat'],
  word: ['docx', 'docm'],
  powerpoint: ['pptx', 'pptm'],
  'old-office': ['xls', 'doc', 'ppt'],
  pdf: ['pdf'],
  zip: ['zip', '7z', 'rar', 'lzh', 'gz', 'tar', 'bz2', 'xz', 'cab'],
  text: ['csv', 'tsv', 'txt', 'rtf', 'sylk', 'html', 'xml', 'json'],
  mail: ['eml', 'msg', 'mbox', 'pst'],
  picture: ['jpeg', 'png', 'gif', 'bmp', 'tif', 'tiff', 'heic', 'webp', 'xdw'],
};

const familyByFormat = new Map(
  Object.entries(FAMILIES).flatMap(([family, formats]) => formats.map((format) => [format, family as Family])),
);

export function familyOf(format: string): Family {
  return familyByFormat.get(format) ?? 'other';
}
