import { describe, expect, it } from 'vitest';
import { joinNumbers, readPlainChain } from '../../detectors/address-plain.js';
import { RunMemory } from '../../detectors/run-memory.js';
import { lengthSign, type Offsets, SIGN, Survey, surveyOf } from '../../detectors/survey.js';

const listOf = (offsets: Offsets) => Array.from({ length: offsets.count }, (_, index) => offsets.at(index));

describe('survey', () => {
  it('tells where runs of digits and kanji numerals stand', () => {
    const survey = surveyOf('昭和三十年3月4日 1234-567890');
    expect(listOf(survey.digitStarts)).toEqual([5, 7, 10, 15]);
    expect(listOf(survey.digitEnds)).toEqual([6, 8, 14, 21]);
    expect(listOf(survey.numeralStarts)).toEqual([2]);
    expect(survey.signs & lengthSign(4)).not.toBe(0);
    expect(survey.signs & lengthSign(10)).toBe(0);
  });

  it.each([
    ['山田 太郎', 'spaced', [2]],
    ['やまだ  たろう', 'spaced', [3]],
    ['山田   太郎', 'spaced', []],
    ['マリ・キュリー', 'foreign', [2]],
    ['マリ・は', 'foreign', []],
    ['Tanaka, Taro', 'latin', [6]],
    ['the tanaka taro', 'latin', []],
    ['横浜市都筑区', 'places', [2, 5]],
    ['は山田と、木の三ヶ尻。佐々木', 'kanji', [1, 7, 11]],
    ['三十年の市', 'kanji', [0]],
    ['\u{20bb7}田', 'kanji', [0]],
  ] as const)('finds in %s the places %s %s', (text, list, expected) => {
    expect(listOf(surveyOf(text)[list])).toEqual(expected);
  });

  it('forgets the text before', () => {
    const survey = new Survey().read('東京都千代田区 a@example.jp 12345');
    expect(survey.signs & SIGN.at).toBe(SIGN.at);
    expect(survey.read('かな').signs).toBe(0);
    expect(survey.digitStarts.count).toBe(0);
  });

  it('holds more runs than it was made for', () => {
    expect(surveyOf('1 '.repeat(5_000)).digitStarts.count).toBe(5_000);
  });
});

describe('plain numbers of addresses', () => {
  it.each([
    ['1-2-3', { end: 5, numbers: 3, units: 0 }],
    ['3丁目12番5号\n', { end: 8, numbers: 3, units: 3 }],
    ['12番地。', { end: 4, numbers: 1, units: 1 }],
    ['1-2 メゾン', { end: 3, numbers: 2, units: 0 }],
    ['03-1234', null],
    ['123-4567', null],
    ['1-2 第二ビル', null],
    ['3月', null],
    ['12345', null],
  ])('%s', (text, expected) => {
    expect(readPlainChain(text, 0)).toEqual(expected);
  });

  it.each([
    ['3丁目2番1号', '3-2-1'],
    ['3丁目2番地の1', '3-2-1'],
    ['5番町', '5'],
    ['5番町会館', '5町会館'],
    ['2の3', '2-3'],
    ['2のか', '2のか'],
    ['1-2-3', '1-2-3'],
  ])('%s is %s', (text, expected) => {
    expect(joinNumbers(text)).toBe(expected);
  });
});

describe('memory of runs', () => {
  it('never takes one run for another', () => {
    const memory = new RunMemory();
    const runs = Array.from({ length: 40_000 }, (_, index) =>
      String.fromCharCode(0x4e00 + (index % 200), 0x5000 + Math.floor(index / 200)),
    );
    let wrong = 0;
    for (const run of runs) {
      const place = memory.placeOf(run, 0, 2);
      if (memory.held(place) !== null) wrong++;
      memory.note(place, [], 7);
      const again = memory.placeOf(run, 0, 2);
      if (memory.held(again) === null || memory.family(again) !== 7) wrong++;
    }
    expect(wrong).toBe(0);
  });
});
