/** The sentences of the doctor in both languages; the compiler holds the tables together. Figures come written. */
import type { Lang } from '../../../detectors/contract.js';
import { doctorEn } from './words-en.js';
import { doctorJa } from './words-ja.js';

export interface Said {
  readonly text: string;
  readonly todo?: string;
}

export interface DoctorWords {
  readonly host: string;
  readonly places: string;
  readonly result: Readonly<Record<0 | 2 | 3, string>>;
  node(version: string, isEnough: boolean): Said;
  memory(availableMb: string, neededMb: string, cores: number, workers: number, isEnough: boolean): Said;
  worker(milliseconds: string): Said;
  workerFails(detail: string): Said;
  sqlite(name: string): Said;
  sqliteFails(detail: string): Said;
  koffi(loads: boolean): Said;
  /** `archive`: as in CliWords.noOcr. */
  ocr(present: boolean, wanted: boolean, archive: string | null): Said;
  configuration(file: string): Said;
  configurationFaults(fault: string): Said;
  readonly noRoots: Said;
  files(files: string, folders: string, bytes: string, isExact: boolean): Said;
  readonly noFiles: Said;
  unreadFolders(count: string): Said;
  readable(opened: string, tried: string, isAll: boolean): Said;
  fileSystem(type: string): Said;
  access(percent: string, source: string): Said;
  accessUnknown(percent: string, reason: string): Said;
  broadGroupsUnknown(names: readonly string[]): Said;
  concernedIdle(folder: string): Said;
  samba(conf: string): Said;
  sambaDoubt(doubt: string): Said;
  /** @param canBeRead whether these settings can be named in the policy. */
  sambaOther(shown: string, canBeRead: boolean): Said;
  accessTimes(kept: 'asked' | 'mount' | 'moved' | 'moved-windows'): Said;
  links(links: string, special: string): Said;
  time(first: string, later: string, sample: string): Said;
  readonly timeUnknown: Said;
  rateBound(seconds: string): Said;
  /** `makesFolder`: the folder is not there, and the sweep makes it. */
  place(what: OwnPlace, free: string, makesFolder: boolean): Said;
  belowRoot(what: OwnPlace, root: string): Said;
  unwritable(what: OwnPlace, cause: string): Said;
  lowSpace(free: string, needed: string): Said;
  onNetwork(type: string): Said;
  readonly keyBeside: Said;
  readonly keyOpen: Said;
  readonly keyMissing: Said;
  readonly inventoryOlder: Said;
  readonly inventoryDamaged: Said;
  inventoryUnusable(why: string): Said;
  departmentUnmatched(names: string): Said;
  managerMissing(names: string): Said;
  managersNotAsked(names: string): Said;
  mail(server: string): Said;
  mailFails(server: string, why: string): Said;
}

export type OwnPlace = 'inventory' | 'key' | 'csv' | 'jsonl' | 'prometheus';

const tables: Readonly<Record<Lang, DoctorWords>> = { ja: doctorJa, en: doctorEn };

export function doctorWords(lang: Lang): DoctorWords {
  return tables[lang];
}
