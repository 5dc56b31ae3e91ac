import { describe, expect, it } from 'vitest';
import { memorySource } from '../../src/container/memory-source.js';
import { mdbExtractor } from '../../src/extract/mdb.js';
import { mdbCheck } from '../../src/protect/password-mdb.js';
import { errorsOfDamaged } from '../kit/hostile.js';
import { type MdbTable, writeMdb } from '../kit/mdb-writer.js';
import { readBlocks } from '../kit/read-blocks.js';

const ROSTER: MdbTable = {
  columns: [
    { name: 'ID', type: 4 },
    { name: '基礎年金番号', type: 10 },
    { name: '氏名', type: 10 },
    { name: '生年月日', type: 8 },
    { name: '住所', type: 12 },
    { name: '済', type: 1 },
  ],
  rows: [
    [1, '1234-567890', '山田太郎', 23_743, { memo: '東京都千代田区霞が関1-2-3' }, 1],
    [2, '2345-678902', '中村花子', -3_000, { memo: `大阪市北区梅田1丁目2番3号${'裏'.repeat(100)}` }, 0],
    [3, null, '佐藤一郎', null, null, 0],
  ],
};
const ROWS = [
  ['ID', '基礎年金番号', '氏名', '生年月日', '住所', '済'],
  ['1', '1234-567890', '山田太郎', '1965-01-01', '東京都千代田区霞が関1-2-3', '1'],
  ['2', '2345-678902', '中村花子', '1891-10-13', `大阪市北区梅田1丁目2番3号${'裏'.repeat(100)}`, '0'],
  ['3', '', '佐藤一郎', '', '', '0'],
];

describe('mdb', () => {
  it.each([
    ['Access 97', { version: 0 }],
    ['Access 2000 to 2003', {}],
    ['Access 2007', { version: 2 }],
    ['Access 2019', { version: 6 }],
    ['encoded without a password', { key: 0x8badf00d }],
    ['with a password that only makes Access ask', { password: 'himitsu' }],
    ['rows that moved to other pages', { moved: [1] }],
  ])('reads tables of %s', async (_, wishes) => {
    const { blocks, problems } = await readBlocks(mdbExtractor, writeMdb({ 名簿: ROSTER }, wishes));
    expect(problems).toEqual([]);
    expect(blocks).toEqual([{ where: { sheet: '名簿' }, rows: ROWS }]);
  });

  it('passes deleted rows over', async () => {
    const { blocks } = await readBlocks(mdbExtractor, writeMdb({ 名簿: ROSTER }, { deleted: [0] }));
    expect(blocks[0]!.rows).toEqual([ROWS[0], ROWS[2], ROWS[3]]);
  });

  it.each([0, 1])('reads many rows, long texts in chains of pages, and numbers of all sorts (version %i)', async (version) => {
    const columns = [3, 5, 7, 16, 8, 12, 10, 10].map((type, at) => ({ name: `c${at}`, type }));
    const long = '長い文'.repeat(1_500);
    const rows = Array.from({ length: 12 }, (_, at) => [
      -at,
      at + 0.5,
      at / 8,
      -at - 0.25,
      2 + at + 0.25,
      { memo: `${long}${at}` },
      'あ'.repeat(100),
      '終',
    ]);
    const { blocks, problems } = await readBlocks(
      mdbExtractor,
      writeMdb({ a: { columns: [{ name: 'x', type: 10 }], rows: [] }, t: { columns, rows } }, { version }),
    );
    expect(problems).toEqual([]);
    expect(blocks.map((block) => block.rows!.length)).toEqual([1, 13]);
    expect(blocks[1]!.rows![8]).toEqual(['-7', '7.5', '0.875', '-7.25', '1900-01-08 06:00:00', `${long}7`, 'あ'.repeat(100), '終']);
  });

  it('hands on texts that are too long for a cell, and tells objects', async () => {
    const table = {
      columns: [
        { name: 'x', type: 12 },
        { name: 'y', type: 11 },
      ],
      rows: [[{ memo: `${'長'.repeat(50_000)}終` }, 'object']],
    };
    const { blocks, problems } = await readBlocks(mdbExtractor, writeMdb({ t: table }));
    expect(blocks[1]!.where.sheet).toBe('t');
    expect(blocks[1]!.text!.endsWith('長終')).toBe(true);
    expect(problems).toEqual(['unsupported: mdb: 1 objects in fields are not read']);
  });

  const agile = Buffer.concat([
    Buffer.from('0400040040000000', 'hex'),
    Buffer.from('<encryption><keyData cipherAlgorithm="AES" keyBits="256" hashAlgorithm="SHA512"/></encryption>'),
  ]);
  it.each([
    ['none', null, {}],
    ['none', null, { version: 2 }],
    ['none', null, { key: 5 }],
    ['weak', 'jet-header', { password: 'himitsu' }],
    ['weak', 'jet-header', { password: 'himitsu', version: 0 }],
    ['set', 'unknown', { version: 3, encryption: Buffer.from('0900090000000000000000000000', 'hex') }],
  ])('knows the password: %s, %s', (state, scheme, wishes) => {
    expect(mdbCheck.check(memorySource('x', writeMdb({ 名簿: ROSTER }, wishes)), 'mdb')).toEqual({ state, scheme });
  });

  it('refuses an encrypted database', async () => {
    const bytes = writeMdb({ 名簿: ROSTER }, { version: 3, encryption: agile });
    expect(mdbCheck.check(memorySource('x', bytes), 'accdb').state).toBe('set');
    await expect(readBlocks(mdbExtractor, bytes)).rejects.toThrow('encrypted');
  });

  it.each([0, 1])('takes damaged files (version %i)', async (version) => {
    expect(await errorsOfDamaged(mdbExtractor, writeMdb({ 名簿: ROSTER }, { version, moved: [1] }), 100)).toEqual([]);
  });
});
