/** Every reason that the sources can give must have its words: the codes are collected from the sources, so that a new one cannot be forgotten. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { whyText } from '../../src/words/why.js';

const top = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Pieces of code in which a code of a reason may stand; what stands there besides is told apart below. */
const PIECES = [
  // why: 'a', why: ['a', b ? 'c' : 'd'], whyOf('a', …)
  /\bwhy(?:: ?|Of\()(?:\[[^\]]*\]|[^;}\n]*)/g,
  // drop('a'), dropped?.(…), sink.dropped(…)
  /\b(?:drop|dropped|reject)(?:\?\.)?\([^;]*?\);/g,
  // Judging functions give the code back, or sort what they found under it.
  /\breturn [^;\n]*;/g,
  /\.set\('[^;\n]*\);/g,
  // `column:${label}`, with what stands in its place without a label.
  /[^\n]*`[a-z]+:\$\{[^\n]*/g,
];
/** A hyphenated word, or a plain one where nothing but a code can stand. `$` marks a piece that is computed. */
const CODE = /['`]([a-z0-9]+(?:-[a-z0-9]+)*)([-:]\$\{)?/g;

/** Words of the same sources that are kinds, strengths, parts, classes, joins: no reasons. */
const NOT_REASONS = new Set(
  (
    '0 i string number kanji latin certain likely weak none unknown plain digits date boxes space whole kana family given office serial digit era year month day prefecture city rest ' +
    'pension-number name birthdate address my-number resident-code employment-insurance health-insurance driving-licence passport residence-card phone ' +
    'email bank-account family-kana given-kana four three two other name+birthdate name+address'
  ).split(' '),
);

/** What the computed part of a code may be. */
const DETAILS: Readonly<Record<string, string>> = { date: 'era', beside: 'name', inside: 'phone' };

function codesOf(text: string): string[] {
  const found = new Set<string>();
  for (const pattern of PIECES)
    for (const [piece] of text.matchAll(pattern)) {
      for (const [, code = '', more] of piece.matchAll(CODE)) {
        if (more !== undefined) found.add(more.startsWith(':') ? `${code}:x` : `${code}-${DETAILS[code] ?? '?'}`);
        else if (!NOT_REASONS.has(code)) found.add(code);
      }
    }
  return [...found];
}

const sources = ['detectors', 'src/records'].flatMap((folder) =>
  readdirSync(join(top, folder))
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `${folder}/${name}`),
);
const codes = sources.flatMap((file) => codesOf(readFileSync(join(top, file), 'utf8')).map((code) => [code, file] as const));

describe('the words of reasons', () => {
  it('collects the codes that are known to be there', () => {
    const all = new Set(codes.map(([code]) => code));
    for (const code of [
      'label-before',
      'shape-4-6',
      'placeholder',
      'date-era',
      'inside-phone',
      'column:x',
      'field:x',
      'kanji-name',
      'known',
    ])
      expect(all, code).toContain(code);
  });

  it.each(codes)('has words for %s (%s)', (code) => {
    for (const lang of ['ja', 'en'] as const) expect(whyText(code, lang), `add a line for "${code}" to src/words/why.ts`).not.toBe(code);
  });

  it('has words for every notation of a date', () => {
    const source = readFileSync(join(top, 'detectors/date-notation.ts'), 'utf8');
    const union = /export type DateForm =([^;]*);/.exec(source)?.[1] ?? '';
    const forms = [...union.matchAll(/'([a-z-]+)'/g)].map(([, form]) => `date-${form}`);
    expect(forms.length).toBeGreaterThan(4);
    for (const form of forms) for (const lang of ['ja', 'en'] as const) expect(whyText(form, lang)).not.toBe(form);
  });
});
