/**
 * The nouns of the program, in the order of the line: Entry, Document, Finding, Record, Protection, Access, Verdict. Types only.
 * The words are those of CONTRACT.md.
 */
import type { Cell, Kind, Strength } from '../detectors/contract.js';

// ---- walk -------------------------------------------------------------------------------------------------------------------

export type EntrySort = 'file' | 'folder' | 'link' | 'special';

/** Times in nanoseconds since 1970 would need BigInt; milliseconds with their fraction hold microseconds exactly enough to compare. */
export interface FileStat {
  readonly dev: number;
  readonly ino: number;
  readonly mode: number;
  readonly nlink: number;
  readonly uid: number;
  readonly gid: number;
  readonly sizeBytes: number;
  readonly modifiedMs: number;
  readonly changedMs: number;
  readonly accessedMs: number;
  /** 0 where the file system keeps none. */
  readonly bornMs: number;
}

/**
 * One thing that a folder holds. `name` is its key: the name itself where it is valid Unicode, else an escaped form (walk/name.ts).
 * Entries of a listing are sorted by the UTF-8 bytes of `name`.
 */
export interface Entry {
  readonly name: string;
  readonly sort: EntrySort;
  /** Null when it vanished or could not be looked at; `problem` then tells. */
  readonly stat: FileStat | null;
  readonly problem: Problem | null;
}

/** All entries of one folder, subfolders included. A folder that could not be listed has no entries and a problem. */
export interface Listing {
  readonly root: string;
  /** Key path below the root, '/' between names; '' is the root itself. */
  readonly folder: string;
  readonly stat: FileStat;
  readonly entries: readonly Entry[];
  readonly problem: Problem | null;
  /** Handed out before, and now once more for what comes below it. */
  readonly again?: true;
  /** Names that are there and that patterns leave out; none where left out. */
  readonly leftOut?: ReadonlySet<string>;
}

// ---- extract ----------------------------------------------------------------------------------------------------------------

/** Where something stands. Only the fields that make sense in its format are there. */
export interface Where {
  readonly sheet?: string;
  /** `B12` of the sheet; in a CSV row the column, as in a spreadsheet. */
  readonly cell?: string;
  readonly page?: number;
  /** Counts from 1: a line of a text file or page, a row of a table that is no sheet, a paragraph of a document. */
  readonly line?: number;
  /** Which part of the document: `header`, `footer`, `comment`, `note`, `textbox`, `deleted`, `property`, `path`, … */
  readonly part?: string;
}

/** A row's cells from its first column on; columns missing at the end are empty. */
export type Row = readonly Cell[];

export interface RowBatch {
  /** The number of the first row, counted from 1 as a person does. Rows of a batch follow each other; blank rows are present as []. */
  readonly firstRow: number;
  readonly rows: readonly Row[];
}

export interface TableBlock {
  readonly kind: 'table';
  readonly where: Where;
  /** Batches of about 1,000 rows. Read once, in order. */
  readonly rows: Iterable<RowBatch>;
  /** True for what the file keeps a second time (a pivot cache, a chart): found, not counted when the same record stands elsewhere. */
  readonly copy?: boolean;
}

export interface TextBlock {
  readonly kind: 'text';
  readonly where: Where;
  readonly text: string;
  readonly copy?: boolean;
}

export type Block = TableBlock | TextBlock;

/** A file inside a file: it is examined like one, under the budget of its container. */
export interface MemberBlock {
  readonly kind: 'member';
  /** Path inside the container; '' means: this very file once more, in another coat (an encrypted workbook that could be opened). */
  readonly name: string;
  readonly modifiedMs?: number | null;
  /** The password that the container asks for this member, where not all of its members need the same. */
  readonly password?: Password;
  /** What the container knows to be wrong with it, though it can be read (a checksum that differs): it counts as read in part. */
  readonly problem?: Pick<Problem, 'code' | 'detail'>;
  readonly source: Source;
}

/** A file's bytes, however they are kept. All reading is synchronous: it happens in a worker (src/README.md, Workers). */
export interface Source {
  /** The last part of the path: for hints only, a format is known by content. */
  readonly name: string;
  readonly sizeBytes: number;
  /** Up to `length` bytes from `offset`; shorter only at the end. Throws FileProblem('read-error'|'gone'|'changing'). */
  read(offset: number, length: number): Buffer;
  /** The whole content. Throws FileProblem('too-large') above `limits.wholeBytesMax`. */
  whole(): Buffer;
  /** From the start, in pieces of about `limits.chunkBytes`; each piece is only valid until the next one. */
  chunks(): Iterable<Buffer>;
}

export type Format = string;

// ---- detect, relate ---------------------------------------------------------------------------------------------------------

/** A match with its place, masked: what may leave the worker. */
export interface Finding {
  readonly kind: Kind;
  readonly where: Where;
  /** Unicode code points in the cell or line, `end` exclusive. */
  readonly start: number;
  readonly end: number;
  readonly confidence: Strength;
  readonly masked: string;
  /** Keyed hash of the normalised value, hexadecimal; kept in the inventory, shown nowhere. */
  readonly fingerprint?: string;
  readonly why: readonly string[];
  /** Only with `explain --unmask`; never kept. */
  readonly value?: string;
}

