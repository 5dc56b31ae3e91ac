/**
 * The plain ways to write the numbers of an address, read by hand because nearly all are written so: `1-2-3`, `3丁目2番1号`. Whatever is written
 * otherwise, or goes on with anything unusual, it leaves to the patterns of address-chain.ts, which read these the same way.
 */
import type { Chain } from './address-chain.js';

const NUMBERS_MAX = 6;
const DIGITS_MAX = 4;
/** 丁 目 番 地 号 の 町 室, as numbers: a letter of a text would be a string of its own for each look. */
const U = { chome: 0x4e01, me: 0x76ee, ban: 0x756a, chi: 0x5730, go: 0x53f7, no: 0x306e, machi: 0x753a, shitsu: 0x5ba4 } as const;
const KANA_NUMBERS = [...'イロハニホノ'].map((letter) => letter.charCodeAt(0));
const isDigit = (unit: number) => unit >= 0x30 && unit <= 0x39;

/** The chain at `at`; null when it is not plain. */
export function readPlainChain(text: string, at: number): Chain | null {
  let end = at;
  let numbers = 0;
  let units = 0;
  let lastDigits = 0;
  for (;;) {
    const digits = digitsAt(text, end);
    // A zero in front, or three and four digits with a hyphen between, may be a telephone number or a postcode.
    if (digits === 0 || digits > DIGITS_MAX || text.charCodeAt(end) === 0x30 || (lastDigits === 3 && digits === 4)) return null;
    numbers++;
    if (numbers > NUMBERS_MAX) return null;
    end += digits;
    lastDigits = 0;
    if (isEnd(text, end)) break;
    if (text.charCodeAt(end) === 0x2d) {
      end++;
      lastDigits = digits;
      continue;
    }
    const unit = unitAt(text, end);
    if (unit === 0) return null;
    units++;
    end += unit;
    if (isEnd(text, end)) break;
  }
  return { end, numbers, units };
}

function digitsAt(text: string, at: number): number {
  let end = at;
  while (end - at <= DIGITS_MAX && isDigit(text.charCodeAt(end))) end++;
  return end - at;
}

/** Length of 丁目, 番地, 番 or 号 where a number, or the end, must come next. */
function unitAt(text: string, at: number): number {
  const unit = text.charCodeAt(at);
  if (unit === U.chome) return text.charCodeAt(at + 1) === U.me ? 2 : 0;
  if (unit === U.ban) return text.charCodeAt(at + 1) === U.chi ? 2 : 1;
  return unit === U.go ? 1 : 0;
}

/** A line's or sentence's end, or a space before katakana that opens a building's name and no number (イ, ロ, ハ …) or joint (ノ). */
function isEnd(text: string, at: number): boolean {
  if (at >= text.length) return true;
  const unit = text.charCodeAt(at);
  if (unit === 0x0a || unit === 0x3002) return true;
  if (unit !== 0x20 || at + 1 >= text.length) return false;
  const next = text.charCodeAt(at + 1);
  return next >= 0x30a1 && next <= 0x30fa && !KANA_NUMBERS.includes(next);
}

/** The letters of an address's numbers as hyphens: `3丁目2番1号` gives `3-2-1`. */
export function joinNumbers(plain: string): string {
  let joined = '';
  let from = 0;
  for (let at = 0; at < plain.length - 1; at++) {
    if (!isDigit(plain.charCodeAt(at)) || isDigit(plain.charCodeAt(at + 1))) continue;
    let end = jointEnd(plain, at + 1);
    if (end === at + 1) continue;
    if (plain.charCodeAt(end) === 0x2d) end++;
    joined += plain.slice(from, at + 1);
    if (isDigit(plain.charCodeAt(end))) joined += '-';
    from = end;
    at = end - 1;
  }
  return from === 0 ? plain : joined + plain.slice(from);
}

/** End of 丁目, 丁, 番地, 番地の, 番町, 番, 号室, 号 or の at `at`; `at` without one. 丁, 番町 and の only where numbers go on. */
function jointEnd(plain: string, at: number): number {
  const next = plain.charCodeAt(at + 1);
  switch (plain.charCodeAt(at)) {
    case U.chome:
      return next === U.me ? at + 2 : isDigit(next) ? at + 1 : at;
    case U.ban:
      if (next === U.chi) return plain.charCodeAt(at + 2) === U.no ? at + 3 : at + 2;
      return next === U.machi && (at + 2 === plain.length || isDigit(plain.charCodeAt(at + 2))) ? at + 2 : at + 1;
    case U.go:
      return next === U.shitsu ? at + 2 : at + 1;
    case U.no:
      return isDigit(next) ? at + 1 : at;
    default:
      return at;
  }
}
