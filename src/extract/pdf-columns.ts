/** The columns of a table on a PDF page: stretches of the line that rows share, and which cell a piece of a line belongs to. Pure geometry. */
import { CELL_GAP_EM, joinRuns, type Line, type Run } from './pdf-layout.js';

/** A column's place along the line. */
export interface Band {
  left: number;
  right: number;
}

/** Of the lines of a table this share, and at least one of four, may have a cell too long for its column. */
const OVERLONG_SHARE = 0.1;
const OVERLONG_LINES_MIN = 4;
/** A gap narrower than a cell border parts columns only when what follows is aligned and the gap itself varies by this much. */
const VARYING_GAP_EM = 0.8;
const ALIGNED_EM = 0.3;

/** The line's pieces between gaps as wide as a cell border. */
export function segmentsOf(line: Line): Band[] {
  const segments: Band[] = [];
  let last: Band | null = null;
  for (const run of line.runs) {
    if (last && run.left - last.right < CELL_GAP_EM * line.em) last.right = Math.max(last.right, run.right);
    else {
      last = { left: run.left, right: run.right };
      segments.push(last);
    }
  }
  return segments;
}

export function countTouched(bands: readonly Band[], piece: Band): number {
  let count = 0;
  for (const band of bands) if (overlap(band, piece) > 0) count += 1;
  return count;
}

/** Bands that overlap become one; sorted from the left. */
export function mergeBands(bands: readonly Band[]): Band[] {
  const sorted = [...bands].sort((a, b) => a.left - b.left);
  const merged: Band[] = [];
  let last: Band | null = null;
  for (const band of sorted) {
    if (last && band.left < last.right) last.right = Math.max(last.right, band.right);
    else {
      last = { left: band.left, right: band.right };
      merged.push(last);
    }
  }
  return merged;
}

/** The columns of these lines, from the left: what their runs cover, without the few runs that are too long for their column. */
export function columnsOf(lines: readonly Line[]): Band[] {
  const runs = lines.flatMap((line) => line.runs);
  const few = lines.length >= OVERLONG_LINES_MIN ? Math.max(1, Math.floor(lines.length * OVERLONG_SHARE)) : 0;
  const rough = few > 0 ? coveredBy(runs, few) : [];
  const fitting = runs.filter((run) => countTouched(rough, run) < 2);
  const fine = mergeBands(runs.length - fitting.length <= few ? fitting : runs);
  return joinColumns(lines, fine);
}

/** The cells of a line, one a column; '' where the line has nothing. */
export function cellsOf(line: Line, bands: readonly Band[]): string[] {
  const parts: Run[][] = bands.map(() => []);
  for (const run of line.runs) parts[columnOf(bands, run)]!.push(run);
  return parts.map((runs) => (runs.length === 0 ? '' : joinRuns(runs).replaceAll('\t', ' ')));
}

/** Whether the line can be a row of these columns: no run across two of them, and at least two cells and half of the columns filled. */
export function fitsColumns(line: Line, bands: readonly Band[]): boolean {
  const columns = new Set<number>();
  for (const run of line.runs) {
    if (countTouched(bands, run) !== 1) return false;
    columns.add(columnOf(bands, run));
  }
  return columns.size >= Math.max(2, bands.length / 2);
}

/**
 * Where the columns of `next` go among those of `known`: an index for each band, or null when they don't agree. A column that is empty on one of
 * the pages may be missing there.
 */
export function matchBands(known: readonly Band[], next: readonly Band[]): number[] | null {
  if (next.length < 2 || next.length > known.length) return null;
  const places: number[] = [];
  for (const band of next) {
    if (countTouched(known, band) !== 1) return null;
    const place = known.findIndex((each) => overlap(each, band) > 0);
    if (places.includes(place)) return null;
    places.push(place);
  }
  return places;
}

/** Columns grow to what another page needs, as long as they stay apart. */
export function widenBands(bands: readonly Band[], more: readonly Band[]): readonly Band[] {
  const wider = mergeBands([...bands, ...more]);
  return wider.length === bands.length ? wider : bands;
}

function overlap(a: Band, b: Band): number {
  return Math.min(a.right, b.right) - Math.max(a.left, b.left);
}

/** Stretches that more than `few` runs cover. */
function coveredBy(runs: readonly Run[], few: number): Band[] {
  const edges = runs.flatMap((run) => [
    { x: run.left, step: 1 },
    { x: run.right, step: -1 },
  ]);
  edges.sort((a, b) => a.x - b.x || a.step - b.step);
  const bands: Band[] = [];
  let cover = 0;
  let left = 0;
  for (const { x, step } of edges) {
    cover += step;
    if (step > 0 && cover === few + 1) left = x;
    else if (step < 0 && cover === few) bands.push({ left, right: x });
  }
  return bands;
}

/** Joins neighbours that are one column with an inner gap, like family and given name. */
function joinColumns(lines: readonly Line[], fine: readonly Band[]): Band[] {
  const columns: Band[] = [];
  for (const band of fine) {
    const last = columns.at(-1);
    if (last && !areApart(lines, last, band)) last.right = band.right;
    else columns.push({ left: band.left, right: band.right });
  }
  return columns;
}

function areApart(lines: readonly Line[], a: Band, b: Band): boolean {
  let both = 0;
  let wide = 0;
  let aligned = 0;
  let least = Number.POSITIVE_INFINITY;
  let most = 0;
  for (const line of lines) {
    const before = line.runs.findLast((run) => overlap(a, run) > 0);
    const after = line.runs.find((run) => overlap(b, run) > 0);
    if (!before || !after || before === after) continue;
    const gap = (after.left - before.right) / line.em;
    both += 1;
    if (gap >= CELL_GAP_EM) wide += 1;
    if (after.left - b.left < ALIGNED_EM * line.em) aligned += 1;
    least = Math.min(least, gap);
    most = Math.max(most, gap);
  }
  return both === 0 || wide * 4 >= both || (aligned * 5 >= both * 4 && most - least >= VARYING_GAP_EM);
}

/** The column that the run covers most; one too long for its column belongs where it begins, one in a gap to the nearest. */
function columnOf(bands: readonly Band[], run: Run): number {
  let best = 0;
  let most = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < bands.length; index += 1) {
    const band = bands[index]!;
    const common = overlap(band, run);
    if (common > 0 && run.left >= band.left - run.em * 0.5 && run.left < band.right) return index;
    if (common > most) {
      most = common;
      best = index;
    }
  }
  return best;
}
