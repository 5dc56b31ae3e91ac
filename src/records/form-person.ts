/** The values of one person of a form, until the form ends. */
import { type Cell, cellText, type Kind, type Match } from '../../detectors/contract.js';
import type { LabelRole, Labels } from './label.js';
import { identifies, isIdentifying, kindBit, NAME, ReusedRecord } from './record.js';
import type { RelateSink } from './sink.js';
import { acceptedCell, type Join, joinTexts } from './slot.js';

/** How the parts of a value are put together when the form asks for each in a field of its own. */
const PARTS: readonly { readonly kind: LabelRole['kind']; readonly parts: readonly string[]; readonly join: Join }[] = [
  { kind: 'pension-number', parts: ['office', 'serial'], join: 'digits' },
  { kind: 'name', parts: ['family', 'given'], join: 'space' },
  { kind: 'birthdate', parts: ['era', 'year', 'month', 'day'], join: 'date' },
  { kind: 'birthdate', parts: ['year', 'month', 'day'], join: 'date' },
  { kind: 'address', parts: ['prefecture', 'city', 'rest'], join: 'plain' },
  { kind: 'address', parts: ['prefecture', 'rest'], join: 'plain' },
  { kind: 'address', parts: ['city', 'rest'], join: 'plain' },
];

export class FormPerson {
  readonly #labels: Labels;
  readonly #values = new Map<number, string>();
  /** Normalised, by kind and part. */
  readonly #parts = new Map<string, string>();
  /** As written, for the parts that are joined. */
  readonly #texts = new Map<string, string>();
  readonly #seen = new Set<string>();
  #first = '';
  #kana = '';

  constructor(labels: Labels) {
    this.#labels = labels;
  }

  /** Notes that the form asked for this, answered or not. */
  see(role: LabelRole): void {
    const key = keyOf(role);
    if (this.#seen.size === 0) this.#first = key;
    this.#seen.add(key);
  }

  /** True when this label means that the next form begins: it was the first of this one, or (`any`) stood anywhere in it. */
  opens(role: LabelRole, any: boolean): boolean {
    const key = keyOf(role);
    return any ? this.#parts.has(key) : key === this.#first && this.isStarted;
  }

  get isStarted(): boolean {
    return this.#parts.size > 0 || this.#values.size > 0;
  }

  /** True when the form asked for this kind already, or has it. */
  has(kind: Kind): boolean {
    return this.#values.has(kindBit(kind)) || [...this.#seen].some((key) => key.startsWith(`${kind} `));
  }

  /** A second, different name or number is another person's. */
  conflicts(role: LabelRole, cell: Cell): boolean {
    if (role.kind !== 'name' && !identifies(role.kind)) return false;
    const has = this.#parts.get(keyOf(role));
    return has !== undefined && has !== normalOf(role, cell);
  }

  /** The first value of a kind stays: a second address is an earlier one, or a place of work. */
  put(role: LabelRole, cell: Cell): void {
    const key = keyOf(role);
    if (this.#parts.has(key)) return;
    const normal = normalOf(role, cell);
    this.#parts.set(key, normal);
    if (role.role.part === 'whole') this.#values.set(kindBit(role.kind), normal);
    else if (role.role.part === 'kana') this.#kana = normal;
    else this.#texts.set(key, cellText(cell).trim());
  }

  /** Whether a number or birthdate found in the text of the form fills a field that is still empty. */
  wants(match: Match): boolean {
    const few = identifies(match.kind) || (match.kind === 'birthdate' && match.why.includes('label-before'));
    return few && this.#values.size > 0 && !this.#values.has(kindBit(match.kind));
  }

  take(match: Match): void {
    this.#values.set(kindBit(match.kind), match.normal);
  }

  /**
   * Adds what a text above told of the same person: one whose name or number is this one's, or (`near`) a name or number that this form lacks.
   * Gives false, and adds nothing, when it told of another.
   */
  absorb(values: ReadonlyMap<number, string>, near: boolean): boolean {
    this.#settle();
    const shared = [...values.keys()].filter((bit) => (bit === NAME || isIdentifying(bit)) && this.#values.has(bit));
    if (shared.some((bit) => this.#values.get(bit) !== values.get(bit))) return false;
    if (shared.length === 0 && !near) return false;
    for (const [bit, value] of values) if (!this.#values.has(bit)) this.#values.set(bit, value);
    return true;
  }

  /** Takes over what another's fields say that this one's do not. */
  add(other: FormPerson): void {
    this.#settle();
    other.#settle();
    for (const [bit, value] of other.#values) if (!this.#values.has(bit)) this.#values.set(bit, value);
  }

  #settle(): void {
    this.#joinParts();
    if (!this.#values.has(NAME)) this.#takeWholeName();
    if (!this.#values.has(NAME) && this.#kana !== '') this.#values.set(NAME, this.#kana);
  }

  emit(sink: RelateSink, copy: boolean): void {
    this.#settle();
    let mask = 0;
    for (const bit of this.#values.keys()) mask |= bit;
    if (mask !== 0) sink.record(new ReusedRecord((bit) => this.#values.get(bit) ?? '').set(mask, copy));
  }

  /** 氏 | 名 below each other are one label, and what stands right of the first is the whole name. */
  #takeWholeName(): void {
    const name = this.#texts.get('name family') ?? '';
    const whole = this.#labels.whole('name');
    if (name === '' || whole === null || whole.role.cell(name, false) !== 'likely') return;
    this.#values.set(NAME, whole.role.normal(name));
  }

  #joinParts(): void {
    for (const { kind, parts, join } of PARTS) {
      const bit = kindBit(kind);
      if (this.#values.has(bit)) continue;
      const texts = parts.map((part) => this.#texts.get(`${kind} ${part}`) ?? '');
      const whole = this.#labels.whole(kind);
      if (whole === null || texts.includes('')) continue;
      const cell = acceptedCell(whole.role, joinTexts(join, texts));
      if (cell !== null) this.#values.set(bit, whole.role.normal(cell));
    }
  }
}

function keyOf(role: LabelRole): string {
  return `${role.kind} ${role.role.part}`;
}

function normalOf(role: LabelRole, cell: Cell): string {
  const taken = acceptedCell(role.role, cell);
  return taken === null ? '' : role.role.normal(taken);
}
