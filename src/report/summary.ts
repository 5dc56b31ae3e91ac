/**
 * The console summary of a run: what was swept, what was found, what could not be read, and what to do first. Every count that should add
 * up is shown with its sum, and a run that did not reach its end says so at the top.
 */
import type { Lang } from '../../detectors/contract.js';
import { type JudgedFile, PROBLEM_CODES, type RecordCounts, VERDICTS } from '../model.js';
import type { ReachLine, RunInfo, RunTotals } from '../parts.js';
import { consoleWords } from '../words/console.js';
import { findingWords } from '../words/findings.js';
import { wordOf, words } from '../words/words.js';
import { restText, seenText } from './coverage.js';
import { showText } from './escape.js';
import { alignRows, painter } from './layout.js';
import { countedInOrder, countsInOrder, EXAMINED_ORDER } from './order.js';
import type { Pen } from './pen.js';
import { PILES_SHOWN, pileText } from './piles.js';
import { reachLines } from './reach.js';
import { leakLines, worstFileLines, worstFolderLines } from './summary-risk.js';
import { localIso, localStamp } from './time.js';

/** A folder's own files together (not those of its subfolders), for the list of the worst. */
export interface WorstFolder {
  readonly root: string;
  /** Below the root; '' is the root itself. */
  readonly folder: string;
  readonly violations: number;
  readonly records: RecordCounts;
  /** Distinct persons of the folder. */
  readonly persons: number;
  /** The highest risk of its files. */
  readonly risk: number;
}

export interface SummaryInput {
  readonly run: RunInfo;
  readonly totals: RunTotals;
  /** Records in files that neither password nor access protects (policy/judge.ts, isExposed), and their distinct persons. */
  readonly exposed: { readonly records: RecordCounts; readonly persons: number };
  /** Whoever reads the personal data of most persons: the first few of `mimawari reach`. */
  readonly reach: readonly ReachLine[];
  /** Highest risk first; the first ten are shown. */
  readonly worstFolders: readonly WorstFolder[];
  readonly worstFiles: readonly JudgedFile[];
  /** How the sweep got on with the server's users; left out where there was no sweep. */
  readonly manners?: Manners;
}

export interface Manners {
  /** Files whose access time the system moved when they were read. */
  readonly accessTimesMoved: number;
  /** Files in use that were read again at the end. */
  readonly readAgain: number;
  /** All workers together. */
  readonly restedMs: number;
}

const EXCLUDED_SHOWN = 20;

/** The whole summary with a line break at its end. `color`: with ANSI colours. */
export function renderSummary(input: SummaryInput, lang: Lang, color: boolean): string {
  const pen: Pen = { table: words(lang), say: consoleWords(lang), paint: painter(color) };
  const blocks = [
    headLines(input, lang, pen),
    verdictLines(input, pen),
    examinedLines(input, pen),
    problemLines(input.totals, pen),
    leakLines(input, pen),
    reachLines(input.reach, lang, pen),
    pileLines(input, lang, pen),
    worstFolderLines(input, pen),
    worstFileLines(input, pen),
    excludedLines(input.run, pen),
    mannersLines(input, pen),
    nextLines(input, pen),
  ];
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n')}\n`;
}

function headLines({ run }: SummaryInput, lang: Lang, pen: Pen): string[] {
  const { say, paint } = pen;
  const seconds = Math.max(0, Math.round((run.endedMs - run.startedMs) / 1000));
  const state = run.complete ? say.complete : paint.red.bold(say.stopped[run.coverage?.stopped ?? 'unknown']);
  const rows = [
    ...run.roots.map((root, index) => [index === 0 ? say.roots : '', showText(root)]),
    [say.started, `${localStamp(run.startedMs)}  ${say.took(seconds)}`],
    [say.asOf, localIso(run.asOfMs) ?? ''],
    [say.state, state],
    ...coverageRows(run, lang, pen),
  ];
  return [`${paint.bold(say.title)}  mimawari ${run.version}`, ...alignRows(rows, ['left', 'left'])];
}

function coverageRows({ coverage }: RunInfo, lang: Lang, { say }: Pen): string[][] {
  if (coverage === null) return [];
  return [
    [say.coverage, seenText(coverage, lang)],
    ['', restText(coverage, lang)],
  ];
}

function verdictLines({ totals, run }: SummaryInput, pen: Pen): string[] {
  const { table, say, paint } = pen;
  const counts = Object.entries(countsInOrder(VERDICTS, totals.byVerdict));
  const excepted = (totals.byVerdict.violation ?? 0) - totals.openViolations;
  const rows = counts.map(([code, count]) => {
    const note = code === 'violation' && excepted > 0 ? say.excepted(table.count(excepted)) : '';
    return [`  ${wordOf(table.verdicts, code)}`, table.count(count), note];
  });
  const colored = (cell: string, _column: number, row: number) =>
    counts[row]?.[0] === 'violation' && counts[row][1] > 0 ? paint.red(cell) : cell;
  const lines = alignRows([...rows, sumRow(counts, totals, run, pen)], ['left', 'right', 'left'], colored);
  const older = totals.staleByDocument ? [`  ${say.staleByDocument(table.files(totals.staleByDocument))}`] : [];
  return [paint.bold(say.byVerdict), ...lines, ...older];
}

