/**
 * Finds full names in runs of kanji: every family name of the lexicon that a given name follows is a candidate, scored by its features; the
 * best ones that don't overlap are kept. Lone family names are not looked for.
 */
import { COMMON_SHIFT, type Lexicon, WORD } from './lexicon.js';
import {
  type Candidate,
  collectContextFeatures,
  collectFamilyFeatures,
  collectGivenFeatures,
  collectInnerFeatures,
  collectOuterFeatures,
  isFamily,
  isGiven,
  outerScoreMax,
  type Run,
} from './name-features.js';
import { joinsKanji, LETTER, letterAt, sortOf } from './name-letters.js';
import { WEIGHTS } from './name-weights.js';
import { type HeldCandidate, NOTHING_HELD, REMEMBERED_UNITS_MAX, RunMemory } from './run-memory.js';
import type { Offsets } from './survey.js';

/** Longer runs are read in windows of this many units; no Japanese sentence has one. */
const RUN_UNITS_MAX = 64;
const FAMILY_UNITS_MAX = 4;
const GIVEN_UNITS_MAX = 4;
/** Single letters that the wider list has as given names, but that make a place, a house or an office of a family name. */
export const NEVER_GIVEN = '市県省州国氏家寺駅港線城派軍語人都府区町村郡川山島橋通門';
/** A given name of the wider list that is a word as common as this is the word: 時代, 文化, 世代. */
const COMMON_NOUN = 8;
/** What stands around a name has lifted the score of its words by no more than this in 99 of 100; the rest is given up without looking around. */
const CONTEXT_SCORE_MAX = 4;

export interface ScoredName {
  readonly start: number;
  readonly middle: number;
  readonly end: number;
  readonly score: number;
}

/** Looks for a name that begins at the end of a run and goes on in kana. */
export interface RunEnd {
  /** What the run ends in, by itself: 0 for nothing that a given name may follow, else a number below 256 that `name` understands. */
  family(text: string, run: Run): number;
  name(text: string, run: Run, family: number): ScoredName | null;
}

/** Scores are kept in thousandths, as the weights are. */
const OUTER_MAX = outerScoreMax((feature) => WEIGHTS[feature] ?? 0);

export type CandidateVisitor = (candidate: Candidate, features: Uint8Array, count: number) => void;

/** Scores runs of kanji; holds its buffers, so one serves one detector. */
export class NameRuns {
  private readonly ahead = new Uint32Array(FAMILY_UNITS_MAX + 2);
  private readonly behind = new Uint32Array(GIVEN_UNITS_MAX + 2);
  private readonly features = new Uint8Array(64);
  private readonly run: { start: number; end: number } = { start: 0, end: 0 };
  private readonly memory = new RunMemory();
  private readonly candidate: Candidate = { start: 0, middle: 0, end: 0, familyFlags: 0, givenFlags: 0 };

  constructor(private readonly lexicon: Lexicon) {}

  /**
   * Names whose score is at least `scoreMin`, in order, none overlapping. `starts`: where runs of two and more kanji begin, when that is known.
   * `atEnd` may add names that go on in kana after a run.
   */
  find(text: string, scoreMin: number, atEnd?: RunEnd, starts: Offsets | null = null): ScoredName[] {
    const found: ScoredName[] = [];
    const { run, memory } = this;
    const best: ScoredName[] = [];
    let next = 0;
    for (let at = 0; ; at = run.end) {
      // What follows a full window belongs to the same run.
      if (starts !== null && (at === 0 || at - run.start < RUN_UNITS_MAX)) {
        while (next < starts.count && starts.at(next) < at) next++;
        if (next === starts.count) break;
        at = starts.at(next);
      }
      if (!this.nextRun(text, at)) break;
      const units = run.end - run.start;
      if (units < 2) continue;
      const place = units <= REMEMBERED_UNITS_MAX ? memory.placeOf(text, run.start, run.end) : -1;
      let held = place < 0 ? null : memory.held(place);
      let family = 0;
      if (held === null) {
        held = this.holdCandidates(text, scoreMin);
        family = atEnd?.family(text, run) ?? 0;
        if (place >= 0) memory.note(place, held, family);
      } else family = memory.family(place);
      for (const one of held) this.judge(text, one, scoreMin, best);
      const more = family === 0 ? null : atEnd!.name(text, run, family);
      if (more !== null && more.score >= scoreMin) best.push(more);
      if (best.length > 0) keepBest(best, found);
    }
    return found;
  }

  /** The candidates of the run that may reach the score somewhere, with what their own letters give. */
  private holdCandidates(text: string, scoreMin: number): readonly HeldCandidate[] {
    const { features, lexicon, run } = this;
    let held: HeldCandidate[] | null = null;
    this.eachCandidate(text, (c, wordCount) => {
      if (scoreOf(features, wordCount) + CONTEXT_SCORE_MAX < scoreMin) return;
      const score = sumOf(features, collectInnerFeatures(text, lexicon, run, c, features, wordCount));
      if ((score + OUTER_MAX) / 1_000 < scoreMin || lexicon.look(text, c.start, c.end) & (WORD.city | WORD.prefecture)) return;
      held ??= [];
      held.push({ start: c.start - run.start, middle: c.middle - run.start, end: c.end - run.start, score });
    });
    return held ?? NOTHING_HELD;
  }

