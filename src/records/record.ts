/** The arithmetic of a record: which kinds stand in it, whether it counts and its class (CONTRACT.md "Record, person"). It sees no text. */
import type { Kind } from '../../detectors/contract.js';
import type { PersonBasis, RecordClass } from '../model.js';
import type { FoundRecord, PersonKey } from './sink.js';

/** One bit a kind, in this order. The first four are the pension service's four items. */
const KINDS: readonly Kind[] = [
  'pension-number',
  'name',
  'birthdate',
  'address',
  'my-number',
  'resident-code',
  'driving-licence',
  'passport',
  'residence-card',
  'employment-insurance',
  'health-insurance',
  'phone',
  'email',
  'bank-account',
];

export const PENSION_NUMBER = 1;
export const NAME = 2;
export const BIRTHDATE = 4;
export const ADDRESS = 8;
export const MY_NUMBER = 16;
/** The four items. */
const FOUR = PENSION_NUMBER | NAME | BIRTHDATE | ADDRESS;
/** Numbers that identify a person alone: pension, my number, resident code, driving licence, passport, residence card. */
const IDENTIFYING = PENSION_NUMBER | 16 | 32 | 64 | 128 | 256;
/** Telephone, e-mail, account and insurance numbers: they stand in a record but never make one. */
const BESIDE = 512 | 1024 | 2048 | 4096 | 8192;

export function kindBit(kind: Kind): number {
  return 1 << KINDS.indexOf(kind);
}

/** The kinds of a mask, in the fixed order of the bits. */
export function kindsOf(mask: number): Kind[] {
  return KINDS.filter((_, at) => (mask & (1 << at)) !== 0);
}

/** True for an identifying number, or a name with a birthdate or an address. */
export function recordCounts(mask: number): boolean {
  return (mask & IDENTIFYING) !== 0 || ((mask & NAME) !== 0 && (mask & (BIRTHDATE | ADDRESS)) !== 0);
}

export function identifies(kind: Kind): boolean {
  return isIdentifying(kindBit(kind));
}

/** The same of a mask: whether any of its kinds identifies a person alone. */
export function isIdentifying(mask: number): boolean {
  return (mask & IDENTIFYING) !== 0;
}

/** True when nothing but telephone and the like stands in it. */
export function isBeside(mask: number): boolean {
  return (mask & ~BESIDE) === 0;
}

/** The class by the exact set of the four kinds; null for a record that does not count. */
export function recordClass(mask: number): RecordClass | null {
  const four = mask & FOUR;
  if (four === FOUR) return 'four';
  if (four === (PENSION_NUMBER | NAME | BIRTHDATE)) return 'three';
  if (four === (PENSION_NUMBER | NAME)) return 'two';
  return recordCounts(mask) ? 'other' : null;
}

/** Gives the normalised value of a kind that stands in the record. */
export type ValueOf = (bit: number) => string;

/** By which values a record of these kinds knows its person; null when by none. */
export function personBasis(mask: number): PersonBasis | null {
  if ((mask & PENSION_NUMBER) !== 0) return 'pension-number';
  if ((mask & MY_NUMBER) !== 0) return 'my-number';
  if ((mask & NAME) === 0) return null;
  if ((mask & BIRTHDATE) !== 0) return 'name+birthdate';
  return (mask & ADDRESS) !== 0 ? 'name+address' : null;
}

/** A person's normalised key; parts are joined by '|', which no normalised name holds. */
export function personKey(basis: PersonBasis, valueFor: ValueOf): string {
  if (basis === 'pension-number') return valueFor(PENSION_NUMBER);
  if (basis === 'my-number') return valueFor(MY_NUMBER);
  return `${valueFor(NAME)}|${valueFor(basis === 'name+birthdate' ? BIRTHDATE : ADDRESS)}`;
}

/** The one record object of a reader: set anew for each record so that a million rows make no garbage. */
export class ReusedRecord implements FoundRecord {
  kinds = 0;
  counts = false;
  klass: RecordClass | null = null;
  copy = false;
  #valueFor: ValueOf;
  readonly #person: { basis: PersonBasis; key: string } = { basis: 'pension-number', key: '' };

  constructor(valueFor: ValueOf) {
    this.#valueFor = valueFor;
  }

  set(mask: number, copy: boolean): this {
    this.kinds = mask;
    this.klass = recordClass(mask);
    this.counts = this.klass !== null;
    this.copy = copy;
    return this;
  }

  get person(): PersonKey | null {
    const basis = personBasis(this.kinds);
    if (basis === null) return null;
    this.#person.basis = basis;
    this.#person.key = personKey(basis, this.#valueFor);
    return this.#person;
  }

  get key(): string {
    let key = '';
    for (let bit = 1; bit <= this.kinds; bit <<= 1) {
      key += (this.kinds & bit) !== 0 && (bit & BESIDE) === 0 ? `${this.#valueFor(bit)}|` : '|';
    }
    return key;
  }
}
