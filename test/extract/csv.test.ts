import { describe, expect, it } from 'vitest';
import { memorySource } from '../../src/container/memory-source.js';
import { batchesOf, csvExtractor } from '../../src/extract/csv.js';
import { judgeDialect } from '../../src/extract/csv-dialect.js';
import { RowSplitter } from '../../src/extract/csv-split.js';
import { limits } from '../../src/limits.js';
import type { Row, TableBlock } from '../../src/model.js';
import type { ExtractContext } from '../../src/parts.js';
import { cpuMs } from '../kit/cpu-time.js';

function context(problems: string[] = []): ExtractContext {
  return { format: 'csv', problem: (code, detail) => void problems.push(`${code}: ${detail}`), unpacked: () => undefined, passwords: [] };
}

function rowsOf(pieces: readonly string[], problems: string[] = []): Row[] {
  const rows: Row[] = [];
  for (const batch of batchesOf(pieces, context(problems))) {
    expect(batch.firstRow).toBe(rows.length + 1);
    expect(batch.rows.length).toBeLessThanOrEqual(limits.batchRows);
    rows.push(...batch.rows);
  }
  return rows;
}

const CASES: readonly (readonly [string, string, readonly (readonly string[])[]])[] = [
  [
    'plain',
    'a,b\nc,d\n',
    [
      ['a', 'b'],
      ['c', 'd'],
    ],
  ],
  [
    'CR LF, no end',
    'a,b\r\nc,d',
    [
      ['a', 'b'],
      ['c', 'd'],
    ],
  ],
  [
    'lone CR',
    'a,b\rc,d\r',
    [
      ['a', 'b'],
      ['c', 'd'],
    ],
  ],
  ['blank rows are there', 'a,b\n\nc,d\n', [['a', 'b'], [], ['c', 'd']]],
  [
    'empty cells',
    ',a,\n,,\n',
    [
      ['', 'a', ''],
      ['', '', ''],
    ],
  ],
  [
    'quotes',
    '"a,1","b""c"\n"d",e\n',
    [
      ['a,1', 'b"c'],
      ['d', 'e'],
    ],
  ],
  [
    'line ends in quotes',
    '"東京都\n杉並区",a\r\nx,"y\r\nz"\r\n',
    [
      ['東京都\n杉並区', 'a'],
      ['x', 'y\r\nz'],
    ],
  ],
  [
    'quote inside a cell',
    '5" disk,a\n3"x4",b\n',
    [
      ['5" disk', 'a'],
      ['3"x4"', 'b'],
    ],
  ],
  [
    'text formula of Excel',
    '="0123",a\n"=""0456""",b\n',
    [
      ['0123', 'a'],
      ['0456', 'b'],
    ],
  ],
  [
    'space before a quote',
    'a, "b,c"\nd, "e"\n',
    [
      ['a', 'b,c'],
      ['d', 'e'],
    ],
  ],
  ['ragged', 'a,b,c\nd\ne,f,g,h\n', [['a', 'b', 'c'], ['d'], ['e', 'f', 'g', 'h']]],
  [
    'tab',
    'a\tb,1\nc\td,2\n',
    [
      ['a', 'b,1'],
      ['c', 'd,2'],
    ],
  ],
  [
    'semicolon',
    'a;b\nc;d\n',
    [
      ['a', 'b'],
      ['c', 'd'],
    ],
  ],
  [
    'bar',
    '|a|b|\n|c|d|\n',
    [
      ['', 'a', 'b', ''],
      ['', 'c', 'd', ''],
    ],
  ],
  [
    'told separator',
    'sep=;\na,1;b\n',
    [
      ['sep=', ''],
      ['a,1', 'b'],
    ],
  ],
  ['title above', '名簿一覧\n\nNo,氏名,住所\n1,山田,東京\n', [['名簿一覧'], [], ['No', '氏名', '住所'], ['1', '山田', '東京']]],
  [
    'empty quotes at the end',
    'a,""\n"",b',
    [
      ['a', ''],
      ['', 'b'],
    ],
  ],
];

describe('csv rows', () => {
  it.each(CASES)('%s', (_, text, rows) => {
    expect(rowsOf([text])).toEqual(rows);
  });

  it.each(CASES)('are the same however the text is cut into pieces: %s', (_, text, rows) => {
    const separator = /^(?:sep=;|a;)/.test(text) ? ';' : (judgeDialect(text, true)?.separator ?? ',');
    for (const size of [1, 2, 3, 5]) {
      const splitter = new RowSplitter(separator, { fieldCharsMax: 100, rowCharsMax: 1000, columnsMax: 100 });
      const found: string[][] = [];
      for (let at = 0; at < text.length; at += size) splitter.push(text.slice(at, at + size), found);
      splitter.end(found);
      expect(found).toEqual(rows);
    }
  });

  it('does not let a quote that never closes swallow the file', () => {
    const problems: string[] = [];
    const text = `no,name\n1,"山田\n${'2,佐藤\n'.repeat(20_000)}`;
    const rows = rowsOf([text], problems);
    expect(rows).toHaveLength(20_002);
    expect(rows[1]).toEqual(['1', '"山田']);
    expect(problems).toHaveLength(1);
  });

  it('does not let a stray quote swallow rows up to the next stray quote', () => {
    expect(rowsOf(['a,b\n1,"x\n2,y\n3,z" w\n'])).toHaveLength(4);
    expect(rowsOf(['a,b\n1,"x\n2,y\n3,5"w\n'])).toHaveLength(4);
  });

  it('hands a row beyond the bounds on in pieces and tells so', () => {
    const problems: string[] = [];
    const rows = rowsOf(['1,2\n', 'x,'.repeat(limits.lineCharsMax), '\n3,4\n'], problems);
    expect(rows.reduce((sum, row) => sum + row.filter((cell) => cell === 'x').length, 0)).toBe(limits.lineCharsMax);
    expect(rows.at(-1)).toEqual(['3', '4']);
    expect(Math.max(...rows.map((row) => row.length))).toBeLessThanOrEqual(limits.columnsMax);
    expect(problems).toHaveLength(1);
  });

  it.each([
    ['lines without a separator', 'x\n'.repeat(150_000)],
    ['quotes only', '"'.repeat(300_000)],
    ['quoted cells without a separator', '"x"\n'.repeat(100_000)],
    ['stray quotes', '"x\n'.repeat(100_000)],
    ['quotes and separators', '",'.repeat(150_000)],
  ])('takes linear time: %s', (_, text) => {
    const started = cpuMs();
    rowsOf([`a,b\n${text}`]);
    expect(cpuMs() - started).toBeLessThan(5000);
  });

  it('comes as one table of strings out of a file of CP932', () => {
    const bytes = Buffer.from('8e8196bc2c313233342d3536373839300a8e52936391be98592c303132330a', 'hex');
    const blocks = [...(csvExtractor.read(memorySource('a.csv', bytes), context()) as Iterable<TableBlock>)].map((block) => ({
      where: block.where,
      rows: [...block.rows],
    }));
    expect(blocks).toEqual([
      {
        where: {},
        rows: [
          {
            firstRow: 1,
            rows: [
              ['氏名', '1234-567890'],
              ['山田太郎', '0123'],
            ],
          },
        ],
      },
    ]);
  });
});
