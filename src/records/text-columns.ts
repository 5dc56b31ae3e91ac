/**
 * Finds the columns of lines that were written for a screen or printer of fixed width: each field begins at the same place in every line, where a wide
 * character takes two places and a narrow one (ASCII, half-width kana) one. It knows nothing of what stands in the columns.
 */
import type { Row } from '../model.js';

/** Cuts a line into the cells of its columns. */
export type Cut = (line: string) => Row;

/** Lines whose fields are not where they are in all others, as a share: a field that is too long. */
const CROSSING_MAX = 0.02;
/** The share of lines in which a field must begin or end at the edge of a column. */
const EDGE_MIN = 0.25;
const COLUMNS_MAX = 40;
/** Digits that make a number of their own, even where a name touches them. */
const NUMBER_UNITS_MIN = 6;

const isBlank = (unit: number) => unit === 0x20 || unit === 0x3000 || unit === 0x09;
const isDigit = (unit: number) => (unit >= 0x30 && unit <= 0x39) || (unit >= 0xff10 && unit <= 0xff19);
/** The places that a UTF-16 unit takes; the second half of a pair takes none. */
function placesOf(unit: number): number {
  if (unit < 0x7f || (unit >= 0xff61 && unit <= 0xff9f)) return 1;
  return unit >= 0xdc00 && unit <= 0xdfff ? 0 : 2;
}

/** How far a text reaches, in places. */
export function placesIn(text: string): number {
  let places = 0;
  for (let at = 0; at < text.length; at += 1) places += placesOf(text.charCodeAt(at));
  return places;
}

/** Null when the lines have no columns in common. */
export function cutByPlace(lines: readonly string[]): Cut | null {
  const edges = edgesOf(lines);
  if (edges.length === 0 || edges.length >= COLUMNS_MAX) return null;
  const plain: Cut = (line) => cutAt(line, edges);
  return cutGlued(lines.map(plain), plain);
}

/** The cells of a line between these places. A character that reaches over an edge stays in the column in which it begins. */
export function cutAt(line: string, edges: readonly number[]): string[] {
  const cells: string[] = [];
  let place = 0;
  let from = 0;
  for (let at = 0; at < line.length && cells.length < edges.length; at += 1) {
    while (cells.length < edges.length && place >= edges[cells.length]!) {
      cells.push(line.slice(from, at).trim());
      from = at;
    }
    place += placesOf(line.charCodeAt(at));
  }
  cells.push(line.slice(from).trim());
  return cells;
}

function countAll(lines: readonly string[]): { touched: Uint32Array; crossed: Uint32Array } {
  const width = lines.reduce((most, line) => Math.max(most, placesIn(line)), 0) + 1;
  const [touched, crossed] = [new Uint32Array(width), new Uint32Array(width)];
  for (const line of lines) countEdges(line, touched, crossed);
  return { touched, crossed };
}

/** For each place how many of the lines have a field that reaches over it. */
export function crossingsOf(lines: readonly string[]): Uint32Array {
  return countAll(lines).crossed;
}

function edgesOf(lines: readonly string[]): number[] {
  const { touched, crossed } = countAll(lines);
  const edges: number[] = [];
  for (let place = 1; place < crossed.length; place += 1) {
    if (crossed[place]! <= lines.length * CROSSING_MAX && touched[place]! >= lines.length * EDGE_MIN) edges.push(place);
  }
  return edges;
}

/** Notes for one line where a field begins or ends, and which places lie inside of one. */
function countEdges(line: string, touched: Uint32Array, crossed: Uint32Array): void {
  let place = 0;
  let wasBlank = true;
  let digits = 0;
  for (let at = 0; at < line.length; at += 1) {
    const unit = line.charCodeAt(at);
    const places = placesOf(unit);
    const blank = isBlank(unit);
    if (place > 0) {
      const apart = !blank && !wasBlank && touchesNumber(line, at, digits);
      if (blank !== wasBlank || apart) touched[place]! += 1;
      else if (!blank) crossed[place]! += 1;
    }
    for (let inside = 1; inside < places && !blank; inside += 1) crossed[place + inside]! += 1;
    digits = isDigit(unit) ? digits + 1 : 0;
    wasBlank = blank;
    place += places;
  }
  if (!wasBlank && place < touched.length) touched[place]! += 1;
}

/** A name and a long number without a blank between them. `digits`: how many stand before `at`. */
function touchesNumber(line: string, at: number, digits: number): boolean {
  const unit = line.charCodeAt(at);
  if (digits >= NUMBER_UNITS_MIN) return unit >= 0x3040 && !isDigit(unit);
  if (!isDigit(unit) || line.charCodeAt(at - 1) < 0x3040 || isDigit(line.charCodeAt(at - 1))) return false;
  for (let ahead = 1; ahead < NUMBER_UNITS_MIN; ahead += 1) if (!isDigit(line.charCodeAt(at + ahead))) return false;
  return true;
}

/** A date with its era's code (5300304), which a number of ten digits or a digit of its own may touch: 11001234565300304, 53003041. */
const CODED = '[13579][0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])';
const GLUED: readonly { readonly pattern: RegExp; readonly fields: number }[] = [
  { pattern: new RegExp(`^([0-9]{10})(${CODED})$`), fields: 2 },
  { pattern: new RegExp(`^([0-9]{10})(${CODED})([0-9])$`), fields: 3 },
  { pattern: new RegExp(`^([0-9]{10})([0-9])(${CODED})$`), fields: 3 },
  { pattern: new RegExp(`^(${CODED})([0-9])$`), fields: 2 },
  { pattern: new RegExp(`^([12])(${CODED})$`), fields: 2 },
];
const GLUED_MIN = 0.9;

function cutGlued(rows: readonly Row[], plain: Cut): Cut {
  const width = rows.reduce((most, row) => Math.max(most, row.length), 0);
  for (let column = 0; column < width; column += 1) {
    const fits = (pattern: RegExp) => rows.filter((row) => pattern.test(row[column] as string)).length >= rows.length * GLUED_MIN;
    const glued = GLUED.find(({ pattern }) => fits(pattern));
    if (glued === undefined) continue;
    // Always as many fields, so that the columns behind stay where they are.
    const whole = (cell: string) => [cell, ...Array.from({ length: glued.fields - 1 }, () => '')];
    const parts = (cell: string) => glued.pattern.exec(cell)?.slice(1) ?? whole(cell);
    return (line) => plain(line).flatMap((cell, at) => (at === column ? parts(cell as string) : [cell]));
  }
  return plain;
}
