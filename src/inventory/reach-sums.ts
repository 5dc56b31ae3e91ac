/**
 * Sums by principal over what each can read. Most principals read what everybody reads, so everybody has one sum and each other only what differs
 * from it. Pure: it knows no entries and no persons, only figures behind sets of readers.
 */
import type { ReaderSet } from './readers.js';

/** Of certain reading, and of possible reading, which holds the certain. */
export interface Sums {
  readonly proven: readonly number[];
  readonly possible: readonly number[];
}

const PROVEN = 3;

export class ReachSums {
  private readonly total: number[];
  private readonly everybody: { proven: number[]; possible: number[] };
  private readonly guests: { proven: number[]; possible: number[] };
  private readonly provenMore: Float64Array;
  private readonly possibleMore: Float64Array;
  /** Sums alone don't tell: what a principal reads more may be as much as what it reads less. */
  private readonly named: Uint8Array;
  /** Of the principal that is looked at: in which call, what its entries say, and how many entries say something beside everybody's answer. */
  private readonly call: Uint32Array;
  private readonly certainty: Uint8Array;
  private readonly besideProven: Uint32Array;
  private readonly besidePossible: Uint32Array;
  private calls = 0;

  /** @param rows one more than the highest row of a principal; @param width how many figures are summed side by side. */
  constructor(
    rows: number,
    private readonly width: number,
  ) {
    const zeros = (): number[] => new Array<number>(width).fill(0);
    this.total = zeros();
    this.everybody = { proven: zeros(), possible: zeros() };
    this.guests = { proven: zeros(), possible: zeros() };
    this.provenMore = new Float64Array(rows * width);
    this.possibleMore = new Float64Array(rows * width);
    this.named = new Uint8Array(rows);
    this.call = new Uint32Array(rows);
    this.certainty = new Uint8Array(rows);
    this.besideProven = new Uint32Array(rows);
    this.besidePossible = new Uint32Array(rows);
  }

  /** Figures of something that is read by whoever passes any of the sets (one at least). */
  add(sets: readonly ReaderSet[], figures: readonly number[]): void {
    const everybody = sets.reduce((any, set) => any | set.everybody, 0);
    const guests = sets.reduce((any, set) => any | set.guests, 0);
    for (let i = 0; i < this.width; i++) {
      this.total[i]! += figures[i]!;
      addTo(this.everybody, i, everybody, figures[i]!);
      addTo(this.guests, i, guests, figures[i]!);
    }
    if (sets.every(({ isPlain }) => isPlain)) this.addPlain(sets, figures);
    else this.addNamed(sets, everybody, figures);
  }

  /** Of everything. */
  ofAll(): readonly number[] {
    return this.total;
  }

  ofEverybody(): Sums {
    return this.everybody;
  }

  ofGuests(): Sums {
    return this.guests;
  }

  /** Whether it was told anything else than everybody. */
  differs(row: number): boolean {
    return this.named[row] === 1;
  }

  of(row: number): Sums {
    const from = row * this.width;
    return {
      proven: this.everybody.proven.map((sum, i) => sum + (this.provenMore[from + i] ?? 0)),
      possible: this.everybody.possible.map((sum, i) => sum + (this.possibleMore[from + i] ?? 0)),
    };
  }

  /** Once for each row that any of the sets names. */
  private addPlain(sets: readonly ReaderSet[], figures: readonly number[]): void {
    const { call, named, provenMore, possibleMore, width } = this;
    const now = ++this.calls;
    for (const { rowIds } of sets) {
      for (let at = 0; at < rowIds.length; at++) {
        const row = rowIds[at]!;
        if (call[row] === now) continue;
        call[row] = now;
        named[row] = 1;
        for (let i = 0; i < width; i++) {
          provenMore[row * width + i]! += figures[i]!;
          possibleMore[row * width + i]! += figures[i]!;
        }
      }
    }
  }

  private addNamed(sets: readonly ReaderSet[], everybody: number, figures: readonly number[]): void {
    const proven = sets.reduce((sum, set) => sum + (set.everybody === PROVEN ? 1 : 0), 0);
    const possible = sets.reduce((sum, set) => sum + (set.everybody !== 0 && set.everybody !== PROVEN ? 1 : 0), 0);
    for (const row of this.touched(sets)) {
      // In the sets that don't name it, it is as everybody.
      const rest = (proven > this.besideProven[row]! ? PROVEN : 0) | (possible > this.besidePossible[row]! ? 1 : 0);
      const certainty = this.certainty[row]! | rest;
      if (certainty === everybody) continue;
      this.named[row] = 1;
      const provenBy = Number(certainty === PROVEN) - Number(everybody === PROVEN);
      const possibleBy = Number(certainty !== 0) - Number(everybody !== 0);
      for (let i = 0; i < this.width; i++) {
        this.provenMore[row * this.width + i]! += provenBy * figures[i]!;
        this.possibleMore[row * this.width + i]! += possibleBy * figures[i]!;
      }
    }
  }

  /** The rows that these sets name, each once, with what they say of it. */
  private touched(sets: readonly ReaderSet[]): number[] {
    const call = ++this.calls;
    const touched: number[] = [];
    for (const { everybody, rowIds, certainties } of sets) {
      for (let i = 0; i < rowIds.length; i++) {
        const row = rowIds[i]!;
        if (this.call[row] !== call) {
          this.call[row] = call;
          this.certainty[row] = 0;
          this.besideProven[row] = 0;
          this.besidePossible[row] = 0;
          touched.push(row);
        }
        this.certainty[row]! |= certainties[i]!;
        if (everybody === PROVEN) this.besideProven[row]!++;
        else if (everybody !== 0) this.besidePossible[row]!++;
      }
    }
    return touched;
  }
}

function addTo(sums: { proven: number[]; possible: number[] }, at: number, certainty: number, figure: number): void {
  if (certainty === PROVEN) sums.proven[at]! += figure;
  if (certainty !== 0) sums.possible[at]! += figure;
}
