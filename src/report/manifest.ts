/**
 * The manifest beside a report: what was swept, when, by which program and policy, the counts, and the size and SHA-256 of each file, so that the report
 * can be held against it later without the inventory. Its last field is a digest of all before it, which shows a slip; who could have changed it on purpose
 * is kept out by a signature alone.
 */
import { createHash } from 'node:crypto';
import { PERSON_BASES, PROBLEM_CODES, RECORD_CLASSES, VERDICTS } from '../model.js';
import type { RunInfo, RunTotals } from '../parts.js';
import type { Difference } from '../words/evidence.js';
import { showJson } from './escape.js';
import { countedInOrder, countsInOrder, EXAMINED_ORDER } from './order.js';
import { localIso } from './time.js';

export const MANIFEST_SCHEMA = 'mimawari.manifest/1';

type Counts = Readonly<Record<string, number>>;

/** Rows that a report holds, counted as they were written. */
export interface RowCounts {
  /** Without members: of all files of one form together this is `enumerated`. */
  readonly files: number;
  readonly members: number;
  readonly byVerdict: Counts;
  readonly byExamined: Counts;
  /** What was not examined whole, by its first problem (`members`: only something inside it was not): adds up to partial and none. */
  readonly byCause: Counts;
}

/** `table`: of a table of sums, whose rows are neither files nor members. */
type RowsOf = { readonly files: number; readonly members: number } | { readonly table: number };

export interface ManifestFile {
  /** Without its folder: it lies beside the manifest. */
  readonly name: string;
  readonly form: string;
  readonly encoding: string | null;
  readonly lang: string;
  /** Of a report that is one department's; '' for what belongs to none. */
  readonly department?: string;
  /** Of a leak table that is of a part of the share alone: the folder or department, as it was named. */
  readonly scope?: string;
  readonly rows: RowsOf;
  /** Characters that the encoding does not hold and that were written otherwise. */
  readonly replacedChars?: number;
  readonly sizeBytes: number;
  readonly sha256: string;
}

export interface ManifestInput {
  readonly run: RunInfo;
  readonly totals: RunTotals;
  readonly inventorySchema: number;
  readonly madeMs: number;
  readonly rows: RowCounts;
  readonly files: readonly ManifestFile[];
  /** SHA-256 of the public key that belongs to the signature; null when nothing is signed. */
  readonly signer: string | null;
}

export interface Manifest {
  readonly schema: string;
  readonly run: { readonly roots: readonly string[]; readonly started: string; readonly ended: string };
  readonly counts: {
    readonly enumerated: number;
    readonly members: number;
    readonly byVerdict: Counts;
    readonly byExamined: Counts;
    readonly byCause: Counts;
  };
  readonly files: readonly ManifestFile[];
  readonly signer: string | null;
}

export function manifestText({ run, totals, inventorySchema, madeMs, rows, files, signer }: ManifestInput): string {
  const fields = {
    schema: MANIFEST_SCHEMA,
    handling: 'confidential',
    made: localIso(madeMs),
    program: { name: 'mimawari', version: run.version },
    inventory: { schema: inventorySchema, run: run.id },
    run: {
      roots: run.roots,
      started: localIso(run.startedMs),
      ended: localIso(run.endedMs),
      asOf: localIso(run.asOfMs),
      complete: run.complete,
      policyHash: run.policyHash,
      excluded: countedInOrder([], run.excluded),
    },
    counts: {
      enumerated: totals.enumerated,
      byVerdict: countsInOrder(VERDICTS, totals.byVerdict),
      excepted: (totals.byVerdict.violation ?? 0) - totals.openViolations,
      byExamined: countsInOrder(EXAMINED_ORDER, totals.byExamined),
      byCause: countedInOrder(PROBLEM_CODES, rows.byCause),
      byProblem: countedInOrder(PROBLEM_CODES, totals.byProblem),
      members: totals.members,
      records: countsInOrder(RECORD_CLASSES, totals.records),
      persons: totals.persons,
      personsBy: countsInOrder(PERSON_BASES, totals.personsBy),
      // A CSV holds files alone: that there are such places besides is told here.
      ...(totals.piles && { piles: totals.piles.length }),
    },
    files,
    signer,
  };
  return withDigest(fields);
}

/** Null for a text that is no manifest at all. */
export function parseManifest(text: string): Manifest | null {
  try {
    const manifest = JSON.parse(text) as Partial<Manifest> | null;
    const { schema, run, counts, files } = manifest ?? {};
    if (schema !== MANIFEST_SCHEMA || !Array.isArray(files) || !Array.isArray(run?.roots)) return null;
    if (typeof counts?.enumerated !== 'number' || !counts.byVerdict || !counts.byExamined || !counts.byCause) return null;
    const isFile = (file: Partial<ManifestFile>) =>
      typeof file?.name === 'string' &&
      typeof file.sha256 === 'string' &&
      typeof file.sizeBytes === 'number' &&
      typeof file.rows === 'object' &&
      file.rows !== null;
    return files.every(isFile) ? (manifest as Manifest) : null;
  } catch {
    return null;
  }
}

/** What is wrong with the manifest by itself: its digest, and counts that do not add up. */
export function faultsOf(text: string, manifest: Manifest): Difference[] {
  const { digest: _digest, ...fields } = manifest as Manifest & { digest?: unknown };
  const faults: Difference[] = withDigest(fields) === text ? [] : ['manifest'];
  const { enumerated, members, byVerdict, byExamined, byCause } = manifest.counts;
  const unread = (byExamined.partial ?? 0) + (byExamined.none ?? 0);
  if (sum(byVerdict) !== enumerated || sum(byExamined) !== enumerated || sum(byCause) !== unread) faults.push('sums');
  const forms = new Map<string, { files: number; members: number }>();
  for (const { form, rows } of manifest.files) {
    if ('table' in rows) continue;
    const all = forms.get(form) ?? { files: 0, members: 0 };
    forms.set(form, { files: all.files + rows.files, members: all.members + rows.members });
  }
  if ([...forms.values()].some((rows) => rows.files !== enumerated || rows.members !== members)) faults.push('counts');
  return faults;
}

function withDigest(fields: object): string {
  const body = JSON.stringify(fields, null, 2).split('\n').map(showJson).join('\n');
  const digest = `sha256:${createHash('sha256').update(body).digest('hex')}`;
  return `${body.slice(0, -2)},\n  "digest": "${digest}"\n}\n`;
}

function sum(counts: Counts): number {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}
