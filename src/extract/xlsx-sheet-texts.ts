/**
 * The texts of a worksheet that stand in no cell (ECMA-376-1, 18.3.1): headers and footers, prompts, lists of allowed values, filters, links, scenarios,
 * texts in formulas. It reads no cell.
 */
import type { XmlCursor } from '../container/xml.js';
import type { Block } from '../model.js';
import { decodeEscapes } from './xlsx-escape.js';
import { constantsOf } from './xml-strays.js';

/** Prompts, filters, links and texts in formulas of one sheet, in characters. */
export const PROMPT_CHARS_MAX = 4 * 1024 * 1024;

/** A text of a sheet that stands in no cell. */
export interface Margin {
  readonly part: 'header' | 'footer' | 'prompt' | 'filter' | 'link' | 'scenario' | 'formula' | 'description' | 'name';
  readonly text: string;
}

/** It mostly says what stands in a cell too. */
const COPIES: ReadonlySet<string> = new Set(['filter', 'link', 'scenario', 'formula']);
const HEADER_FOOTER = /^(?:odd|even|first)(Header|Footer)$/;
/** By element: its place, and which of its attributes are text. */
const ATTRIBUTES: ReadonlyMap<string, readonly [Margin['part'], readonly string[]]> = new Map([
  ['dataValidation', ['prompt', ['promptTitle', 'prompt', 'errorTitle', 'error']]],
  ['hyperlink', ['link', ['display', 'tooltip', 'location']]],
  ['filter', ['filter', ['val']]],
  ['customFilter', ['filter', ['val']]],
  ['scenario', ['scenario', ['name', 'comment', 'user']]],
  ['inputCells', ['scenario', ['val']]],
  ['cfRule', ['formula', ['text']]],
  ['controlPr', ['description', ['altText']]],
  ['objectPr', ['description', ['altText']]],
  ['protectedRange', ['name', ['name']]],
  ['cellSmartTagPr', ['description', ['val']]],
]);
const FORMULAS = new Set(['f', 'formula', 'formula1', 'formula2']);
const QUOTE = 0x22;

export class SheetTexts {
  readonly margins: Margin[] = [];
  readonly #tell: (detail: string) => void;
  readonly #seen = new Set<string>();
  #chars = 0;

  /** `tell` gets what was cut. */
  constructor(tell: (detail: string) => void) {
    this.#tell = tell;
  }

  /** An element outside of the rows begins. */
  open(name: string, cursor: XmlCursor): void {
    const known = ATTRIBUTES.get(name);
    if (!known) return;
    const [part, attributes] = known;
    for (const attribute of attributes) this.#add(part, cursor.attribute(attribute) ?? '');
  }

  /** An element outside of the rows ends. */
  close(name: string, cursor: XmlCursor): void {
    const margin = HEADER_FOOTER.exec(name)?.[1];
    if (margin) this.margins.push({ part: margin === 'Header' ? 'header' : 'footer', text: marginText(cursor.text()) });
    else if (FORMULAS.has(name)) {
      const formula = cursor.text();
      const list = listed(formula);
      if (list !== '') this.#add('prompt', list);
      else for (const text of constantsOf(formula)) this.#add('formula', text);
    }
  }

  /** Behind a formula of a cell: most hold no text, which is seen without decoding them. */
  formula(cursor: XmlCursor): void {
    if (cursor.plain && !cursor.bytes.subarray(cursor.textStart, cursor.textEnd).includes(QUOTE)) return;
    for (const text of constantsOf(cursor.text())) this.#add('formula', text);
  }

  #add(part: Margin['part'], value: string): void {
    if (value === '') return;
    const text = decodeEscapes(value);
    const key = `${part}\t${text}`;
    if (this.#seen.has(key)) return;
    this.#chars += text.length;
    if (this.#chars > PROMPT_CHARS_MAX) {
      this.#tell(`more than ${PROMPT_CHARS_MAX} characters of prompts, filters and links`);
      return;
    }
    this.#seen.add(key);
    this.margins.push({ part, text });
  }
}

/** What stands in no cell of a sheet, as blocks. */
export function* marginBlocks(margins: readonly Margin[], sheet: string): Generator<Block> {
  const parts = new Map<Margin['part'], string[]>();
  for (const { part, text } of margins) {
    if (text.trim() === '') continue;
    if (part === 'header' || part === 'footer') {
      yield { kind: 'text', where: { sheet, part }, text };
      continue;
    }
    const texts = parts.get(part) ?? [];
    parts.set(part, texts);
    texts.push(text);
  }
  for (const [part, texts] of parts) {
    const where = { sheet, part };
    const copy = COPIES.has(part) && { copy: true };
    // Values of a filter stand beside each other: neighbours are no one person's.
    if (part === 'filter') yield { kind: 'table', where, rows: [{ firstRow: 1, rows: texts.map((text) => [text]) }], ...copy };
    else yield { kind: 'text', where, text: texts.join('\n'), ...copy };
  }
}

/** A list of allowed values (18.3.1.32) as lines; '' where it points to cells or is reckoned. */
function listed(formula: string): string {
  const text = formula.trim();
  return /^"(?:[^"]|""){0,10000}"$/.test(text) ? text.slice(1, -1).replaceAll('""', '"').replaceAll(',', '\n') : '';
}

/** Codes for fonts, page numbers and the three places of a header (ECMA-376-1, 18.3.1.46) taken out of its text. */
export function marginText(text: string): string {
  return text.replace(/&(?:"[^"]{0,200}"|K[0-9A-Fa-f+-]{6}|\d{1,3}|[LCRPNDTFAZGSXYBIUEOH]|&)/g, (code) => {
    if (code === '&&') return '&';
    return /^&[LCR]$/.test(code) ? '\n' : '';
  });
}
