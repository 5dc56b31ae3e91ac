/**
 * The leak table, as the inquiry of 2015 printed it: records of four, three and two items and other, and the distinct persons in them, for any scope
 * and its parts. Records of parts add up to the whole; persons need not, because one may stand in several parts, and the table says by how many.
 */
import type { Lang } from '../../detectors/contract.js';
import { RECORD_CLASSES, type RecordCounts } from '../model.js';
import type { RunInfo } from '../parts.js';
import { type EvidenceWords, evidenceWords } from '../words/evidence.js';
import { words } from '../words/words.js';
import { csvTable } from './csv-table.js';
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
}

export interface LeakTable {
  /** The most persons first. */
  readonly parts: readonly LeakPart[];
  readonly total: LeakPart;
  /** Persons of the parts added up, less the distinct persons of the whole: how often somebody stands in one more part. 0: no overlap. */
  readonly sharedPersons: number;
}

export interface LeakInput {
  readonly table: LeakTable;
  readonly run: RunInfo;
  /** What was asked for: a folder, a department; null for the whole share. */
  readonly scope: string | null;
  readonly by: 'folder' | 'department';
}

export function renderLeak({ table, run, scope, by }: LeakInput, lang: Lang, color: boolean): string {
  const { parts, total } = table;
  const say = evidenceWords(lang).leak;
  const { count, recordClasses } = words(lang);
  const paint = painter(color);
  const titles = [paint.bold(say.title), `${say.scope}: ${scope === null ? run.roots.map(showText).join(', ') : showText(scope)}`];
  if (!run.complete) titles.push(paint.red(say.incomplete));
  const head = [
    by === 'folder' ? say.folder : say.department,
    say.files,
    ...RECORD_CLASSES.map((one) => recordClasses[one]),
    say.records,
    say.exposed,
    say.persons,
    say.exposedPersons,
  ];
  const row = (name: string, part: LeakPart) => [
    name,
    ...[
      part.files,
      ...RECORD_CLASSES.map((one) => part.records[one]),
      part.recordSum,
      part.exposedSum,
      part.persons,
      part.exposedPersons,
    ].map(count),
  ];
  const rows = [head, ...parts.map((part) => row(partName(part, by, say), part)), row(say.sum, total)];
  const aligns: Align[] = head.map((_, at) => (at === 0 ? 'left' : 'right'));
  const personsSum = parts.reduce((sum, part) => sum + part.persons, 0);
  const notes =
    table.sharedPersons > 0 ? [say.overlap(count(personsSum), count(total.persons), count(table.sharedPersons))] : [say.noOverlap];
  return `${[...titles, '', ...alignRows(rows, aligns), '', ...notes].join('\n')}\n`;
}

/** One line; `parts` add up to `total` in all but persons. */
export function leakJson({ table, run, scope, by }: LeakInput): string {
  const fields = (part: LeakPart) => ({
    files: part.files,
    records: countsInOrder(RECORD_CLASSES, part.records),
    recordSum: part.recordSum,
    exposedRecordSum: part.exposedSum,
    persons: part.persons,
    exposedPersons: part.exposedPersons,
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
  ];
  const row = (kind: string, name: string, part: LeakPart) => [
    kind,
    name,
    part.files,
    ...RECORD_CLASSES.map((one) => part.records[one]),
    part.recordSum,
    part.exposedSum,
    part.persons,
    part.exposedPersons,
  ];
  const rows = [
    ...table.parts.map((part) => row(say.part, partName(part, by, say), part)),
    row(say.whole, say.sum, table.total),
    ...(table.sharedPersons > 0 ? [[say.shared, '', null, null, null, null, null, null, null, table.sharedPersons, null]] : []),
  ];
  yield* csvTable(head, rows, lang);
}

function partName({ name }: LeakPart, by: LeakInput['by'], say: EvidenceWords['leak']): string {
  if (name !== '') return showText(name);
  return by === 'folder' ? say.directly : say.noDepartment;
}