function examinedLines({ totals, run }: SummaryInput, pen: Pen): string[] {
  const { table, say, paint } = pen;
  const counts = Object.entries(countsInOrder(EXAMINED_ORDER, totals.byExamined));
  const rows = counts.map(([code, count]) => [`  ${wordOf(table.examined, code)}`, table.count(count), '']);
  const lines = [paint.bold(say.byExamined), ...alignRows([...rows, sumRow(counts, totals, run, pen)], ['left', 'right', 'left'])];
  return totals.members > 0 ? [...lines, `  ${say.members(table.count(totals.members))}`] : lines;
}

/** The sum is added up here, from what stands above it, and held against what was enumerated: that is the check, not a copy. */
function sumRow(counts: readonly (readonly [string, number])[], totals: RunTotals, run: RunInfo, { table, say, paint }: Pen): string[] {
  const sum = counts.reduce((total, [, count]) => total + count, 0);
  const enumerated = table.count(totals.enumerated);
  const agreed = run.complete ? say.sumIsEnumerated(enumerated) : run.coverage?.earlier ? say.sumWithEarlier : say.sumSoFar;
  const note = sum === totals.enumerated ? agreed : paint.red(say.sumDiffers(enumerated));
  return [`  ${say.sum}`, table.count(sum), note];
}

function pileLines({ totals, run }: SummaryInput, lang: Lang, { table, paint }: Pen): string[] {
  const piles = totals.piles ?? [];
  if (piles.length === 0) return [];
  const say = findingWords(lang);
  const more = piles.length - PILES_SHOWN;
  const shown = piles.slice(0, PILES_SHOWN).map((pile) => `  ${pileText(pile, run.roots.length > 1, lang)}`);
  return [paint.bold(say.piles), ...shown, ...(more > 0 ? [`  ${say.morePiles(table.count(more))}`] : [])];
}

function problemLines(totals: RunTotals, { table, say, paint }: Pen): string[] {
  const counts = Object.entries(countedInOrder(PROBLEM_CODES, totals.byProblem)).sort(([, a], [, b]) => b - a);
  if (counts.length === 0) return [];
  const rows = counts.map(([code, count]) => [`  ${wordOf(table.problems, code)}`, table.count(count), code]);
  return [paint.bold(say.byProblem), ...alignRows(rows, ['left', 'right', 'left']), `  ${paint.dim(say.byProblemNote)}`];
}

function excludedLines(run: RunInfo, { table, say, paint }: Pen): string[] {
  const counts = Object.entries(countedInOrder([], run.excluded)).sort(([, a], [, b]) => b - a);
  if (counts.length === 0) return [];
  const rows = counts.slice(0, EXCLUDED_SHOWN).map(([pattern, count]) => [`  ${showText(pattern)}`, table.count(count)]);
  const more = counts.length > EXCLUDED_SHOWN ? [`  ${say.explain.more(table.count(counts.length - EXCLUDED_SHOWN))}`] : [];
  return [paint.bold(say.excluded), ...alignRows(rows, ['left', 'right']), ...more];
}

function mannersLines({ manners }: SummaryInput, { table, say, paint }: Pen): string[] {
  if (!manners) return [];
  const { accessTimesMoved, readAgain, restedMs } = manners;
  const lines: string[] = [];
  if (accessTimesMoved > 0) lines.push(`  ${say.accessTimesMoved(table.files(accessTimesMoved))}`);
  if (readAgain > 0) lines.push(`  ${say.readAgain(table.files(readAgain))}`);
  if (restedMs >= 1_000) lines.push(`  ${say.rested(table.count(Math.round(restedMs / 1000)))}`);
  return lines.length === 0 ? [] : [paint.bold(say.manners), ...lines];
}

function nextLines({ run, totals }: SummaryInput, { table, say, paint }: Pen): string[] {
  const excepted = (totals.byVerdict.violation ?? 0) - totals.openViolations;
  const steps: string[] = [];
  if (!run.complete) steps.push(say.nextStopped);
  if (totals.openViolations > 0) steps.push(say.nextViolations);
  else if (excepted > 0) steps.push(say.nextExcepted(table.files(excepted)));
  if (totals.notExamined > 0) steps.push(say.nextNotExamined);
  if (steps.length === 0) steps.push(say.nextClean);
  return [paint.bold(say.next), ...steps.map((step) => `  ${step}`)];
}
