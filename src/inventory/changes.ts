/**
 * What became of a file between two runs: new, continuing, recurred, resolved, or not seen. Pure: how a state stands at a run is asked of the caller, and
 * what was not looked at is never taken for resolved.
 */
import type { Change } from '../model.js';

/** `unknown`: nothing is proven, as for a file that could not be read; it neither ends nor begins a violation. */
export type Standing = 'violation' | 'proper' | 'unknown';

/** One state of a file, from run `since` up to, not including, run `until`; null: it still holds. */
export interface Spell {
  readonly since: number;
  readonly until: number | null;
}

/** A time in which a file stood in one way. `gone`: it was not there. */
export interface Stretch<S extends Spell> {
  readonly since: number;
  readonly standing: Standing | 'gone';
  /** Null while it is gone. */
  readonly state: S | null;
}

/**
 * The times of a file from its states, the oldest first. Within a state only age makes a difference, and age only ever leads into a violation.
 * `runs`: numbers of the runs that could have seen it, ascending.
 */
export function stretchesOf<S extends Spell>(
  states: readonly S[],
  runs: readonly number[],
  standingAt: (state: S, run: number) => Standing,
): Stretch<S>[] {
  const stretches: Stretch<S>[] = [];
  for (const [at, state] of states.entries()) {
    const end = state.until ?? Number.POSITIVE_INFINITY;
    const [low, high] = [firstFrom(runs, state.since), firstFrom(runs, end) - 1];
    const begins = standingAt(state, runs[Math.min(low, runs.length - 1)] ?? state.since);
    stretches.push({ since: state.since, standing: begins, state });
    if (begins !== 'violation' && high > low && standingAt(state, runs[high]!) === 'violation') {
      const turn = turnOf(low, high, (middle) => standingAt(state, runs[middle]!) === 'violation');
      stretches.push({ since: runs[turn]!, standing: 'violation', state });
    }
    if (state.until !== null && states[at + 1]?.since !== state.until)
      stretches.push({ since: state.until, standing: 'gone', state: null });
  }
  return stretches;
}

export interface Changed<S extends Spell> {
  readonly change: Change;
  /** The run with which the present violation began, or the one that was resolved. */
  readonly since: number;
  /** The state that is spoken of: the present one; of what is gone the last one. */
  readonly state: S;
  /** Of what is resolved: the state in which it was in violation. */
  readonly before: S;
}

/**
 * From run `base` (0: from before all) to the newest. `seen`: whether the newest run looked at the file's place. Null for what never was in violation at
 * either end.
 */
export function changeOf<S extends Spell>(stretches: readonly Stretch<S>[], base: number, seen: boolean): Changed<S> | null {
  const last = stretches.at(-1);
  if (!last) return null;
  const begin = violationAt(stretches, Number.POSITIVE_INFINITY);
  if (begin !== null) {
    const state = last.state ?? stretches[begin]!.state!;
    const { since } = stretches[begin]!;
    const told = { since, state, before: state };
    if (last.standing === 'unknown' || (!seen && since <= base)) return { change: 'not-seen', ...told };
    if (since <= base) return { change: 'continuing', ...told };
    const isAgain = stretches.slice(0, begin).some(({ standing }) => standing === 'violation');
    return { change: isAgain ? 'recurred' : 'new', ...told };
  }
  const was = violationAt(stretches, base);
  if (was === null) return null;
  const before = stretches[was]!;
  const state = last.state ?? stretches.findLast((one) => one.state !== null)!.state!;
  return { change: 'resolved', since: before.since, state, before: before.state! };
}

/** The index of the stretch with which the violation began that holds at that run, null when none does. */
function violationAt<S extends Spell>(stretches: readonly Stretch<S>[], run: number): number | null {
  let begin: number | null = null;
  for (const [at, { since, standing }] of stretches.entries()) {
    if (since > run) break;
    if (standing === 'violation') begin ??= at;
    else if (standing !== 'unknown') begin = null;
  }
  return begin;
}

/** The index of the first of these ascending numbers that is not below `from`. */
function firstFrom(numbers: readonly number[], from: number): number {
  if (from === Number.POSITIVE_INFINITY) return numbers.length;
  return turnOf(-1, numbers.length, (at) => numbers[at]! >= from);
}

/** The first index above `low` for which it holds; it holds at `high`, and from the first one on. */
function turnOf(low: number, high: number, holds: (at: number) => boolean): number {
  let [before, at] = [low, high];
  while (at - before > 1) {
    const middle = (before + at) >> 1;
    if (holds(middle)) at = middle;
    else before = middle;
  }
  return at;
}
