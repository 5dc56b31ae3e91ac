/** Finds the lines of a text that may be a table: drawn with bars, or below a line of labels. What stands in them it does not ask. */
import { isHeaderLike, labelCount } from './header.js';
import type { Labels } from './label.js';
import type { LinePlaces } from './line-places.js';
import { cutByBars, isDrawn, labelsOfLine } from './text-cuts.js';

const BARS = /[│┃║┆┊|｜]/g;
/** A line of labels names the person; most texts have no such word, and one look says so. */
const HEADING = /氏[ 　]{0,8}名|名[ 　]{0,4}前|年金番号|基年番|生[ 　]?年[ 　]?月[ 　]?日/g;
/** Lines that are drawn: ├──┼──┤, +---+---+. */
const RULE = /^[\s　─━═┌┐└┘├┤┬┴┼┏┓┗┛┣┫┳┻╋│┃|｜+=:-]+$/;
const LINE_UNITS_MAX = 300;
/** Lines without a field in between: blank ones, page numbers, notes. */
const MISSES_MAX = 2;

/** What heads a table, to go on with in the text that follows. */
export interface TextHeading {
  readonly line: string;
  readonly isDrawn: boolean;
}

export interface Region {
  /** Null for drawn lines without labels in the first. */
  readonly heading: TextHeading | null;
  /** Whether the heading is the line before the first. */
  readonly isHeaded: boolean;
  /** Lines with fields, counted from 0; at least one. */
  readonly lines: readonly number[];
}

/** A cheap look at whether a text could have such lines. */
export function mayHoldTables(text: string): boolean {
  BARS.lastIndex = 0;
  HEADING.lastIndex = 0;
  return BARS.test(text) || HEADING.test(text);
}

/** Lines at which a table may begin, in order; `drawn`: those with bars too. */
export function tableStarts(text: string, places: LinePlaces, drawn: boolean): number[] {
  const found = new Set<number>();
  for (const pattern of drawn ? [BARS, HEADING] : [HEADING]) {
    pattern.lastIndex = 0;
    while (pattern.test(text)) {
      found.add(places.lineAt(pattern.lastIndex - 1));
      const end = text.indexOf('\n', pattern.lastIndex);
      if (end < 0) break;
      pattern.lastIndex = end;
    }
  }
  return [...found].sort((one, other) => one - other);
}

/** The table that begins at a line, up to so many lines of it; null when none does. */
export function regionAt(line: number, most: number, places: LinePlaces, labels: Labels): Region | null {
  const text = places.lineText(line);
  if (text.length > LINE_UNITS_MAX || text.includes('。')) return null;
  if (isDrawn(text)) {
    const heading = { line: text, isDrawn: true };
    if (labelCount(cutByBars(text), labels) >= 2) return regionBelow(heading, line + 1, most, places, labels);
    const region = regionBelow(heading, line, most, places, labels);
    return region === null || region.lines.length < 2 ? null : { ...region, heading: null, isHeaded: false };
  }
  const cells = labelsOfLine(text, labels).map((one) => one.text);
  const heads = labels.parts(text.trim()).length > 0 || (cells.length >= 2 && isHeaderLike(cells, labels));
  return heads ? regionBelow({ line: text, isDrawn: false }, line + 1, most, places, labels) : null;
}

/** The lines from `first` on that go on with what a heading heads. */
export function regionBelow(heading: TextHeading, first: number, most: number, places: LinePlaces, labels: Labels): Region | null {
  const fewest = labels.parts(heading.line.trim()).length > 0 ? 1 : 2;
  const lines: number[] = [];
  let held: number[] = [];
  for (let line = first; line < places.count && lines.length < most; line += 1) {
    const text = places.lineText(line);
    if (RULE.test(text)) continue;
    const plain = text.length <= LINE_UNITS_MAX && !text.includes('。');
    if (plain && (heading.isDrawn ? isDrawn(text) : text.trim().split(/[ 　\t]+/).length >= fewest)) {
      lines.push(...held, line);
      held = [];
    } else if (held.length >= MISSES_MAX || lines.length === 0) break;
    else held.push(line);
  }
  return lines.length === 0 ? null : { heading, isHeaded: true, lines };
}

/** True when a region reaches the end of the text, so that the text behind may go on with it. */
export function isOpen(region: Region, places: LinePlaces): boolean {
  return region.lines[region.lines.length - 1]! + 1 + MISSES_MAX >= places.count;
}
