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
  isFamily,
  isGiven,
  type Run,
} from './name-features.js';
import { joinsKanji, LETTER, letterAt, sortOf } from './name-letters.js';
import { WEIGHTS } from './name-weights.js';
import { REMEMBERED_UNITS_MAX, RunMemory } from './run-memory.js';

/** Longer runs are read in windows of this many units; no Japanese sentence has one. */
const RUN_UNITS_MAX = 64;
const FAMILY_UNITS_MAX = 4;
const GIVEN_UNITS_MAX = 4;
/** Single letters that the wider list has as given names, but that make a place, a house or an office of a family name. */
const NEVER_GIVEN = '市県省州国氏家寺駅港線城派軍語人都府区町村郡川山島橋通門';
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
  /** What the run ends in, by itself: 0 for nothing that a given name may follow, else a number below 64 that `name` understands. */
  family(text: string, run: Run): number;
  name(text: string, run: Run, family: number): ScoredName | null;
}

/** What is remembered of a run: that it was looked at; that it has no candidate; above that what it ends in. */
const LOOKED_AT = 1;
const BARREN = 2;
const FAMILY_SHIFT = 2;

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
   * Names whose score is at least `scoreMin`, in order, none overlapping. `atEnd` may add those that go on in kana after a run.
   */
  find(text: string, scoreMin: number, atEnd?: RunEnd): ScoredName[] {
    const found: ScoredName[] = [];
    const { features, lexicon, run, memory } = this;
    let candidates = 0;
    const best: ScoredName[] = [];
    const judge = (c: Candidate, wordCount: number) => {
      if (scoreOf(features, wordCount) + CONTEXT_SCORE_MAX < scoreMin) return;
      candidates++;
      const score = scoreOf(features, collectContextFeatures(text, lexicon, run, c, features, wordCount));
      if (score >= scoreMin && !(lexicon.look(text, c.start, c.end) & (WORD.city | WORD.prefecture)))
        best.push({ start: c.start, middle: c.middle, end: c.end, score });
    };
    for (let at = 0; this.nextRun(text, at); at = run.end) {
      const units = run.end - run.start;
      if (units < 2) continue;
      const place = units <= REMEMBERED_UNITS_MAX ? memory.placeOf(text, run.start, run.end) : -1;
      let answer = place < 0 ? 0 : memory.answer(place);
      if ((answer & BARREN) === 0) {
        candidates = 0;
        this.eachCandidate(text, judge);
        if (answer === 0) {
          answer = LOOKED_AT | (candidates === 0 ? BARREN : 0) | ((atEnd?.family(text, run) ?? 0) << FAMILY_SHIFT);
          if (place >= 0) memory.note(place, answer);
        }
      }
      const more = answer < 1 << FAMILY_SHIFT ? null : atEnd!.name(text, run, answer >>> FAMILY_SHIFT);
      if (more !== null && more.score >= scoreMin) best.push(more);
      if (best.length > 0) keepBest(best, found);
    }
    return found;
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
  let sum = 0;
  for (let at = 0; at < count; at++) sum += WEIGHTS[features[at]!] ?? 0;
  return sum / 1_000;
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
