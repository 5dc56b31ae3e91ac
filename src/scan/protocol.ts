/** What the main process and a worker say to each other. Small by rule: findings masked, persons as keyed ids, never text of a file. */
import type { SiteWords } from '../../detectors/contract.js';
import type { PackedContent } from '../inventory/packed.js';
import type { LimitSettings } from '../limits.js';
import type { PersonChunk } from '../model.js';
import type { FindingWishes } from './findings.js';

/** One file to examine. */
export interface Job {
  readonly id: number;
  /** As it can be opened; bytes where the name is not valid Unicode. */
  readonly path: string | Uint8Array;
  /** As a person reads it, below the root: looked at for findings too. */
  readonly shown: string;
  readonly name: string;
  readonly expected: { readonly dev: number; readonly ino: number; readonly sizeBytes: number; readonly modifiedMs: number } | null;
  readonly sizeBytes: number;
}

/** What a worker needs once, before its first file. */
export interface WorkerSetup {
  readonly kind: 'setup';
  readonly key: Uint8Array;
  readonly site: SiteWords;
  readonly asOf: { readonly year: number; readonly month: number; readonly day: number };
  readonly wishes: FindingWishes;
  readonly passwords: readonly string[];
  /** What differs from the program's own bounds. */
  readonly bounds: LimitSettings;
  /** Present when pictures are to be read by OCR: until when, in milliseconds since 1970. */
  readonly ocr?: { readonly sweepEndMs: number };
  /** The parent bounds the rate: a worker asks before each file and each read (read-gate.ts). */
  readonly paced?: boolean;
  /** It rests while reading is slow (back-off.ts). */
  readonly backOff?: boolean;
}

export interface BatchMessage {
  readonly kind: 'batch';
  readonly jobs: readonly Job[];
}

export type ToWorker = WorkerSetup | BatchMessage;

/** Sent while a file is being examined, whenever a chunk is full. */
export interface PersonsMessage {
  readonly kind: 'persons';
  readonly id: number;
  readonly run: number;
  readonly seq: number;
  readonly ids: PersonChunk;
}

export interface Done {
  readonly id: number;
  readonly content: PackedContent;
  /** Sorted runs of persons; 0: none. More than one: the counts of persons in `content` are only an upper bound. */
  readonly personRuns: number;
  /** All persons when they fit into one chunk, as those of nearly all files do; null when there are none, or when they went before. */
  readonly persons: PersonChunk | null;
  /** The system noted the reading in the file's access time. */
  readonly accessTimeMoved?: boolean;
}

export interface DoneMessage {
  readonly kind: 'done';
  readonly done: readonly Done[];
  /** What the whole process holds, for hosts where the parent can't look. */
  readonly rssBytes: number;
  /** How long it rested since its last answer, because reading had become slow. */
  readonly restedMs?: number;
}

export type FromWorker = PersonsMessage | DoneMessage | { readonly kind: 'ready' };

/**
 * The pipe on which a worker writes BEGIN when it begins a file: so the parent knows the culprit when it dies. A paced worker then waits there for one
 * byte of answer, and before it reads it writes ASK_BYTES for each READ_QUANTUM_BYTES and waits for as many: by that the parent bounds the whole tree.
 */
export const PROGRESS_FD = 4;
export const BEGIN = '.'.charCodeAt(0);
export const ASK_BYTES = 'r'.charCodeAt(0);
export const READ_QUANTUM_BYTES = 16 * 1024;
