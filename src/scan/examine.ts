/**
 * One file with its members, in a worker: open → sniff → password → extract → detect and relate → content. It branches; the parts that it
 * calls do one thing. Whatever goes wrong becomes a problem of the file; nothing is thrown.
 */
import type { Detectors } from '../../detectors/run.js';
import { limits } from '../limits.js';
import type { Content, DocumentDates, Examined, Format, MemberBlock, Password, Problem, ProblemCode, Source } from '../model.js';
import type { Extractor, Sniffed } from '../parts.js';
import { FileProblem, problemOf } from '../problem.js';
import { createRelation } from '../records/relate.js';
import { Attempt, isFinal, noReader, type Read } from './attempt.js';
import { covered, coverOf } from './cover.js';
import { FileFindings, type FindingWishes, NO_PERSONS } from './findings.js';
import type { KeyedHash } from './keyed-hash.js';
import { namesPassword } from './password-note.js';
import { lookAtPath } from './path-look.js';
import type { EmitPersons } from './person-set.js';
import { type Places, sketchOf } from './sketch.js';

/** An open file of the share. */
export interface OpenFile extends Source {
  close(): void;
  /** `sha256:…` of the whole content. */
  hash(): string;
  /** False when size or time changed since it was opened. */
  unchanged(): boolean;
}

/** The concrete parts, picked by cli/worker.ts. */
export interface ExamineParts {
  readonly detectors: Detectors;
  readonly hash: KeyedHash;
  readonly wishes: FindingWishes;
  readonly passwords: readonly string[];
  /** Where letters stand in sketches; left out where nothing is kept. */
  readonly places?: Places;
  /** Present when pictures are to be read by OCR. */
  readonly ocr?: { readonly sweepEndMs: number };
  sniff(source: Source): Sniffed;
  extractorsFor(format: Format): readonly Extractor[];
  checkPassword(source: Source, format: Format): Password;
}

export interface Examination {
  readonly content: Content;
  /** Sorted runs of persons that were emitted; when more than one, the persons are counted by whoever keeps them. */
  readonly personRuns: number;
  /** What of the file with its members a site's words can touch. */
  readonly sketch?: Uint8Array;
}

/** What stands still while one file and all its members are examined. */
interface Budget {
  unpackedBytes: number;
  readonly unpackedBytesMax: number;
  members: number;
  /** When OCR of this file ends. */
  readonly ocrEndMs: number;
}

/** Bounded by the file's own size as well: else a thousand entries, each below the floor of an entry's ratio, are a bomb. */
function budgetOf(sizeBytes: number): Budget {
  const byRatio = Math.max(limits.unpackedBytesFloor, sizeBytes * limits.unpackedRatioMax);
  const unpackedBytesMax = Math.min(limits.unpackedBytesMax, byRatio);
  return { unpackedBytes: 0, unpackedBytesMax, members: 0, ocrEndMs: Date.now() + limits.ocrFileMsMax };
}

const NONE: Password = { state: 'none', scheme: null };
const UNKNOWN: Password = { state: 'unknown', scheme: null };
/** `open` opens the file of the share; `shown` is its path as a person reads it, itself looked at for findings. */
export async function examineFile(open: () => OpenFile, shown: string, parts: ExamineParts, emit: EmitPersons): Promise<Examination> {
  parts.detectors.trace.begin();
  const examination = await examineOpen(open, shown, parts, emit);
  if (!parts.places) return examination;
  parts.hash.digest(shown);
  return { ...examination, sketch: sketchOf(parts.detectors.trace, parts.places, parts.hash.low & 0xffff) };
}

async function examineOpen(open: () => OpenFile, shown: string, parts: ExamineParts, emit: EmitPersons): Promise<Examination> {
  let source: OpenFile;
  try {
    source = open();
  } catch (error) {
    return pathOnly(shown, problemOf('open', error), parts, emit);
  }
  try {
    const examiner = new Examiner(parts, emit, budgetOf(source.sizeBytes));
    return await examiner.file(source, shown);
  } finally {
    source.close();
  }
}

/** The record of a file that could not be examined at all, by a problem that the parent saw (a killed worker) or the open call. */
export function unexamined(problem: Problem): Content {
  const records = { four: 0, three: 0, two: 0, other: 0 };
  const rest = {
    kinds: {},
    records,
    persons: NO_PERSONS,
    password: UNKNOWN,
    contentHash: null,
    fromPath: false,
    findings: [],
    members: [],
  };
  return { format: 'unknown', examined: 'none', problems: [problem], ...rest };
}

