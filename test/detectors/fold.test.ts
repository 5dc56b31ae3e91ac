import { describe, expect, it } from 'vitest';
import { fold, foldLabel, foldName } from '../../detectors/fold.js';

/** A generator of the same numbers on every run (Mulberry32). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b_79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

describe('fold', () => {
  it('keeps the length of any text, lone surrogates included', () => {
    const next = numbers(7);
    for (let turn = 0; turn < 500; turn++) {
      let text = '';
      for (let at = 0; at < turn * 20; at++) text += String.fromCharCode(Math.floor(next() * 65_536));
      expect(fold(text).length).toBe(text.length);
    }
  });

  it('gives back the text itself when nothing changes', () => {
    for (const text of ['', 'plain ASCII 1234-5678', '山田太郎の住所は東京都です。', 'カタカナー、ひらがな']) expect(fold(text)).toBe(text);
  });

  it.each([
    ['１２３４－５６７８９０', '1234-567890'],
    ['ＡＢｃ', 'ABc'],
    ['山田　太郎', '山田 太郎'],
    ['ﾔﾏﾀﾞ ﾀﾛｳ', 'ヤマタﾞ タロウ'],
    ['1234ー567890', '1234-567890'],
    ['データ', 'データ'],
    ['３ー５', '3-5'],
    ['1‐2‑3‒4–5—6―7−8˗9﹣0', '1-2-3-4-5-6-7-8-9-0'],
    ['⼭⽥', '山田'],
    ['髙﨑', '髙﨑'],
    ['〒１００', '〒100'],
    ['巿川', '市川'],
  ])('writes %s as %s', (text, folded) => {
    expect(fold(text)).toBe(folded);
  });

  it('folds across the border of its chunks', () => {
    const text = `${'あ'.repeat(4_095)}１ー２`;
    expect(fold(text)).toBe(`${'あ'.repeat(4_095)}1-2`);
  });
});

describe('foldName', () => {
  it.each([
    ['山田　太郎', '山田太郎'],
    ['山田 太郎 様', '山田太郎'],
    ['髙﨑', '高崎'],
    ['𠮷田 次郎', '吉田次郎'],
    ['渡邉', '渡辺'],
    ['渡邊', '渡辺'],
    ['濵田', '浜田'],
    ['濱田', '浜田'],
    ['德永', '徳永'],
    ['眞田', '真田'],
    ['廣瀨', '広瀬'],
    ['冨田', '富田'],
    ['長嶋', '長島'],
    ['嶌田', '島田'],
    ['桒原', '桑原'],
    ['髙槗', '高橋'],
    ['齋藤', '斎藤'],
    ['齊藤', '斉藤'],
    ['ﾔﾏﾀﾞ ﾀﾛｳ', 'ヤマダタロウ'],
    ['やまだ たろう', 'ヤマダタロウ'],
    ['Yamada Taro', 'YAMADATARO'],
    ['ジョン・スミス', 'ジョンスミス'],
    ['佐藤花子さん', '佐藤花子'],
    ['山田太郎殿', '山田太郎'],
  ])('%s is %s', (text, name) => {
    expect(foldName(text)).toBe(name);
  });
  it('keeps 斎藤 and 斉藤 apart', () => {
    expect(foldName('斎藤')).not.toBe(foldName('斉藤'));
  });
});

describe('foldLabel', () => {
  it.each([
    ['氏　　名', '氏名'],
    ['氏名：', '氏名'],
    ['※氏名', '氏名'],
    ['■ 住所', '住所'],
    ['（1）氏名', '氏名'],
    ['1. 氏名', '氏名'],
    ['① 生年月日', '生年月日'],
    ['氏名（漢字）', '氏名(漢字)'],
    ['【氏名】', '氏名'],
    ['基礎\n年金番号', '基礎年金番号'],
    ['ﾌﾘｶﾞﾅ', 'フリガナ'],
    ['・電話番号:', '電話番号'],
    ['氏名*', '氏名'],
    ['（氏名）', '氏名'],
  ])('%j is %s', (text, label) => {
    expect(foldLabel(text)).toBe(label);
  });
});
