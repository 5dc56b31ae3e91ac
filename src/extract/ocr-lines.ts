/**
 * Makes lines of the characters that OCR found, in the same shape as those of a PDF page, so that tables are rebuilt in the same way.
 * Pure geometry: the engine's own spaces are not used, because in Japanese it sets them between any two words.
 */
import type { Line, Run } from './pdf-layout.js';

export type { Line } from './pdf-layout.js';

export interface OcrSymbol {
  readonly text: string;
  /** 0 to 100. */
  readonly confidence: number;
  /** Pixels, y downwards. */
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  /** Of the line that begins with this character. */
  readonly line: { readonly top: number; readonly bottom: number } | null;
}

/** Below this a line as a whole is specks or a picture, not text. */
const LINE_CONFIDENCE_MIN = 40;
/** A gap from which on a space stands; boxes are uneven, and half-width characters leave half a square free. */
const GAP_EM = 0.65;
/** The box of a character before a gap often covers the gap: a number behind a date is another one. */
const DAY_END = /日$/u;
const DIGIT = /^\d$/u;
const WIDE = /[\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uff60]/u;

export function linesOfSymbols(symbols: readonly OcrSymbol[]): Line[] {
  const lines: Line[] = [];
  for (let at = 0; at < symbols.length; ) {
    let end = at + 1;
    while (end < symbols.length && symbols[end]!.line === null) end += 1;
    const line = lineOf(symbols.slice(at, end));
    if (line) lines.push(line);
    at = end;
  }
  return lines.sort((a, b) => a.middle - b.middle);
}

function lineOf(symbols: readonly OcrSymbol[]): Line | null {
  const confidence = symbols.reduce((sum, symbol) => sum + symbol.confidence, 0) / symbols.length;
  if (confidence < LINE_CONFIDENCE_MIN) return null;
  const em = sizeOf(symbols);
  const middle = median(symbols.map((symbol) => (symbol.top + symbol.bottom) / 2));
  const runs: Run[] = [];
  let run: Run | null = null;
  for (const [index, symbol] of symbols.entries()) {
    const next = symbols[index + 1];
    const left = symbol.left;
    // Boxes reach over their neighbours.
    const right = Math.max(left, Math.min(symbol.right, next && next.left > left ? next.left : symbol.right, left + 1.2 * em));
    if (run && left - run.right < GAP_EM * em && !(DAY_END.test(run.text) && DIGIT.test(symbol.text))) {
      run.text += symbol.text;
      run.right = Math.max(run.right, right);
    } else {
      run = { text: symbol.text, left, right, middle, em };
      runs.push(run);
    }
  }
  return { runs, middle, em };
}

/** The size of a character: full-width ones are about as high as the engine's boxes and the air around them. */
function sizeOf(symbols: readonly OcrSymbol[]): number {
  const wide = symbols.filter((symbol) => WIDE.test(symbol.text));
  return Math.max(1, 1.1 * median((wide.length >= 3 ? wide : symbols).map((symbol) => symbol.bottom - symbol.top)));
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
}
