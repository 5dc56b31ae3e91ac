import { describe, expect, it } from 'vitest';
import type { PageData, Profile } from '../../src/page/data.js';
import { ANYTHING, EXPOSED, foldText, NOT_LOOKED_AT, Rows, SORT_KEYS, STALE_BY_DOCUMENT } from '../../src/page/rows.js';

const profile = (change: Partial<Profile>): Profile => ({
  verdict: 'clear',
  reasons: [],
  exposed: false,
  entry: 'file',
  format: 'xlsx',
  examined: 'full',
  problems: [],
  password: 'none',
  scheme: null,
  access: 'open',
  broad: [],
  readers: null,
  accessReason: '',
  limitDays: 365,
  basis: 'modified',
  ageInside: false,
  staleByDocument: false,
  lookedAt: true,
  exception: null,
  factors: [1, 1],
  ...change,
});

const DATA: PageData = {
  folders: ['', '総務部', '総務部/2015', '適用課'],
  departments: ['総務部', '', '適用課'],
  owners: [''],
  profiles: [
    profile({ verdict: 'violation', reasons: ['no-password', 'stale'], exposed: true }),
    profile({ verdict: 'compliant', format: 'docx' }),
    profile({ staleByDocument: true, lookedAt: false }),
  ],
  kinds: ['pension-number', 'name'],
  holdings: [
    [0, 0, 0, 0, 0, 0, 0],
    [1, 2, 3, 4, 9, 8_000, 10_000, 0, 6, 1, 10],
    [0, 0, 1, 0, 1, 4_000, 8_000, 0, 1],
  ],
  columns: {
    folder: [2, 1, 0, 3],
    name: ['名簿.xlsx', 'ﾒｲﾎﾞ.docx', 'Roster.xlsx', '議事録.xlsx'],
    department: [0, 0, 1, 2],
    profile: [0, 1, 2, 2],
    holding: [1, 2, 0, 0],
    owner: [0, 0, 0, 0],
    risk: [620, 31, 0, 0],
    ageFactor: [900, 700, 0, 0],
    age: [900, 3, -1, 40],
    date: [20150323, 20261120, 0, 20261001],
    year: [0, -2014, 0, 0],
    saved: [0, 20140601, 0, 0],
    bytes: [1, 2, 3, 4],
  },
};

const rows = new Rows(DATA);
const find = (wishes: Partial<typeof ANYTHING>) => [...rows.select({ ...ANYTHING, ...wishes }, 'risk', false)];

describe('rows of the page', () => {
  it.each([
    [{}, [0, 1, 2, 3]],
    [{ verdict: 'violation' }, [0]],
    [{ department: 0 }, [0, 1]],
    [{ department: 1 }, [2]],
    [{ reason: 'stale' }, [0]],
    [{ reason: EXPOSED }, [0]],
    [{ reason: STALE_BY_DOCUMENT }, [2, 3]],
    [{ reason: NOT_LOOKED_AT }, [2, 3]],
    [{ format: 'xlsx', verdict: 'clear' }, [2, 3]],
    [{ text: '名簿' }, [0]],
    [{ text: 'メイボ' }, [1]],
    [{ text: 'ＲＯＳＴＥＲ' }, [2]],
    [{ text: '総務 xlsx' }, [0]],
    [{ text: '部/ﾒｲ' }, [1]],
    [{ text: '　 ' }, [0, 1, 2, 3]],
    [{ text: '.*' }, []],
  ])('%j finds %j', (wishes, found) => {
    expect(find(wishes)).toEqual(found);
  });

  it.each([
    ['risk', [0, 1, 2, 3]],
    ['verdict', [0, 1, 2, 3]],
    ['file', [2, 1, 0, 3]],
    ['persons', [0, 1, 2, 3]],
    ['records', [0, 1, 2, 3]],
    ['age', [0, 3, 1, 2]],
  ] as const)('by %s the order is %j, and back', (key, order) => {
    expect([...rows.select(ANYTHING, key, false)]).toEqual(order);
    expect([...rows.select(ANYTHING, key, true)]).toEqual([...order].reverse());
  });

  it('has an order for each key', () => {
    for (const key of SORT_KEYS) expect([...rows.select(ANYTHING, key, false)].sort()).toEqual([0, 1, 2, 3]);
  });

  it('reads what a file holds', () => {
    expect([rows.recordsOf(0), rows.personsOf(0), rows.recordsOf(3)]).toEqual([10, 9, 0]);
    expect(rows.holdingOf(0)).toEqual({
      records: [1, 2, 3, 4],
      persons: 9,
      kinds: [
        ['pension-number', 6],
        ['name', 10],
      ],
      factors: [0.8, 1],
    });
  });

  it('gets ready in pieces', () => {
    const fresh = new Rows(DATA);
    expect([fresh.fold(3), fresh.fold(4), fresh.fold(1), fresh.fold(1)]).toEqual([false, false, true, true]);
    expect(foldText('ﾒｲﾎﾞ Ａ')).toBe('メイボ a');
  });
});
