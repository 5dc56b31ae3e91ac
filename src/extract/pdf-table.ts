/**
 * Finds the tables among the lines of a PDF page: lines one below the other whose pieces stand in the same columns. What a column means is not asked
 * here. A page set in newspaper columns is no table: its columns are read one after the other.
 */
import { type Band, cellsOf, columnsOf, countTouched, fitsColumns, matchBands, mergeBands, segmentsOf } from './pdf-columns.js';
import { joinRuns, type Line } from './pdf-layout.js';

export interface TablePiece {
  readonly kind: 'table';
  readonly bands: readonly Band[];
  readonly lines: readonly Line[];
  /** The number on the page of its first line, from 1. */
  readonly line: number;
}

export interface TextPiece {
  readonly kind: 'text';
  readonly lines: readonly Line[];
  readonly line: number;
}

export type Piece = TablePiece | TextPiece;

/** Lines further apart than this belong to different tables. */
const LINE_DISTANCE_EM_MAX = 6;
/** Lines nearer than this overlap: pieces of one row that are centred against each other. */
const SAME_ROW_EM = 0.9;
/** Wrapped lines of one cell stand closer than this. */
const WRAPPED_EM = 1.8;
/** A printed page has no more columns; what has is a drawing. */
const COLUMNS_MAX = 200;
/** Newspaper columns: their lines have at least so many characters on average, digits not counted. */
const PROSE_CELL_CHARS = 12;

/** Parts the lines of one direction of a page into tables and text, in reading order. */
export function findPieces(lines: readonly Line[]): Piece[] {
  const pieces: Piece[] = [];
  let textStart = 0;
  let at = 0;
  while (at < lines.length) {
    const end = groupEnd(lines, at);
    const found = end - at >= 2 ? asTable(lines.slice(at, end), at + 1) : null;
    if (found) {
      if (at > textStart) pieces.push({ kind: 'text', lines: lines.slice(textStart, at), line: textStart + 1 });
      pieces.push(...found);
      textStart = end;
    }
    at = end;
  }
  if (textStart < lines.length) pieces.push({ kind: 'text', lines: lines.slice(textStart), line: textStart + 1 });
  return pieces;
}

/** The text of lines, with a tab where a gap is as wide as between cells. */
export function textOf(lines: readonly Line[]): string {
  return lines.map((line) => joinRuns(line.runs)).join('\n');
}

/**
 * The rows of a table in its columns. Lines that are one row are joined: overlapping ones, and the rest of a wrapped cell, which stands closer than
 * the next row and leaves the first column empty.
 */
export function rowsOf(lines: readonly Line[], bands: readonly Band[]): string[][] {
  const grid = lines.map((line) => cellsOf(line, bands));
  const pitch = rowPitch(lines, grid);
  const rows: string[][] = [];
  for (let at = 0; at < grid.length; at += 1) {
    const cells = grid[at]!;
    const row = rows.at(-1);
    const line = lines[at]!;
    const distance = at > 0 ? line.middle - lines[at - 1]!.middle : Number.POSITIVE_INFINITY;
    const overlaps = distance < SAME_ROW_EM * line.em;
    const wraps = cells[0] === '' && filled(cells) * 2 <= cells.length && distance < Math.min(pitch * 0.85, line.em * WRAPPED_EM);
    if (row && (overlaps || (wraps && cells.every((cell, column) => cell === '' || row[column] !== '')))) {
      for (let column = 0; column < cells.length; column += 1) row[column] = joinWrapped(row[column]!, cells[column]!);
    } else rows.push([...cells]);
  }
  return rows;
}

/** Whether a piece of a later page goes on with a table of these columns: its lines that are rows of it, or null. */
export function continuesTable(piece: Piece, bands: readonly Band[]): readonly Line[] | null {
  if (piece.kind === 'table' && matchBands(bands, piece.bands)) return piece.lines;
  const fitting = piece.lines.filter((line) => fitsColumns(line, bands));
  if (fitting.length === 0 || fitting.length < piece.lines.length * (piece.kind === 'table' ? 0.8 : 0)) return null;
  return piece.kind === 'table' ? piece.lines : fitting;
}

