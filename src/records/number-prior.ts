/**
 * What speaks for or against a row of ten-digit numbers being pension numbers where no label says so: whether offices gave them out, or somebody
 * counted receipts (DOMAIN.md: office codes, look-alikes). A prior for columns and lists; a label is always believed.
 */
import type { Dropped, Match } from '../../detectors/contract.js';

/** Fewer numbers show no order, and no spread. */
const COUNTED_MIN = 3;
const OFFICES_MIN = 5;
/** The share of the numbers that must show it. */
const MOST = 0.9;
/** 2021-000120: years in which offices have numbered what they received. */
const YEAR = /^(?:19[89]|20[0-4])[0-9]/;
/** Steps between receipts of a list that shows some of them. */
const STEP_MAX = 500;

/** True for numbers that a year opens and that rise or fall in small steps: receipts, invoices, requests. `numbers` have ten digits, in their order. */
export function areCounted(numbers: readonly string[]): boolean {
  if (numbers.length < COUNTED_MIN) return false;
  if (shareOf(numbers, (number) => YEAR.test(number)) < MOST) return false;
  const steps = numbers.slice(1).map((number, at) => Number(number) - Number(numbers[at]));
  const [up, down] = [shareOf(steps, (step) => step > 0), shareOf(steps, (step) => step < 0)];
  if (Math.max(up, down) < MOST) return false;
  const small = shareOf(numbers, (number) => number[4] === '0') >= MOST;
  return small || shareOf(steps, (step) => Math.abs(step) <= STEP_MAX) >= MOST;
}

/**
 * True for numbers as offices all over the country give them out: their codes differ, each begins with a code of the pension service (01 to 82) or of a
 * mutual aid scheme, and they are in no order of their own. Ten digits beside names are believed with this even where no date stands by.
 */
export function areFromOffices(numbers: readonly string[]): boolean {
  const { length } = numbers;
  if (length < OFFICES_MIN || numbers.some((number) => !/^[0-9]{10}$/.test(number))) return false;
  if (new Set(numbers).size < length * MOST) return false;
  const schemes = shareOf(numbers, (number) => number.startsWith('9'));
  if (schemes > 0.2 || shareOf(numbers, isOfficeCode) + schemes < 0.97) return false;
  const enough = Math.max(3, Math.min(length / 10, 10));
  const differ = (digits: number) => new Set(numbers.map((number) => number.slice(0, digits))).size >= enough;
  return differ(4) && differ(2) && shareOf(numbers, (number) => YEAR.test(number)) < 0.5;
}

function isOfficeCode(number: string): boolean {
  const prefecture = Number(number.slice(0, 2));
  return prefecture >= 1 && prefecture <= 82;
}

/** Without the 4-6 numbers of a text that only their neighbours speak for, when somebody counted them. */
export function withoutCounted(matches: readonly Match[], dropped?: (drop: Dropped) => void): readonly Match[] {
  const numbers = matches.filter(isByShape);
  if (!areCounted(numbers.map((match) => match.normal))) return matches;
  for (const { kind, start, end } of numbers) dropped?.({ kind, start, end, why: 'counted' });
  return matches.filter((match) => !isByShape(match));
}

const isByShape = (match: Match) =>
  match.kind === 'pension-number' && match.why.includes('shape-4-6') && !match.why.includes('label-before');

function shareOf<Item>(items: readonly Item[], is: (item: Item) => boolean): number {
  return items.length === 0 ? 0 : items.filter(is).length / items.length;
}
