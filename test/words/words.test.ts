import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Lang } from '../../detectors/contract.js';
import { doctorWords } from '../../src/cli/doctor/words.js';
import { helpWords } from '../../src/cli/help/words.js';
import { cliWords } from '../../src/cli/words.js';
import { evidenceCliWords } from '../../src/cli/words-evidence.js';
import { PERSON_BASES, PROBLEM_CODES, REASONS, RECORD_CLASSES, VERDICTS } from '../../src/model.js';
import { accessWords } from '../../src/words/access.js';
import { adviceWords, familyOf } from '../../src/words/advice.js';
import { bookWords } from '../../src/words/book.js';
import { changesWords } from '../../src/words/changes.js';
import { consoleWords } from '../../src/words/console.js';
import { csvColumns } from '../../src/words/csv-columns.js';
import { duplicateWords } from '../../src/words/duplicates.js';
import { evidenceWords } from '../../src/words/evidence.js';
import { findingWords } from '../../src/words/findings.js';
import { mailWords } from '../../src/words/mail.js';
import { pageWords } from '../../src/words/page.js';
import { reachWords } from '../../src/words/reach.js';
import { stampWords } from '../../src/words/stamp.js';
import { whyText } from '../../src/words/why.js';
import { wordOf, words } from '../../src/words/words.js';

const top = join(import.meta.dirname, '..', '..');
const LANGS: readonly Lang[] = ['ja', 'en'];
const JAPANESE = /[\u3040-\u30ff\u4e00-\u9fff]/;

const TABLES: Readonly<Record<string, (lang: Lang) => object>> = {
  words,
  accessWords,
  adviceWords,
  bookWords,
  changesWords,
  cliWords,
  consoleWords,
  doctorWords,
  duplicateWords,
  evidenceCliWords,
  evidenceWords,
  findingWords,
  helpWords,
  mailWords,
  pageWords,
  reachWords,
  stampWords,
};
/** The name of a language is written in that language. */
const WRITTEN_AS_THEY_ARE = ['.otherLanguage'];

/** Every text of a table with its path, and of a function the text that makes it. */
function sourcesOf(table: object, path = ''): [string, string][] {
  return Object.entries(table).flatMap(([key, value]): [string, string][] => {
    const at = `${path}.${key}`;
    if (typeof value === 'string' || typeof value === 'function') return [[at, String(value)]];
    return typeof value === 'object' && value !== null ? sourcesOf(value as object, at) : [[at, String(value)]];
  });
}

/** Every text of a table with its path; functions are called with figures. */
function textsOf(table: object, path = ''): [string, string][] {
  return Object.entries(table).flatMap(([key, value]): [string, string][] => {
    const at = `${path}.${key}`;
    if (typeof value === 'string') return [[at, value]];
    if (typeof value === 'function')
      return [[at, String((value as (...args: unknown[]) => unknown)(...(at.includes('took') ? [75] : [3, 4, 5])))]];
    return textsOf(value as object, at);
  });
}

describe('words', () => {
  it.each(LANGS)('has a word for every code of the contract (%s)', (lang) => {
    const table = words(lang);
    for (const [codes, of] of [
      [VERDICTS, table.verdicts],
      [REASONS, table.reasons],
      [PROBLEM_CODES, table.problems],
      [RECORD_CLASSES, table.recordClasses],
      [PERSON_BASES, table.personBases],
    ] as const) {
      expect(Object.keys(of).sort()).toEqual([...codes].sort());
    }
  });

  it.each(Object.entries(TABLES))('has the same keys in both languages of %s, none of them empty, open tables included', (_, tableOf) => {
    const keys = (lang: Lang) =>
      sourcesOf(tableOf(lang))
        .map(([path]) => path)
        .sort();
    expect(keys('ja').length).toBeGreaterThan(0);
    expect(keys('ja')).toEqual(keys('en'));
    for (const lang of LANGS) for (const [path, text] of sourcesOf(tableOf(lang))) expect(text.trim(), path).not.toBe('');
  });

  it.each(Object.entries(TABLES))('has no Japanese in the English of %s', (_, tableOf) => {
    for (const [path, text] of sourcesOf(tableOf('en'))) if (!WRITTEN_AS_THEY_ARE.includes(path)) expect(text, path).not.toMatch(JAPANESE);
  });

  it('knows every table that there is', () => {
    const found = ['src/words', 'src/cli', 'src/cli/doctor', 'src/cli/help'].flatMap((folder) =>
      readdirSync(join(top, folder))
        .filter((name) => name.endsWith('.ts'))
        .flatMap((name) =>
          [...readFileSync(join(top, folder, name), 'utf8').matchAll(/^export function (\w*[wW]ords)\(lang: Lang\)/gmu)].map(
            ([, table]) => table!,
          ),
        ),
    );
    expect(found.sort()).toEqual(Object.keys(TABLES).sort());
  });

  it('has no Japanese in the English columns', () => {
    expect(csvColumns('en').join()).not.toMatch(JAPANESE);
  });

  it('says to staff what they understand', () => {
    for (const [path, text] of textsOf(adviceWords('ja')))
      expect(text, path).not.toMatch(/ACL|OCR|パーミッション|ハッシュ|例外処理|スキャン/);
  });

  it('names each column once', () => {
    for (const lang of LANGS) expect(new Set(csvColumns(lang)).size).toBe(csvColumns(lang).length);
  });

  it('gives a code back where there is no word, whatever it is called', () => {
    expect(wordOf(words('ja').formats, 'xlsx')).toBe('Excel ブック');
    for (const code of ['unheard-of', 'constructor', '__proto__']) expect(wordOf(words('ja').formats, code)).toBe(code);
    expect(familyOf('constructor')).toBe('other');
  });
});

describe('whyText', () => {
  it.each([
    ['shape-4-6', 'ja', '4桁-6桁の形'],
    ['shape-4-6', 'en', 'four and six digits'],
    ['column:被保険者氏名', 'ja', '列の見出し「被保険者氏名」'],
    ['column:Name', 'en', 'column "Name"'],
    ['cells:311/312', 'ja', 'この列の312件中311件'],
    ['cells:311/312', 'en', '311 of 312 cells'],
    ['digits:12', 'ja', '12桁の数字'],
    ['inside-phone', 'ja', 'より確かな電話番号と重なる'],
    ['unheard-of', 'ja', 'unheard-of'],
    ['unheard:of', 'en', 'unheard:of'],
    ['toString', 'ja', 'toString'],
  ] as const)('says %s in %s', (code, lang, text) => {
    expect(whyText(code, lang)).toBe(text);
  });
});

it('says in the number of one how many files are read again', () => {
  expect(cliWords('en').wordsChanged(1)).toContain('1 file that they may touch is read again');
  expect(cliWords('en').wordsChanged(2)).toContain('2 files that they may touch are read again');
});
