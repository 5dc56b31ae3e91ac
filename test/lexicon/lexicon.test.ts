import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createLexicon, packWords, WORD } from '../../detectors/lexicon.js';
import { LEXICON_FILES } from '../../src/lexicon/names.js';
import { lexiconVersion, openLexicon } from '../../src/lexicon/open.js';
import { packLexicon } from '../../src/lexicon/pack.js';
import { cpuMs } from '../kit/cpu-time.js';

const flagsOf = (lexicon: ReturnType<typeof openLexicon>, word: string) => lexicon.look(word, 0, word.length);

describe('packWords and createLexicon', () => {
  const words = new Map([
    ['山田', WORD.family],
    ['太郎', WORD.given],
    ['東京都', WORD.prefecture | WORD.place],
    ['ダイスケ', WORD.givenKana],
  ]);
  const lexicon = createLexicon([packWords(words)]);

  it('finds what was packed, inside other text, and nothing else', () => {
    expect(lexicon.look('の山田さん', 1, 3)).toBe(WORD.family);
    expect(flagsOf(lexicon, '東京都')).toBe(WORD.prefecture | WORD.place);
    expect(flagsOf(lexicon, '東京')).toBe(0);
    expect(flagsOf(lexicon, '')).toBe(0);
  });

  it('takes variants, width and voice of kana for one', () => {
    const names = createLexicon([
      packWords(
        new Map([
          ['高橋', WORD.family],
          ['吉田', WORD.family],
          ['渡辺', WORD.family],
        ]),
      ),
    ]);
    for (const name of ['髙橋', '髙槗', '𠮷田', '渡邉', '渡邊']) expect(flagsOf(names, name), name).toBe(WORD.family);
    for (const name of ['ダイスケ', 'タﾞイスケ', 'だいすけ']) expect(flagsOf(lexicon, name), name).toBe(WORD.givenKana);
  });

  it('adds up its parts, and words that are given later', () => {
    const more = lexicon.with(new Map([['山田', WORD.town]]));
    expect(flagsOf(more, '山田')).toBe(WORD.family | WORD.town);
    expect(flagsOf(lexicon, '山田')).toBe(WORD.family);
    expect(more.version).not.toBe(lexicon.version);
  });

  it('makes the same bytes whatever the order, and takes bytes at any offset', () => {
    const one = packWords(words);
    expect(packWords(new Map([...words].reverse()))).toEqual(one);
    const shifted = new Uint8Array(one.length + 1);
    shifted.set(one, 1);
    expect(flagsOf(createLexicon([shifted.subarray(1)]), '太郎')).toBe(WORD.given);
  });

  it('refuses what is no lexicon, or one that was cut', () => {
    expect(() => createLexicon([new Uint8Array(64)])).toThrow('npm run build');
    expect(() => createLexicon([packWords(words).slice(0, -16)])).toThrow('npm run build');
  });

  it('answers hardly ever for words it does not hold', () => {
    const full = openLexicon();
    let wrong = 0;
    for (let number = 0; number < 200_000; number++) if (flagsOf(full, `#${number}@`) !== 0) wrong++;
    expect(wrong).toBeLessThanOrEqual(2);
  });
});

describe('the built lexicon', () => {
  it('opens in milliseconds and holds each sort of word', () => {
    const started = cpuMs();
    const lexicon = openLexicon();
    expect(cpuMs() - started).toBeLessThan(500);
    expect(flagsOf(lexicon, '山田') & WORD.family).toBeTruthy();
    expect(flagsOf(lexicon, '太郎') & WORD.given).toBeTruthy();
    expect(flagsOf(lexicon, 'ヤマダ') & WORD.familyKana).toBeTruthy();
    expect(flagsOf(lexicon, 'TARO') & WORD.givenRomaji).toBeTruthy();
    expect(flagsOf(lexicon, '横浜市都筑区') & WORD.city).toBeTruthy();
    expect(flagsOf(lexicon, '六本木') & WORD.town).toBeTruthy();
    expect(flagsOf(lexicon, '北海道') & WORD.prefecture).toBeTruthy();
    expect(flagsOf(lexicon, '会計') & WORD.noun).toBeTruthy();
    expect(lexicon.givenLast('子'.charCodeAt(0))).toBeGreaterThan(10);
    expect(lexiconVersion(lexicon)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{8}$/);
  });

  it('keeps to 16 MB in all', () => {
    const folder = join(import.meta.dirname, '../../dist/data');
    expect(LEXICON_FILES.reduce((sum, file) => sum + statSync(join(folder, file)).size, 0)).toBeLessThan(16 * 1024 * 1024);
  });

  it('is packed to the same bytes again, and not at all when nothing changed', () => {
    const folder = mkdtempSync(join(tmpdir(), 'lexicon-'));
    try {
      packLexicon(folder);
      for (const file of LEXICON_FILES) {
        expect(readFileSync(join(folder, file)).equals(readFileSync(join(import.meta.dirname, '../../dist/data', file))), file).toBe(true);
      }
      const before = statSync(join(folder, LEXICON_FILES[0])).mtimeMs;
      packLexicon(folder);
      expect(statSync(join(folder, LEXICON_FILES[0])).mtimeMs).toBe(before);
    } finally {
      rmSync(folder, { recursive: true });
    }
  }, 60_000);
});
