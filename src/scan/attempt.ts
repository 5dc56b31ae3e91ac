/** One reader's go at a file: what came out, what went wrong, and whether it is to be believed before another reader's. */
import { limits } from '../limits.js';
import type { DocumentDates, Examined, Format, Member, Password, Problem, ProblemCode, Stage } from '../model.js';
import type { FileFindings } from './findings.js';

/** All that is known of a source when it has been read. */
export interface Read {
  readonly format: Format;
  readonly password: Password;
  readonly findings: FileFindings;
  readonly examined: Examined;
  readonly problems: readonly Problem[];
  readonly members: readonly Member[];
  readonly namesPassword: boolean;
  readonly documentDates?: DocumentDates;
}

/** Formats that may show a page of text which only OCR could read. */
const PICTURES: readonly Format[] = ['png', 'jpeg', 'tif', 'gif', 'bmp', 'webp', 'heic', 'jp2', 'psd', 'emf', 'wmf'];

/** Problems after which no other reader of the format can do better. */
const FINAL = new Set<ProblemCode>(['encrypted', 'gone', 'no-access', 'changing', 'read-error', 'too-large', 'too-deep']);

export function isFinal(problem: Problem): boolean {
  return FINAL.has(problem.code);
}

export class Attempt {
  blocks = 0;
  readonly problems: Problem[] = [];
  readonly members: Member[] = [];
  private unreadMembers = 0;
  private readonly memberProblems = new Map<ProblemCode, number>();
  namesPassword = false;
  documentDates: DocumentDates | undefined;
  refused = false;
  inner: Read | null = null;
  private cut = false;

  constructor(public findings: FileFindings) {}

  get whole(): boolean {
    return !this.refused && !this.cut;
  }

  /** Nothing came out, which for most formats means that the reader did not understand the file. */
  get empty(): boolean {
    return this.blocks === 0;
  }

  get examined(): Examined {
    const cut = this.refused || this.cut;
    if (this.inner) return cut && this.inner.examined === 'full' ? 'partial' : this.inner.examined;
    const nothingRead = this.members.length === this.blocks && this.members.every((member) => member.content.examined === 'none');
    if (nothingRead && (cut || this.unreadMembers > 0)) return 'none';
    return cut || this.unreadMembers > 0 ? 'partial' : 'full';
  }

  better(other: Attempt): boolean {
    if (this.whole !== other.whole) return this.whole && !(this.empty && !other.empty);
    return this.blocks > 0 && other.blocks === 0;
  }

  tell(stage: Stage, code: ProblemCode, detail: string): void {
    this.cut = true;
    if (this.problems.some((one) => one.stage === stage && one.code === code && one.detail === detail)) return;
    if (this.problems.length < limits.problemsMax) this.problems.push({ stage, code, detail });
  }

  fail(problem: Problem): void {
    this.refused = true;
    if (this.problems.length < limits.problemsMax) this.problems.push(problem);
  }

  /** A member with its own members behind it. What could not be read of them is told of their container too. */
  addMember(member: Member, inner: readonly Member[]): void {
    this.members.push(member, ...inner);
    const { examined, problems } = member.content;
    if (examined !== 'none' && examined !== 'partial') return;
    this.unreadMembers++;
    for (const code of new Set(problems.map((problem) => problem.code))) {
      this.memberProblems.set(code, (this.memberProblems.get(code) ?? 0) + 1);
    }
  }

  /** All problems, those of members summed up by code. */
  allProblems(): Problem[] {
    const inside = [...this.memberProblems].map(
      ([code, count]): Problem => ({ stage: 'extract', code, detail: `in ${count} member${count === 1 ? '' : 's'}` }),
    );
    return [...this.problems, ...inside].slice(0, limits.problemsMax);
  }

  takeOver(inner: Read, outer: Password): void {
    this.inner = { ...inner, password: outer };
    this.findings = inner.findings;
    this.namesPassword = inner.namesPassword;
    this.documentDates = inner.documentDates ?? this.documentDates;
    this.problems.push(...inner.problems);
    this.members.push(...inner.members);
  }
}

/** What is told of a format that nothing reads. */
export function noReader(format: Format, password: Password): Problem {
  if (password.state === 'set' || password.state === 'weak')
    return { stage: 'extract', code: 'encrypted', detail: `needs a password (${password.scheme})` };
  if (PICTURES.includes(format)) return { stage: 'extract', code: 'needs-ocr', detail: `a picture (${format})` };
  return { stage: 'extract', code: 'unsupported', detail: `no reader for ${format}` };
}
