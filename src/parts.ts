/** The interfaces of the replaceable parts: walkers, extractors, password checks, sources of access lists, forms of report. Types only. */
import type {
  Access,
  Block,
  DocumentDates,
  ExceptionState,
  FileStat,
  Format,
  JudgedFile,
  MemberBlock,
  Password,
  Principal,
  ProblemCode,
  Readers,
  RecordCounts,
  RunStop,
  Source,
} from './model.js';

// ---- extract ----------------------------------------------------------------------------------------------------------------

export interface ExtractContext {
  readonly format: Format;
  /** Tells what of this file could not be read or was cut; the rest goes on. The file is then `partial`. */
  problem(code: ProblemCode, detail: string): void;
  /** Counts unpacked bytes of the whole file with all its members; throws FileProblem('too-large') past the budget. */
  unpacked(bytes: number): void;
  /** Keeps what the file tells of its own dates; the last to tell counts. Absent where nobody asks. */
  dates?(dates: DocumentDates): void;
  /** Passwords to try, from `--passwords`. */
  readonly passwords: readonly string[];
  /** Present when pictures are to be read: until when, by the clock, in milliseconds since 1970. */
  readonly ocr?: OcrBudget;
}

export interface OcrBudget {
  /** Of this file with its members; what is left over stays `needs-ocr`. */
  readonly fileEndMs: number;
  /** Of the whole sweep; what is left over is tried again by the next one. */
  readonly sweepEndMs: number;
}

/**
 * Reads one format, or a few of one family. It never walks, closes the source, prints or writes.
 * FileProblem thrown before the first block: nothing could be read, and the next extractor of that format is asked.
 */
export interface Extractor {
  readonly id: string;
  /** Raised whenever the same file may give other blocks. */
  readonly version: number;
  readonly formats: readonly Format[];
  read(source: Source, context: ExtractContext): Iterable<Block | MemberBlock> | AsyncIterable<Block | MemberBlock>;
}

/** What a file is, by its bytes. `readers`: ids of its extractors, first reader first; empty for a format that has none. */
export interface Sniffed {
  readonly format: Format;
  /** A format that holds no text: media, programs, fonts. */
  readonly textless: boolean;
}

// ---- protect ----------------------------------------------------------------------------------------------------------------

export interface PasswordCheck {
  readonly id: string;
  readonly version: number;
  readonly formats: readonly Format[];
  /** Judged by bytes alone; throws FileProblem('damaged') when it can't be told. */
  check(source: Source, format: Format): Password;
}

// ---- access -----------------------------------------------------------------------------------------------------------------

/** Answers who can read, folder by folder: `folder` once for each folder on the way down, `file` for what lies in it. Never throws: errors give `unknown`. */
export interface AccessSource {
  readonly id: string;
  /** `path` can be opened as it is; `parent` is the answer for the folder above, null at the root. */
  folder(path: string | Buffer, stat: FileStat, parent: FolderGate | null): FolderGate;
  /** `path` is asked for only when the answer needs more than the stat. Equal descriptors give the same object. */
  file(path: () => string | Buffer, stat: FileStat, gate: FolderGate): Access;
  /** For a source that knows owners which `FileStat.uid` does not tell (Windows): who owns what this answer was given for; null when unknown. */
  ownerOf?(access: Access): string | null;
  /** Gate by gate, for `mimawari access`. @param folders from the one that is shared down to that of the file. Null where this place is told by nobody. */
  tell?(folders: readonly Placed[], file: Placed): AccessTold | null;
}

/** A folder or file to be told about. `path` can be opened as it is. */
export interface Placed {
  readonly path: string | Buffer;
  readonly stat: FileStat;
}

/** One gate before a file: a share, a folder on the way, the file's own list. */
export interface GateTold {
  readonly gate: 'share' | 'folder' | 'file';
  /** The name of a share; the path of a folder or file. */
  readonly of: string | Buffer;
  /** In the source's own notation: `0750 root:soumu`. */
  readonly permission: string;
  /** The entries of its list in the source's own notation; none where the permission says all. */
  readonly entries: readonly string[];
  /** The owner of a file who can't open it as it is, but may change that; he is among the passers. */
  readonly selfGiver?: string;
  /** Who passes this one gate. */
  readonly passers: Readers;
  /** Why some passers are only possible. */
  readonly doubt: string | null;
}

