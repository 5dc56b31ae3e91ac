import { describe, expect, it } from 'vitest';
import type { Kind } from '../../detectors/contract.js';
import type { Finding, Where } from '../../src/model.js';
import { tellColumns } from '../../src/report/explain-columns.js';

const found = (kind: Kind, where: Where, masked: string, why: readonly string[]): Finding => ({
  kind,
  where,
  start: 0,
  end: [...masked].length,
  confidence: 'certain',
  masked,
  why,
});
const refused = (kind: Kind, where: Where) => found(kind, where, '＊＊＊', ['cell-shape']);
const whyOf = (findings: readonly Finding[]) => findings.map(({ why }) => why.slice(1).join(' '));

const NUMBER = ['column:基礎年金番号'];

describe('tellColumns', () => {
  it('counts the cells of a column, those too that were refused', () => {
    const cells = [2, 3, 5].map((row) => found('pension-number', { sheet: 'S', cell: `B${row}` }, '＊＊＊＊＊＊＊＊51', NUMBER));
    const told = tellColumns(cells, [
      refused('pension-number', { sheet: 'S', cell: 'B4' }),
      refused('pension-number', { sheet: 'S', cell: 'B6' }),
      refused('pension-number', { sheet: 'S', cell: 'C4' }),
      refused('name', { sheet: 'S', cell: 'B4' }),
      refused('pension-number', { sheet: 'T', cell: 'B4' }),
    ]);
    expect(whyOf(told)).toEqual(Array(3).fill('ten-digits cells:3/5'));
  });

  it('keeps columns apart: by label on a sheet, by table where rows begin anew', () => {
    const below = found('pension-number', { sheet: 'S', cell: 'B20' }, '＊＊＊＊-＊＊＊＊51', ['column:配偶者番号']);
    const sheet = [found('pension-number', { sheet: 'S', cell: 'B2' }, '＊＊＊＊-＊＊＊＊51', NUMBER), below];
    expect(whyOf(tellColumns(sheet, [refused('pension-number', { sheet: 'S', cell: 'B21' })]))).toEqual([
      'shape-4-6 cells:1/1',
      'shape-4-6 cells:1/2',
    ]);
    const rows = [2, 3, 2].map((line) => found('name', { line, cell: 'A' }, '山＊＊＊', ['column:氏名']));
    expect(whyOf(tellColumns(rows, []))).toEqual(['cells:2/2', 'cells:2/2', 'cells:1/1']);
  });

  it.each([
    ['pension-number', '＊＊＊＊-＊＊＊＊51', [], 'shape-4-6 cells:1/1'],
    ['pension-number', '＊＊＊＊‐＊＊＊＊51', [], 'shape-4-6 cells:1/1'],
    ['pension-number', '＊＊＊＊＊＊＊51', [], 'digits:9 cells:1/1'],
    ['pension-number', '＊＊＊＊', ['split-cells'], 'split-cells cells:1/1'],
    ['my-number', '＊＊＊＊＊＊＊＊＊＊18', [], 'digits:12 cells:1/1'],
    ['birthdate', '昭和＊＊年＊月＊日', [], 'cells:1/1'],
  ] as const)('tells the shape of %s %s', (kind, masked, more, why) => {
    expect(whyOf(tellColumns([found(kind, { line: 2, cell: 'A' }, masked, ['column:x', ...more])], []))).toEqual([why]);
  });

  it('counts the rows of a list once, whose values stand in several pieces', () => {
    const pieces = [4, 4, 5, 5].map((line) => found('name', { page: 1, line }, '山＊＊＊', ['column-cells', 'split-cells']));
    expect(whyOf(tellColumns(pieces, []))).toEqual(Array(4).fill('split-cells cells:2/2'));
  });

  it('tells the shape of a labelled field', () => {
    const field = found('pension-number', { sheet: 'S', cell: 'C3' }, '＊＊＊＊＊＊＊＊51', ['field:基礎年金番号']);
    expect(whyOf(tellColumns([field], []))).toEqual(['ten-digits']);
  });

  it('leaves alone what is known by other things than its column', () => {
    const findings = [
      found('name', { line: 2 }, '山＊＊＊', ['kanji-name']),
      found('name', { sheet: 'S', cell: 'B2' }, '山＊＊＊', ['field:氏名']),
    ];
    expect(tellColumns(findings, [])).toEqual(findings);
  });
});
