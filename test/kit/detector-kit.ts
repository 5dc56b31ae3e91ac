/**
 * What every detector must obey, run over a table of texts that hit and texts that must not: the kit tries each at the start, in the middle
 * and at the end of other text, in full width, in brackets, and the detector against long hostile text.
 */
import { expect, it } from 'vitest';
import type { Kind, Match, Strength } from '../../detectors/contract.js';
import type { Detectors } from '../../detectors/run.js';
import { cpuMs } from './cpu-time.js';

export interface HitCase {
  readonly text: string;
  /** The exact piece of `text` that must be found. */
  readonly piece: string;
  readonly normal?: string;
  /** At least this sure; `likely` unless told. */
  readonly strength?: Strength;
  /** False for notations that full width or neighbours would change. */
  readonly wide?: boolean;
}

export interface DetectorCases {
  readonly kind: Kind;
  readonly hits: readonly HitCase[];
  readonly misses: readonly string[];
}

const RANK: Record<Strength, number> = { weak: 0, likely: 1, certain: 2 };
const PLAIN_BEFORE = 'これは前の文です。\n';
const PLAIN_AFTER = '\n以上が後の文です。';

/** Matches of a kind that would count: likely or better. */
export function countedMatches(detectors: Detectors, kind: Kind, text: string): Match[] {
  return detectors.find(text).filter((match) => match.kind === kind && match.strength !== 'weak');
}

/** ASCII as full-width characters, hyphens among them. */
export function widen(text: string): string {
  return text.replace(/[!-~]/g, (unit) => String.fromCharCode(unit.charCodeAt(0) + 0xfee0));
}

function expectHit(detectors: Detectors, kind: Kind, text: string, piece: string, hit: HitCase): void {
  const found = detectors.find(text).filter((match) => match.kind === kind);
  const pieces = found.map((match) => text.slice(match.start, match.end));
  expect(pieces, `in ${JSON.stringify(text)}`).toContain(piece);
  const match = found[pieces.indexOf(piece)]!;
  expect(RANK[match.strength], `strength in ${JSON.stringify(text)}: ${match.strength} ${match.why.join()}`).toBeGreaterThanOrEqual(
    RANK[hit.strength ?? 'likely'],
  );
  if (hit.normal !== undefined) expect(match.normal).toBe(hit.normal);
}

/** Declares the tests of a detector's cases; call it inside `describe`. */
export function testDetector(detectors: Detectors, cases: DetectorCases): void {
  it.each(cases.hits.map((hit) => [hit.text, hit] as const))('finds %s', (_text, hit) => {
    for (const text of [
      hit.text,
      PLAIN_BEFORE + hit.text,
      hit.text + PLAIN_AFTER,
      PLAIN_BEFORE + hit.text + PLAIN_AFTER,
      `「${hit.text}」`,
    ]) {
      expectHit(detectors, cases.kind, text, hit.piece, hit);
    }
    if (hit.wide !== false) expectHit(detectors, cases.kind, widen(hit.text), widen(hit.piece), hit);
  });
  it.each(cases.misses)('leaves %s', (text) => {
    for (const around of [text, PLAIN_BEFORE + text + PLAIN_AFTER, widen(text)]) {
      expect(
        countedMatches(detectors, cases.kind, around).map((match) => around.slice(match.start, match.end)),
        JSON.stringify(around),
      ).toEqual([]);
    }
  });
}

/** Text without end that patterns are known to stumble over. */
export const HOSTILE: readonly (readonly [string, string])[] = [
  ['hyphenated ones', '1-'],
  ['digits', '1234567890'],
  ['a kanji', '田'],
  ['family names', '田中山本'],
  ['municipalities', '市区町村'],
  ['a city and digits', '横浜市1'],
  ['spaces', ' '],
  ['kanji with spaces', '山 '],
  ['katakana', 'ア'],
  ['katakana pairs', 'ヤマダ '],
  ['Latin letters', 'aA'],
  ['mail-like', 'a.a@'],
  ['dates', '昭和30年3月4日'],
  ['kanji numerals', '一二三'],
  ['chains', '1丁目'],
  ['brackets', '(('],
  ['labels', '電話番号生年月日'],
];

/** The time for `units` of hostile text, in milliseconds. */
export function timeOf(detectors: Detectors, piece: string, units: number): number {
  const text = piece.repeat(Math.ceil(units / piece.length));
  const started = cpuMs();
  detectors.find(text);
  return cpuMs() - started;
}
