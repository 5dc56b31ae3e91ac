/** How far a run came that did not reach its end, and what stands in for what it did not look at, in words. */
import type { Lang } from '../../detectors/contract.js';
import type { Coverage } from '../parts.js';
import { consoleWords } from '../words/console.js';
import { words } from '../words/words.js';
import { percentOf } from './order.js';
import { localStamp } from './time.js';

/** The share of the known files that it looked at. */
export function seenText(coverage: Coverage, lang: Lang): string {
  const say = consoleWords(lang);
  const { count } = words(lang);
  const { looked, known, stopped, unopenedFolders } = coverage;
  if (looked === null) return say.coverageUnknown;
  const percent = percentOf(coverage);
  const [files, ofAll] = [count(looked), count(known)];
  if (percent === null) return say.lookedAtKnown(files, ofAll, stopped === 'root-lost');
  const more = unopenedFolders > 0 ? say.unopenedFolders(count(unopenedFolders)) : '';
  return `${say.lookedAt(files, ofAll, percent, unopenedFolders > 0)}${more}`;
}

/** Why it did not reach its end, and how far it came. */
export function incompleteText(coverage: Coverage, lang: Lang): string {
  const say = consoleWords(lang);
  return `${say.stopped[coverage.stopped ?? 'unknown']}${say.sentenceEnd}${seenText(coverage, lang)}`;
}

/** What is reported of the rest. */
export function restText({ lastComplete, earlier }: Coverage, lang: Lang): string {
  const say = consoleWords(lang);
  if (lastComplete) return say.earlierResults(lastComplete.id, localStamp(lastComplete.startedMs));
  return earlier ? say.earlierParts : say.noEarlierResults;
}
