/** A site's own words in the forms in which detectors look for them, and in what a text must hold for each of them to matter. */
import { normalAddress } from './address-chain.js';
import type { Kind, SiteWords } from './contract.js';
import { fold, foldLabel, foldName } from './fold.js';
import { COMMON_SHIFT, WORD } from './lexicon.js';
import { TRACED_KINDS, valuePlace } from './trace.js';
import { lettersOfWord } from './word-letters.js';

/** As common as the names that everybody knows: a site lists none in vain. */
const SITE_RANK = 8;
const SITE_FAMILY = (WORD.family | (SITE_RANK << COMMON_SHIFT.family)) >>> 0;
const SITE_GIVEN = (WORD.given | (SITE_RANK << COMMON_SHIFT.given)) >>> 0;

/** The words of a site as the lexicon takes them: names and places with their beginnings. */
export function siteWords(site: SiteWords): ReadonlyMap<string, number> {
  const words = new Map<string, number>();
  const add = (word: string, flags: number): void => {
    if (word !== '') words.set(word, ((words.get(word) ?? 0) | flags) >>> 0);
  };
  const addName = (name: string, flags: number): void => {
    const folded = foldName(name);
    add(folded, flags);
    if (folded.length > 2) add(folded.slice(0, 2), WORD.nameStem);
  };
  for (const name of site.names) {
    const [family = '', given = ''] = fold(name).trim().split(/ +/);
    // Of a single word nobody said which half of a name it is.
    addName(family, given === '' ? SITE_FAMILY | SITE_GIVEN : SITE_FAMILY);
    addName(given, SITE_GIVEN);
  }
  for (const place of site.places) {
    const folded = fold(place).trim();
    add(folded, /[市区村]$/.test(folded) ? WORD.city : /町$/.test(folded) ? WORD.town | WORD.city : WORD.town);
    if (folded.length > 3) add(folded.slice(0, 3), WORD.townStem);
  }
  return words;
}

/** Known values in each form that `normal` can take: digits alone, a folded name, a folded address. */
export function knownValues(values: readonly string[]): ReadonlySet<string> {
  const known = new Set<string>();
  for (const value of values) {
    const folded = fold(value);
    known.add(folded.trim());
    known.add(foldName(value));
    known.add(folded.replace(/ /g, ''));
    known.add(normalAddress(folded.trim()));
    const digits = folded.replace(/[^0-9]/g, '');
    if (digits.length >= 6) known.add(digits);
  }
  return known;
}

/** One word of a site. `id`: equal for equal words that do the same. */
export interface SiteWord {
  readonly id: string;
  /** The letters without which it can't stand in a text; none when that can't be told. Left out for a known value. */
  readonly letters?: readonly number[];
  /** Of a known value: its place among the values that were asked for (trace.ts). */
  readonly value?: number;
}

/** Every word of a site. */
export function wordsOfSite(site: SiteWords): SiteWord[] {
  const words: SiteWord[] = [];
  for (const [kind, labels] of Object.entries(site.labels)) {
    for (const label of labels) {
      const folded = foldLabel(label);
      words.push({ id: `label ${kind} ${folded}`, letters: lettersOfWord(folded) });
    }
  }
  for (const [word, flags] of siteWords(site)) words.push({ id: `word ${flags} ${word}`, letters: lettersOfWord(word) });
  for (const normal of knownValues(site.known)) words.push({ id: `known ${normal}`, value: valuePlace(normal) });
  return words;
}

/** How each kind counts: from which strength on, or not at all. */
export function levelsOf({ off, thresholds }: SiteWords): Record<Kind, string> {
  return Object.fromEntries(TRACED_KINDS.map((kind) => [kind, off.includes(kind) ? 'off' : (thresholds[kind] ?? 'likely')])) as Record<
    Kind,
    string
  >;
}