export const RECORD_CLASSES = ['four', 'three', 'two', 'other'] as const;
export type RecordClass = (typeof RECORD_CLASSES)[number];
export type RecordCounts = Readonly<Record<RecordClass, number>>;

export const PERSON_BASES = ['pension-number', 'my-number', 'name+birthdate', 'name+address'] as const;
export type PersonBasis = (typeof PERSON_BASES)[number];
export type PersonCounts = Readonly<Record<PersonBasis, number>>;

/**
 * Sorted keyed ids of distinct persons: unsigned 64-bit numbers, little endian, at most `limits.personChunkMax` of them.
 * The two lowest bits of an id are the index of its basis in PERSON_BASES.
 */
export type PersonChunk = Uint8Array;

// ---- protect ----------------------------------------------------------------------------------------------------------------

export type PasswordState = 'none' | 'set' | 'weak' | 'default' | 'partial' | 'unknown';
export interface Password {
  readonly state: PasswordState;
  /** `agile-aes256`, `standard-aes128`, `rc4-40`, `zipcrypto`, … ; null without encryption. */
  readonly scheme: string | null;
}

/** By which ways files are reached: through a server's shares, by an export of it, or by people who log on to it. */
export const ACCESS_PATHS = ['smb', 'nfs', 'local'] as const;
export type AccessPath = (typeof ACCESS_PATHS)[number];

export type AccessState = 'restricted' | 'open' | 'unknown';
export interface Access {
  readonly state: AccessState;
  /** `posix-mode`, `posix-acl`, `none`, … */
  readonly source: string;
  /** Broad principals that can read. */
  readonly broad: readonly string[];
  /** How many known accounts can read; null when unbounded or unknown. */
  readonly readers: number | null;
  readonly reason: string;
  /** The server's NT list was set aside, because the permissions below it were changed by other means (Samba after a chmod). */
  readonly staleList?: true;
}

/** An account or group by its id (`u:1001`, `g:2000`, a SID; `name:` and a name for an account of which no more is known). */
export interface Principal {
  readonly id: string;
  /** `person`: a uid without an account here. `unresolved`: a group of which nobody knows who is in it. */
  readonly kind: 'account' | 'service' | 'person' | 'group' | 'unresolved';
  /** Shown only; decides nothing. */
  readonly name: string | null;
  /** Further ids of the same. */
  readonly aliases: readonly string[];
}

/** How sure it is that somebody reads: 0 not, 1 possibly, 3 for certain. Bits: `|` of two ways is the answer for both. */
export type Certainty = number;

/** Who passes all gates before a file. */
export interface Readers {
  /** Somebody with an account of which no list says anything. */
  readonly everybody: Certainty;
  /** Somebody without an account. */
  readonly guests: Certainty;
  /** Those for whom the answer is another than for everybody. A group stands for somebody who is in it and in no other. */
  readonly differing: readonly { readonly principal: Principal; readonly certainty: Certainty }[];
}

// ---- problems ---------------------------------------------------------------------------------------------------------------

/** Under what files are counted that no pattern of `include` fits; folders with a slash behind. */
export const NOT_INCLUDED = 'not included';

export const PROBLEM_CODES = [
  'no-access',
  'gone',
  'changing',
  'too-large',
  'too-deep',
  'timed-out',
  'out-of-memory',
  'crashed',
  'encrypted',
  'damaged',
  'unsupported',
  'needs-ocr',
  'special-file',
  'offline',
  'read-error',
  'unexpected',
] as const;
export type ProblemCode = (typeof PROBLEM_CODES)[number];
export type Stage = 'walk' | 'open' | 'extract' | 'detect' | 'relate' | 'protect' | 'access';
export interface Problem {
  readonly stage: Stage;
  readonly code: ProblemCode;
  /** In English, technical, and never with text of the file. */
  readonly detail: string;
}

// ---- content: all that a worker says of one file ---------------------------------------------------------------------------

export type Examined = 'full' | 'partial' | 'none' | 'textless';

/**
 * What a document's own properties tell, in milliseconds since 1970; null where they tell nothing believable. A mail is made and saved last on its Date.
 * They are what its writer wrote: dates in the future may be among them.
 */
export interface DocumentDates {
  readonly created: number | null;
  readonly saved: number | null;
}

export interface Content {
  readonly format: Format;
  readonly examined: Examined;
  readonly problems: readonly Problem[];
  /** Records that count in which the kind stands. */
  readonly kinds: Readonly<Partial<Record<Kind, number>>>;
  readonly records: RecordCounts;
  readonly persons: PersonCounts;
  readonly password: Password;
  /** `sha256:` and hex; null when the file was not read whole. */
  readonly contentHash: string | null;
  /** True when the path or name itself held a finding, so that a copy under another name may differ. */
  readonly fromPath: boolean;
  /** True when its text names a password, which may be that of a file beside it. */
  readonly namesPassword?: boolean;
  /** Left out where the format has none, or nobody could read them. */
  readonly documentDates?: DocumentDates;
  /** A few masked examples, for the person who must act. */
  readonly findings: readonly Finding[];
  readonly members: readonly Member[];
}

