/**
 * Takes what records/ says of one file and keeps of it only what may leave the worker: counts, masked examples, keyed ids of persons.
 * Raw values end here.
 */
import type { Kind, Strength } from '../../detectors/contract.js';
import { limits } from '../limits.js';
import { type Finding, PERSON_BASES, type PersonBasis, type PersonCounts, RECORD_CLASSES, type RecordClass, type Where } from '../model.js';
import { kindsOf } from '../records/record.js';
import type { FoundRecord, RelateSink } from '../records/relate.js';
import type { KeyedHash } from './keyed-hash.js';
import { mask } from './mask.js';
import { type EmitPersons, PersonSet } from './person-set.js';

export interface DroppedFinding extends Finding {
  readonly dropped: true;
}

/** How much of the findings is wanted: a few examples, or every one (`explain`). */
export interface FindingWishes {
  readonly all: boolean;
  readonly dropped: boolean;
  /** Of what was dropped, the cells of tables too, so that `explain` can say how many of a column's cells are such values. */
  readonly droppedCells?: boolean;
  readonly unmask: boolean;
}

export const EXAMPLES_ONLY: FindingWishes = { all: false, dropped: false, unmask: false };

export class FileFindings implements RelateSink {
  readonly kinds: Partial<Record<Kind, number>> = {};
  readonly records: Record<RecordClass, number> = { four: 0, three: 0, two: 0, other: 0 };
  readonly examples: (Finding | DroppedFinding)[] = [];
  readonly persons: PersonSet;
  /** All records that were told, counted or not. */
  recordsSeen = 0;
  private copies: CopiedRecord[] = [];
  /** Counts for every mask of kinds seen: one addition a record instead of one for each kind. */
  private readonly byKinds = new Map<number, number>();
  /** Names of sheets that hold a value themselves, and how they are shown as places. */
  private readonly maskedSheets = new Map<string, string>();

  constructor(
    private readonly hash: KeyedHash,
    private readonly wishes: FindingWishes,
    emit: EmitPersons,
  ) {
    this.persons = new PersonSet(hash, emit);
  }

  get wantsFindings(): boolean {
    return this.examples.length < (this.wishes.all ? limits.explainMax : limits.examplesMax);
  }

  get wantsDropped(): boolean {
    return this.wishes.dropped || this.wishes.droppedCells === true;
  }

  record(record: FoundRecord): void {
    this.recordsSeen++;
    if (!record.counts) return;
    if (record.copy) {
      if (this.copies.length < limits.copiesMax) this.copies.push(keepRecord(record));
      return;
    }
    this.count(record);
  }

  finding(kind: Kind, where: Where, text: string, start: number, end: number, strength: Strength, why: readonly string[]): void {
    this.examples.push(this.describe(kind, where, text, start, end, strength, why));
  }

  dropped(kind: Kind, where: Where, text: string, start: number, end: number, why: string): void {
    if (!this.wishes.dropped && where.cell === undefined) return;
    const dropped: DroppedFinding = { ...this.describe(kind, where, text, start, end, 'weak', [why]), dropped: true };
    if (this.wantsFindings) this.examples.push(dropped);
  }

  /** Adds what a member held to its container. */
  addMember(member: FileFindings, ids: BigUint64Array): void {
    for (const klass of RECORD_CLASSES) this.records[klass] += member.records[klass];
    for (const [kind, count] of Object.entries(member.kinds) as [Kind, number][]) this.kinds[kind] = (this.kinds[kind] ?? 0) + count;
    this.persons.addIds(ids);
  }

  /** Ends the counting. Counts of persons are null when they went out in several runs: the inventory then counts them. */
  finish(): { persons: PersonCounts | null; ids: BigUint64Array; runs: number } {
    for (const copy of this.copies) if (copy.person && !this.persons.has(copy.person.basis, copy.person.key)) this.count(copy);
    this.copies = [];
    for (const [bits, count] of this.byKinds) for (const kind of kindsOf(bits)) this.kinds[kind] = (this.kinds[kind] ?? 0) + count;
    this.byKinds.clear();
    const { counts, ids, runs } = this.persons.finish();
    return { persons: counts, ids, runs };
  }

  private count(record: CopiedRecord): void {
    if (record.klass) this.records[record.klass]++;
    this.byKinds.set(record.kinds, (this.byKinds.get(record.kinds) ?? 0) + 1);
    // Asked once: the key is made when it is asked for.
    const { person } = record;
    if (person) this.persons.add(person.basis, person.key);
  }

  private describe(
    kind: Kind,
    where: Where,
    text: string,
    start: number,
    end: number,
    confidence: Strength,
    why: readonly string[],
  ): Finding {
    const value = text.slice(start, end);
    const from = codePoints(text, 0, start);
    if (where.part === 'sheet-name' && !this.wishes.unmask) {
      const sofar = this.maskedSheets.get(text) ?? text;
      this.maskedSheets.set(
        text,
        sofar.replace(value, () => mask(kind, value)),
      );
    }
    const maskedSheet = where.sheet === undefined ? undefined : this.maskedSheets.get(where.sheet);
    return {
      kind,
      where: maskedSheet === undefined ? where : { ...where, sheet: maskedSheet },
      start: from,
      end: from + codePoints(text, start, end),
      confidence,
      masked: mask(kind, value),
      fingerprint: this.hash.hex(`${kind}\n${value}`),
      why,
      ...(this.wishes.unmask ? { value } : {}),
    };
  }
}

type CopiedRecord = Pick<FoundRecord, 'kinds' | 'klass' | 'person'>;

/** A found record holds only until `record` returns. */
function keepRecord({ kinds, klass, person }: FoundRecord): CopiedRecord {
  return { kinds, klass, person: person && { basis: person.basis, key: person.key } };
}

export const NO_PERSONS = Object.fromEntries(PERSON_BASES.map((basis) => [basis, 0])) as Record<PersonBasis, number>;

function codePoints(text: string, from: number, to: number): number {
  let count = to - from;
  for (let i = from; i < to; i++) {
    const code = text.charCodeAt(i);
    if (code >= 0xd800 && code <= 0xdbff) count--;
  }
  return count;
}
