/** Addresses behind a label that break at the end of their line, as often as not inside a name, and go on in an indented line. */
import type { Match } from '../../detectors/contract.js';
import type { Labels } from './label.js';

const LABEL = /住[ 　]{0,4}所|居[ 　]{0,4}所|本籍地?/g;
/** What may stand before these words in a label, and between the label and its value. */
const LABEL_UNITS_MAX = 12;
const BEHIND = /^(?:[(（][^()（）\n]{0,10}[)）])?[ 　\t]*[:：]?[ 　\t]*/;
const INDENT = /^(?:[ \t]{2,}|[ \t]*　[ 　\t]*)/;
const INDENT_UNITS_MAX = 80;
/** What goes on with a house number: 高井戸西3 / 丁目5番24号. */
const CHAIN = /^(?:丁?目|番|号|[-－‐−ーのノ][0-9０-９])/;
const VALUE_UNITS_MAX = 80;
const LINES_MAX = 3;

/** Matches that reach over the line end, with offsets in `text`, by `start`. */
export function findBrokenAddresses(text: string, labels: Labels): Match[] {
  const role = labels.whole('address')?.role;
  const matches: Match[] = [];
  if (role === undefined) return matches;
  for (const found of text.matchAll(LABEL)) {
    const label = labelAround(text, found.index, found[0].length);
    if (!labels.of(label).some((one) => one.kind === 'address' && one.role.part === 'whole')) continue;
    const after = found.index + found[0].length;
    const start = after + BEHIND.exec(text.slice(after, after + 40))![0].length;
    if (start === after) continue;
    const first = lineFrom(text, start);
    // An address that ends with its line needs none of the next.
    const isEnded = isWhole(role.cell(first.text, false));
    if (first.text.length < 2 || first.text.includes('。')) continue;
    let value = first.text;
    let at = first.next;
    for (let line = 1; line < LINES_MAX && at < text.length; line += 1) {
      const indent = INDENT.exec(text.slice(at, at + INDENT_UNITS_MAX))?.[0].length ?? 0;
      const below = lineFrom(text, at + indent);
      if (isEnded && !CHAIN.test(below.text)) break;
      if (indent === 0 || below.text === '' || below.text.includes('。') || isLabelled(below.text, labels)) break;
      value += below.text;
      if (isWhole(role.cell(value, false))) {
        const end = at + indent + below.text.length;
        matches.push({
          kind: 'address',
          start,
          end,
          strength: 'certain',
          normal: role.normal(value),
          why: [`field:${label}`, 'broken-line'],
        });
        break;
      }
      at = below.next;
    }
  }
  return matches;
}

/** What stands from here to the end of the line, and where the next line begins. */
function lineFrom(text: string, start: number): { text: string; next: number } {
  const end = text.indexOf('\n', start);
  const stop = end < 0 ? text.length : end;
  return { text: text.slice(start, Math.min(stop, start + VALUE_UNITS_MAX)).trimEnd(), next: stop + 1 };
}

const isWhole = (strength: string | null) => strength === 'likely' || strength === 'certain';

/** The word that the label stands in. */
function labelAround(text: string, at: number, units: number): string {
  let start = at;
  while (start > 0 && at - start < LABEL_UNITS_MAX && !/[\s　:：、。（(]/.test(text[start - 1]!)) start -= 1;
  return text.slice(start, at + units);
}

/** 電話 03-…, 氏名　山田: the line below is another field's. */
function isLabelled(line: string, labels: Labels): boolean {
  const first = /^[^\s　:：]{1,16}/.exec(line)?.[0] ?? '';
  return /^[^\s　]{1,12}[:：]/.test(line) || labels.of(first).length > 0;
}
