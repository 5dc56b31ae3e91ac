/**
 * Names of persons: full names in running text, by the lexicon and what stands around them; in cells by the column's label or by most cells.
 * A family name alone is a hint at best, because more than half of them are places too.
 */
import type { Detector, Match, Strength } from './contract.js';
import { foldName } from './fold.js';
import { type Lexicon, WORD } from './lexicon.js';
import { findCalled } from './name-called.js';
import { halfRole, kanaRole, NAME_LABELS, wholeRole } from './name-cells.js';
import { findByContext } from './name-context.js';
import { findForeign, findKanaPairs, findLatin, findSpaced, kanaGivenNames } from './name-pairs.js';
import { NameRuns, type ScoredName } from './name-runs.js';
import { isNoName } from './name-stops.js';
import { SIGN, surveyOf } from './survey.js';

/** Scores from which a name is certain, likely, weak: set on labelled sentences so that each strength keeps what contract.ts promises. */
const SCORE_MIN: Record<Strength, number> = { certain: 2.4, likely: -0.3, weak: -2.2 };

export function createPersonName(options: { readonly lexicon: Lexicon }): Detector {
  const { lexicon } = options;
  const runs = new NameRuns(lexicon);
  const atEnd = kanaGivenNames(lexicon);
  return {
    kind: 'name',
    version: 4,
    title: { ja: '氏名', en: 'name' },
    mustContain: /[㐀-\u9fff\uf900-\ufaff\ud840-\ud888]|[ァ-ヺーﾞﾟぁ-ん][ ・]|(?<![A-Za-z])[A-Z][A-Za-z]{2,16}[ ,]/,
    signs: SIGN.kanji | SIGN.spaced | SIGN.foreign | SIGN.latin,
    find(folded, dropped, surveyed) {
      const survey = surveyed ?? surveyOf(folded);
      const found = new Map<string, readonly ScoredName[]>();
      // A text with its addresses blanked has runs that begin elsewhere.
      found.set('kanji-name', runs.find(folded, SCORE_MIN.weak, atEnd, folded === survey.text ? survey.kanji : null));
      if (survey.signs & SIGN.spaced) {
        found.set('spaced-name', findSpaced(folded, lexicon, survey.spaced));
        found.set('kana-name', findKanaPairs(folded, lexicon, survey.spaced));
      }
      const byContext = findByContext(folded);
      if (byContext.length > 0) found.set('context-name', byContext);
      const called = survey.called.count > 0 ? findCalled(folded, lexicon, survey.called) : [];
      if (called.length > 0) found.set('called-name', called);
      if (survey.signs & SIGN.latin) found.set('latin-name', findLatin(folded, lexicon, survey.latin));
      if (survey.signs & SIGN.foreign) found.set('foreign-name', findForeign(folded, survey.foreign));
      const matches: Match[] = [];
      for (const [why, names] of found) {
        for (const name of names) {
          const strength = why === 'kanji-name' && isNoName(folded, name, lexicon) ? null : strengthOf(name.score);
          if (strength !== null) matches.push(matchOf(folded, name, strength, why));
          else dropped?.({ kind: 'name', start: name.start, end: name.end, why: 'unlike-a-name' });
        }
      }
      return found.size > 1 ? withoutOverlaps(matches) : matches;
    },
    roles: [
      kanaRole(lexicon),
      halfRole(lexicon, { part: 'family-kana', labels: NAME_LABELS.familyKana, kana: true, known: WORD.familyKana }),
      halfRole(lexicon, { part: 'given-kana', labels: NAME_LABELS.givenKana, kana: true, known: WORD.givenKana }),
      halfRole(lexicon, { part: 'family', labels: NAME_LABELS.family, kana: false, known: WORD.family | WORD.familyRare }),
      halfRole(lexicon, { part: 'given', labels: NAME_LABELS.given, kana: false, known: WORD.given | WORD.givenRare }),
      wholeRole(lexicon),
    ],
  };
}

function strengthOf(score: number): Strength | null {
  if (score >= SCORE_MIN.certain) return 'certain';
  if (score >= SCORE_MIN.likely) return 'likely';
  return score >= SCORE_MIN.weak ? 'weak' : null;
}

function matchOf(folded: string, name: ScoredName, strength: Strength, why: string): Match {
  return { kind: 'name', start: name.start, end: name.end, strength, normal: foldName(folded.slice(name.start, name.end)), why: [why] };
}

const RANK: Record<Strength, number> = { weak: 0, likely: 1, certain: 2 };

/** The ways of finding a name overlap (`山田 太郎` may also hold a run `太郎…`): the surer one stays, the longer of two alike. */
function withoutOverlaps(matches: Match[]): Match[] {
  matches.sort((one, other) => one.start - other.start || other.end - one.end);
  const kept: Match[] = [];
  for (const match of matches) {
    const last = kept[kept.length - 1];
    if (last === undefined || last.end <= match.start) kept.push(match);
    else if (
      RANK[match.strength] > RANK[last.strength] ||
      (match.strength === last.strength && match.end - match.start > last.end - last.start)
    ) {
      kept[kept.length - 1] = match;
    }
  }
  return kept;
}