/** What would close an open file; printed for a person to read and run, run by nobody here. */
export interface Remedy {
  /** `posix`: chmod and setfacl in a shell of Unix. `icacls`: in PowerShell. */
  readonly tool: 'posix' | 'icacls';
  readonly target: 'file' | 'folder';
  readonly path: string | Buffer;
  /** Each a tool and its arguments without the path, in the order to be run. No argument holds a name: ids only. */
  readonly commands: readonly (readonly string[])[];
  /** Ids, and `other` for everybody else. */
  readonly removes: readonly string[];
  /** Ids of those in the list who go on reading, the owner among them. */
  readonly keeps: readonly string[];
  /** The answer for the file when that is done. */
  readonly after: Access;
}

/** One of the ways that lead to a file. A reader comes by any of them, and passes all gates of that one. */
export interface WayTold {
  /** A share; people who log on to the server itself; whatever exposes the scanned root. */
  readonly by: 'share' | 'server' | 'root';
  /** The name of the share; null for the others. */
  readonly of: string | null;
  /** Whether folders count from the top of the file system, from the scanned root, or not at all (Windows). */
  readonly folders: 'top' | 'root' | 'none';
  /** Whether Samba's NT list is a gate of this way. */
  readonly ntList: boolean;
}

/**
 * Why no change closes an open file: `owner-…`: the owner can always let himself in, and is the guest account or not among the people concerned;
 * `share`: a share lets people in whatever the file says; `exported-…`: of lists that were taken elsewhere, which give names without numbers,
 * no path of the server, or entries that no command can write.
 */
export type NoRemedy =
  | 'owner-guest'
  | 'owner-not-concerned'
  | 'share'
  | 'exported-names'
  | 'exported-path'
  | 'exported-entries'
  | 'unknown';

/** Everything that a source can say of one file's access. */
export interface AccessTold {
  readonly access: Access;
  readonly ways: readonly WayTold[];
  /** From the outside in. */
  readonly gates: readonly GateTold[];
  /** Who passes all of them. */
  readonly readers: Readers;
  readonly doubt: string | null;
  /** Whether folders above the first one told count too: a way leads through them from the top. */
  readonly countsAbove: boolean;
  /** Whether the source can say at all what would close a file: it knows nothing of how to change a list that was taken elsewhere. */
  readonly knowsRemedies: boolean;
  /** Null for a file that is not open, and for one that no change of its list would close. */
  readonly closeFile: Remedy | null;
  /** The same for the folder that it lies in. */
  readonly closeFolder: Remedy | null;
  /** Set for an open file that nothing is known to close. */
  readonly noRemedy: NoRemedy | null;
  /** Names that only the source knows, such as those of an export. */
  nameOf?(id: string): string | null;
}

/** Who can pass the folders down to here. Opaque but for its key: equal keys, equal gates. */
export interface FolderGate {
  readonly key: string;
}

// ---- pace -------------------------------------------------------------------------------------------------------------------

/** How much of the server a sweep may take. Null: as much as there is. */
export interface Pace {
  /** Files that are begun in a second, by all workers together. */
  readonly filesPerSecond: number | null;
  /** Bytes that the whole tree of processes reads in a second. */
  readonly bytesPerSecond: number | null;
  /** CPU priority of the workers. */
  readonly priority: 'low' | 'normal';
  /** Rest while reading has become slow (scan/back-off.ts). */
  readonly backOff: boolean;
}

/** Told of every read call of a file on the share, by whoever makes it. */
export interface ReadMeter {
  /** More than this is not to be asked for in one call; Infinity without a bound. */
  readonly callBytesMax: number;
  /** Returns when so many bytes may be read. */
  before(bytes: number): void;
  /** The call gave `got` of `wanted` bytes (0 when it failed) and took so long. */
  after(wanted: number, got: number, ms: number): void;
}

// ---- report -----------------------------------------------------------------------------------------------------------------

/** What one principal can read, over everything that was swept. */
export interface ReachFigures {
  readonly files: number;
  /** Files that hold records that count. */
  readonly filesFound: number;
  /** By path: a copy counts again. */
  readonly records: RecordCounts;
  /** Distinct. */
  readonly persons: number;
}

export interface ReachOf {
  /** What it reads for certain. */
  readonly proven: ReachFigures;
  /** With what it only may read: where nobody knows who is in a group, or a list could not be read. */
  readonly possible: ReachFigures;
}

/** `everybody` with an account, `guests` without one, `admin`, which reads everything; `gone` is an account that is not known any more. */
export type ReachKind = Principal['kind'] | 'gone' | 'everybody' | 'guests' | 'admin';

