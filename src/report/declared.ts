/**
 * What departments declared of themselves beside what was measured: the table that was missing in 2015, when 395 departments reported "proper" four
 * times. It holds counts and names of departments alone.
 */
import type { Lang } from '../../detectors/contract.js';
import type { RunInfo } from '../parts.js';
import { type EvidenceWords, evidenceWords, type Standing } from '../words/evidence.js';
import { words } from '../words/words.js';
import { csvTable, Day } from './csv-table.js';
import { showJson, showText } from './escape.js';
import { type Align, alignRows, painter } from './layout.js';
import { localIso, localStamp } from './time.js';

export type Said = 'proper' | 'improper' | 'unclear';

/** What was measured of a department, now. */
export interface Measured {
  /** Files that hold personal data, and those of them in violation without an approved exception. */
  readonly personalFiles: number;
  readonly violations: number;
  readonly records: number;
  /** Distinct within the department. */
  readonly persons: number;
}

export interface Declaration {
  readonly department: string;
  readonly day: string;
  readonly said: Said;
  readonly words: string;
  readonly declaredFiles: number | null;
  readonly standing: Standing;
  /** Files in violation that have not changed since that day, with their age as on that day; null for a department without a folder. */
  readonly violationsThen: number | null;
}

export interface DepartmentStory {
  readonly name: string;
  /** In the order of days; none for a department that did not declare. */
  readonly declarations: readonly Declaration[];
  /** Null where no folder belongs to it. */
  readonly measured: Measured | null;
}

export interface DeclaredInput {
  /** The most contradicted first. */
  readonly departments: readonly DepartmentStory[];
  readonly run: RunInfo;
}

const DEPARTMENTS_SHOWN = 20;

export interface DaySums {
  readonly day: string;
  readonly declarations: number;
  readonly proper: number;
  readonly contradicted: number;
  readonly declaredFiles: number;
  readonly violationsThen: number;
}

/** Sums of each day on which somebody declared, in their order. */
export function byDay(departments: readonly DepartmentStory[]): DaySums[] {
  const days = [...new Set(departments.flatMap(({ declarations }) => declarations.map(({ day }) => day)))].sort();
  return days.map((day) => {
    // A department that answered twice on a day counts once, by what is worse.
    const those = departments.map(({ declarations }) => declarations.filter((one) => one.day === day)).filter((all) => all.length > 0);
    const some = (test: (one: Declaration) => boolean) => those.filter((all) => all.some(test)).length;
    const sum = (of: (one: Declaration) => number | null) =>
      those.reduce((total, all) => total + Math.max(...all.map((one) => of(one) ?? 0)), 0);
    return {
      day,
      declarations: those.length,
      proper: some(({ said }) => said === 'proper'),
      contradicted: some(isContradicted),
      declaredFiles: sum(({ declaredFiles }) => declaredFiles),
      violationsThen: sum(({ violationsThen }) => violationsThen),
    };
  });
}

export function isContradicted({ standing }: Declaration): boolean {
  return standing === 'contradicted';
}

/** Departments that declared "proper" at least once, and those of them that were contradicted at least once. */
export function verdictOf(departments: readonly DepartmentStory[]): { readonly proper: number; readonly contradicted: number } {
  const some = (test: (one: Declaration) => boolean) => departments.filter(({ declarations }) => declarations.some(test)).length;
  return { proper: some(({ said }) => said === 'proper'), contradicted: some(isContradicted) };
}

