/** Sheets of the workbook for what no row of a file tells: piles of personal data, and the register of exceptions. */
import type { Lang } from '../../detectors/contract.js';
import type { ExceptionLine, Pile } from '../parts.js';
import { findingWords } from '../words/findings.js';
import { exceptionName, fitOf, needsLook } from './exceptions.js';
import { pileName } from './piles.js';
import { STYLE, serialOfDay } from './sheet-xml.js';
import type { SheetCell, SheetWriter } from './xlsx-sheet.js';

export const PILE_WIDTHS = [26, 60, 18, 12, 30, 20];
export const EXCEPTION_WIDTHS = [22, 50, 36, 20, 18, 26, 18];

const text = (value: string): SheetCell => ({ value, style: STYLE.text });
const head = (value: string): SheetCell => ({ value, style: STYLE.head });
const count = (value: number): SheetCell => ({ value, style: STYLE.count });

/** The largest first. */
export function writePileSheet(sheet: SheetWriter, piles: readonly Pile[], lang: Lang): void {
  const say = findingWords(lang).pileTable;
  sheet.row([say.sort, say.who, say.persons, say.bound, say.root, say.id].map(head));
  for (const pile of piles) {
    const [root, id] = pile.sort === 'folder' ? [pile.root, ''] : ['', pile.reader];
    sheet.row([text(say.sorts[pile.sort]), text(pileName(pile, lang)), count(pile.persons), count(pile.bound), text(root), text(id)]);
  }
}

/** In the order of their last day; what is to be looked at stands out. */
export function writeExceptionSheet(sheet: SheetWriter, exceptions: readonly ExceptionLine[], lang: Lang): void {
  const say = findingWords(lang).exceptionTable;
  sheet.row([say.state, say.what, say.reason, say.approver, say.expires, say.files, say.fits].map(head));
  for (const one of exceptions) {
    const day = serialOfDay(one.expires);
    sheet.row([
      { value: say.states[one.state], style: needsLook(one) ? STYLE.alarm : STYLE.text },
      text(exceptionName(one)),
      text(one.reason),
      text(one.approver),
      day === null ? text(one.expires) : { value: day, style: STYLE.day },
      count(one.files),
      { value: say.fitting[fitOf(one)], style: one.idle === true ? STYLE.alarm : STYLE.text },
    ]);
  }
}
