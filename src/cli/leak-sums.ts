/** Sums what would leak, part by part and over all: records are added up, persons counted once in each part and once over all. */
import { overlapsOf } from '../inventory/overlaps.js';
import type { Persons } from '../inventory/persons.js';
import { type JudgedFile, RECORD_CLASSES, type RecordClass } from '../model.js';
import { holdsPersonalData, isExposed } from '../policy/judge.js';
import type { Policy } from '../policy/policy.js';
import type { LeakPart, LeakTable } from '../report/leak.js';
import type { Place } from './departments.js';
import type { Judged, JudgedAlike } from './judged.js';
import { isNotExamined } from './quiet-files.js';

/** Pairs of parts that are told; further ones share fewer persons. */
const OVERLAPS_MAX = 20;

interface Sums {
  files: number;
  readonly records: Record<RecordClass, number>;
  exposedSum: number;
  notExamined: number;
  readonly contents: Set<number>;
  readonly exposedContents: Set<number>;
}

/** Which part a file belongs to; null: it is not asked for. */
export interface Parting {
  partOf(file: Place): string | null;
  /** Whether all files that lie in one folder belong to one part. */
  readonly byFolder: boolean;
}

export class LeakSums {
  private readonly parts = new Map<string, Sums>();
  private readonly whole = emptySums();

  constructor(
    private readonly policy: Policy,
    private readonly persons: Persons,
    private readonly parting: Parting,
  ) {}

  add(one: Judged | JudgedAlike): void {
    if (!('each' in one)) {
      const file = one.lines[0]!;
      if (isNotExamined(one.lines, this.policy)) this.addNotExamined(file);
      this.count(file, file, 1, one.entry.content === null ? [] : [one.entry.content]);
    } else if (this.parting.byFolder) {
      const place = someFileIn(one.file);
      if (isNotExamined([one.file], this.policy)) this.addNotExamined(place, one.count);
      this.count(one.file, place, one.count, one.contents);
    } else for (const judged of one.each()) this.add(judged);
  }

  /** What could not be examined whole, whether something was found in it or not: all sums are then lower bounds. */
  addNotExamined(place: Place, times = 1): void {
    const part = this.partOf(place);
    if (part === null) return;
    part.notExamined += times;
    this.whole.notExamined += times;
  }

  /** The most persons first; names decide between equals. */
  result(): LeakTable {
    const parts = [...this.parts].map(([name, sums]) => this.part(name, sums)).sort(byPersons);
    const total = this.part('', this.whole);
    const sharedPersons = parts.reduce((sum, part) => sum + part.persons, 0) - total.persons;
    if (sharedPersons === 0) return { parts, total, sharedPersons, personsInSeveral: 0, overlaps: [] };
    const sets = parts.map(({ name }) => this.parts.get(name)!.contents);
    const { persons, pairs } = overlapsOf(this.persons, sets, OVERLAPS_MAX);
    const overlaps = pairs.map(({ a, b, persons: both }) => ({ parts: [parts[a]!.name, parts[b]!.name] as const, persons: both }));
    return { parts, total, sharedPersons, personsInSeveral: persons, overlaps };
  }

  private partOf(place: Place): Sums | null {
    const name = this.parting.partOf(place);
    if (name === null) return null;
    let part = this.parts.get(name);
    if (part === undefined) {
      part = emptySums();
      this.parts.set(name, part);
    }
    return part;
  }

  private count(file: JudgedFile, place: Place, times: number, contents: readonly number[]): void {
    if (!holdsPersonalData(file)) return;
    const part = this.partOf(place);
    if (part === null) return;
    const exposed = isExposed(file, this.policy);
    for (const sums of [part, this.whole]) {
      sums.files += times;
      for (const klass of RECORD_CLASSES) sums.records[klass] += times * file.content.records[klass];
      if (exposed) sums.exposedSum += times * recordSum(file.content.records);
      for (const content of contents) {
        sums.contents.add(content);
        if (exposed) sums.exposedContents.add(content);
      }
    }
  }

  private part(name: string, { files, records, exposedSum, notExamined, contents, exposedContents }: Sums): LeakPart {
    const count = (of: ReadonlySet<number>) => Object.values(this.persons.count(of)).reduce((sum, one) => sum + one, 0);
    const persons = count(contents);
    const exposedPersons = exposedContents.size === contents.size ? persons : count(exposedContents);
    return { name, files, records, recordSum: recordSum(records), exposedSum, persons, exposedPersons, notExamined };
  }
}

/** Of files that are judged together the path is that of their folder. */
function someFileIn({ root, path, entry }: Place): Place {
  return { root, path: path === '' ? 'x' : `${path}/x`, entry };
}

function emptySums(): Sums {
  const records = { four: 0, three: 0, two: 0, other: 0 };
  return { files: 0, records, exposedSum: 0, notExamined: 0, contents: new Set(), exposedContents: new Set() };
}

function recordSum(records: Readonly<Record<RecordClass, number>>): number {
  return RECORD_CLASSES.reduce((sum, klass) => sum + records[klass], 0);
}

function byPersons(a: LeakPart, b: LeakPart): number {
  return b.persons - a.persons || b.recordSum - a.recordSum || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
}