/** How far a table that begins with line `start` may reach: the index after its last line; `start + 1` when none begins there. */
function groupEnd(lines: readonly Line[], start: number): number {
  let bands = segmentsOf(lines[start]!);
  if (bands.length < 2 || bands.length > COLUMNS_MAX) return start + 1;
  let rows = 1;
  let end = start + 1;
  for (let at = start + 1; at < lines.length; at += 1) {
    const line = lines[at]!;
    const distance = (line.middle - lines[at - 1]!.middle) / line.em;
    if (distance > LINE_DISTANCE_EM_MAX) break;
    const segments = segmentsOf(line);
    if (segments.length > COLUMNS_MAX) break;
    if (segments.length === 1) {
      // A wrapped cell or a row with one value goes on; a line across columns is text around the table.
      if ((rows < 2 && distance > WRAPPED_EM) || countTouched(bands, segments[0]!) > 1) break;
      if (distance < WRAPPED_EM && countTouched(bands, segments[0]!) === 1 && rows >= 2) end = at + 1;
      continue;
    }
    if (rows < 3 && isTitle(lines[at - 1]!, segments)) break;
    const crosses = segments.some((segment) => countTouched(bands, segment) > 1);
    if (!(crosses && rows >= 3)) {
      const merged = mergeBands([...bands, ...segments]);
      if (merged.length < 2) break;
      bands = merged;
    }
    rows += 1;
    end = at + 1;
  }
  return rows >= 2 ? end : start + 1;
}

/** A title with something at its right end stands above the header; one piece of it spans several of the columns below. */
function isTitle(line: Line, below: readonly Band[]): boolean {
  return below.length > segmentsOf(line).length && line.runs.some((run) => countTouched(below, run) > 1);
}

function asTable(lines: readonly Line[], line: number): Piece[] | null {
  const bands = columnsOf(lines);
  if (bands.length < 2 || bands.length > COLUMNS_MAX) return null;
  const grid = lines.map((each) => cellsOf(each, bands));
  if (grid.filter((row) => filled(row) >= 2).length < 2) return null;
  if (isProse(bands, grid)) return proseColumns(lines, bands, line);
  return [{ kind: 'table', bands, lines, line }];
}

function filled(row: readonly string[]): number {
  let count = 0;
  for (const cell of row) if (cell !== '') count += 1;
  return count;
}

/** A column of names, numbers or dates is short; where all columns are long, each is a text of its own. */
function isProse(bands: readonly Band[], grid: readonly (readonly string[])[]): boolean {
  if (bands.length > 3 || grid.length < 4) return false;
  return bands.every((_, column) => {
    const cells = grid.map((row) => row[column]!).filter((cell) => cell !== '');
    const words = cells.reduce((sum, cell) => sum + cell.replaceAll(/[\d\s-]/g, '').length, 0);
    return words >= PROSE_CELL_CHARS * cells.length;
  });
}

function proseColumns(lines: readonly Line[], bands: readonly Band[], line: number): TextPiece[] {
  return bands.map((band) => {
    const own = lines.map((each) => ({ ...each, runs: each.runs.filter((run) => run.left < band.right && run.right > band.left) }));
    return { kind: 'text', lines: own.filter((each) => each.runs.length > 0), line };
  });
}

/** The usual distance of lines that have a first cell. */
function rowPitch(lines: readonly Line[], grid: readonly (readonly string[])[]): number {
  const middles: number[] = [];
  for (let at = 0; at < grid.length; at += 1) if (grid[at]![0] !== '') middles.push(lines[at]!.middle);
  const steps = middles.slice(1).map((middle, at) => middle - middles[at]!);
  return steps.sort((a, b) => a - b)[steps.length >> 1] ?? Number.POSITIVE_INFINITY;
}

/** Japanese wraps anywhere; Latin words wrap at a space. */
function joinWrapped(first: string, rest: string): string {
  if (first === '' || rest === '') return first + rest;
  return /[A-Za-z,;]$/.test(first) && /^[A-Za-z]/.test(rest) ? `${first} ${rest}` : first + rest;
}
