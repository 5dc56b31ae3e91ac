import { describe, expect, it } from 'vitest';
import { cpuMs } from '../kit/cpu-time.js';
import { collect, text } from './collect.js';
import { digitsOf, PEOPLE } from './people.js';

const [P1, P2, P3] = PEOPLE as [(typeof PEOPLE)[number], (typeof PEOPLE)[number], (typeof PEOPLE)[number]];
const bare = (name: string) => name.replace('　', '');

const CASES: readonly { readonly name: string; readonly lines: readonly string[]; readonly records: Record<string, number> }[] = [
  {
    name: 'one sentence a person',
    lines: PEOPLE.slice(0, 3).map(
      (one) => `${bare(one.name)}さん（${one.birthdate}生、基礎年金番号${one.number}）より、記録訂正の申出があったため、本部へ進達した。`,
    ),
    records: { three: 3 },
  },
  {
    name: 'with the address in the sentence',
    lines: [P1, P2].map(
      (one) =>
        `${bare(one.name)}さん（${one.birthdate}生、基礎年金番号${one.number}）は現在${one.address}に居住しており、訂正の申出があった。`,
    ),
    records: { four: 2 },
  },
  {
    name: 'two persons in one line',
    lines: [`${bare(P1.name)}さん（${P1.birthdate}生）と${bare(P2.name)}さん（${P2.birthdate}生）が来所した。`],
    records: { other: 2 },
  },
  {
    name: 'labels and values, one person',
    lines: [`基礎年金番号：${P1.number}`, `氏名：${P1.name}`, `生年月日：${P1.birthdate}`, `住所：${P1.address}`],
    records: { four: 1 },
  },
  {
    name: 'labels and values, person after person',
    lines: [P1, P2, P3].flatMap((one) => [
      `氏　名：${one.name}`,
      `生年月日：${one.birthdate}`,
      `住　所：${one.address}`,
      `基礎年金番号：${one.number}`,
      '',
    ]),
    records: { four: 3 },
  },
  {
    name: 'a numbered list',
    lines: [P1, P2, P3].map((one, at) => `${at + 1}. ${bare(one.name)}　${one.birthdate}生　基礎年金番号 ${one.number}`),
    records: { three: 3 },
  },
  {
    name: 'a person a line, without a word',
    lines: PEOPLE.map((one) => `${digitsOf(one)}　${bare(one.name)}　${one.birthdate}`),
    records: { three: 6 },
  },
  {
    name: 'a dump of fixed width in half-width kana',
    lines: PEOPLE.map(
      (one, at) => `${digitsOf(one)}${one.kana.normalize('NFKC').replace('　', ' ').padEnd(20)} S${30 + at * 3}0${at + 1}15`,
    ),
    records: { three: 6 },
  },
  {
    name: 'address labels: the address above the name',
    lines: [P1, P2].flatMap((one) => ['〒168-0071', one.address, `${bare(one.name)} 様`, '']),
    records: { other: 2 },
  },
  {
    name: 'name with its reading',
    lines: [`${bare(P1.name)}（ヤマダ タロウ）　${P1.birthdate}生`],
    records: { other: 1 },
  },
  {
    name: 'the one who signs and the address of the office',
    lines: ['日本年金機構　杉並事務所', '所在地　東京都杉並区高井戸西3丁目5番24号', '', `所長　${P2.name}`],
    records: {},
  },
  { name: 'names alone', lines: [`出席者：${bare(P1.name)}、${bare(P2.name)}、${bare(P3.name)}`], records: {} },
  { name: 'a date that is no birthdate', lines: [`${P1.birthdate}　${bare(P2.name)}が窓口を担当した。`], records: {} },
];

describe('running text', () => {
  it.each(CASES.map((one) => [one.name, one] as const))('%s', (_name, one) => {
    expect(collect([text(one.lines)]).records).toEqual(one.records);
  });

  it.each(CASES.map((one) => [one.name, one] as const))('the same with a block for each paragraph: %s', (_name, one) => {
    const blocks = one.lines.map((line, at) => text(line, { line: at + 1 }));
    expect(collect(blocks).records).toEqual(one.records);
  });

  it('tells the line of each value, whatever blocks the text came in', () => {
    const lines = ['記', '', `${bare(P1.name)}さん（${P1.birthdate}生）`, `基礎年金番号 ${P1.number}`];
    for (const blocks of [[text(lines)], lines.map((line, at) => text(line, { line: at + 1 }))]) {
      const told = collect(blocks).findings.map((one) => [one.kind, one.where.line, one.value]);
      expect(told).toEqual([
        ['name', 3, bare(P1.name)],
        ['birthdate', 3, P1.birthdate],
        ['pension-number', 4, P1.number],
      ]);
    }
  });

  it('does not join what stands in different parts of a document', () => {
    const got = collect([text(bare(P1.name), { part: 'header' }), text(`生年月日 ${P1.birthdate}`, { part: 'footer' })]);
    expect(got.records).toEqual({});
  });

  it('does not join what stands far apart', () => {
    const filler = Array.from({ length: 12 }, () => '本件について下記のとおり連絡する。');
    expect(collect([text([`${bare(P1.name)} 様`, ...filler, P2.address])]).records).toEqual({});
  });

  it('marks records of copies', () => {
    const block = { ...text(`${bare(P1.name)}さん（${P1.birthdate}生）`), copy: true };
    const got = collect([text(`${bare(P1.name)}さん（${P1.birthdate}生）`), block]);
    expect(got.copies).toBe(1);
    expect(new Set(got.recordKeys).size).toBe(1);
  });

  it('reads a long text in linear time', () => {
    const lines = [P1, P2, P3].map((one) => `${bare(one.name)}さん（${one.birthdate}生、基礎年金番号${one.number}）。`);
    const timeOf = (count: number) => {
      const block = text(Array.from({ length: count }, (_, at) => lines[at % 3]!));
      const from = cpuMs();
      expect(collect([block], false).records).toEqual({ three: count });
      return cpuMs() - from;
    };
    timeOf(500);
    expect(timeOf(8_000)).toBeLessThan(timeOf(1_000) * 24 + 100);
  });
});