async function pathOnly(shown: string, problem: Problem, parts: ExamineParts, emit: EmitPersons): Promise<Examination> {
  const examiner = new Examiner(parts, emit, budgetOf(0));
  const findings = examiner.newFindings(emit);
  const fromPath = lookAtPath(shown, findings, parts);
  const { persons, runs } = findings.finish();
  const content = unexamined(problem);
  const found = { kinds: findings.kinds, records: findings.records, persons: persons ?? NO_PERSONS, findings: findings.examples, fromPath };
  return { content: { ...content, ...found }, personRuns: runs };
}

class Examiner {
  constructor(
    private readonly parts: ExamineParts,
    private readonly emit: EmitPersons,
    private readonly budget: Budget,
  ) {}

  async file(source: OpenFile, shown: string): Promise<Examination> {
    const findings = this.newFindings(this.emit);
    const read = await this.read(source, findings, null, 0, null);
    const problems = [...read.problems];
    let { examined } = read;
    let contentHash: string | null = null;
    if (examined === 'full') {
      try {
        contentHash = source.hash();
      } catch (error) {
        problems.push(problemOf('extract', error));
        examined = 'partial';
      }
    }
    if (!source.unchanged()) {
      problems.push({ stage: 'extract', code: 'changing', detail: 'was written to while it was read' });
      if (examined === 'full') examined = 'partial';
      contentHash = null;
    }
    const fromPath = lookAtPath(shown, read.findings, this.parts);
    const { persons, runs } = read.findings.finish();
    const { kinds, records, examples } = read.findings;
    const content: Content = {
      format: read.format,
      examined,
      problems: problems.slice(0, limits.problemsMax),
      kinds,
      records,
      persons: persons ?? NO_PERSONS,
      password: read.password,
      contentHash,
      fromPath,
      findings: examples,
      members: read.members,
      ...(read.namesPassword ? { namesPassword: true } : {}),
      ...(read.documentDates && { documentDates: read.documentDates }),
    };
    return { content, personRuns: runs };
  }

  newFindings(emit: EmitPersons): FileFindings {
    return new FileFindings(this.parts.hash, this.parts.wishes, emit);
  }

  /** Everything that one source holds, with its members. */
  private async read(source: Source, findings: FileFindings, member: string | null, depth: number, cover: Password | null): Promise<Read> {
    let sniffed: Sniffed;
    try {
      sniffed = this.parts.sniff(source);
    } catch (error) {
      return unread('unknown', UNKNOWN, findings, 'none', [problemOf('extract', error)]);
    }
    const { format } = sniffed;
    if (sniffed.textless) return unread(format, NONE, findings, 'textless', []);
    const { password, problem } = this.passwordOf(source, format);
    const extractors = this.parts.extractorsFor(format);
    if (extractors.length === 0) return unread(format, password, findings, 'none', [...problem, noReader(format, password)]);
    const read = await this.readWithAll(extractors, { source, format, password, findings, member, depth, cover });
    // A check that failed matters only where the content could not be read either.
    return read.examined === 'full' ? read : { ...read, problems: [...problem, ...read.problems] };
  }

  private passwordOf(source: Source, format: Format): { password: Password; problem: Problem[] } {
    try {
      return { password: this.parts.checkPassword(source, format), problem: [] };
    } catch (error) {
      return { password: UNKNOWN, problem: [problemOf('protect', error)] };
    }
  }

  /** Asks the readers of a format one after the other, until one reads the file without refusing it or finding it empty. */
  private async readWithAll(extractors: readonly Extractor[], task: Task): Promise<Read> {
    let best: Attempt | null = null;
    // Those that a reader told before it gave up are no worse for that.
    let documentDates: DocumentDates | undefined;
    for (const extractor of extractors) {
      const findings = best === null ? task.findings : this.newFindings(task.member === null ? this.emit : () => {});
      const attempt = await this.attempt(extractor, { ...task, findings });
      if (best === null || attempt.better(best)) best = attempt;
      documentDates ??= attempt.documentDates;
      // What it told of parts that it could not read stands: another reader that passes over them without a word knows no better.
      if (!attempt.refused && !attempt.empty) break;
      if (attempt.problems.some(isFinal)) break;
    }
    const done = best as Attempt;
    const { format, password } = done.inner ?? task;
    const resolved = done.inner || !done.refused ? unlessProtected(password) : password;
    return {
      format,
      password: resolved,
      findings: done.findings,
      examined: done.examined,
      problems: done.allProblems(),
      members: done.members,
      namesPassword: done.namesPassword,
      ...(documentDates && { documentDates }),
    };
  }

