/**
 * Reads the parts of a policy's YAML tree and notes each fault with its place, so that one look shows all of them. It knows YAML and
 * types; what the keys mean is policy-file.ts.
 */
import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, type Scalar } from 'yaml';
import { type Told, UsageError } from '../problem.js';
import { nearestOf, type Value } from './policy-values.js';
import { syntaxFault } from './yaml-faults.js';

/** A policy is written by hand; what is larger is another file. */
const POLICY_CHARS_MAX = 1024 * 1024;
/** Faults told at once. */
const FAULTS_MAX = 50;
/** After the first few the reader of YAML has lost its way, and what it says helps nobody. */
const SYNTAX_FAULTS_MAX = 3;

/** Of a mistyped word, what is shown and compared. */
const WORD_CHARS_MAX = 60;

/** A value of the tree; null where nothing is written. */
export type PolicyNode = Node | null;

/** A fault that is found elsewhere than in the text: what the value names does not exist, lies where it may not, and the like. */
export interface FaultAt {
  /** Keys and positions in lists, from the top: `['outputs', 'csv']`, `['roots', 1]`. */
  readonly path: readonly (string | number)[];
  readonly told: Told;
}

interface Fault {
  readonly offset: number;
  readonly told: Told;
  readonly isSyntax: boolean;
}

export class PolicyFaults {
  readonly #fileName: string;
  readonly #lines = new LineCounter();
  readonly #faults: Fault[] = [];
  #text = '';
  #top: PolicyNode = null;
  /** Where the text stops being YAML, or UTF-8; beyond its end when it does not. */
  #brokenAt = Number.POSITIVE_INFINITY;

  constructor(fileName: string) {
    this.#fileName = fileName;
  }

