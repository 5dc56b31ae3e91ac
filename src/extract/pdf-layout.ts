/**
 * Puts the characters of a PDF page, of which only places are known, back into lines: whatever way the text runs (turned pages, text drawn turned,
 * vertical writing). Pure geometry: it reads no file and knows nothing of what a word means.
 */

/** Characters in the order of the content, in the page's own space (y grows upwards), one array a property: a page has thousands. */
export interface Glyphs {
  count: number;
  readonly codes: Uint32Array;
  /** The box as wide as the advance and as high as the font, not the ink. */
  readonly lefts: Float32Array;
  readonly bottoms: Float32Array;
  readonly rights: Float32Array;
  readonly tops: Float32Array;
  /** Direction of reading in radians, clockwise from the right. */
  readonly angles: Float32Array;
}

/** Characters that stand together, in the space of the line: x along the reading, y down the page. `em` is the size of a character. */
export interface Run {
  text: string;
  left: number;
  right: number;
  middle: number;
  em: number;
}

/** Runs of one line from its beginning on. */
export interface Line {
  readonly runs: Run[];
  middle: number;
  em: number;
}

/** Font boxes are about a fifth higher than the character size. */
const BOX_HEIGHT_EM = 1.2;
/** Above this a gap parts two runs; a narrower one is uneven spacing. Half-width characters are 0.5 em. */
const RUN_GAP_EM = 0.25;
/** Above this a gap without a space character parts two cells. Full-width text leaves at most one empty square inside a cell. */
export const CELL_GAP_EM = 1.3;
/** Characters set apart evenly (a name spread over its cell, digits in boxes) have at most this distance. */
const SPREAD_EM_MAX = 2.6;

/** A word whose characters are parted by a space each, as a name is spread over its field. */
const SPACED_OUT =
  /^(?:[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー][ \u3000]){2,20}[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]$/u;

/** Room for `count` characters. */
export function makeGlyphs(count: number): Glyphs {
  const numbers = () => new Float32Array(count);
  return {
    count: 0,
    codes: new Uint32Array(count),
    lefts: numbers(),
    bottoms: numbers(),
    rights: numbers(),
    tops: numbers(),
    angles: numbers(),
  };
}

/** The lines of a page, a set for each direction of reading; the direction with the most characters comes first. */
export function arrangeLines(glyphs: Glyphs): Line[][] {
  const groups = new Map<number, number[]>();
  for (let index = 0; index < glyphs.count; index += 1) {
    const turn = ((Math.round(glyphs.angles[index]! / (Math.PI / 36)) % 72) + 72) % 72;
    const group = groups.get(turn);
    if (group) group.push(index);
    else groups.set(turn, [index]);
  }
  const sorted = [...groups].sort((a, b) => b[1].length - a[1].length);
  return sorted.map(([turn, indexes]) => linesOf(runsOf(glyphs, indexes, (turn * Math.PI) / 36))).filter((lines) => lines.length > 0);
}

/** The text of a run of runs: a space where a gap shows one. */
export function joinRuns(runs: readonly Run[]): string {
  let text = '';
  let last: Run | null = null;
  for (const run of runs) {
    if (last) text += run.left - last.right >= CELL_GAP_EM * Math.max(run.em, last.em) ? '\t' : ' ';
    text += run.text;
    last = run;
  }
  return text;
}

interface Place {
  x0: number;
  x1: number;
  y0: number;
  y1: number;
}

function runsOf(glyphs: Glyphs, indexes: readonly number[], angle: number): Run[] {
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  const place: Place = { x0: 0, x1: 0, y0: 0, y1: 0 };
  const upright = isVertical(glyphs, indexes, cos, sin);
  const runs: Run[] = [];
  let run: Run | null = null;
  let spaces = 0;
  let blank = ' ';
  for (const index of indexes) {
    if (upright) placeVertical(glyphs, index, cos, sin, place);
    else placeAlong(glyphs, index, cos, sin, place);
    const code = glyphs.codes[index]!;
    const space = code === 0x20 || code === 0x3000 || code === 0xa0;
    if (space) {
      spaces += 1;
      blank = code === 0x3000 ? '\u3000' : ' ';
      continue;
    }
    const em = upright ? place.y1 - place.y0 : (place.y1 - place.y0) / BOX_HEIGHT_EM;
    const middle = (place.y0 + place.y1) / 2;
    const text = code > 0xffff ? String.fromCodePoint(code) : String.fromCharCode(code);
    if (run && spaces <= 1 && continues(run, place, middle, em, spaces)) {
      if (isDoubled(run, place, text, em)) continue;
      run.text += spaces > 0 ? blank + text : text;
      run.right = Math.max(run.right, place.x1);
      run.em = Math.max(run.em, em);
    } else {
      run = { text, left: place.x0, right: place.x1, middle, em };
      runs.push(run);
    }
    spaces = 0;
  }
  return runs;
}

function continues(run: Run, place: Place, middle: number, em: number, spaces: number): boolean {
  const size = Math.max(run.em, em);
  const gap = place.x0 - run.right;
  return Math.abs(middle - run.middle) < 0.35 * size && gap > -0.7 * size && gap < (spaces > 0 ? CELL_GAP_EM : RUN_GAP_EM) * size;
}

/** Bold made by drawing twice, a little to the side. */
function isDoubled(run: Run, place: Place, text: string, em: number): boolean {
  return run.text.endsWith(text) && place.x0 < run.right - 0.3 * em && place.x1 < run.right + 0.3 * em;
}

