/**
 * Takes ruled lines out of a picture of a page: in a table the engine takes them for parts of characters. A rule is a dark run that is much longer than
 * a character and thin; what crosses it keeps its pixels.
 */
import type { Raster } from './image-raster.js';

/** Grey below which a pixel counts as ink; lighter ones are the smoothed edges of a rule, which go with it. */
const INK = 150;
const EDGE_PX = 2;
/** Shortest rule, as a share of the longer side; about 12 mm on A4. */
const LENGTH_SHARE = 1 / 25;
const LENGTH_PX_MIN = 60;
/** Thickest rule, as a share of the longer side; about 1 mm on A4. */
const THICKNESS_SHARE = 1 / 300;
/** Pixels that may be missing in a scanned rule. */
const BREAK_PX = 2;

export function withoutRules(raster: Raster): Raster {
  const { widthPx, heightPx, grey } = raster;
  const side = Math.max(widthPx, heightPx);
  const length = Math.max(LENGTH_PX_MIN, Math.round(side * LENGTH_SHARE));
  const thickness = Math.max(3, Math.round(side * THICKNESS_SHARE));
  const marks = new Uint8Array(grey.length);
  const found = markRuns(grey, marks, heightPx, widthPx, widthPx, 1, length) + markRuns(grey, marks, widthPx, heightPx, 1, widthPx, length);
  if (found === 0) return raster;
  const clean = Uint8Array.from(grey);
  erase(grey, marks, clean, heightPx, widthPx, widthPx, 1, thickness);
  erase(grey, marks, clean, widthPx, heightPx, 1, widthPx, thickness);
  return { ...raster, grey: clean };
}

/** Marks every pixel of a long dark run; bit 1 for runs along rows, bit 2 along columns. Lines lie `lineStep` apart, their pixels `step`. */
function markRuns(
  grey: Uint8Array,
  marks: Uint8Array,
  lines: number,
  pixels: number,
  lineStep: number,
  step: number,
  length: number,
): number {
  const bit = step === 1 ? 1 : 2;
  let found = 0;
  for (let line = 0; line < lines; line += 1) {
    const base = line * lineStep;
    let start = -1;
    let last = -1;
    for (let at = 0; at <= pixels; at += 1) {
      const ink = at < pixels && grey[base + at * step]! < INK;
      if (ink) {
        if (start < 0) start = at;
        last = at;
      }
      if (start < 0 || (at < pixels && at - last <= BREAK_PX)) continue;
      if (last - start + 1 >= length) {
        found += 1;
        for (let mark = start; mark <= last; mark += 1) marks[base + mark * step]! |= bit;
      }
      start = -1;
    }
  }
  return found;
}

/** Across each marked run: when the ink there is no thicker than a rule, it is one, and goes with the grey at its edges. */
function erase(
  grey: Uint8Array,
  marks: Uint8Array,
  clean: Uint8Array,
  lines: number,
  pixels: number,
  lineStep: number,
  step: number,
  thickness: number,
): void {
  // Scans across the rules, so rules along rows are met while going down a column.
  const bit = step === 1 ? 2 : 1;
  for (let line = 0; line < lines; line += 1) {
    const base = line * lineStep;
    for (let at = 0; at < pixels; at += 1) {
      if (!(marks[base + at * step]! & bit)) continue;
      let first = at;
      while (first > 0 && at - first <= thickness && grey[base + (first - 1) * step]! < INK) first -= 1;
      let last = at;
      while (last + 1 < pixels && last - first <= thickness && grey[base + (last + 1) * step]! < INK) last += 1;
      if (last - first + 1 <= thickness) {
        const from = Math.max(0, first - EDGE_PX);
        const to = Math.min(pixels - 1, last + EDGE_PX);
        for (let wipe = from; wipe <= to; wipe += 1) clean[base + wipe * step] = 255;
      }
      at = last;
    }
  }
}
