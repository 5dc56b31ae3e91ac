/** The sentences of the mails in both languages: one table a language, with the same keys. Numbers come written. */
import type { Lang } from '../../detectors/contract.js';
import { mailEn } from './mail-en.js';
import { mailJa } from './mail-ja.js';

export interface MailWords {
  /** `day`: YYYY-MM-DD. `scope`: '' or a department. */
  subject(day: string, scope: string, violations: string, notExamined: string, isComplete: boolean): string;
  failedSubject(day: string): string;
  readonly failed: string;
  readonly failedNext: string;
  morning(day: string): string;
  department(name: string, day: string): string;
  readonly incomplete: string;
  readonly counts: string;
  readonly files: string;
  readonly violations: string;
  readonly fresh: string;
  readonly resolved: string;
  readonly excepted: string;
  readonly notExamined: string;
  readonly records: string;
  readonly persons: string;
  readonly exposedPersons: string;
  readonly byDepartment: string;
  readonly departmentName: string;
  readonly noDepartment: string;
  readonly worst: string;
  readonly toMend: string;
  readonly unread: string;
  more(files: string): string;
  readonly nothing: string;
  readonly masked: string;
  readonly next: string;
  readonly steps: readonly string[];
  readonly adminNext: string;
  readonly outputs: string;
  readonly footer: string;
}

const tables: Readonly<Record<Lang, MailWords>> = { ja: mailJa, en: mailEn };

export function mailWords(lang: Lang): MailWords {
  return tables[lang];
}
