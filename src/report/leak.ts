/**
 * The leak table, as the inquiry of 2015 printed it: records of four, three and two items and other, and the distinct persons in them, for any scope
 * and its parts. Records of parts add up to the whole; persons need not, because one may stand in several parts, and the table says how many do.
 */
import type { Lang } from '../../detectors/contract.js';
import { RECORD_CLASSES, type RecordCounts } from '../model.js';
import type { RunInfo } from '../parts.js';
import { type EvidenceWords, evidenceWords } from '../words/evidence.js';
import { words } from '../words/words.js';
import { csvTable, type TableValue } from './csv-table.js';
import { showJson, showText } from './escape.js';
import { type Align, alignRows, painter } from './layout.js';
import { countsInOrder } from './order.js';
import { localIso } from './time.js';

export interface LeakPart {
  /** A folder or department; '' for what lies in none. */
  readonly name: string;
  /** Files that hold personal data. */
  readonly files: number;
  readonly records: RecordCounts;
  readonly recordSum: number;
  /** Distinct within the part. */
  readonly persons: number;
  /** The same of files that neither password nor access protects (policy/judge.ts, isExposed). */
  readonly exposedSum: number;
  readonly exposedPersons: number;
  /** Files that could not be examined whole, whether they hold personal data or not: the other sums are then lower bounds. */
  readonly notExamined: number;
}

export interface LeakTable {
  /** The most persons first. */
  readonly parts: readonly LeakPart[];
  readonly total: LeakPart;
  /** Persons of the parts added up, less the distinct persons of the whole: how often somebody stands in one more part. 0: no overlap. */
  readonly sharedPersons: number;
  /** Distinct persons who stand in two parts or more. */
  readonly personsInSeveral: number;
  /** Pairs of parts with the persons who stand in both, the most first; not all where there are many. */
  readonly overlaps: readonly { readonly parts: readonly [string, string]; readonly persons: number }[];
}

/** Pairs of parts that are named in the text. */
const OVERLAPS_SHOWN = 5;

export interface LeakInput {
  readonly table: LeakTable;
  readonly run: RunInfo;
  /** What was asked for: a folder, a department; null for the whole share. */
  readonly scope: string | null;
  readonly by: 'folder' | 'department';
  /** Departments of which no file and no folder is known. */
  readonly unknown: readonly string[];
  /** Of a run that did not reach its end: whether earlier ones looked at anything of the rest. */
  readonly earlier: boolean;
}

export function renderLeak({ table, run, scope, by, unknown, earlier }: LeakInput, lang: Lang, color: boolean): string {
  const { parts, total } = table;
  const say = evidenceWords(lang).leak;
  const { count, recordClasses } = words(lang);
  const paint = painter(color);
  const titles = [paint.bold(say.title), `${say.scope}: ${scope === null ? run.roots.map(showText).join(', ') : showText(scope)}`];
  if (!run.complete) titles.push(paint.red(earlier ? say.incompleteWithEarlier : say.incomplete));
  const head = [
    by === 'folder' ? say.folder : say.department,
    say.files,
    ...RECORD_CLASSES.map((one) => recordClasses[one]),
    say.records,
    say.exposed,
    say.persons,
    say.exposedPersons,
    say.notExamined,
  ];
  const row = (name: string, part: LeakPart) => [name, ...figuresOf(part).map(count)];
  const rows = [head, ...parts.map((part) => row(showText(partName(part.name, by, say)), part)), row(say.sum, total)];
  const aligns: Align[] = head.map((_, at) => (at === 0 ? 'left' : 'right'));
  const personsSum = parts.reduce((sum, part) => sum + part.persons, 0);
  const notes = [say.noOverlap];
  if (table.sharedPersons > 0) {
    const name = (one: string) => showText(partName(one, by, say));
    const pairs = table.overlaps.slice(0, OVERLAPS_SHOWN).map(({ parts: [a, b], persons }) => say.pair(name(a), name(b), count(persons)));
    const figures = [personsSum, total.persons, table.sharedPersons, table.personsInSeveral].map(count) as [string, string, string, string];
    notes.splice(0, 1, say.overlap(...figures), say.pairs(pairs));
  }
  if (total.notExamined > 0) notes.push(paint.red(say.atLeast(count(total.notExamined))));
  if (unknown.length > 0) notes.push(paint.red(say.unknown(unknown.map(showText))));
  return `${[...titles, '', ...alignRows(rows, aligns), '', ...notes].join('\n')}\n`;
}

/** One line; `parts` add up to `total` in all but persons. */
export function leakJson({ table, run, scope, by, unknown }: LeakInput): string {
  const fields = (part: LeakPart) => ({
    files: part.files,
    records: countsInOrder(RECORD_CLASSES, part.records),
    recordSum: part.recordSum,
    exposedRecordSum: part.exposedSum,
    persons: part.persons,
    exposedPersons: part.exposedPersons,
    notExamined: part.notExamined,
  });
  const line = {
    schema: 'mimawari.leak/1',
    roots: run.roots,
    started: localIso(run.startedMs),
    complete: run.complete,
    scope,
    by,
    total: fields(table.total),
    sharedPersons: table.sharedPersons,
    personsInSeveral: table.personsInSeveral,
    overlaps: table.overlaps,
    unknownDepartments: unknown,
    parts: table.parts.map((part) => ({ name: part.name, ...fields(part) })),
  };
  return `${showJson(JSON.stringify(line))}\n`;
}

/** A row a part and one of the whole, with a column that tells them apart, so that nobody adds up the sum. */
export function* leakCsv({ table, by }: LeakInput, lang: Lang): Generator<string> {
  const say = evidenceWords(lang).leak;
  const { recordClasses } = words(lang);
  const head = [
    say.row,
    by === 'folder' ? say.folder : say.department,
    say.files,
    ...RECORD_CLASSES.map((one) => recordClasses[one]),
    say.records,
    say.exposed,
    say.persons,
    say.exposedPersons,
    say.notExamined,
  ];
  const row = (kind: string, name: string, part: LeakPart) => [kind, name, ...figuresOf(part)];
  const rows = [
    ...table.parts.map((part) => row(say.part, partName(part.name, by, say), part)),
    row(say.whole, say.sum, table.total),
    ...(table.sharedPersons > 0
      ? [personsRow(say.shared, '', table.sharedPersons), personsRow(say.several, '', table.personsInSeveral)]
      : []),
    ...table.overlaps.map(({ parts, persons }) => personsRow(say.both, parts.map((one) => partName(one, by, say)).join(' / '), persons)),
  ];
  yield* csvTable(head, rows, lang);
}

function personsRow(kind: string, name: string, persons: number): TableValue[] {
  return [kind, name, ...Array.from({ length: RECORD_CLASSES.length + 3 }, () => null), persons, null, null];
}

/** Not yet escaped: that is for the form that shows it. */
function partName(name: string, by: LeakInput['by'], say: EvidenceWords['leak']): string {
  if (name !== '') return name;
  return by === 'folder' ? say.directly : say.noDepartment;
}

/** A part's figures in the order of the table's columns. */
function figuresOf(part: LeakPart): number[] {
  const { files, records, recordSum, exposedSum, persons, exposedPersons, notExamined } = part;
  return [files, ...RECORD_CLASSES.map((one) => records[one]), recordSum, exposedSum, persons, exposedPersons, notExamined];
}
