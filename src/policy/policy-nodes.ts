/**
 * Reads the parts of a policy's YAML tree and notes each fault with its place, so that one look shows all of them. It knows YAML and
 * types; what the keys mean is policy-file.ts.
 */
import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, type Scalar } from 'yaml';
import { UsageError } from '../problem.js';
import { nearestOf, type Value } from './policy-values.js';

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
  readonly #faults: { readonly offset: number; readonly text: string }[] = [];

  constructor(fileName: string) {
    this.#fileName = fileName;
  }

  /** The top of the tree; null for an empty file. Throws UsageError at once when it is no YAML. */
  parse(text: string): PolicyNode {
    if (text.length > POLICY_CHARS_MAX) throw new UsageError(`${this.#fileName}: larger than 1 MB, which is no policy`);
    const plain = text.startsWith('\ufeff') ? text.slice(1) : text;
    const document = this.#parsed(plain);
    for (const error of document.errors.slice(0, SYNTAX_FAULTS_MAX)) this.add(error.pos[0], error.message);
    const garbled = plain.indexOf('\ufffd');
    if (garbled >= 0) this.add(garbled, 'not valid UTF-8 here; save the file as UTF-8');
    this.throwIfAny();
    return document.contents;
  }

  add(at: PolicyNode | number, text: string): void {
    const offset = typeof at === 'number' ? at : (at?.range?.[0] ?? 0);
    this.#faults.push({ offset, text: text.replaceAll(/[\s\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]+/g, ' ').trim() });
  }

  /** Throws UsageError with one line a fault, `file:line:column: what is wrong`. */
  throwIfAny(): void {
    if (this.#faults.length === 0) return;
    const inPlace = this.#faults.toSorted((a, b) => a.offset - b.offset).slice(0, FAULTS_MAX);
    const lines = inPlace.map(({ offset, text }) => {
      const { line, col } = this.#lines.linePos(offset);
      return `${this.#fileName}:${line}:${col}: ${text}`;
    });
    if (this.#faults.length > FAULTS_MAX) lines.push(`${this.#fileName}: and ${this.#faults.length - FAULTS_MAX} more`);
    throw new UsageError(lines.join('\n'));
  }

  #parsed(text: string): ReturnType<typeof parseDocument> {
    try {
      return parseDocument(text, { lineCounter: this.#lines, prettyErrors: false, version: '1.2', schema: 'core' });
    } catch {
      throw new UsageError(`${this.#fileName}: can't be read as YAML`);
    }
  }
}

/** The values of a map by key. Keys that are not known are faults; `required` ones must be there. Null when it is no map. */
export function mapOf(
  node: PolicyNode,
  known: readonly string[],
  faults: PolicyFaults,
  required: readonly string[] = [],
): ReadonlyMap<string, PolicyNode> | null {
  if (!isMap(node)) {
    faults.add(node, `expected keys with values (${known.join(', ')})`);
    return null;
  }
  const found = new Map<string, PolicyNode>();
  for (const { key, value } of node.items) {
    const name = isScalar(key) ? sourceOf(key) : '';
    if (known.includes(name)) found.set(name, isNothing(value) ? null : (value as Node));
    else faults.add(key as Node, `unknown key "${name.slice(0, WORD_CHARS_MAX)}"; ${hintFor(name, known)}`);
  }
  for (const name of required) if ((found.get(name) ?? null) === null) faults.add(node, `"${name}" is missing`);
  return found;
}

/** The nodes of a list; one value alone is a list of one, nothing an empty one. */
export function itemsOf(node: PolicyNode): readonly PolicyNode[] {
  if (node === null) return [];
  return isSeq(node) ? (node.items as Node[]) : [node];
}

/** A text; a number is taken as it is written, so that `0123` keeps its zero. */
export function textOf(node: PolicyNode, faults: PolicyFaults): string | null {
  if (isAlias(node)) faults.add(node, 'anchors and aliases ("&", "*") are not read; quote a pattern that begins with "*"');
  else if (isScalar(node) && (typeof node.value === 'string' || typeof node.value === 'number')) return sourceOf(node);
  else faults.add(node, 'expected a text');
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
  faults.add(node, `"${text.slice(0, WORD_CHARS_MAX)}": ${result.fault}`);
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
  faults.add(node, 'expected true or false');
  return null;
}

/** One word of a closed list, for `readOne`. */
export function wordIn<T extends string>(known: readonly T[], noun: string): (text: string) => Value<T> {
  return (text) => {
    const value = known.find((word) => word === text);
    return value === undefined ? { fault: `unknown ${noun}; ${hintFor(text, known)}` } : { value };
  };
}

function hintFor(text: string, known: readonly string[]): string {
  const nearest = nearestOf(text.slice(0, WORD_CHARS_MAX), known);
  return nearest === null ? `known: ${known.join(', ')}` : `did you mean "${nearest}"?`;
}

function sourceOf(node: Scalar): string {
  return typeof node.value === 'string' ? node.value : (node.source ?? String(node.value));
}

function isNothing(value: unknown): boolean {
  return value === null || (isScalar(value) && value.value === null);
}
