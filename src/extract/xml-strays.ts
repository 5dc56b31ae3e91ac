/**
 * Texts of an XML part of an Office package that no reader of its own takes: what stands in attributes, and, where asked for, between tags. What
 * programs write into attributes is ASCII, so a value beyond it is somebody's text; of the rest only attributes that are known to hold one are taken.
 */

import { XmlCursor } from '../container/xml.js';
import { eachAttribute } from '../container/xml-attribute.js';
import { FileProblem } from '../problem.js';
import { decodeEscapes } from './xlsx-escape.js';

/** What of one part is text. */
export interface StrayPlan {
  /** Attributes (local names) that hold text whatever it is made of. */
  readonly known: ReadonlySet<string>;
  /** The elements (local names) whose attributes these are; any without a list. */
  readonly elements: ReadonlySet<string> | null;
  /** Whether values of other attributes count where they go beyond ASCII. */
  readonly wide: boolean;
  /** Whether what stands between tags counts. */
  readonly texts: boolean;
}

/** The texts of one part, all together: real parts have some thousand characters. */
export const STRAY_CHARS_MAX = 4 * 1024 * 1024;
/** Names of fonts, of formats of numbers, of looks. */
const LOOKS = new Set('typeface ascii hAnsi eastAsia cs hint font fonts formatCode style class lvlText styleName'.split(' '));

/** Each text once, in its order. Throws FileProblem: 'too-large' past STRAY_CHARS_MAX, and what the cursor throws. */
export function readStrays(pieces: Iterable<Buffer>, plan: StrayPlan): readonly string[] {
  const cursor = new XmlCursor(pieces);
  const texts = new StrayTexts();
  let holds = true;
  const attribute = (name: string, isWide: boolean, value: () => string): void => {
    if ((holds && plan.known.has(name)) || (plan.wide && isWide && !LOOKS.has(name))) texts.add(decodeEscapes(value()));
  };
  try {
    while (cursor.next()) {
      if (cursor.closing) {
        if (plan.texts && cursor.textEnd > cursor.textStart) texts.add(decodeEscapes(cursor.text()));
        continue;
      }
      if (plan.elements) holds = plan.elements.has(cursor.name());
      eachAttribute(cursor.bytes, cursor.attributesStart, cursor.attributesEnd, attribute);
    }
  } finally {
    cursor.close();
  }
  return texts.all();
}

/** Collects texts, each once, within the bound. */
export class StrayTexts {
  readonly #texts = new Set<string>();
  #chars = 0;

  /** Throws FileProblem('too-large') past STRAY_CHARS_MAX. */
  add(text: string): void {
    const line = text.trim();
    if (line === '' || this.#texts.has(line)) return;
    this.#chars += line.length;
    if (this.#chars > STRAY_CHARS_MAX) throw new FileProblem('too-large', `more than ${STRAY_CHARS_MAX} characters in attributes`);
    this.#texts.add(line);
  }

  all(): readonly string[] {
    return [...this.#texts];
  }
}

/** The texts of a formula, `"…"` with doubled quotes; those of one character, and of ASCII letters alone, are nobody's. */
export function constantsOf(formula: string): readonly string[] {
  const found: string[] = [];
  for (const [, text] of formula.matchAll(/"((?:[^"]|""){0,2000})"/g)) {
    if (text!.length > 1 && /[^\u0000-\u007f]|\d{4}/.test(text!)) found.push(text!.replaceAll('""', '"'));
  }
  return found;
}
