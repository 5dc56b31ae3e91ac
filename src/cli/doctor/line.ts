/** One line of the doctor: what was looked at, how it stands, what to do. The marks order attention, the effects decide the exit code. */

/** `note`: neither fine nor wrong, such as a part that is not there and not asked for. */
export type Mark = 'ok' | 'note' | 'warn' | 'bad';

export interface Line {
  /** A fixed word for scripts: `node`, `memory`, `readable`, … */
  readonly check: string;
  readonly mark: Mark;
  /** The root or file that it is about. */
  readonly place?: string;
  /** Where the configuration names it: `file:line:column`. */
  readonly at?: string;
  readonly text: string;
  readonly todo?: string;
  /** `unexamined`: a sweep will run, and something will not be examined or judged. `cannot-run`: a sweep would end with exit code 2. */
  readonly effect?: 'unexamined' | 'cannot-run';
}

export const MARKS: Readonly<Record<Mark, string>> = { ok: '✓', note: '－', warn: '△', bad: '×' };

/** 0, 3 when something will not be examined, 2 when a sweep can't run. */
export function exitOf(lines: readonly Line[]): 0 | 2 | 3 {
  if (lines.some((line) => line.effect === 'cannot-run')) return 2;
  return lines.some((line) => line.effect === 'unexamined') ? 3 : 0;
}
