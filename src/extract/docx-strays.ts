/** Texts of a WordprocessingML part that stand in attributes and in the codes of fields (ECMA-376 Part 1, 17.16, 17.5.2, 20.4.2.5). */
import type { XmlCursor } from '../container/xml.js';
import type { DocxAsides } from './docx-asides.js';
import { readEqField } from './eq-field.js';

/** By element: attributes that describe what is shown. `alt` and `title` of VML's shapes, `string` of its WordArt. */
const DESCRIPTIONS = table({
  'docPr cNvPr': 'descr title',
  'shape rect roundrect oval line polyline group image': 'alt title',
  textpath: 'string',
  'hyperlink hlinkClick': 'tooltip',
  'tblCaption tblDescription': 'val',
});
/** By element: what a form's field holds or offers. */
const FIELDS = table({
  'default listEntry helpText statusText alias tag attr': 'val',
  listItem: 'displayText value',
  fldSimple: 'instr',
});
const CODE_CHARS_MAX = 100_000;
/** Codes that point to places and pages by numbers of their own. */
const POINTERS = /^\s{0,9}(?:PAGEREF|REF|NOTEREF|TOC|SEQ|PAGE|NUMPAGES)\b/i;

/** Hands on what the attributes of the tag at the cursor say; `name` is its local name. */
export function describeDocxTag(name: string, cursor: XmlCursor, asides: DocxAsides): void {
  const described = DESCRIPTIONS.get(name);
  if (described) for (const attribute of described) asides.describe(cursor.attribute(attribute)?.trim() ?? '');
  const held = FIELDS.get(name);
  if (!held) return;
  const texts = new Set(held.map((attribute) => cursor.attribute(attribute)?.trim() ?? ''));
  for (const text of texts) if (isText(text)) asides.addField(text);
}

/** The codes of fields, which stand in runs between marks (17.16.18) and inside each other. */
export class DocxFields {
  readonly #asides: DocxAsides;
  readonly #show: (text: string) => void;
  readonly #codes: string[] = [];

  /** `show` gets what a code itself shows: ruby and enclosed characters have no result. */
  constructor(asides: DocxAsides, show: (text: string) => void) {
    this.#asides = asides;
    this.#show = show;
  }

  mark(type: string | undefined): void {
    if (type === 'begin') {
      if (this.#codes.length < 100) this.#codes.push('');
    } else if (type === 'separate') this.#take(true);
    else if (type === 'end') {
      this.#take(false);
      this.#codes.pop();
    }
  }

  add(text: string): void {
    if (this.#codes.length === 0) this.#codes.push('');
    const code = this.#codes.at(-1)!;
    if (code.length < CODE_CHARS_MAX) this.#codes[this.#codes.length - 1] = code + text;
  }

  #take(hasResult: boolean): void {
    const code = this.#codes.at(-1) ?? '';
    if (code === '') return;
    this.#codes[this.#codes.length - 1] = '';
    const shown = hasResult ? null : readEqField(code);
    if (shown) {
      if (shown.ruby !== '') {
        this.#asides.openRuby();
        this.#asides.addRuby(shown.ruby);
      }
      this.#show(shown.base);
    } else if (saysSomething(code)) this.#asides.addField(code);
  }
}

/** Whether a field's code holds somebody's words, and does more than point to a place or a page. */
export function saysSomething(code: string): boolean {
  return isText(code) && !(POINTERS.test(code) && isAscii(code));
}

function table(attributes: Readonly<Record<string, string>>): ReadonlyMap<string, readonly string[]> {
  return new Map(Object.entries(attributes).flatMap(([names, values]) => names.split(' ').map((name) => [name, values.split(' ')])));
}

/** What programs name by themselves is ASCII without long numbers and addresses. */
function isText(text: string): boolean {
  return !isAscii(text) || /\d{4}|@/.test(text);
}

function isAscii(text: string): boolean {
  return /^[\u0000-\u007f]*$/.test(text);
}
