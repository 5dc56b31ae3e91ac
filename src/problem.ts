/** The three sorts of error: the operator's, the file's, and (everything else) ours. */
import type { Problem, ProblemCode, Stage } from './model.js';

/** The same sentence in both languages. */
export interface Told {
  readonly ja: string;
  readonly en: string;
}

/** The operator's mistake: one line that names the place; exit 2, before any file is read. `message` is the English one. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly told: Told;
  constructor(text: string | Told) {
    const told = typeof text === 'string' ? { ja: text, en: text } : text;
    super(told.en);
    this.told = told;
  }
}

/** A root that is missing, can't be listed, or was lost mid-way: the run ends with exit 2, and nothing below it counts as gone. */
export class RootProblem extends Error {
  override readonly name = 'RootProblem';
  constructor(
    readonly root: string,
    readonly code: ProblemCode,
  ) {
    super(`${root}: ${code}`);
  }
}

/** Ours, with a sentence that is safe to print: it quotes no file. Exit 70. `detail` is technical, in English. */
export class ProgramFault extends Error {
  override readonly name = 'ProgramFault';
  constructor(
    readonly told: Told,
    readonly detail: string,
  ) {
    super(told.en);
  }
}

/** What is wrong with a file: expected on real shares, becomes a Problem in its record. `detail` never carries text of the file. */
export class FileProblem extends Error {
  override readonly name = 'FileProblem';
  constructor(
    readonly code: ProblemCode,
    readonly detail: string,
  ) {
    super(`${code}: ${detail}`);
  }
}

/** At a stage's border: a FileProblem keeps its code, anything else becomes `unexpected` with its class alone, since its text may quote the file. */
export function problemOf(stage: Stage, error: unknown): Problem {
  if (error instanceof FileProblem) return { stage, code: error.code, detail: error.detail };
  const at = error instanceof Error ? (error.stack?.match(/\/([\w.-]+\.[jt]s:\d+)/)?.[1] ?? '') : '';
  return { stage, code: 'unexpected', detail: `${error instanceof Error ? error.name : typeof error}${at && ` at ${at}`}` };
}
