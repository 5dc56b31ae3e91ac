/** What each principal can read, for the console, for scripts, and in short for the summary. Lines come sorted; nothing is counted here. */
import type { Lang } from '../../detectors/contract.js';
import { RECORD_CLASSES, type RecordClass } from '../model.js';
import type { ReachFigures, ReachLine } from '../parts.js';
import { consoleWords } from '../words/console.js';
import { type ReachWords, reachWords } from '../words/reach.js';
import { words } from '../words/words.js';
import { showJson, showText } from './escape.js';
import { type Align, alignRows, painter } from './layout.js';
import type { Pen } from './pen.js';
import { localIso, localStamp } from './time.js';

export interface ReachInput {
  readonly roots: readonly string[];
  /** When the last sweep began. */
  readonly startedMs: number;
  readonly complete: boolean;
  readonly total: ReachFigures;
  /** Those to be shown, in the order to be shown. */
  readonly lines: readonly ReachLine[];
  /** Further ones that could be shown. */
  readonly more: number;
  /** Accounts that read what everybody reads, and are not among the lines. */
  readonly likeEverybody: number;
  readonly filesUntold: number;
}

/** All lines as a table, with a line break at its end. */
export function renderReach(input: ReachInput, lang: Lang, color: boolean): string {
  const pen: Pen = { table: words(lang), say: consoleWords(lang), paint: painter(color) };
  const own = reachWords(lang);
  const { table, paint } = pen;
  const isPossible = input.lines.some(({ proven, possible }) => proven.persons !== possible.persons || proven.files !== possible.files);
  const header = [
    `  ${own.persons}`,
    ...(isPossible ? [own.atMost] : []),
    own.filesFound,
    ...RECORD_CLASSES.map((one) => table.recordClasses[one]),
    own.files,
    ...(isPossible ? [own.atMost] : []),
    own.who,
  ];
  const atMost = (proven: number, possible: number): string[] => (isPossible ? [possible === proven ? '' : table.count(possible)] : []);
  const rows = input.lines.map((line) => [
    `  ${table.count(line.proven.persons)}`,
    ...atMost(line.proven.persons, line.possible.persons),
    table.count(line.proven.filesFound),
    ...RECORD_CLASSES.map((one) => table.count(line.proven.records[one])),
    table.count(line.proven.files),
    ...atMost(line.proven.files, line.possible.files),
    whoText(line, own),
  ]);
  const aligns: Align[] = [...header.slice(1).map((): Align => 'right'), 'left'];
  const notes = [
    ...(input.more > 0 ? [own.more(table.count(input.more))] : []),
    ...(input.likeEverybody > 0 ? [own.likeEverybody(table.count(input.likeEverybody))] : []),
    ...(isPossible ? [own.atMostNote] : []),
    own.admin,
    ...closingNotes(input, own, pen),
  ];
  return joined([[paint.bold(own.title), ...headLines(input, own, pen)], alignRows([header, ...rows], aligns), notes]);
}

/** One principal in detail. */
export function renderReachOf(line: ReachLine, input: ReachInput, lang: Lang, color: boolean): string {
  const pen: Pen = { table: words(lang), say: consoleWords(lang), paint: painter(color) };
  const own = reachWords(lang);
  const { table, paint } = pen;
  const row = (title: string, of: (figures: ReachFigures) => number, note = ''): string[] => [
    `  ${title}`,
    table.count(of(line.proven)),
    table.count(of(line.possible)),
    note,
  ];
  const rows = [
    ['', own.proven, own.possible],
    row(own.persons, ({ persons }) => persons),
    ...RECORD_CLASSES.map((one: RecordClass) => row(table.recordClasses[one], ({ records }) => records[one], table.recordClassKinds[one])),
    row(own.filesFound, ({ filesFound }) => filesFound),
    row(own.files, ({ files }) => files),
  ];
  const title = own.titleOf(whoText(line, own) + (line.id === null || line.name === null ? '' : `  ${showText(line.id)}`));
  const notes = [...(line.likeEverybody ? [own.isLikeEverybody] : []), own.atMostNote, ...closingNotes(input, own, pen)];
  return joined([[paint.bold(title), ...headLines(input, own, pen)], alignRows(rows, ['left', 'right', 'right', 'left']), notes]);
}

/** The first few, for the summary. Nothing where nobody reads any personal data. */
export function reachLines(lines: readonly ReachLine[], lang: Lang, { table, paint }: Pen): string[] {
  if (lines.length === 0) return [];
  const own = reachWords(lang);
  const header = [`  ${own.persons}`, own.filesFound, own.who];
  const rows = lines.map((line) => [`  ${table.count(line.proven.persons)}`, table.count(line.proven.filesFound), whoText(line, own)]);
  return [paint.bold(own.summaryTitle), ...alignRows([header, ...rows], ['right', 'right', 'left']), `  ${paint.dim(own.summaryNote)}`];
}

/** Lines of JSON: `mimawari.reach/1` for each principal, then `mimawari.reach-total/1`. */
export function* reachJson(input: ReachInput): Generator<string> {
  for (const { kind, id, name, likeEverybody, proven, possible } of input.lines)
    yield jsonLine({ schema: 'mimawari.reach/1', kind, id, name, likeEverybody, proven, possible });
  const { roots, startedMs, complete, total, filesUntold } = input;
  yield jsonLine({ schema: 'mimawari.reach-total/1', roots, started: localIso(startedMs), complete, ...total, filesUntold });
}

function jsonLine(fields: object): string {
  return `${showJson(JSON.stringify(fields))}\n`;
}

function headLines({ roots, startedMs, total }: ReachInput, own: ReachWords, { table, say }: Pen): string[] {
  const records = RECORD_CLASSES.reduce((sum, one) => sum + total.records[one], 0);
  const parts = [
    `${own.persons} ${table.count(total.persons)}`,
    `${own.records} ${table.count(records)}`,
    `${own.filesFound} ${table.count(total.filesFound)}`,
    `${own.allFiles} ${table.count(total.files)}`,
  ];
  const rows = [
    ...roots.map((root, index) => [index === 0 ? say.roots : '', showText(root)]),
    [own.lastSweep, localStamp(startedMs)],
    [own.all, parts.join(table.comma)],
  ];
  return alignRows(rows, ['left', 'left']);
}

function closingNotes({ complete, filesUntold }: ReachInput, own: ReachWords, { table, paint }: Pen): string[] {
  return [
    own.limits,
    ...(complete ? [] : [paint.red(own.incomplete)]),
    ...(filesUntold > 0 ? [paint.red(own.untold(table.files(filesUntold)))] : []),
  ];
}

export function whoText({ kind, id, name }: Pick<ReachLine, 'kind' | 'id' | 'name'>, own: ReachWords): string {
  if (kind === 'everybody' || kind === 'guests' || kind === 'admin') return own.broad[kind];
  return showText(name ?? plainId(id ?? '')) + (kind === 'account' ? '' : own.kinds[kind]);
}

/** `uid 7777` for `u:7777`; a name that nobody knows stands in quotes. */
export function plainId(id: string): string {
  return id
    .replace(/^([ug]):(?=\d+$)/u, '$1id ')
    .replace(/^name:/u, '')
    .replace(/^\?(.*)$/su, '"$1"');
}

function joined(blocks: readonly (readonly string[])[]): string {
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n')}\n`;
}
