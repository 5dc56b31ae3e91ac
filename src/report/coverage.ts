/** How far a run came that did not reach its end, in words. */
import type { Lang } from '../../detectors/contract.js';
import type { Coverage } from '../parts.js';
import { consoleWords } from '../words/console.js';
import { words } from '../words/words.js';
import { percentOf } from './order.js';

export function coverageText(coverage: Coverage, lang: Lang): string {
  const say = consoleWords(lang);
  const table = words(lang);
  const { looked, known, stopped, unopenedFolders } = coverage;
  if (looked === null) return say.coverageUnknown;
  const percent = percentOf(coverage);
  const [files, ofAll] = [table.count(looked), table.count(known)];
  if (percent === null) return say.lookedAtKnown(files, ofAll, stopped === 'root-lost');
  const more = unopenedFolders > 0 ? say.unopenedFolders(table.count(unopenedFolders)) : '';
  return `${say.lookedAt(files, ofAll, percent, unopenedFolders > 0)}${more}`;
}