  private async attempt(extractor: Extractor, task: Task): Promise<Attempt> {
    const attempt = new Attempt(task.findings);
    const relation = createRelation(this.parts.detectors, task.findings);
    const context = {
      format: task.format,
      passwords: this.parts.passwords,
      problem: (code: ProblemCode, detail: string) => attempt.tell('extract', code, detail),
      unpacked: (bytes: number) => this.unpacked(bytes),
      dates: (dates: DocumentDates) => {
        attempt.documentDates = dates;
      },
      ...(this.parts.ocr ? { ocr: { fileEndMs: this.budget.ocrEndMs, sweepEndMs: this.parts.ocr.sweepEndMs } } : {}),
    };
    try {
      for await (const block of extractor.read(task.source, context)) {
        // Title and author alone don't make a scan a text.
        if (block.kind === 'member' || block.where.part !== 'property') attempt.blocks++;
        if (block.kind === 'member') await this.readMember(block, task, attempt);
        else {
          if (block.kind === 'text') attempt.namesPassword ||= namesPassword(block.text);
          relation.block(block);
        }
      }
    } catch (error) {
      attempt.fail(problemOf('extract', error));
    }
    try {
      relation.finish();
    } catch (error) {
      attempt.fail(problemOf('relate', error));
    }
    return attempt;
  }

  /** A member without a name is the same file in another coat (an encrypted workbook that opened): its findings are the file's own. */
  private async readMember(block: MemberBlock, task: Task, attempt: Attempt): Promise<void> {
    if (task.depth + 1 > limits.depthMax) return attempt.tell('extract', 'too-deep', `containers deeper than ${limits.depthMax}`);
    if (block.name === '') {
      const inner = await this.read(block.source, task.findings, task.member, task.depth + 1, coverOf(block, task));
      attempt.takeOver(inner, task.password);
      return;
    }
    if (++this.budget.members > limits.membersMax) return attempt.tell('extract', 'too-large', `more than ${limits.membersMax} members`);
    const name = task.member === null ? block.name : `${task.member}/${block.name}`;
    const findings = this.newFindings(() => {});
    const cover = coverOf(block, task);
    const read = withProblem(await this.read(block.source, findings, name, task.depth + 1, cover), block.problem);
    lookAtPath(block.name, read.findings, this.parts);
    const { persons, ids } = read.findings.finish();
    task.findings.addMember(read.findings, ids);
    const { kinds, records, examples } = read.findings;
    const found = { kinds, records, persons: persons ?? NO_PERSONS, findings: examples };
    const { format, examined, problems } = read;
    const password = covered(read.password, cover);
    const dates = read.documentDates && { documentDates: read.documentDates };
    const content: Content = { format, examined, problems, password, ...found, contentHash: null, fromPath: false, members: [], ...dates };
    const modifiedMs = block.modifiedMs ?? null;
    // An outer name is all that the folder shows, so what stands within counts for its container.
    attempt.namesPassword ||= read.namesPassword;
    attempt.addMember({ name, sizeBytes: block.source.sizeBytes, modifiedMs, content }, read.members);
  }

  private unpacked(bytes: number): void {
    this.budget.unpackedBytes += bytes;
    if (this.budget.unpackedBytes > this.budget.unpackedBytesMax)
      throw new FileProblem('too-large', `unpacks to more than ${this.budget.unpackedBytesMax} bytes`);
  }
}

function unread(format: Format, password: Password, findings: FileFindings, examined: Examined, problems: readonly Problem[]): Read {
  return { format, password, findings, examined, problems, members: [], namesPassword: false };
}

interface Task {
  readonly source: Source;
  readonly format: Format;
  readonly password: Password;
  readonly findings: FileFindings;
  readonly member: string | null;
  readonly depth: number;
  /** The password of a container around it, which nobody gets past without. */
  readonly cover: Password | null;
}

/** What the container tells of a member goes to the member's own record, so that whoever must act knows which one is meant. */
function withProblem(read: Read, problem: MemberBlock['problem']): Read {
  if (!problem) return read;
  const problems = [...read.problems, { stage: 'extract' as const, ...problem }];
  return { ...read, problems, examined: read.examined === 'full' ? 'partial' : read.examined };
}

/** A file that was read without a password has none, whatever could not be told before. */
function unlessProtected(password: Password): Password {
  return password.state === 'unknown' ? NONE : password;
}
