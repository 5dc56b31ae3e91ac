/**
 * Runs the detectors over a text: folds it once, asks only those whose first look succeeds, settles what overlaps, and lifts a hint that its
 * neighbours confirm. It knows no kind but by the rules in the tables below.
 */
import type { Detector, Dropped, Kind, Match, Strength } from './contract.js';
import { fold } from './fold.js';
import { Survey } from './survey.js';
import type { Trace } from './trace.js';

export interface Detectors {
  readonly list: readonly Detector[];
  /** Changes whenever any answer may: results of another version are not reused. */
  readonly version: string;
  /** Matches in the order of `start`, none overlapping. Offsets are those of `text`. */
  find(text: string, dropped?: (drop: Dropped) => void): readonly Match[];
  /** Values in their normal form that are never reported: callers that take a cell by its shape alone must ask while there are any. */
  readonly known: ReadonlySet<string>;
  /** What was read and answered since it began; whoever hands in texts tells them to it too. */
  readonly trace: Trace;
}

export interface RunOptions {
  readonly list: readonly Detector[];
  readonly version: string;
  /** Values in their normal form that are never reported. */
  readonly known: ReadonlySet<string>;
  readonly trace: Trace;
}

const RANK: Record<Strength, number> = { weak: 0, likely: 1, certain: 2 };

/** Which kind wins when two of equal strength and length claim the same characters: the one whose shape says more. */
const PRECEDENCE: readonly Kind[] = [
  'residence-card',
  'my-number',
  'pension-number',
  'employment-insurance',
  'driving-licence',
  'resident-code',
  'passport',
  'email',
  'phone',
  'bank-account',
  'health-insurance',
  'birthdate',
  'address',
  'name',
];
const precedenceOf = (kind: Kind) => PRECEDENCE.indexOf(kind);

/** How far apart a number and the person it belongs to may stand in running text, in UTF-16 units. */
const BESIDE_UNITS_MAX = 80;
const LIFTING = new Set<Kind>(['name', 'birthdate', 'address']);

export function createRun(options: RunOptions): Detectors {
  const { list, version, known, trace } = options;
  const survey = new Survey();
  const wanted = list.reduce((signs, detector) => signs | (detector.signs ?? ~0), 0);
  return {
    list,
    version,
    known,
    trace,
    find(text, dropped) {
      if (text.length === 0) return [];
      const folded = fold(text);
      const { signs } = survey.read(folded);
      if ((signs & wanted) === 0) return [];
      let all: Match[] | null = null;
      let seen = folded;
      for (const detector of list) {
        if (detector.signs === undefined ? !detector.mustContain.test(seen) : (signs & detector.signs) === 0) continue;
        for (const match of detector.find(seen, dropped, survey)) {
          trace.kind(match.kind);
          trace.value(match.normal);
          if (known.has(match.normal)) dropped?.({ kind: match.kind, start: match.start, end: match.end, why: 'known' });
          else if (all === null) all = [match];
          else all.push(match);
        }
        if (detector.kind === 'address' && all !== null) seen = withoutAddresses(folded, all);
      }
      if (all === null) return [];
      if (all.length === 1) return all;
      return lift(settle(all, dropped));
    },
  };
}

/** The text with its sure addresses blanked: 三田 and 高橋 are names elsewhere, and what is settled need not be read again. */
function withoutAddresses(folded: string, matches: readonly Match[]): string {
  let blanked = '';
  let from = 0;
  for (const { kind, strength, start, end } of matches) {
    if (kind !== 'address' || strength === 'weak') continue;
    blanked += folded.slice(from, start) + ' '.repeat(end - start);
    from = end;
  }
  return from === 0 ? folded : blanked + folded.slice(from);
}

function settle(all: Match[], dropped?: (drop: Dropped) => void): Match[] {
  all.sort((one, other) => one.start - other.start || other.end - one.end);
  const kept: Match[] = [];
  for (const match of all) {
    let lost = false;
    while (kept.length > 0 && kept[kept.length - 1]!.end > match.start) {
      const rival = kept[kept.length - 1]!;
      if (beats(rival, match)) {
        dropped?.({ kind: match.kind, start: match.start, end: match.end, why: `inside-${rival.kind}` });
        lost = true;
        break;
      }
      kept.pop();
      dropped?.({ kind: rival.kind, start: rival.start, end: rival.end, why: `inside-${match.kind}` });
    }
    if (!lost) kept.push(match);
  }
  return kept;
}

function beats(one: Match, other: Match): boolean {
  if (RANK[one.strength] !== RANK[other.strength]) return RANK[one.strength] > RANK[other.strength];
  const [length, rivalLength] = [one.end - one.start, other.end - other.start];
  if (length !== rivalLength) return length > rivalLength;
  return precedenceOf(one.kind) <= precedenceOf(other.kind);
}

/** A hyphenated 4-6 number, or a date, that stands beside a name is no hint any more; see DETECTION's rule on neighbours. */
function lift(matches: Match[]): Match[] {
  for (let at = 0; at < matches.length; at++) {
    const match = matches[at]!;
    if (match.strength !== 'weak' || match.kind !== 'pension-number' || !match.why.includes('shape-4-6')) continue;
    const beside = besideOf(matches, at, match.why.includes('like-phone') ? (kind) => kind === 'birthdate' : (kind) => LIFTING.has(kind));
    if (beside !== null) matches[at] = { ...match, strength: 'likely', why: [...match.why, `beside-${beside}`] };
  }
  return matches;
}

function besideOf(matches: readonly Match[], at: number, counts: (kind: Kind) => boolean): Kind | null {
  const match = matches[at]!;
  for (let next = at + 1; next < matches.length && matches[next]!.start - match.end <= BESIDE_UNITS_MAX; next++) {
    if (counts(matches[next]!.kind) && matches[next]!.strength !== 'weak') return matches[next]!.kind;
  }
  for (let previous = at - 1; previous >= 0 && match.start - matches[previous]!.end <= BESIDE_UNITS_MAX; previous--) {
    if (counts(matches[previous]!.kind) && matches[previous]!.strength !== 'weak') return matches[previous]!.kind;
  }
  return null;
}
