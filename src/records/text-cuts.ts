/** Cuts the lines of a table in running text to cells: at bars, at the places where the fields stand below their labels, or at blanks. */
import type { Row } from '../model.js';
import type { Labels } from './label.js';
import { type Cut, crossingsOf, cutAt, placesIn } from './text-columns.js';

const BAR = /[│┃║┆┊|｜]/;
/** Fields that fill their column touch the next one; where more do, the fields are not below their labels. A share of the lines. */
const CROSSED_MAX = 0.35;
const LETTERS_MAX = 5;

/** Two bars, or one between two texts. */
export function isDrawn(text: string): boolean {
  const first = text.search(BAR);
  return first >= 0 && (text.slice(0, first).trim() !== '' || BAR.test(text.slice(first + 1)));
}

export function cutByBars(line: string): string[] {
  const cells = line.split(BAR).map((cell) => cell.trim());
  if (cells[0] === '') cells.shift();
  if (cells[cells.length - 1] === '') cells.pop();
  return cells;
}

/** A way to cut lines, with the cells of the heading above them. */
export interface HeadedCut {
  readonly head: Row;
  readonly cut: Cut;
}

/** The ways in which lines may stand below a line of labels, the likeliest first. */
export function cutsBelow(heading: string, lines: readonly string[], labels: Labels): HeadedCut[] {
  const whole = heading.trim();
  if (labels.parts(whole).length > 0) return [{ head: [whole], cut: (line) => [line.trim()] }];
  const heads = labelsOfLine(heading, labels);
  const head = heads.map((one) => one.text);
  const edges = edgesBetween(heads, lines);
  const byPlace: HeadedCut[] = edges === null ? [] : [{ head, cut: (line) => cutAt(line, edges) }];
  return [...byPlace, ...BLANKS.map((blank): HeadedCut => ({ head, cut: (line) => line.trim().split(blank) }))];
}

/** What parts the fields of lines that do not stand below their labels. */
const BLANKS: readonly RegExp[] = [/ {2,}|\t+/, / {2,}|　+|\t+/, /[ 　\t]+/];

export interface Placed {
  readonly text: string;
  /** Where it begins and ends, in places of a narrow character. */
  readonly start: number;
  readonly end: number;
}

/** The labels of a line and where they stand. Letters with blanks between them are one label when only together they are one: 氏　名. */
export function labelsOfLine(line: string, labels: Labels): Placed[] {
  const words: Placed[] = [];
  for (const found of line.matchAll(/[^\s　]+/g)) {
    const start = placesIn(line.slice(0, found.index));
    const word = { text: found[0], start, end: start + placesIn(found[0]) };
    const joined = joinLetters(words, word, labels);
    if (joined === null) words.push(word);
    else words.splice(words.length - joined.count, joined.count, joined.word);
  }
  return words;
}

/** The letters before a letter that make a label with it, the most of them that do. */
function joinLetters(words: readonly Placed[], word: Placed, labels: Labels): { word: Placed; count: number } | null {
  if (word.text.length > 1) return null;
  for (let count = Math.min(words.length, LETTERS_MAX); count > 0; count -= 1) {
    const letters = words.slice(-count);
    if (letters.some((one, at) => one.text.length > 1 && at > 0)) continue;
    const text = letters.map((one) => one.text).join('') + word.text;
    if (text.length <= LETTERS_MAX && labels.of(text).length > 0 && letters.every((one) => one.text.length === 1))
      return { word: { text, start: letters[0]!.start, end: word.end }, count };
  }
  return null;
}

/** Between two labels the place that the fewest fields cross, the nearest to the second label; null when many lines have no such place. */
function edgesBetween(heads: readonly Placed[], lines: readonly string[]): number[] | null {
  const crossed = crossingsOf(lines);
  const edges: number[] = [];
  for (let at = 1; at < heads.length; at += 1) {
    const [left, right] = [heads[at - 1]!, heads[at]!];
    let best = right.start;
    for (let place = left.start + 1; place < right.end; place += 1) {
      const [now, than] = [crossed[place] ?? 0, crossed[best] ?? 0];
      if (now < than || (now === than && Math.abs(place - right.start) < Math.abs(best - right.start))) best = place;
    }
    if ((crossed[best] ?? 0) > lines.length * CROSSED_MAX) return null;
    edges.push(best);
  }
  return edges;
}
