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
  /** Files that could not be examined whole: there may be more than the other figures say. */
  readonly notExamined: number;
}

export interface Declaration {
  readonly department: string;
  readonly day: string;
  readonly said: Said;
  readonly words: string;
  readonly declaredFiles: number | null;
  readonly standing: Standing;
  /**
   * Files that were in violation on that day, as the sweeps around it show: null for a department of which nothing is known, and for a day after the last
   * sweep.
   */
  readonly violationsThen: number | null;
  /** Files of it that the sweep by which it was measured could not examine whole; null as above. */
  readonly notExaminedThen: number | null;
  /** When that sweep began, in ms since 1970: the last one up to the end of that day, else the first one after it; null as above. */
  readonly measuredMs: number | null;
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
  /** Headings of columns of the answers that were not understood, and not used. */
  readonly unusedColumns: readonly string[];
}

const DEPARTMENTS_SHOWN = 20;

export interface DaySums {
  readonly day: string;
  readonly declarations: number;
  readonly proper: number;
  readonly contradicted: number;
  /** Said proper, and could not be checked. */
  readonly unchecked: number;
  /** Null where nobody told a number. */
  readonly declaredFiles: number | null;
  readonly violationsThen: number | null;
}

/** Sums of each day on which somebody declared, in their order. */
export function byDay(departments: readonly DepartmentStory[]): DaySums[] {
  const days = [...new Set(departments.flatMap(({ declarations }) => declarations.map(({ day }) => day)))].sort();
  return days.map((day) => {
    // A department that answered twice on a day counts once, by what is worse.
    const those = departments.map(({ declarations }) => declarations.filter((one) => one.day === day)).filter((all) => all.length > 0);
    const some = (test: (one: Declaration) => boolean) => those.filter((all) => all.some(test)).length;
    const sum = (of: (one: Declaration) => number | null) => {
      const known = those.map((all) => all.map(of).filter((one) => one !== null)).filter((all) => all.length > 0);
      return known.length === 0 ? null : known.reduce((total, all) => total + Math.max(...all), 0);
    };
    return {
      day,
      declarations: those.length,
      proper: some(({ said }) => said === 'proper'),
      contradicted: some(isContradicted),
      unchecked: some(isUnchecked),
      declaredFiles: sum(({ declaredFiles }) => declaredFiles),
      violationsThen: sum(({ violationsThen }) => violationsThen),
    };
  });
}

export function isContradicted({ standing }: Declaration): boolean {
  return standing === 'contradicted';
}

/** It said "proper", and whether that is so is not known: files were not examined, nothing is known of it, or no sweep came by since. */
export function isUnchecked({ said, standing }: Declaration): boolean {
  return standing === 'unchecked' || standing === 'unmeasured' || (standing === 'unmatched' && said === 'proper');
}

/** Departments that declared "proper" at least once; those of them that were contradicted at least once; those of which an answer could not be checked. */
export function verdictOf(departments: readonly DepartmentStory[]): {
  readonly proper: number;
  readonly contradicted: number;
  readonly unchecked: number;
} {
  const some = (test: (one: Declaration) => boolean) => departments.filter(({ declarations }) => declarations.some(test)).length;
  return { proper: some(({ said }) => said === 'proper'), contradicted: some(isContradicted), unchecked: some(isUnchecked) };
}

