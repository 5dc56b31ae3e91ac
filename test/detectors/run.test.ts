import { describe, expect, it } from 'vitest';
import { HOSTILE, timeOf } from '../kit/detector-kit.js';
import { testDetectors } from '../kit/detectors.js';

const detectors = testDetectors();
const shown = (text: string, using = detectors) => using.find(text).map(({ kind, start, end }) => [kind, text.slice(start, end)]);

describe('all detectors together', () => {
  it('reads one person out of a line', () => {
    expect(shown('1234-567890　山田　太郎　昭和30年3月4日生　東京都千代田区霞が関1-2-3　03-1234-5678')).toEqual([
      ['pension-number', '1234-567890'],
      ['name', '山田　太郎'],
      ['birthdate', '昭和30年3月4日'],
      ['address', '東京都千代田区霞が関1-2-3'],
      ['phone', '03-1234-5678'],
    ]);
  });

  it('gives matches in order, none overlapping, in the offsets of the original', () => {
    const text = `${'ﾔﾏﾀﾞ ﾀﾛｳ、𠮷田 次郎、'.repeat(20)}〒１００－００１３　東京都千代田区霞が関３－２－１　ＴＥＬ０３－１２３４－５６７８`;
    const matches = detectors.find(text);
    expect(matches.length).toBeGreaterThan(20);
    for (let at = 1; at < matches.length; at++) expect(matches[at]!.start).toBeGreaterThanOrEqual(matches[at - 1]!.end);
    expect(text.slice(matches.at(-1)!.start, matches.at(-1)!.end)).toBe('０３－１２３４－５６７８');
  });

  it('lets the longer number win', () => {
    expect(shown('電話 03-1234-5678')).toEqual([['phone', '03-1234-5678']]);
    expect(shown('雇用保険 1234-567890-1')).toEqual([['employment-insurance', '1234-567890-1']]);
  });

  it('tells what it dropped and why', () => {
    const drops: string[] = [];
    detectors.find('電話 0467-221234 受付日 平成27年5月8日', (drop) => drops.push(`${drop.kind} ${drop.why}`));
    expect(drops).toContain('birthdate other-label');
    expect(drops.some((drop) => drop.startsWith('pension-number'))).toBe(true);
  });

  it('gives the same answer twice', () => {
    const text = '基礎年金番号1234-567890 山田太郎 S30.3.4生';
    expect(detectors.find(text)).toEqual(detectors.find(text));
  });
});

describe('site words', () => {
  it('never reports known values, in any notation', () => {
    const site = testDetectors({ known: ['1234-567890', '03-1234-5678', '山田 太郎', '東京都千代田区霞が関1-2-3'] });
    expect(shown('基礎年金番号 １２３４５６７８９０', site)).toEqual([]);
    expect(shown('電話 (03)1234-5678', site)).toEqual([]);
    expect(shown('山田太郎様', site)).toEqual([]);
    expect(shown('東京都千代田区霞が関一丁目二番三号', site)).toEqual([]);
    const role = site.list.find(({ kind }) => kind === 'pension-number')!.roles[0]!;
    expect(role.cell('1234567890', true)).toBeNull();
    expect(role.cell('1234567891', true)).toBe('certain');
  });

  it('switches kinds off', () => {
    const site = testDetectors({ off: ['phone', 'name'] });
    expect(site.list.map(({ kind }) => kind)).not.toContain('phone');
    expect(shown('山田太郎 03-1234-5678', site)).toEqual([]);
  });

  it('takes extra labels literally', () => {
    const site = testDetectors({ labels: { 'pension-number': ['キネン(番)'] } });
    const role = site.list.find(({ kind }) => kind === 'pension-number')!.roles[0]!;
    expect(role.labels.some((pattern) => pattern.test('キネン(番)'))).toBe(true);
    expect(role.labels.some((pattern) => pattern.test('キネン番'))).toBe(false);
  });

  it('knows extra names and places', () => {
    const text = '畚鬯太郎が出席した';
    expect(shown(text)).toEqual([]);
    expect(shown(text, testDetectors({ names: ['畚鬯'] }))).toEqual([['name', '畚鬯太郎']]);
  });

  it('takes a name alone for either half, and one with a space for both', () => {
    const named = testDetectors({ names: ['阿多古', '鶴兵衛丞', '梛本 翠鸞'] });
    const find = (text: string) =>
      named
        .find(text)
        .filter(({ kind, strength }) => kind === 'name' && strength !== 'weak')
        .map(({ start, end }) => text.slice(start, end));
    expect(find('阿多古鶴兵衛丞さんから電話')).toEqual(['阿多古鶴兵衛丞']);
    expect(find('山田鶴兵衛丞さんから電話')).toEqual(['山田鶴兵衛丞']);
    expect(find('梛本翠鸞さんから電話')).toEqual(['梛本翠鸞']);
  });

  it('knows a municipality of its own, and its own address in any notation', () => {
    const own = testDetectors({ places: ['虹ヶ原市', '星見町'], known: ['東京都杉並区高井戸西三丁目5番24号'] });
    const find = (text: string) => own.find(text).filter(({ kind, strength }) => kind === 'address' && strength !== 'weak').length;
    expect(find('虹ヶ原市大字中町123番地')).toBe(1);
    expect(find('虹ヶ原市星見町1-2-3')).toBe(1);
    expect(find('東京都杉並区高井戸西3-5-24')).toBe(0);
    expect(find('東京都杉並区高井戸西3-5-25')).toBe(1);
  });

  it('counts a kind from the strength that the site asks for', () => {
    const strengths = (site: Parameters<typeof testDetectors>[0], text: string) =>
      testDetectors(site)
        .find(text)
        .map(({ strength }) => strength);
    const text = '1234-567890-1150';
    expect(strengths({}, text)).toEqual(['likely']);
    expect(strengths({ thresholds: { 'pension-number': 'certain' } }, text)).toEqual(['weak']);
    expect(strengths({ thresholds: { 'pension-number': 'weak' } }, '1234-567890')).toEqual(['likely']);
  });

  it('changes the version with anything that may change an answer', () => {
    const versions = [
      testDetectors(),
      testDetectors({ off: ['phone'] }),
      testDetectors({ known: ['1'] }),
      testDetectors({ names: ['畚鬯'] }),
    ].map(({ version }) => version);
    expect(new Set(versions).size).toBe(4);
    expect(testDetectors().version).toBe(versions[0]);
  });
});

describe('hostile text', () => {
  it.each(HOSTILE)(
    '%s without end are read in linear time',
    (_name, piece) => {
      timeOf(detectors, piece, 5_000);
      const part = timeOf(detectors, piece, 15_000);
      const whole = timeOf(detectors, piece, 60_000);
      // Four times the text: four times the time, with room for a busy machine; quadratic time would be sixteen.
      expect(whole).toBeLessThan(Math.max(part * 10, 300));
    },
    60_000,
  );
});
