/**
 * Every bound of the program in one table: what it is for, and its unit in the name. Meeting one is a Problem, never a silent cut. Those that a
 * site may set for itself stand in SETTABLE, with the problem that meeting one is told as.
 */
import type { ProblemCode } from './model.js';

const KB = 1024;
const MB = 1024 * KB;
const GB = 1024 * MB;

const table = {
  /** One read of a streamed file. */
  chunkBytes: 1 * MB,
  /** A file that a format needs whole in memory (xls, doc, pdf, docx); above it the format must stream or give `too-large`. */
  wholeBytesMax: 256 * MB,
  /** What one zip entry may unpack to when it is needed whole; larger ones are streamed or refused. */
  entryBytesMax: 256 * MB,
  /** What all entries of one container, and their members, may unpack to. */
  unpackedBytesMax: 8192 * MB,
  /** Unpacked bytes for each packed byte, looked at above `ratioFloorBytes`. Deflate can't exceed 1,032. */
  ratioMax: 200,
  ratioFloorBytes: 64 * MB,
  /** The same for all entries and members of one file together; what entries below their own floor come to. */
  unpackedRatioMax: 100,
  unpackedBytesFloor: 512 * MB,
  /** Entries of one container. */
  entriesMax: 100_000,
  /** Containers in containers. */
  depthMax: 5,
  /** Cells of one workbook, rows of one table; Excel itself ends at 1,048,576 rows of 16,384 columns a sheet. */
  cellsMax: 200_000_000,
  columnsMax: 16_384,
  sheetsMax: 2_000,
  /** One cell; Excel ends at 32,767 characters. */
  cellCharsMax: 40_000,
  /** Shared strings of one workbook, in bytes of UTF-8. */
  sharedStringsBytesMax: 512 * MB,
  /** A line is handed on in pieces of at most this many characters, cut where no finding can stand across. */
  lineCharsMax: 1 * MB,
  /** XML elements inside each other. */
  xmlDepthMax: 256,
  pagesMax: 20_000,
  /** One page's characters. */
  pageCharsMax: 2 * MB,
  /** Rows of one batch of a table. */
  batchRows: 1_000,
  /** Findings that are kept as examples for one file. */
  examplesMax: 12,
  /** Findings that `explain` lists for one file. */
  explainMax: 100_000,
  /** Persons that a worker holds before it hands them on. */
  personsHeldMax: 2_000_000,
  /** Ids of persons in one message and one row of the inventory. */
  personChunkMax: 32_768,
  /** Records of what a file keeps twice, held until the end to see whether they stand elsewhere. */
  copiesMax: 100_000,
  /** Problems told for one file. */
  problemsMax: 20,
  /** Members told of one container. */
  membersMax: 20_000,
  /** Folders inside each other. */
  folderDepthMax: 512,
  /** A worker's time for one file: a floor and a share for each MB. */
  fileTimeMsMin: 60_000,
  fileTimeMsPerMb: 2_000,
  /** More of it for each password that is to be tried: key derivations are slow by design. */
  passwordTryMsMax: 500,
  /** OCR: time of one page each way up, of one file with its members (added to the file's time), and of a sweep by the clock from its beginning. */
  ocrPageMsMax: 60_000,
  ocrFileMsMax: 20 * 60_000,
  ocrSweepMsMax: 8 * 3_600_000,
  /** Pixels that are recognised at once (A4 at 300 dots an inch has 8.7 million), and bytes that a picture may unpack to before it is made smaller. */
  ocrPixelsMax: 12_000_000,
  ocrPictureBytesMax: 96 * MB,
  /** Memory of one worker that reads pictures. */
  ocrWorkerBytesMin: 480 * MB,
  /** Memory of the whole tree of processes; shared out to the workers. */
  treeBytesMax: 1024 * MB,
  /** The least that one worker needs, so that the bound of the tree grows with the cores. */
  workerBytesMin: 320 * MB,
  /** At its time limit a sweep waits this long for the files in hand; the rest is put back. */
  stopGraceMs: 4_000,
  /** Departments of which a run's sums are kept; the rest is one. */
  departmentsMax: 2_000,
  /** Files in use that get a second go at the end of a sweep, and the time that lies between the two at least. */
  secondGoFilesMax: 10_000,
  secondGoWaitMs: 2_000,
  /** Files of one message to a worker, and their bytes. */
  batchFilesMax: 10,
  batchBytesMax: 1 * MB,
  /** A security descriptor as text. Its binary form ends at 64 KB, and no entry is written with more than some 200 characters. */
  sddlCharsMax: 1 * MB,
  /** Of files with access lists or accounts that were taken elsewhere: one line, cell or object, in characters. A group of 50,000 members fits in. */
  exportEntryCharsMax: 8 * MB,
  /** Columns of such a table. */
  exportColumnsMax: 1_000,
  /** Paths of one set of lists (335 MB of memory), and the characters of all its distinct lists. */
  exportPathsMax: 10_000_000,
  exportListsCharsMax: 256 * MB,
  /** Accounts and groups of one file. */
  directoryRecordsMax: 2_000_000,
};

