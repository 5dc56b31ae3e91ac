import { describe, expect, it } from 'vitest';
import type { Cell } from '../../detectors/contract.js';
import type { RowBatch } from '../../src/model.js';
import { createRelation } from '../../src/records/relate.js';
import { columnLetters, LONE_UNITS_MIN, mayHoldProse, REMARK_UNITS_MIN } from '../../src/records/row.js';
import { cpuMs } from '../kit/cpu-time.js';
import { collect, realDetectors, sheet, text } from './collect.js';
import { PEOPLE } from './people.js';

const [P1, P2] = PEOPLE as [(typeof PEOPLE)[number], (typeof PEOPLE)[number]];
const HEADER = ['基礎年金番号', '氏名', '生年月日', '住所'];
const four = (one: (typeof PEOPLE)[number]) => [one.number, one.name, one.birthdate, one.address];

describe('where values stand', () => {
  it('names sheet and cell, with the row number of the sheet', () => {
    const got = collect([sheet([HEADER.slice(0, 2), four(P1).slice(0, 2)], '名簿', 500)]);
    expect(got.findings.map((one) => [one.kind, one.where, one.value, one.why])).toEqual([
      ['pension-number', { sheet: '名簿', cell: 'A501' }, P1.number, ['column:基礎年金番号']],
      ['name', { sheet: '名簿', cell: 'B501' }, P1.name, ['column:氏名']],
    ]);
  });

  it('names row and column of a table that is no sheet', () => {
    const rows = [
      ['番号', '氏名', '生年月日'],
      ['1', P1.name, P1.birthdate],
    ];
    const got = collect([{ kind: 'table', where: {}, rows: [{ firstRow: 1, rows }] }]);
    expect(got.findings.map((one) => one.where)).toEqual([
      { line: 2, cell: 'B' },
      { line: 2, cell: 'C' },
    ]);
  });

  it('names the cell of a form and its label', () => {
    const got = collect([
      sheet([
        ['氏名', '', P1.name],
        ['生年月日', '', P1.birthdate],
      ]),
    ]);
    expect(got.findings.map((one) => [one.where.cell, one.value, one.why])).toEqual([
      ['C1', P1.name, ['field:氏名']],
      ['C2', P1.birthdate, ['field:生年月日']],
    ]);
  });

  it('names the piece of a cell that holds a whole person', () => {
    const rows = PEOPLE.map((one) => [`${one.number}　${one.name.replace('　', '')}　${one.birthdate}`]);
    const told = collect([sheet(rows)]).findings.filter((one) => one.where.cell === 'A2');
    expect(told.map((one) => one.value).sort()).toEqual([P2.number, P2.name.replace('　', ''), P2.birthdate].sort());
  });

  it('counts columns as a spreadsheet does', () => {
    expect([0, 25, 26, 701, 702, 16_383].map(columnLetters)).toEqual(['A', 'Z', 'AA', 'ZZ', 'AAA', 'XFD']);
  });
});

describe('names of sheets', () => {
  const FORM = (one: (typeof PEOPLE)[number]) => [
    ['生年月日', one.birthdate],
    ['住所', one.address],
  ];

  it('name the person whose form is below, and are counted once where the form has the name too', () => {
    const alone = collect([sheet(FORM(P1), P1.name), sheet(FORM(P2), P2.name)]);
    expect(alone.records).toEqual({ other: 2 });
    expect(alone.kinds).toEqual(['name birthdate address', 'name birthdate address']);
    const twice = collect([sheet([['氏名', P1.name], ...FORM(P1)], P1.name)]);
    expect(twice.persons).toEqual({ 'name+birthdate': 1 });
    expect(twice.records).toEqual({ other: 1 });
  });

  it('do not go into the rows of a list', () => {
    const got = collect([sheet([HEADER, four(P2)], P1.name)]);
    expect([got.records, Object.values(got.persons)]).toEqual([{ four: 1 }, [1]]);
    expect(got.findings[0]).toMatchObject({ where: { sheet: P1.name, part: 'sheet-name' }, value: P1.name });
  });
});

describe('persons', () => {
  it('are one in other notations', () => {
    const rows: Cell[][] = [
      HEADER,
      four(P1),
      ['１２３４－５６７８９１', '山田太郎 様', 'S30.3.4', P1.address],
      [{ text: '1234567891', value: 1_234_567_891, isDate: false }, '', '', ''],
    ];
    expect(collect([sheet(rows)]).persons).toEqual({ 'pension-number': 1 });
  });

  it('without a number are known by name and birthdate, with variant characters and spaces folded', () => {
    const rows = [
      ['氏名', '生年月日'],
      ['髙橋　由美', '昭和22年1月30日'],
      ['高橋由美', '1947/01/30'],
      ['高橋 由美様', 'S22.1.30'],
    ];
    expect(collect([sheet(rows)]).persons).toEqual({ 'name+birthdate': 1 });
  });

  it('are known by the kanji where the kana stand too', () => {
    const rows = [
      ['フリガナ', '氏名', '生年月日'],
      [P1.kana, P1.name, P1.birthdate],
    ];
    expect(collect([sheet(rows)]).keys).toEqual(['name+birthdate 山田太郎|1955-03-04']);
  });

  it('in several blocks and notations have the same record key', () => {
    const rows = [HEADER, four(P1)];
    const copy = { ...sheet(rows, 'pivot'), copy: true };
    const got = collect([sheet(rows), copy]);
    expect(got.copies).toBe(1);
    expect(got.recordKeys[0]).toBe(got.recordKeys[1]);
  });
});

