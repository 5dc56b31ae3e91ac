/**
 * The mails of a morning: one for the administrators, one for the manager of each department with nothing but its own. Names of files come masked where
 * they hold personal data themselves; values stand nowhere.
 */
import type { Lang } from '../../detectors/contract.js';
import { type JudgedFile, RECORD_CLASSES, type RecordCounts, type RunStop } from '../model.js';
import type { Pile, RunInfo, RunTotals } from '../parts.js';
import { PILES_SHOWN, pileText } from '../report/piles.js';
import { localStamp } from '../report/time.js';
import { consoleWords } from '../words/console.js';
import { findingWords } from '../words/findings.js';
import { mailWords } from '../words/mail.js';
import { type Words, words } from '../words/words.js';
import type { Block, FileRow, Mail } from './mail-document.js';

/** What is to be told of a file. */
export type MailedFile = Pick<JudgedFile, 'verdict' | 'reasons' | 'risk' | 'retention' | 'content'> & {
  /** With its root where there are several; masked. */
  readonly place: string;
};

export interface DepartmentSums {
  /** Null for what belongs to none. */
  readonly name: string | null;
  readonly files: number;
  readonly violations: number;
  readonly excepted: number;
  readonly notExamined: number;
  readonly records: number;
  /** Each once within the department. */
  readonly persons: number;
  readonly changes?: ChangeSum | null;
  /** Worst first, as many as are shown. */
  readonly toMend: readonly MailedFile[];
  readonly unread: readonly MailedFile[];
  /** In its own folders, masked. */
  readonly piles?: readonly Pile[];
  /** Of its own folders: as those of a Morning. */
  readonly exceptions?: readonly string[];
}

/** Violations that are new or came back, and those that are resolved. */
export interface ChangeSum {
  readonly fresh: number;
  readonly resolved: number;
}

export interface Morning {
  readonly run: RunInfo;
  readonly totals: RunTotals;
  readonly stopped: RunStop | null;
  readonly exposedPersons: number;
  readonly worst: readonly MailedFile[];
  readonly departments: readonly DepartmentSums[];
  /** What was lost with a damaged inventory; null when it was sound. */
  readonly rebuilt?: string | null;
  /** Exceptions that end soon, have ended, or fit nothing: a sentence each, masked. */
  readonly exceptions?: readonly string[];
  /** What became of violations since the run before; null where there is none to compare with. */
  readonly changes?: ChangeSum | null;
  /** Places of reports written by this run. */
  readonly outputs: readonly string[];
}

export function summaryMail(morning: Morning, lang: Lang): Mail {
  const { run, totals, exposedPersons, departments, worst, outputs } = morning;
  const say = mailWords(lang);
  const table = words(lang);
  const excepted = (totals.byVerdict.violation ?? 0) - totals.openViolations;
  const counts: [string, number][] = [
    [say.files, totals.enumerated],
    [say.violations, totals.openViolations],
    ...changeCounts(morning.changes, lang),
    ...(excepted > 0 ? [[say.excepted, excepted] as [string, number]] : []),
    [say.notExamined, totals.notExamined],
    [say.records, recordCount(totals.records)],
    [say.persons, totals.persons],
    [say.exposedPersons, exposedPersons],
  ];
  const more = totals.openViolations - worst.length;
  const blocks: Block[] = [
    { kind: 'text', text: say.morning(dayOf(run)) },
    ...stateBlocks(morning, lang),
    ...(morning.rebuilt ? [{ kind: 'alert', text: morning.rebuilt } as const] : []),
    { kind: 'title', text: say.counts },
    { kind: 'table', head: null, rows: counts.map(([name, count]) => [name, table.count(count)]) },
    ...(departments.length === 0 ? [] : departmentTable(departments, lang)),
    ...(worst.length === 0 ? [] : [{ kind: 'title', text: say.worst } as const, filesBlock(worst, table)]),
    ...(worst.length > 0 && more > 0 ? [{ kind: 'note', text: say.more(table.files(more)) } as const] : []),
    ...maskedNote(worst, lang),
    ...pileBlocks(totals.piles, run, lang),
    ...exceptionBlocks(morning.exceptions, lang),
    ...(outputs.length === 0 ? [] : [{ kind: 'title', text: say.outputs } as const, { kind: 'text', text: outputs.join('\n') } as const]),
    { kind: 'text', text: say.adminNext },
    { kind: 'note', text: `${say.footer}  (mimawari ${run.version})` },
  ];
  return {
    subject: say.subject(dayOf(run), '', table.files(totals.openViolations), table.files(totals.notExamined), run.complete),
    blocks,
  };
}