export function renderDeclared({ departments, run, unusedColumns }: DeclaredInput, lang: Lang, color: boolean): string {
  const say = evidenceWords(lang).declared;
  const { count } = words(lang);
  const paint = painter(color);
  const figure = (value: number | null) => (value === null ? '－' : count(value));
  const lines = [paint.bold(say.title), `${say.measured}: ${localStamp(run.endedMs)}  ${run.roots.map(showText).join(', ')}`];
  if (!run.complete) lines.push(paint.red(say.incomplete));
  const dayHead = [
    `  ${say.date}`,
    say.departments,
    say.properDepartments,
    say.contradictedDepartments,
    say.uncheckedDepartments,
    say.declaredFiles,
    say.violationsThen,
  ];
  const dayRows = byDay(departments).map((one) => [
    `  ${one.day}`,
    ...[one.declarations, one.proper, one.contradicted, one.unchecked, one.declaredFiles, one.violationsThen].map(figure),
  ]);
  lines.push('', paint.bold(say.byDate), ...alignRows([dayHead, ...dayRows], sided(7)));
  const declared = departments.filter(({ declarations }) => declarations.length > 0);
  const head = [
    `  ${say.department}`,
    say.times,
    say.properTimes,
    say.contradictedTimes,
    say.uncheckedTimes,
    say.personalFiles,
    say.violations,
    say.notExamined,
    say.records,
    say.persons,
  ];
  const rows = declared.slice(0, DEPARTMENTS_SHOWN).map(({ name, declarations, measured }) => {
    const times = (test: (one: Declaration) => boolean) => declarations.filter(test).length;
    const own = [declarations.length, times(({ said }) => said === 'proper'), times(isContradicted), times(isUnchecked)];
    const now = measured
      ? [measured.personalFiles, measured.violations, measured.notExamined, measured.records, measured.persons]
      : [null, null, null, null, null];
    return [`  ${showText(name)}`, ...[...own, ...now].map(figure)];
  });
  lines.push('', paint.bold(say.byDepartment), ...alignRows([head, ...rows], sided(10)));
  if (declared.length > rows.length) lines.push(`  ${say.moreDepartments(count(declared.length - rows.length))}`);
  lines.push('', ...noteLines(departments, say, count));
  if (unusedColumns.length > 0) lines.push(say.unused(unusedColumns.map(showText)));
  const { proper, contradicted, unchecked } = verdictOf(departments);
  if (contradicted > 0) lines.push(paint.red.bold(say.verdict(count(contradicted), count(proper))));
  if (unchecked > 0) lines.push(paint.red.bold(say.notChecked(count(unchecked), count(proper))));
  if (contradicted === 0 && unchecked === 0) lines.push(say.noContradiction);
  return `${lines.join('\n')}\n`;
}

function noteLines(departments: readonly DepartmentStory[], say: EvidenceWords['declared'], count: (value: number) => string): string[] {
  const all = departments.flatMap(({ declarations }) => declarations);
  const times = (test: (one: Declaration) => boolean) => all.filter(test).length;
  const unclear = times(({ said }) => said === 'unclear');
  const unread = times(({ standing }) => standing === 'unchecked');
  const later = times(({ standing }) => standing === 'unmeasured');
  const unmatched = departments
    .filter(({ declarations }) => declarations.some(({ standing }) => standing === 'unmatched'))
    .map(({ name }) => showText(name));
  const silent = departments.filter(({ declarations, measured }) => declarations.length === 0 && measured !== null).length;
  return [
    say.thenNote,
    ...(unclear > 0 ? [say.unclear(count(unclear))] : []),
    ...(unread > 0 ? [say.unread(count(unread))] : []),
    ...(later > 0 ? [say.later(count(later))] : []),
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
    say.notExamined,
    say.measuredBy,
    say.notExaminedThen,
  ];
  const figures = (measured: Measured | null) =>
    measured
      ? [measured.personalFiles, measured.violations, measured.records, measured.persons, measured.notExamined]
      : [null, null, null, null, null];
  const rows = departments.flatMap(({ name, declarations, measured }) => {
    if (declarations.length === 0) return [[name, '', '', say.standings.silent, null, null, ...figures(measured), '', null]];
    return declarations.map((one) => [
      name,
      new Day(one.day),
      one.words,
      say.standings[one.standing],
      one.declaredFiles,
      one.violationsThen,
      ...figures(measured),
      one.measuredMs === null ? '' : new Day(localStamp(one.measuredMs)),
      one.notExaminedThen,
    ]);
  });
  return csvTable(head, rows, lang);
}

/** One line. */
export function declaredJson({ departments, run, unusedColumns }: DeclaredInput): string {
  const line = {
    schema: 'mimawari.declared/1',
    roots: run.roots,
    measured: localIso(run.endedMs),
    complete: run.complete,
    policyHash: run.policyHash,
    ...verdictOf(departments),
    byDay: byDay(departments),
    unusedColumns,
    departments: departments.map(({ name, declarations, measured }) => ({
      name,
      measured,
      declarations: declarations.map(({ department: _department, measuredMs, ...one }) => ({
        ...one,
        measuredBy: measuredMs === null ? null : localIso(measuredMs),
      })),
    })),
  };
  return `${showJson(JSON.stringify(line))}\n`;
}

function sided(columns: number): Align[] {
  return Array.from({ length: columns }, (_, at) => (at === 0 ? 'left' : 'right'));
}
