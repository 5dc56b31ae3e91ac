/** Values behind a label and a colon in running text, `氏名：グエン・ヴァン・アン`, that the label vouches for where the value alone would not be known. */
import type { Match, Strength } from '../../detectors/contract.js';
import { findBrokenAddresses } from './broken-address.js';
import type { Labels } from './label.js';

const LABEL_UNITS_MAX = 24;
const VALUE_UNITS_MAX = 80;

/** Matches with offsets in `text`, by `start`. Only lines with a colon cost anything. */
export function findLabelled(text: string, labels: Labels): Match[] {
  const matches: Match[] = [];
  for (let colon = nextColon(text, 0); colon >= 0; colon = nextColon(text, colon + 1)) {
    // A time of day, a drive letter and an address of the web are no labels: what stands before must be Japanese.
    if (colon === 0 || text.charCodeAt(colon - 1) < 0x3000) continue;
    const label = labelBefore(text, colon);
    const roles = labels.of(label);
    if (roles.length === 0) continue;
    const start = skipSpaces(text, colon + 1);
    const line = lineFrom(text, start);
    for (const { kind, role } of roles) {
      const found = role.part === 'whole' || role.part === 'kana' ? takenPiece(line, (piece) => role.cell(piece, true)) : null;
      if (found === null) continue;
      const [value, strength] = found;
      matches.push({ kind, start, end: start + value.length, strength, normal: role.normal(value), why: [`field:${label.trim()}`] });
      break;
    }
  }
  const broken = findBrokenAddresses(text, labels);
  const above = findBelowLabels(text, labels);
  if (broken.length === 0 && above.length === 0) return matches;
  const others = [...matches, ...above].filter((one) => !broken.some((whole) => covers(whole, one)));
  return [...others, ...broken].sort((one, other) => one.start - other.start);
}

const covers = (whole: Match, one: Match) => whole.start <= one.start && one.end <= whole.end;

/** What nearly every label of a line of its own ends in: 番号, 氏名, 生年月日, 住所. */
const LABEL_END = /[号名日所][ 　]*\r?\n/g;

/** A label that is a whole line, and the next line its value: forms of which only the text is left. */
function findBelowLabels(text: string, labels: Labels): Match[] {
  const matches: Match[] = [];
  for (const found of text.matchAll(LABEL_END)) {
    const from = text.lastIndexOf('\n', found.index) + 1;
    const start = skipSpaces(text, found.index + found[0].length);
    if (found.index - from >= LABEL_UNITS_MAX) continue;
    const label = text.slice(from, found.index + 1).trim();
    const roles = labels.of(label);
    if (roles.length === 0) continue;
    const value = lineFrom(text, start);
    if (value === '' || labels.of(value).length > 0) continue;
    for (const { kind, role } of roles) {
      const strength = role.part === 'whole' ? role.cell(value, true) : null;
      if (strength === null || strength === 'weak' || (kind === 'name' && role.cell(value, false) === null)) continue;
      matches.push({ kind, start, end: start + value.length, strength, normal: role.normal(value), why: [`field:${label}`] });
      break;
    }
  }
  return matches;
}

/** The two lists as one, by `start`; where they overlap, those of the label stay only if the others have nothing as sure. */
export function withLabelled(matches: readonly Match[], labelled: readonly Match[]): readonly Match[] {
  const beats = (one: Match, match: Match) => match.strength === 'weak' || (one.why.includes('broken-line') && covers(one, match));
  const fresh = labelled.filter((one) => !matches.some((match) => match.start < one.end && one.start < match.end && !beats(one, match)));
  if (fresh.length === 0) return matches;
  const kept = matches.filter((match) => !fresh.some((one) => match.start < one.end && one.start < match.end));
  return [...kept, ...fresh].sort((one, other) => one.start - other.start);
}

const COLON = /[:：]/g;

function nextColon(text: string, from: number): number {
  COLON.lastIndex = from;
  return COLON.exec(text)?.index ?? -1;
}

/** Back to the line's start, a bracket, or a gap of two spaces. */
function labelBefore(text: string, colon: number): string {
  let start = colon;
  while (start > 0 && colon - start < LABEL_UNITS_MAX && !/[\n。、，：:「」【】]/.test(text[start - 1]!)) start -= 1;
  const before = text.slice(start, colon).trim();
  return before.split(/ {2,}|　{2,}|\t/).pop() ?? '';
}

function skipSpaces(text: string, from: number): number {
  let at = from;
  while (at < text.length && (text[at] === ' ' || text[at] === '　' || text[at] === '\t')) at += 1;
  return at;
}

function lineFrom(text: string, start: number): string {
  const stop = text.indexOf('\n', start);
  return text.slice(start, Math.min(stop < 0 ? text.length : stop, start + VALUE_UNITS_MAX)).trimEnd();
}

/** The whole line, or what stands before the next gap, comma or bracket. */
function takenPiece(line: string, judge: (piece: string) => Strength | null): [string, Strength] | null {
  for (const end of [line.length, line.search(/ {2,}|　{2,}|\t|[、，,／/（(]/), line.search(/[ 　]/)]) {
    if (end <= 0) continue;
    const piece = line.slice(0, end).trimEnd();
    const strength = judge(piece);
    if (strength !== null && strength !== 'weak') return [piece, strength];
  }
  return null;
}