  /** Adds a candidate to `best` when what stands around the run lets it. */
  private judge(text: string, held: HeldCandidate, scoreMin: number, best: ScoredName[]): void {
    const { features, lexicon, run } = this;
    const [start, end] = [run.start + held.start, run.start + held.end];
    const score = (held.score + sumOf(features, collectOuterFeatures(text, lexicon, run, start, end, features, 0))) / 1_000;
    if (score >= scoreMin) best.push({ start, middle: run.start + held.middle, end, score });
  }

  /** Shows every candidate with its features: for training and for explaining. */
  visit(text: string, visitor: CandidateVisitor): void {
    const { features, lexicon, run } = this;
    for (let at = 0; this.nextRun(text, at); at = run.end) {
      this.eachCandidate(text, (c, wordCount) => visitor(c, features, collectContextFeatures(text, lexicon, run, c, features, wordCount)));
    }
  }

  /** Sets `run` to the next run of kanji from `from` on; false when there is none. */
  private nextRun(text: string, from: number): boolean {
    const { length } = text;
    let at = from;
    while (at < length && sortOf(text.charCodeAt(at)) !== LETTER.kanji) at++;
    if (at >= length) return false;
    let end = at + 1;
    while (end < length && end - at < RUN_UNITS_MAX) {
      if (sortOf(text.charCodeAt(end)) === LETTER.kanji) end++;
      else if (joinsKanji(text.charCodeAt(end)) && letterAt(text, end + 1) === LETTER.kanji) end++;
      else break;
    }
    this.run.start = at;
    this.run.end = end;
    return true;
  }

  /** Hands on every candidate of the run with the features of its words in `features`. */
  private eachCandidate(text: string, use: (candidate: Candidate, wordCount: number) => void): void {
    const { lexicon, ahead, behind, candidate, features, run } = this;
    for (let start = run.start; start < run.end - 1; start++) {
      // Inside 𠮷 no name begins.
      if ((text.charCodeAt(start) & 0xfc00) === 0xdc00) continue;
      const families = lexicon.lookFamilies(text, start, run.end - 1, FAMILY_UNITS_MAX, ahead);
      for (let n = 1; n <= families; n++) {
        if (!isFamily(ahead[n]!)) continue;
        candidate.start = start;
        candidate.middle = start + n;
        candidate.familyFlags = ahead[n]!;
        const familyCount = collectFamilyFeatures(candidate, features);
        const givens = lexicon.lookNames(text, candidate.middle, run.end, GIVEN_UNITS_MAX, behind);
        for (let m = 1; m <= givens; m++) {
          if (!this.mayBeGiven(text, candidate.middle, candidate.middle + m, behind[m]!, run)) continue;
          candidate.end = candidate.middle + m;
          candidate.givenFlags = behind[m]!;
          use(candidate, collectGivenFeatures(text, lexicon, candidate, features, familyCount));
        }
      }
    }
  }

  /** A given name of the lists; or, up to the end of the run, one whose first and last letter are common in given names. */
  private mayBeGiven(text: string, from: number, to: number, flags: number, run: Run): boolean {
    if (to - from === 1 && NEVER_GIVEN.includes(text[from]!)) return false;
    if (isGiven(flags)) return (flags & WORD.given) !== 0 || ((flags >>> COMMON_SHIFT.noun) & 15) < COMMON_NOUN;
    if (to !== run.end || to - from > 3 || flags & (WORD.noun | WORD.place | WORD.proper)) return false;
    return (
      this.lexicon.givenLast(text.charCodeAt(to - 1)) !== 0 && (to - from === 1 || this.lexicon.givenFirst(text.charCodeAt(from)) !== 0)
    );
  }
}

export function scoreOf(features: Uint8Array, count: number): number {
  return sumOf(features, count) / 1_000;
}

function sumOf(features: Uint8Array, count: number): number {
  let sum = 0;
  for (let at = 0; at < count; at++) sum += WEIGHTS[features[at]!] ?? 0;
  return sum;
}

/** Moves the best candidates of a run (at most a few dozen) to `found` and empties the list. */
function keepBest(candidates: ScoredName[], found: ScoredName[]): void {
  if (candidates.length > 1) candidates.sort((one, other) => other.score - one.score || one.start - other.start);
  const kept: ScoredName[] = [];
  for (const candidate of candidates) {
    if (!kept.some((other) => candidate.start < other.end && other.start < candidate.end)) kept.push(candidate);
  }
  candidates.length = 0;
  if (kept.length > 1) kept.sort((one, other) => one.start - other.start);
  for (const name of kept) found.push(name);
}
