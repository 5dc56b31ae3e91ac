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

export class PolicyFaults {
  readonly #fileName: string;
  readonly #lines = new LineCounter();
  readonly #faults: { readonly offset: number; readonly told: Told }[] = [];

  constructor(fileName: string) {
    this.#fileName = fileName;
  }

  /** The top of the tree; null for an empty file. Throws UsageError at once when it is no YAML. */
  parse(text: string): PolicyNode {
    if (text.length > POLICY_CHARS_MAX)
      throw this.#whole('1 MB を超えています。方針ファイルではないようです', 'larger than 1 MB, which is no policy');
    const plain = text.startsWith('\ufeff') ? text.slice(1) : text;
    const document = this.#parsed(plain);
    for (const error of document.errors.slice(0, SYNTAX_FAULTS_MAX)) this.add(error.pos[0], syntaxFault(error));
    const garbled = plain.indexOf('\ufffd');
    if (garbled >= 0)
      this.add(garbled, {
        ja: 'ここが UTF-8 ではありません。文字コードを UTF-8 にして保存し直してください',
        en: 'not valid UTF-8 here; save the file as UTF-8',
      });
    this.throwIfAny();
    return document.contents;
  }

  add(at: PolicyNode | number, told: Told): void {
    const offset = typeof at === 'number' ? at : (at?.range?.[0] ?? 0);
    this.#faults.push({ offset, told: { ja: oneLine(told.ja), en: oneLine(told.en) } });
  }

  /** Throws UsageError with one line a fault, `file:line:column: what is wrong`. */
  throwIfAny(): void {
    if (this.#faults.length === 0) return;
    const inPlace = this.#faults.toSorted((a, b) => a.offset - b.offset).slice(0, FAULTS_MAX);
    const more = this.#faults.length - FAULTS_MAX;
    const linesIn = (lang: keyof Told): string[] =>
      inPlace.map(({ offset, told }) => {
        const { line, col } = this.#lines.linePos(offset);
        return `${this.#fileName}:${line}:${col}: ${told[lang]}`;
      });
    const ja = [...linesIn('ja'), ...(more > 0 ? [`${this.#fileName}: ほかに ${more} か所`] : [])];
    const en = [...linesIn('en'), ...(more > 0 ? [`${this.#fileName}: and ${more} more`] : [])];
    throw new UsageError({ ja: ja.join('\n'), en: en.join('\n') });
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