export interface ReachLine extends ReachOf {
  readonly kind: ReachKind;
  /** Null for everybody, guests and administration. */
  readonly id: string | null;
  readonly name: string | null;
  /** True for an account of which no list says anything: its figures are those of everybody. */
  readonly likeEverybody: boolean;
}

export interface RunInfo {
  readonly id: number;
  readonly roots: readonly string[];
  readonly startedMs: number;
  readonly endedMs: number;
  readonly version: string;
  readonly policyHash: string;
  readonly asOfMs: number;
  readonly complete: boolean;
  /** Pattern, and how many entries it left out. */
  readonly excluded: Readonly<Record<string, number>>;
  /** How far it came; null for a run that reached its end. */
  readonly coverage: Coverage | null;
}

/** How far a run came that did not reach its end. What it did not look at is reported as earlier runs found it. */
export interface Coverage {
  /** Null for a run that was killed. */
  readonly stopped: RunStop | null;
  /** Entries that it looked at; null for a run that was killed. */
  readonly looked: number | null;
  /** Entries that are known, at this run or before. */
  readonly known: number;
  /** Folders that are known by name and were never opened: what they hold is in no sum. */
  readonly unopenedFolders: number;
  /** The newest run that did reach its end; null when there is none. */
  readonly lastComplete: { readonly id: number; readonly startedMs: number } | null;
  /** Whether earlier runs looked at anything here, so that what they found is in the sums. */
  readonly earlier: boolean;
}

/** What is kept of a run's report, for trends: by the policy that held then. */
export interface RunSums {
  readonly enumerated: number;
  readonly byVerdict: Readonly<Record<string, number>>;
  /** Violations without a valid exception, in all and by department (the first folder below a root). */
  readonly openViolations: number;
  readonly byDepartment: Readonly<Record<string, number>>;
  readonly notExamined: number;
  readonly records: RecordCounts;
  readonly persons: number;
  /** Of them, in files that neither password nor access protects. */
  readonly exposedRecords: RecordCounts;
  readonly exposedPersons: number;
}

/** More persons in one place than the policy allows. */
export type Pile =
  | { readonly sort: 'folder'; readonly root: string; readonly folder: string; readonly persons: number; readonly bound: number }
  /** `reader`: the id of an account or group, `everybody` or `guests`. */
  | { readonly sort: 'reader'; readonly reader: string; readonly name: string | null; readonly persons: number; readonly bound: number };

/** An entry of the register of exceptions, as it stands on the day by which is judged. */
export interface ExceptionLine {
  readonly state: ExceptionState;
  /** As the policy writes it; null where it is for one content, which `hash` names then. */
  readonly path: string | null;
  readonly hash: string | null;
  readonly reason: string;
  readonly approver: string;
  /** `YYYY-MM-DD`, the last day on which it holds. */
  readonly expires: string;
  /** Files in violation that it excuses; a container counts once. */
  readonly files: number;
  /** It holds, and no file in which anything was found falls under it: often a slip of the pen. Null where that can't be told: it has ended, or the run did not reach its end. */
  readonly idle: boolean | null;
}

/** Sums of a run, taken from the inventory. Persons are distinct over the whole scope. */
export interface RunTotals {
  readonly enumerated: number;
  readonly members: number;
  readonly byVerdict: Readonly<Record<string, number>>;
  readonly byExamined: Readonly<Record<string, number>>;
  readonly byProblem: Readonly<Record<string, number>>;
  readonly records: Readonly<Record<'four' | 'three' | 'two' | 'other', number>>;
  readonly persons: number;
  readonly personsBy: Readonly<Record<string, number>>;
  /** Violations without a valid exception. */
  readonly openViolations: number;
  /** Not examined whole, not sealed, not tolerated: what raises exit code 3. */
  readonly notExamined: number;
  /** Files with personal data that are within their retention, and past it by the document's own day. */
  readonly staleByDocument?: number;
  /** The largest first; left out where the policy has no such rule. */
  readonly piles?: readonly Pile[];
  /** All of the register, in the order of their last day; left out where it is empty. */
  readonly exceptions?: readonly ExceptionLine[];
}

/** A report is a stream of text: the caller writes it whole or not at all. */
export interface ReportForm {
  readonly id: string;
  write(files: Iterable<JudgedFile>, run: RunInfo, totals: RunTotals, lang: 'ja' | 'en'): Iterable<string>;
}
