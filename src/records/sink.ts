/** What records/ gives and what it asks for. Types only: the sink masks, hashes and counts, this folder never does. */
import type { Detector, Dropped, Kind, Match, Strength } from '../../detectors/contract.js';
import type { Trace } from '../../detectors/trace.js';
import type { PersonBasis, RecordClass, Where } from '../model.js';

/** The detectors as this folder uses them: their list for the roles of columns and fields, and one search over running text. */
export interface Detectors {
  readonly list: readonly Detector[];
  /** Values that are never reported. While there are any, every cell is asked; left out, there are none. */
  readonly known?: ReadonlySet<string>;
  /** Told of every text that is read here, and of labels that were understood. */
  readonly trace?: Trace;
  /** Matches of all kinds in a text, by `start`; offsets are those of the text handed in. */
  find(text: string, dropped?: (drop: Dropped) => void): readonly Match[];
}

export interface PersonKey {
  readonly basis: PersonBasis;
  /** The normalised raw value. It never leaves the worker: the sink hashes it. */
  readonly key: string;
}

/** What one place says of one person. The object is reused: its fields hold only until `record` returns. */
export interface FoundRecord {
  /** Bit mask of the kinds that stand in it at likely or better: `kindBit` and `kindsOf` of record.ts. */
  readonly kinds: number;
  /** Whether it counts by CONTRACT.md. */
  readonly counts: boolean;
  /** Null exactly when it does not count. */
  readonly klass: RecordClass | null;
  /** The best key, null when it identifies nobody. */
  readonly person: PersonKey | null;
  /** From a block that the file keeps a second time. */
  readonly copy: boolean;
  /** The normalised four kinds in one string, computed when asked: equal records have equal keys. */
  readonly key: string;
}

export interface RelateSink {
  /** One record that has at least one component at likely or better. */
  record(record: FoundRecord): void;
  /** False once the sink has enough examples: then no findings are made at all. */
  readonly wantsFindings: boolean;
  /** `text` is the raw cell or line, `start` and `end` its UTF-16 code units. */
  finding(kind: Kind, where: Where, text: string, start: number, end: number, strength: Strength, why: readonly string[]): void;
  readonly wantsDropped: boolean;
  dropped(kind: Kind, where: Where, text: string, start: number, end: number, why: string): void;
}
