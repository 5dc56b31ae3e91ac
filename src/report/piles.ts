/** Places that hold more persons than the policy allows, in words and for JSON. */
import type { Lang } from '../../detectors/contract.js';
import type { Pile } from '../parts.js';
import { findingWords } from '../words/findings.js';
import { words } from '../words/words.js';
import { showText } from './escape.js';

export const PILES_SHOWN = 10;

export function pileText(pile: Pile, hasManyRoots: boolean, lang: Lang): string {
  const say = findingWords(lang);
  const table = words(lang);
  const [persons, bound] = [table.persons(pile.persons), table.persons(pile.bound)];
  const name = pileName(pile, lang);
  if (pile.sort === 'reader') return say.readerPile(showText(name), persons, bound);
  return say.folderPile(showText(hasManyRoots ? `${pile.root}/${name}` : name), persons, bound);
}

/** The folder below its root, or who reads. Not escaped yet. */
export function pileName(pile: Pile, lang: Lang): string {
  const say = findingWords(lang);
  if (pile.sort === 'folder') return pile.folder === '' ? say.rootFolder : pile.folder;
  return pile.reader === 'everybody' ? say.everybody : pile.reader === 'guests' ? say.guests : (pile.name ?? pile.reader);
}