/** Turns the box so that reading goes to the right and lines go down. */
function placeAlong(glyphs: Glyphs, index: number, cos: number, sin: number, place: Place): void {
  const x = (glyphs.lefts[index]! + glyphs.rights[index]!) / 2;
  const y = (glyphs.bottoms[index]! + glyphs.tops[index]!) / 2;
  const wide = (glyphs.rights[index]! - glyphs.lefts[index]!) / 2;
  const high = (glyphs.tops[index]! - glyphs.bottoms[index]!) / 2;
  const level = Math.abs(cos) > 0.99;
  const plumb = Math.abs(sin) > 0.99;
  // A slanted box is the box around the slanted character: half of it is near enough to put a watermark's characters in order.
  const half = level ? wide : plumb ? high : Math.min(wide, high) / 1.4;
  const halfHigh = level ? high : plumb ? wide : Math.min(wide, high) / 1.4;
  const along = x * cos - y * sin;
  const down = -x * sin - y * cos;
  place.x0 = along - half;
  place.x1 = along + half;
  place.y0 = down - halfHigh;
  place.y1 = down + halfHigh;
}

/** Vertical writing: reading goes down, lines go from right to left. Its boxes are reliable at their right edge and in their height only. */
function placeVertical(glyphs: Glyphs, index: number, cos: number, sin: number, place: Place): void {
  placeAlong(glyphs, index, cos, sin, place);
  const { x1, y0, y1 } = place;
  const em = y1 - y0;
  place.x0 = y0;
  place.x1 = y1;
  place.y0 = -x1;
  place.y1 = -x1 + em;
}

/** Whether characters follow each other downwards. Latin letters and digits may lie sideways or stand two abreast, so only wide characters vote. */
function isVertical(glyphs: Glyphs, indexes: readonly number[], cos: number, sin: number): boolean {
  const a: Place = { x0: 0, x1: 0, y0: 0, y1: 0 };
  const b: Place = { x0: 0, x1: 0, y0: 0, y1: 0 };
  let down = 0;
  let along = 0;
  for (let at = 1; at < indexes.length; at += 1) {
    const first = indexes[at - 1]!;
    const second = indexes[at]!;
    if (glyphs.codes[first]! < 0x2e80 || glyphs.codes[second]! < 0x2e80) continue;
    placeAlong(glyphs, first, cos, sin, a);
    placeAlong(glyphs, second, cos, sin, b);
    const size = a.y1 - a.y0;
    const stepAlong = (b.x0 + b.x1 - a.x0 - a.x1) / 2;
    const stepDown = (b.y0 + b.y1 - a.y0 - a.y1) / 2;
    if (Math.abs(stepAlong) < 0.3 * size && stepDown > 0.5 * size && stepDown < 1.6 * size) down += 1;
    else if (Math.abs(stepDown) < 0.3 * size && stepAlong > 0.3 * size && stepAlong < 2 * size) along += 1;
  }
  return down > along;
}

function linesOf(runs: Run[]): Line[] {
  runs.sort((a, b) => a.middle - b.middle);
  const lines: Line[] = [];
  let line: Line | null = null;
  for (const run of runs) {
    if (line && run.middle - line.middle < 0.45 * Math.min(run.em, line.em)) {
      line.runs.push(run);
      if (run.em > line.em) line.em = run.em;
    } else {
      line = { runs: [run], middle: run.middle, em: run.em };
      lines.push(line);
    }
  }
  for (const line of lines) {
    tidyLine(line);
    for (const run of line.runs) if (SPACED_OUT.test(run.text)) run.text = run.text.replaceAll(/\s/g, '');
  }
  return lines;
}

function tidyLine(line: Line): void {
  const { runs } = line;
  if (runs.length === 1) return;
  runs.sort((a, b) => a.left - b.left);
  let kept = 0;
  for (let at = 0; at < runs.length; at += 1) {
    const run = runs[at]!;
    const spread = spreadLength(runs, at);
    if (spread >= 3) {
      const parts = runs.slice(at, at + spread);
      runs[kept] = { ...run, text: parts.map((part) => part.text).join(''), right: parts[spread - 1]!.right };
      kept += 1;
      at += spread - 1;
      continue;
    }
    const last = kept > 0 ? runs[kept - 1]! : null;
    if (last && last.text === run.text && Math.abs(last.left - run.left) < 0.3 * run.em) continue;
    if (last && run.left - last.right < RUN_GAP_EM * run.em && run.left - last.right > -0.7 * run.em) {
      last.text += run.text;
      last.right = Math.max(last.right, run.right);
      continue;
    }
    runs[kept] = run;
    kept += 1;
  }
  runs.length = kept;
}

/** How many single characters from `at` on stand at even distances: one word, spread out. */
function spreadLength(runs: readonly Run[], at: number): number {
  const first = runs[at]!;
  const second = runs[at + 1];
  if (first.text.length !== 1 || !second) return 1;
  const pitch = centre(second) - centre(first);
  if (pitch > SPREAD_EM_MAX * first.em || pitch <= 0) return 1;
  let length = 1;
  while (at + length < runs.length) {
    const last = runs[at + length - 1]!;
    const next = runs[at + length]!;
    if (next.text.length !== 1 || Math.abs(centre(next) - centre(last) - pitch) > 0.15 * first.em) break;
    length += 1;
  }
  return length;
}

function centre(run: Run): number {
  return (run.left + run.right) / 2;
}
