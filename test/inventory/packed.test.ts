import { describe, expect, it } from 'vitest';
import { packContent, packFindings, unpackContent, unpackFindings, withPersons } from '../../src/inventory/packed.js';
import type { Content, Finding } from '../../src/model.js';
import { unexamined } from '../../src/scan/examine.js';

const finding = (more: Partial<Finding>): Finding => ({
  kind: 'name',
  where: { sheet: '名簿', cell: 'B2' },
  start: 0,
  end: 4,
  confidence: 'certain',
  masked: '山＊＊＊',
  fingerprint: '28b1b827efb2a79d',
  why: ['column:氏名'],
  ...more,
});

const FINDINGS: readonly Finding[] = [
  finding({}),
  finding({ where: { sheet: '名簿', cell: 'B3' }, end: 5 }),
  finding({ where: { page: 3, line: 12 }, why: [] }),
  finding({ where: { line: 1, cell: 'A', part: 'note' }, confidence: 'weak' }),
  finding({ where: {}, value: '山田太郎' }),
  { ...finding({ where: { part: 'path' } }), dropped: true } as Finding,
];

describe('packed findings', () => {
  it('come back as they were', () => {
    expect(unpackFindings(packFindings(FINDINGS))).toEqual(FINDINGS);
    expect(unpackFindings(packFindings([]))).toEqual([]);
  });

  it('write what a column shares once', () => {
    const column = Array.from({ length: 100 }, (_, at) => finding({ where: { sheet: '名簿', cell: `B${at}` } }));
    expect(packFindings(column).length).toBeLessThan(JSON.stringify(column).length / 2);
  });
});

describe('packed content', () => {
  const content: Content = {
    ...unexamined({ stage: 'extract', code: 'damaged', detail: 'sheet 3' }),
    kinds: { name: 2, address: 1 },
    findings: FINDINGS,
    members: [
      { name: 'a/b.csv', sizeBytes: 3, modifiedMs: null, content: unexamined({ stage: 'extract', code: 'encrypted', detail: '' }) },
    ],
  };

  it('comes back as it was', () => expect(unpackContent(packContent(content))).toEqual(content));

  it('tells the sweep of its problems and whether anything is in it', () => {
    expect(packContent(content)).toMatchObject({ problems: ['damaged'], quiet: false });
    expect(packContent({ ...content, findings: [], members: [] }).quiet).toBe(true);
  });

  it('gives equal texts for equal outcomes, whatever came first', () => {
    expect(packContent({ ...content, kinds: { address: 1, name: 2 } }).outcome).toBe(packContent(content).outcome);
  });

  it('takes other counts of persons', () => {
    const persons = { ...content.persons, 'my-number': 7 };
    expect(unpackContent(withPersons(packContent(content), persons))).toEqual({ ...content, persons });
  });
});
