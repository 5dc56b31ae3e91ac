/** The sentences of `mimawari access`, in both languages. Why something is unknown is in access-doubt.ts. */
import type { Lang } from '../../detectors/contract.js';
import { accessEn } from './access-en.js';
import { accessJa } from './access-ja.js';

export interface AccessWords {
  readonly state: string;
  /** `source` and the technical reason behind it. */
  because(source: string, reason: string): string;
  readonly gates: string;
  /** The same where several ways lead to the file: they are told one by one. */
  readonly gatesOfWays: string;
  readonly way: Readonly<Record<'share' | 'server' | 'root', (name: string) => string>>;
  /** In place of a share of which nobody knows whether it is there. */
  readonly unknownShare: string;
  foldersFrom(folder: string): string;
  /** Samba's own list of a file. */
  readonly ntList: string;
  readonly gateNames: Readonly<Record<'share' | 'folder' | 'file', string>>;
  /** Before a gate's passers: who gets through a share or folder, who reads by the file's own permission. */
  readonly passes: string;
  readonly readsBy: string;
  /** The owner can't open the file as it is. */
  selfGiver(owner: string): string;
  readonly noGates: string;
  readonly readers: string;
  readonly everybodyAndGuests: string;
  readonly everybody: string;
  readonly guests: string;
  readonly nobody: string;
  except(names: string): string;
  /** `names` are those told by name; `more` is a written number of further ones, '' for none. */
  named(count: string, names: string, more: string): string;
  possibly(who: string): string;
  readonly andPossibly: string;
  readonly anybody: string;
  readonly unresolved: string;
  readonly unknown: string;
  readonly counted: string;
  countedFrom(folder: string): string;
  readonly countedByWay: string;
  notCounted(folder: string, permission: string, who: string): string;
  readonly notCountedNote: string;
  readonly close: string;
  readonly closeNote: string;
  readonly closeFile: string;
  /** Every one of so many files below the folder is open. */
  closeFolder(folder: string, files: string): string;
  readonly closesRoot: string;
  readonly removes: string;
  readonly keeps: string;
  readonly others: string;
  owner(name: string): string;
  group(name: string): string;
  readersAfter(count: number): string;
  afterwards(state: string, reason: string): string;
  readonly restore: string;
  /** Names of the shares that let everybody to the file. */
  noRemedyShares(shares: string): string;
  /** By the cause; with the owner's name, `?` where nobody knows it. */
  readonly noRemedies: Readonly<
    Record<
      'owner-guest' | 'owner-not-concerned' | 'exported-names' | 'exported-path' | 'exported-entries' | 'unknown',
      (owner: string) => string
    >
  >;
  readonly exportedNote: string;
  readonly sambaNote: string;
  readonly limits: string;
}

const tables: Readonly<Record<Lang, AccessWords>> = { ja: accessJa, en: accessEn };

export function accessWords(lang: Lang): AccessWords {
  return tables[lang];
}