export function departmentMail(own: DepartmentSums & { readonly name: string }, morning: Morning, lang: Lang): Mail {
  const say = mailWords(lang);
  const table = words(lang);
  const { name, violations, excepted, notExamined, persons, toMend, unread } = own;
  const counts: [string, number][] = [
    [say.files, own.files],
    [say.violations, violations],
    ...changeCounts(own.changes, lang),
    ...(excepted > 0 ? [[say.excepted, excepted] as [string, number]] : []),
    [say.notExamined, notExamined],
    [say.records, own.records],
    [say.persons, persons],
  ];
  const isFine = violations === 0 && notExamined === 0 && (own.piles ?? []).length === 0;
  const list = (title: string, files: readonly MailedFile[], count: number): Block[] =>
    files.length === 0
      ? []
      : [
          { kind: 'title', text: title },
          filesBlock(files, table),
          ...(count > files.length ? [{ kind: 'note', text: say.more(table.files(count - files.length)) } as const] : []),
        ];
  const blocks: Block[] = [
    { kind: 'text', text: say.department(name, dayOf(morning.run)) },
    ...stateBlocks(morning, lang),
    { kind: 'table', head: null, rows: counts.map(([label, count]) => [label, table.count(count)]) },
    ...(isFine ? [{ kind: 'text', text: say.nothing } as const] : []),
    ...list(say.toMend, toMend, violations),
    ...list(say.unread, unread, notExamined),
    ...maskedNote([...toMend, ...unread], lang),
    ...pileBlocks(own.piles, morning.run, lang),
    ...exceptionBlocks(own.exceptions, lang),
    ...(violations > 0 ? [{ kind: 'title', text: say.next } as const, { kind: 'steps', items: say.steps } as const] : []),
    { kind: 'note', text: say.footer },
  ];
  const subject = say.subject(dayOf(morning.run), name, table.files(violations), table.files(notExamined), morning.run.complete);
  return { subject, blocks };
}

/** `why`: the message of a run that could not begin. */
export function failureMail(why: string, startedMs: number, lang: Lang): Mail {
  const say = mailWords(lang);
  const blocks: Block[] = [
    { kind: 'alert', text: say.failed },
    { kind: 'text', text: why },
    { kind: 'text', text: say.failedNext },
    { kind: 'note', text: say.footer },
  ];
  return { subject: say.failedSubject(localStamp(startedMs).slice(0, 10)), blocks };
}

function changeCounts(changes: ChangeSum | null | undefined, lang: Lang): [string, number][] {
  if (!changes) return [];
  const say = mailWords(lang);
  return [
    [say.fresh, changes.fresh],
    [say.resolved, changes.resolved],
  ];
}

function pileBlocks(piles: readonly Pile[] | undefined, run: RunInfo, lang: Lang): Block[] {
  if (!piles || piles.length === 0) return [];
  const texts = piles.slice(0, PILES_SHOWN).map((pile) => pileText(pile, run.roots.length > 1, lang));
  return [
    { kind: 'title', text: findingWords(lang).piles },
    { kind: 'steps', items: texts },
    ...(piles.length > texts.length
      ? [{ kind: 'note', text: findingWords(lang).morePiles(words(lang).count(piles.length - texts.length)) } as const]
      : []),
  ];
}

function exceptionBlocks(exceptions: readonly string[] | undefined, lang: Lang): Block[] {
  if (!exceptions || exceptions.length === 0) return [];
  return [
    { kind: 'title', text: findingWords(lang).exceptions },
    { kind: 'steps', items: exceptions },
  ];
}

function stateBlocks({ run, stopped }: Morning, lang: Lang): Block[] {
  if (run.complete) return [];
  const why = consoleWords(lang).stopped[stopped ?? 'unknown'];
  return [{ kind: 'alert', text: `${mailWords(lang).incomplete}\n${why}` }];
}

function departmentTable(departments: readonly DepartmentSums[], lang: Lang): Block[] {
  const say = mailWords(lang);
  const { count } = words(lang);
  const rows = departments.map((one) => [
    one.name ?? say.noDepartment,
    ...[one.files, one.violations, one.notExamined, one.records, one.persons].map((value) => count(value)),
  ]);
  const head = [say.departmentName, say.files, say.violations, say.notExamined, say.records, say.persons];
  return [
    { kind: 'title', text: say.byDepartment },
    { kind: 'table', head, rows },
  ];
}

function filesBlock(files: readonly MailedFile[], table: Words): Block {
  return { kind: 'files', rows: files.map((file): FileRow => ({ place: file.place, matter: matterOf(file, table) })) };
}

function matterOf({ verdict, reasons, content }: MailedFile, table: Words): string {
  const records = recordCount(content.records);
  const causes = [...new Set(content.problems.map(({ code }) => table.problems[code]))];
  return [
    table.verdicts[verdict],
    reasons.map((reason) => table.reasons[reason]).join(table.comma),
    ...(records > 0 ? [table.records(records)] : []),
    ...(causes.length > 0 ? [causes.join(table.comma)] : []),
  ]
    .filter((part) => part !== '')
    .join(' / ');
}

function maskedNote(files: readonly MailedFile[], lang: Lang): Block[] {
  return files.some(({ place }) => place.includes('＊')) ? [{ kind: 'note', text: mailWords(lang).masked }] : [];
}

function dayOf(run: RunInfo): string {
  return localStamp(run.startedMs).slice(0, 10);
}

function recordCount(records: RecordCounts): number {
  return RECORD_CLASSES.reduce((sum, klass) => sum + records[klass], 0);
}