export function renderDeclared({ departments, run }: DeclaredInput, lang: Lang, color: boolean): string {
  const say = evidenceWords(lang).declared;
  const { count } = words(lang);
  const paint = painter(color);
  const lines = [paint.bold(say.title), `${say.measured}: ${localStamp(run.endedMs)}  ${run.roots.map(showText).join(', ')}`];
  if (!run.complete) lines.push(paint.red(say.incomplete));
  const days = byDay(departments);
  const dayRows = [
    [`  ${say.date}`, say.departments, say.properDepartments, say.contradictedDepartments, say.declaredFiles, say.violationsThen],
    ...days.map((one) => [
      `  ${one.day}`,
      ...[one.declarations, one.proper, one.contradicted, one.declaredFiles, one.violationsThen].map(count),
    ]),
  ];
  lines.push('', paint.bold(say.byDate), ...alignRows(dayRows, sided(6)));
  const declared = departments.filter(({ declarations }) => declarations.length > 0);
  const head = [
    `  ${say.department}`,
    say.times,
    say.properTimes,
    say.contradictedTimes,
    say.personalFiles,
    say.violations,
    say.records,
    say.persons,
  ];
  const rows = declared
    .slice(0, DEPARTMENTS_SHOWN)
    .map(({ name, declarations, measured }) => [
      `  ${showText(name)}`,
      ...[declarations.length, declarations.filter(({ said }) => said === 'proper').length, declarations.filter(isContradicted).length].map(
        count,
      ),
      ...(measured
        ? [measured.personalFiles, measured.violations, measured.records, measured.persons].map(count)
        : ['－', '－', '－', '－']),
    ]);
  lines.push('', paint.bold(say.byDepartment), ...alignRows([head, ...rows], sided(8)));
  if (declared.length > rows.length) lines.push(`  ${say.moreDepartments(count(declared.length - rows.length))}`);
  lines.push('', ...noteLines(departments, say, count));
  const { proper, contradicted } = verdictOf(departments);
  const last = contradicted > 0 ? paint.red.bold(say.verdict(count(contradicted), count(proper))) : say.noContradiction;
  return `${[...lines, last].join('\n')}\n`;
}

function noteLines(departments: readonly DepartmentStory[], say: EvidenceWords['declared'], count: (value: number) => string): string[] {
  const unclear = departments.flatMap(({ declarations }) => declarations).filter(({ said }) => said === 'unclear').length;
  const unmatched = departments.filter(({ measured }) => measured === null).map(({ name }) => showText(name));
  const silent = departments.filter(({ declarations }) => declarations.length === 0).length;
  return [
    say.thenNote,
    ...(unclear > 0 ? [say.unclear(count(unclear))] : []),
    ...(unmatched.length > 0 ? [say.unmatched(unmatched.join(', '))] : []),
    ...(silent > 0 ? [say.silent(count(silent))] : []),
  ];
}

/** A row a declaration, and one for each department that did not declare. */
export function declaredCsv({ departments }: DeclaredInput, lang: Lang): Generator<string> {
  const say = evidenceWords(lang).declared;
  const head = [
    say.department,
    say.date,
    say.answer,
    say.standing,
    say.declaredFiles,
    say.violationsThen,
    say.personalFiles,
    say.violations,
    say.records,
    say.persons,
  ];
  const figures = (measured: Measured | null) =>
    measured ? [measured.personalFiles, measured.violations, measured.records, measured.persons] : [null, null, null, null];
  const rows = departments.flatMap(({ name, declarations, measured }) => {
    if (declarations.length === 0) return [[name, '', '', say.standings.silent, null, null, ...figures(measured)]];
    return declarations.map((one) => [
      name,
      new Day(one.day),
      one.words,
      say.standings[one.standing],
      one.declaredFiles,
      one.violationsThen,
      ...figures(measured),
    ]);
  });
  return csvTable(head, rows, lang);
}

/** One line. */
export function declaredJson({ departments, run }: DeclaredInput): string {
  const line = {
    schema: 'mimawari.declared/1',
    roots: run.roots,
    measured: localIso(run.endedMs),
    complete: run.complete,
    policyHash: run.policyHash,
    ...verdictOf(departments),
    byDay: byDay(departments),
    departments: departments.map(({ name, declarations, measured }) => ({
      name,
      measured,
      declarations: declarations.map(({ department: _department, ...one }) => one),
    })),
  };
  return `${showJson(JSON.stringify(line))}\n`;
}

function sided(columns: number): Align[] {
  return Array.from({ length: columns }, (_, at) => (at === 0 ? 'left' : 'right'));
}