export interface Member {
  /** Path inside the container; '/' between parts; containers in containers join with '/' too. */
  readonly name: string;
  readonly sizeBytes: number;
  readonly modifiedMs: number | null;
  readonly content: Content;
}

// ---- judge ------------------------------------------------------------------------------------------------------------------

export const VERDICTS = ['violation', 'compliant', 'sealed', 'undetermined', 'clear', 'textless'] as const;
export type Verdict = (typeof VERDICTS)[number];

export const REASONS = [
  'no-password',
  'weak-password',
  'default-password',
  'password-unknown',
  'open-access',
  'access-unknown',
  'stale-acl',
  'stale',
  'age-unknown',
  'unread',
  'partly-read',
  'sealed-stale',
  'password-beside',
  'excepted',
] as const;
export type Reason = (typeof REASONS)[number];

/** The business year (年度: the one that begins on 1 April of `year`) that a file's own name or one of its folders tells. */
export interface BusinessYear {
  readonly year: number;
  readonly told: 'name' | 'folder';
}

/** From when ages are counted: the last change, or, where there is one, the end of the business year that names tell, or the document's own date of its last saving. */
export const RETENTION_BASES = ['modified', 'business-year', 'document'] as const;
export type RetentionBasis = (typeof RETENTION_BASES)[number];

export interface Retention {
  readonly state: 'within' | 'stale' | 'unknown';
  readonly ageDays: number | null;
  readonly limitDays: number | null;
  /** What the age was counted from. */
  readonly basis: RetentionBasis;
  /** Evidence beside the times, whichever of them was used; left out where no name tells a year. */
  readonly businessYear?: BusinessYear;
  /** Likewise; a member without any has those of its container. Left out where neither has any that may be believed. */
  readonly documentDates?: DocumentDates;
  /** By the document's own date it is past the limit, by what was used it is not: an old list that was copied or restored. */
  readonly staleByDocument?: true;
  /** Of a container: the file inside to which all of this belongs, because its own is better. */
  readonly member?: string;
  readonly rule: string;
}

/** Whether a password or access keeps others from the content; `unknown`: neither is proven, nor that both are missing. */
export type Protection = 'protected' | 'unprotected' | 'unknown';

/** 0 to 1 each; a hundred times their product is the risk. Exposure is `password` × `access`. */
export interface RiskFactors {
  readonly records: number;
  readonly kinds: number;
  readonly password: number;
  readonly access: number;
  readonly age: number;
}

export interface Judgement {
  readonly verdict: Verdict;
  readonly reasons: readonly Reason[];
  readonly retention: Retention;
  /** 0 to 100. */
  readonly risk: number;
}

/** Everything known of one entry when it is judged and reported. */
export interface Facts {
  readonly root: string;
  /** Readable path below the root, '/' between names. */
  readonly path: string;
  /** Where `root` lies inside a root of the site's configuration: the readable path from that one down to it. Rules go by it and `path` together. */
  readonly siteFolder?: string;
  /** The bytes of the path where it is not valid Unicode. */
  readonly pathBytes: Buffer | null;
  readonly member: string | null;
  readonly entry: EntrySort;
  readonly sizeBytes: number;
  readonly modifiedMs: number | null;
  readonly accessedMs: number | null;
  readonly owner: string | null;
  readonly content: Omit<Content, 'findings' | 'members'>;
  readonly access: Access;
  /** Readable path of the file in the same folder in which the password of this one seems to stand. */
  readonly passwordBeside?: string | null;
  /** False when the run that is reported did not look at it: its facts are those of an earlier one. */
  readonly lookedAt?: boolean;
}

/** `expiring`: in force, and ends within `Policy.announceDays`. `expired`: ended before the day by which is judged, and ignored. */
export type ExceptionState = 'in-force' | 'expiring' | 'expired';

/** Who approved a breach, why, and until when (`YYYY-MM-DD`, the last day on which it holds). */
export interface Approval {
  readonly reason: string;
  readonly approver: string;
  readonly expires: string;
}

export interface JudgedFile extends Facts, Judgement {
  /** Whose folder it lies in; '' when nobody's; left out where nobody asked. */
  readonly department?: string;
  /** Of a violation that is excepted by its own path. */
  readonly exception?: Approval;
}

// ---- run --------------------------------------------------------------------------------------------------------------------

/** Why a run ended before its end. */
export type RunStop = 'interrupted' | 'time-limit' | 'root-lost';

/** What became of a violation between two runs, in the order in which it is shown. `not-seen`: what the later run could not look at. */
export const CHANGES = ['new', 'recurred', 'continuing', 'resolved', 'not-seen'] as const;
export type Change = (typeof CHANGES)[number];
