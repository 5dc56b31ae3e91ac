/**
 * Notes of what was read and answered while a file is examined, all that a site's own words could have a say in: which letters stood there, which values
 * were held against the known ones, which kinds answered at all, between which years dates lay. If a change of words is none of these, the same
 * examination would go the same way, so the file need not be read again. Notes may be too many, never too few.
 */
import type { Kind } from './contract.js';

/** Their places are bits that inventories keep: new kinds go to the end. At most 14. */
export const TRACED_KINDS: readonly Kind[] = [
  'pension-number',
  'name',
  'birthdate',
  'address',
  'my-number',
  'resident-code',
  'employment-insurance',
  'health-insurance',
  'driving-licence',
  'passport',
  'residence-card',
  'phone',
  'email',
  'bank-account',
];
/** Behind the kinds: some role took a cell. While there are no known values, such cells are not asked one by one (records/shape.ts). */
export const CELLS_BIT = 1 << 14;

const BIT_OF = Object.fromEntries(TRACED_KINDS.map((kind, at) => [kind, 1 << at])) as Record<Kind, number>;
export const tracedBit = (kind: Kind): number => BIT_OF[kind];

/** Distinct places for the values that were held against the known ones; several values may fall on one. */
export const VALUE_PLACES = 65_536;

/** The place of a value in its normal form. */
export function valuePlace(normal: string): number {
  let hash = 0x811c_9dc5;
  for (let at = 0; at < normal.length; at++) hash = Math.imul(hash ^ normal.charCodeAt(at), 0x0100_0193);
  return (hash ^ (hash >>> 16)) & (VALUE_PLACES - 1);
}

/** What is noted beside letters. */
export interface Notes {
  readonly kinds: number;
  readonly earliest: number;
  readonly latest: number;
  readonly values: readonly number[];
}

export class Trace {
  /** 1 for each UTF-16 unit that stood in a text, and for each 256 of them: bytes, because a store waits for no other, and most files need few pages. */
  readonly #units = new Uint8Array(65_536);
  readonly #pages = new Uint8Array(256);
  /** One bit for each place of a value. */
  readonly values = new Uint32Array(VALUE_PLACES / 32);
  /** Bits of the kinds that answered, and CELLS_BIT. */
  kinds = 0;
  /** Of the dates that were judged by an age; `earliest` is above `latest` when there were none. */
  earliest = Number.POSITIVE_INFINITY;
  latest = Number.NEGATIVE_INFINITY;
  #noted: number[] | null = null;

  /** Forgets everything: another file begins. */
  begin(): void {
    for (let page = 0; page < 256; page++) if (this.#pages[page] === 1) this.#units.fill(0, page << 8, (page + 1) << 8);
    this.#pages.fill(0);
    this.values.fill(0);
    this.#clear();
  }

  text(text: string): void {
    const units = this.#units;
    const pages = this.#pages;
    for (let at = 0; at < text.length; at++) {
      const unit = text.charCodeAt(at);
      units[unit] = 1;
      pages[unit >>> 8] = 1;
    }
  }

  /** The units that stood in a text. */
  *units(): Iterable<number> {
    for (let page = 0; page < 256; page++) {
      if (this.#pages[page] === 0) continue;
      for (let unit = page << 8; unit < (page + 1) << 8; unit++) if (this.#units[unit] === 1) yield unit;
    }
  }

  kind(kind: Kind): void {
    this.kinds |= BIT_OF[kind];
  }

  cell(kind: Kind): void {
    this.kinds |= BIT_OF[kind] | CELLS_BIT;
  }

  /** A value that is asked for among the known ones, whether or not there are any. */
  value(normal: string): void {
    this.#value(valuePlace(normal));
  }

  year(year: number): void {
    if (year < this.earliest) this.earliest = year;
    if (year > this.latest) this.latest = year;
  }

  /** Also gives what was noted meanwhile, for whoever remembers an answer and will not ask again. */
  during(act: () => void): Notes {
    const before: Notes = { kinds: this.kinds, earliest: this.earliest, latest: this.latest, values: [] };
    this.#clear();
    const values: number[] = [];
    this.#noted = values;
    try {
      act();
      return { kinds: this.kinds, earliest: this.earliest, latest: this.latest, values };
    } finally {
      this.#noted = null;
      this.add(before);
    }
  }

  add({ kinds, earliest, latest, values }: Notes): void {
    this.kinds |= kinds;
    if (earliest <= latest) {
      this.year(earliest);
      this.year(latest);
    }
    for (const place of values) this.#value(place);
  }

  #value(place: number): void {
    this.values[place >>> 5]! |= 1 << (place & 31);
    this.#noted?.push(place);
  }

  #clear(): void {
    this.kinds = 0;
    this.earliest = Number.POSITIVE_INFINITY;
    this.latest = Number.NEGATIVE_INFINITY;
  }
}
