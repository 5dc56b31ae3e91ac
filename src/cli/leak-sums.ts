/** Sums what would leak, part by part and over all: records are added up, persons counted once in each part and once over all. */
import type { Persons } from '../inventory/persons.js';
import { type JudgedFile, RECORD_CLASSES, type RecordClass } from '../model.js';
import { holdsPersonalData, isExposed } from '../policy/judge.js';
import type { Policy } from '../policy/policy.js';
import type { LeakPart, LeakTable } from '../report/leak.js';
import type { Place } from './departments.js';
import type { Judged, JudgedAlike } from './judged.js';

interface Sums {
  files: number;
  readonly records: Record<RecordClass, number>;
  exposedSum: number;
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
      this.count(file, file, 1, one.entry.content === null ? [] : [one.entry.content]);
    } else if (this.parting.byFolder) this.count(one.file, someFileIn(one.file), one.count, one.contents);
    else for (const judged of one.each()) this.add(judged);
  }

  /** The most persons first; names decide between equals. */
  result(): LeakTable {
    const parts = [...this.parts].map(([name, sums]) => this.part(name, sums)).sort(byPersons);
    const total = this.part('', this.whole);
    const sharedPersons = parts.reduce((sum, part) => sum + part.persons, 0) - total.persons;
    return { parts, total, sharedPersons };
  }

  private count(file: JudgedFile, place: Place, times: number, contents: readonly number[]): void {
    if (!holdsPersonalData(file)) return;
    const name = this.parting.partOf(place);
    if (name === null) return;
    let part = this.parts.get(name);
    if (part === undefined) {
      part = emptySums();
      this.parts.set(name, part);
    }
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

  private part(name: string, { files, records, exposedSum, contents, exposedContents }: Sums): LeakPart {
    const count = (of: ReadonlySet<number>) => Object.values(this.persons.count(of)).reduce((sum, one) => sum + one, 0);
    const persons = count(contents);
    const exposedPersons = exposedContents.size === contents.size ? persons : count(exposedContents);
    return { name, files, records, recordSum: recordSum(records), exposedSum, persons, exposedPersons };
  }
}

/** Of files that are judged together the path is that of their folder. */
function someFileIn({ root, path, entry }: Place): Place {
  return { root, path: path === '' ? 'x' : `${path}/x`, entry };
}

function emptySums(): Sums {
  return { files: 0, records: { four: 0, three: 0, two: 0, other: 0 }, exposedSum: 0, contents: new Set(), exposedContents: new Set() };
}

function recordSum(records: Readonly<Record<RecordClass, number>>): number {
  return RECORD_CLASSES.reduce((sum, klass) => sum + records[klass], 0);
}

function byPersons(a: LeakPart, b: LeakPart): number {
  return b.persons - a.persons || b.recordSum - a.recordSum || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
}