/** In force in this process: the defaults, with what `setLimits` was given on top. */
export const limits: Readonly<typeof table> = table;

export interface SettableLimit {
  readonly min: number;
  readonly max: number;
  /** What a file that meets it is told as. */
  readonly code: ProblemCode;
}

const settable = (code: ProblemCode, min: number, max: number): SettableLimit => ({ code, min, max });

/** Bounds that the key `bounds` of a policy may set, from the least that lets ordinary files through to the most that the program can bear. */
export const SETTABLE = {
  wholeBytesMax: settable('too-large', 1 * MB, 1 * GB),
  entryBytesMax: settable('too-large', 1 * MB, 1 * GB),
  unpackedBytesMax: settable('too-large', 1 * MB, 1024 * GB),
  ratioMax: settable('too-large', 10, 1_100),
  unpackedRatioMax: settable('too-large', 10, 1_000_000),
  entriesMax: settable('too-large', 10, 1_000_000),
  membersMax: settable('too-large', 10, 1_000_000),
  depthMax: settable('too-deep', 1, 32),
  cellsMax: settable('too-large', 1_000, 20_000_000_000),
  columnsMax: settable('too-large', 16, 16_384),
  sheetsMax: settable('too-large', 1, 100_000),
  cellCharsMax: settable('too-large', 1_000, 1_000_000),
  sharedStringsBytesMax: settable('too-large', 1 * MB, 2 * GB),
  lineCharsMax: settable('too-large', 64 * KB, 16 * MB),
  xmlDepthMax: settable('too-deep', 16, 2_048),
  pagesMax: settable('too-large', 1, 1_000_000),
  pageCharsMax: settable('too-large', 10_000, 64 * MB),
  folderDepthMax: settable('too-deep', 8, 1_024),
  fileTimeMsMin: settable('timed-out', 1_000, 24 * 3_600_000),
  fileTimeMsPerMb: settable('timed-out', 10, 3_600_000),
  treeBytesMax: settable('out-of-memory', 512 * MB, 1024 * GB),
  ocrPageMsMax: settable('needs-ocr', 1_000, 3_600_000),
  ocrFileMsMax: settable('needs-ocr', 1_000, 24 * 3_600_000),
  ocrSweepMsMax: settable('needs-ocr', 1_000, 7 * 24 * 3_600_000),
} satisfies Partial<Record<keyof typeof table, SettableLimit>>;

export type SettableName = keyof typeof SETTABLE;
export type LimitSettings = Readonly<Partial<Record<SettableName, number>>>;

/** For this process, once, before anything is read: workers are told by their setup. Values must lie within SETTABLE. */
export function setLimits(settings: LimitSettings): void {
  Object.assign(table, settings);
}