  /**
   * The top of the tree; null for an empty file. Throws UsageError at once when there is none. Where the text has slips of syntax, they alone are told in
   * the end: what is noted of the rest of such a tree would mislead.
   */
  parse(text: string): PolicyNode {
    if (text.length > POLICY_CHARS_MAX)
      throw this.#whole('1 MB を超えています。方針ファイルではないようです', 'larger than 1 MB, which is no policy');
    const plain = text.startsWith('\ufeff') ? text.slice(1) : text;
    const document = this.#parsed(plain);
    for (const error of document.errors.slice(0, SYNTAX_FAULTS_MAX)) this.#addSyntax(error.pos[0], syntaxFault(error));
    const garbled = plain.indexOf('\ufffd');
    if (garbled >= 0)
      this.#addSyntax(garbled, {
        ja: 'ここが UTF-8 ではありません。文字コードを UTF-8 にして保存し直してください',
        en: 'not valid UTF-8 here; save the file as UTF-8',
      });
    this.#text = plain;
    this.#top = document.contents;
    return document.contents;
  }

  /** The node at a path of keys and positions; null where none is. One value alone is a list of one. */
  at(...path: FaultAt['path']): PolicyNode {
    let node: PolicyNode = this.#top;
    for (const step of path) {
      if (typeof step === 'number') node = itemsOf(node)[step] ?? null;
      else
        node = isMap(node)
          ? ((node.items.findLast(({ key }) => isScalar(key) && sourceOf(key) === step)?.value as PolicyNode) ?? null)
          : null;
    }
    return node;
  }

  /** Whether the value at a path is there and was read without a fault in it. */
  isSound(...path: FaultAt['path']): boolean {
    const [start, end] = this.#rangeOf(path);
    return this.isWhole(...path) && !this.#faults.some(({ offset }) => offset >= start && offset < Math.max(end, start + 1));
  }

  /** Whether the value at a path is there and is as it was meant to be written: some of its parts may have faults. */
  isWhole(...path: FaultAt['path']): boolean {
    const [start, end] = this.#rangeOf(path);
    return this.at(...path) !== null && end <= this.#brokenAt && !this.#text.slice(start, end).includes('\ufffd');
  }

  /** The positions in a list of the values that were read without a fault. */
  soundItems(...path: FaultAt['path']): readonly number[] {
    return itemsOf(this.at(...path)).flatMap((_item, at) => (this.isSound(...path, at) ? [at] : []));
  }

  get count(): number {
    return this.#faults.length;
  }

  /** Whether slips of syntax keep the rest from being trusted. */
  get isBroken(): boolean {
    return this.#brokenAt < Number.POSITIVE_INFINITY;
  }

  #rangeOf(path: FaultAt['path']): readonly [start: number, end: number] {
    const range = this.at(...path)?.range;
    return [range?.[0] ?? 0, range?.[1] ?? 0];
  }

  #addSyntax(offset: number, told: Told): void {
    this.#faults.push(this.#faultOf(offset, told, true));
    this.#brokenAt = Math.min(this.#brokenAt, offset);
  }

  add(at: PolicyNode, told: Told): void {
    this.#faults.push(this.#faultOf(at, told));
  }

  /** Throws UsageError with one line a fault, `file:line:column: what is wrong`. `more`: what was found after the text had been read. */
  throwIfAny(more: readonly FaultAt[] = []): void {
    const syntax = this.#faults.filter((fault) => fault.isSyntax);
    const faults = syntax.length > 0 ? syntax : [...this.#faults, ...more.map(({ path, told }) => this.#faultOf(this.at(...path), told))];
    if (faults.length === 0) return;
    const inPlace = faults.toSorted((a, b) => a.offset - b.offset).slice(0, FAULTS_MAX);
    const rest = faults.length - FAULTS_MAX;
    const linesIn = (lang: keyof Told): string[] => inPlace.map(({ offset, told }) => `${this.#placeOf(offset)}: ${told[lang]}`);
    const ja = [...linesIn('ja'), ...(rest > 0 ? [`${this.#fileName}: ほかに ${rest} か所`] : [])];
    const en = [...linesIn('en'), ...(rest > 0 ? [`${this.#fileName}: and ${rest} more`] : [])];
    throw new UsageError({ ja: ja.join('\n'), en: en.join('\n') });
  }

  /** `file:line:column` of the value at a path. */
  placeOf(...path: FaultAt['path']): string {
    return this.#placeOf(this.#rangeOf(path)[0]);
  }

  #placeOf(offset: number): string {
    const { line, col } = this.#lines.linePos(offset);
    return `${this.#fileName}:${line}:${col}`;
  }

  #faultOf(at: PolicyNode | number, told: Told, isSyntax = false): Fault {
    const offset = typeof at === 'number' ? at : (at?.range?.[0] ?? 0);
    return { offset, told: { ja: oneLine(told.ja), en: oneLine(told.en) }, isSyntax };
  }

  #parsed(text: string): ReturnType<typeof parseDocument> {
    try {
      // A key that stands twice is told with all other faults (pairsOf), not instead of them.
      return parseDocument(text, { lineCounter: this.#lines, prettyErrors: false, version: '1.2', schema: 'core', uniqueKeys: false });
    } catch {
      throw this.#whole('YAML として読めません', "can't be read as YAML");
    }
  }

  #whole(ja: string, en: string): UsageError {
    return new UsageError({ ja: `${this.#fileName}: ${ja}`, en: `${this.#fileName}: ${en}` });
  }
}

/** The keys of a map with their values, in order. Keys that are not known or stand twice are faults. Null when it is no map. */
export function pairsOf(node: PolicyNode, known: readonly string[], faults: PolicyFaults): readonly [string, PolicyNode][] | null {
  if (!isMap(node)) {
    faults.add(node, {
      ja: `「項目: 値」の形で書いてください（項目: ${known.join('、')}）`,
      en: `expected keys with values (${known.join(', ')})`,
    });
    return null;
  }
  const pairs: [string, PolicyNode][] = [];
  const seen = new Set<string>();
  for (const { key, value } of node.items) {
    const name = isScalar(key) ? sourceOf(key) : '';
    const shown = name.slice(0, WORD_CHARS_MAX);
    if (seen.has(name))
      faults.add(key as Node, {
        ja: `項目「${shown}」がもう一度書かれています。一つにまとめてください`,
        en: `key "${shown}" stands here a second time; put both together`,
      });
    seen.add(name);
    if (known.includes(name)) pairs.push([name, isNothing(value) ? null : (value as Node)]);
    else {
      const hint = hintFor(name, known);
      faults.add(key as Node, { ja: `「${shown}」という項目はありません。${hint.ja}`, en: `unknown key "${shown}"; ${hint.en}` });
    }
  }
  return pairs;
}