describe('large and hostile tables', () => {
  const relate = (rows: Iterable<RowBatch>) => {
    let count = 0;
    const relation = createRelation(realDetectors(), {
      wantsFindings: false,
      wantsDropped: false,
      record: (record) => {
        count += record.counts ? 1 : 0;
      },
      finding: () => {},
      dropped: () => {},
    });
    const from = cpuMs();
    relation.block({ kind: 'table', where: { sheet: 'x' }, rows });
    relation.finish();
    return { count, timeMs: cpuMs() - from };
  };

  it('counts every row of a long table that changes its notation on the way', () => {
    function* batches(): Generator<RowBatch> {
      yield { firstRow: 1, rows: [HEADER] };
      for (let at = 0; at < 30; at += 1) {
        const rows = Array.from({ length: 1_000 }, (_, row) => {
          const one = PEOPLE[row % PEOPLE.length]!;
          const number = String(1_000_000_001 + at * 1_000 + row);
          return [
            at < 15 ? `${number.slice(0, 4)}-${number.slice(4)}` : number,
            at % 2 === 0 ? one.name : one.kana,
            one.birthdate,
            one.address,
          ];
        });
        yield { firstRow: 2 + at * 1_000, rows };
      }
    }
    expect(relate(batches()).count).toBe(30_000);
  });

  it('does not trust a shape that is refused: 不明 in a column of names, placeholders among numbers', () => {
    const rows = Array.from({ length: 2_000 }, (_, at) =>
      (at % 2 === 0 ? ['氏名', '林　実', '昭和30年3月4日'] : ['', '不　明', '昭和30年3月4日']).slice(1),
    );
    expect(relate([{ firstRow: 1, rows: [['氏名', '生年月日'], ...rows] }]).count).toBe(1_000);
  });

  it.each([
    ['a header in every row', Array.from({ length: 5_000 }, () => HEADER)],
    ['a header with a value in every other row', Array.from({ length: 5_000 }, (_, at) => (at % 2 === 0 ? HEADER : ['', P1.name, '', '']))],
    ['very wide rows of labels', Array.from({ length: 70 }, () => Array.from({ length: 3_000 }, () => '氏名'))],
    ['very wide rows of values', Array.from({ length: 70 }, () => Array.from({ length: 3_000 }, () => P1.name))],
    ['one row of everything', [Array.from({ length: 16_384 }, (_, at) => [...HEADER, ...four(P1)][at % 8]!)]],
    ['cells of only separators', Array.from({ length: 500 }, () => ['　'.repeat(2_000), ','.repeat(2_000)])],
  ])('reads in bounded time: %s', (_name, rows) => {
    expect(relate([{ firstRow: 1, rows }]).timeMs).toBeLessThan(8_000);
  });

  it('keeps the rows read before a reader fails', () => {
    function* failing(): Generator<RowBatch> {
      yield { firstRow: 1, rows: [HEADER, four(P1), four(P2)] };
      throw new Error('torn');
    }
    let count = 0;
    const relation = createRelation(realDetectors(), {
      wantsFindings: false,
      wantsDropped: false,
      record: () => {
        count += 1;
      },
      finding: () => {},
      dropped: () => {},
    });
    expect(() => relation.block({ kind: 'table', where: {}, rows: failing() })).toThrow('torn');
    relation.finish();
    expect(count).toBe(2);
  });
});

describe('the cheap look at a cell', () => {
  it.each([
    [`${P1.name.replace('　', '')}S30.3.4`, true],
    ['1234-567891', true],
    ['TK1234567 旅券', true],
    ['昭和三十年三月四日生', true],
    ['済', false],
    ['2015/2/5', false],
    ['', false],
  ])('%j: %s', (cell, may) => {
    expect(mayHoldProse(cell, REMARK_UNITS_MIN)).toBe(may);
  });

  it('passes every text in which a detector finds something that counts', () => {
    for (const value of [`氏名${P1.name}`, `TK1234567番の旅券`, `番号1234567891`, `山田太郎S30.3.4`]) {
      const found = collect([text(value)]).findings;
      if (found.some((one) => one.strength !== 'weak')) expect(mayHoldProse(value, LONE_UNITS_MIN)).toBe(true);
    }
    expect.hasAssertions();
  });
});