/** The values of a map by key; `required` ones must be there. Null when it is no map. */
export function mapOf(
  node: PolicyNode,
  known: readonly string[],
  faults: PolicyFaults,
  required: readonly string[] = [],
): ReadonlyMap<string, PolicyNode> | null {
  const pairs = pairsOf(node, known, faults);
  if (pairs === null) return null;
  const found = new Map(pairs);
  for (const name of required) {
    if ((found.get(name) ?? null) === null) faults.add(node, { ja: `「${name}」がありません`, en: `"${name}" is missing` });
  }
  return found;
}

/** The nodes of a list; one value alone is a list of one, nothing an empty one. */
export function itemsOf(node: PolicyNode): readonly PolicyNode[] {
  if (node === null) return [];
  return isSeq(node) ? (node.items as Node[]) : [node];
}

const ALIAS: Told = {
  ja: '「&」「*」で始まる書き方（アンカー）は使えません。「*」で始まるパターンは "" で囲んでください',
  en: 'anchors and aliases ("&", "*") are not read; quote a pattern that begins with "*"',
};

/** A text; a number is taken as it is written, so that `0123` keeps its zero. */
export function textOf(node: PolicyNode, faults: PolicyFaults): string | null {
  if (isAlias(node)) faults.add(node, ALIAS);
  else if (isScalar(node) && (typeof node.value === 'string' || typeof node.value === 'number')) return sourceOf(node);
  else faults.add(node, { ja: '文字列を一つ書いてください', en: 'expected a text' });
  return null;
}

export function textsOf(node: PolicyNode, faults: PolicyFaults): readonly string[] {
  return itemsOf(node).flatMap((item) => textOf(item, faults) ?? []);
}

/** A text turned to a value by `read`, whose fault is noted at the place of the text. */
export function readOne<T>(node: PolicyNode, faults: PolicyFaults, read: (text: string) => Value<T>): { readonly value: T } | null {
  const text = textOf(node, faults);
  if (text === null) return null;
  const result = read(text);
  if ('value' in result) return result;
  const shown = text.slice(0, WORD_CHARS_MAX);
  faults.add(node, { ja: `「${shown}」: ${result.fault.ja}`, en: `"${shown}": ${result.fault.en}` });
  return null;
}

export function readEach<T>(node: PolicyNode, faults: PolicyFaults, read: (text: string) => Value<T>): readonly T[] {
  return itemsOf(node).flatMap((item) => {
    const result = readOne(item, faults, read);
    return result === null ? [] : [result.value];
  });
}

export function truthOf(node: PolicyNode, faults: PolicyFaults): boolean | null {
  if (isScalar(node) && typeof node.value === 'boolean') return node.value;
  faults.add(node, { ja: 'true（はい）か false（いいえ）を書いてください', en: 'expected true or false' });
  return null;
}

/** One word of a closed list, for `readOne`. */
export function wordIn<T extends string>(known: readonly T[], nounJa: string, nounEn: string): (text: string) => Value<T> {
  return (text) => {
    const value = known.find((word) => word === text);
    if (value !== undefined) return { value };
    const hint = hintFor(text, known);
    return { fault: { ja: `そのような${nounJa}はありません。${hint.ja}`, en: `unknown ${nounEn}; ${hint.en}` } };
  };
}

function hintFor(text: string, known: readonly string[]): Told {
  const nearest = nearestOf(text.slice(0, WORD_CHARS_MAX), known);
  return nearest === null
    ? { ja: `使えるもの: ${known.join('、')}`, en: `known: ${known.join(', ')}` }
    : { ja: `「${nearest}」ではありませんか`, en: `did you mean "${nearest}"?` };
}

function sourceOf(node: Scalar): string {
  return typeof node.value === 'string' ? node.value : (node.source ?? String(node.value));
}

function oneLine(text: string): string {
  return text.replaceAll(/[\s\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]+/g, ' ').trim();
}

function isNothing(value: unknown): boolean {
  return value === null || (isScalar(value) && value.value === null);
}
