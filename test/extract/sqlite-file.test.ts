import { describe, expect, it } from 'vitest';
import { sqliteExtractor } from '../../src/extract/sqlite-file.js';
import { readCreateTable } from '../../src/extract/sqlite-schema.js';
import { errorsOfDamaged } from '../kit/hostile.js';
import { writePlainZip } from '../kit/plain-zip.js';
import { readBlocks } from '../kit/read-blocks.js';
import { readMembers } from '../kit/read-members.js';
import { writeSqlite as database } from '../kit/sqlite-writer.js';

const ROSTER = 'create table 名簿(id integer primary key, "基礎年金番号" text, [氏名] text, `生年月日` text, 住所 text)';
const PEOPLE = {
  'insert into 名簿 values(?,?,?,?,?)': [
    [5, '1234-567890', '山田太郎', '昭和40年1月1日', '東京都千代田区霞が関1-2-3'],
    [7, '2345-678902', '髙橋花子', '1970-12-31', '大阪市北区梅田1丁目2番3号'],
  ],
};
const ROWS = [
  ['id', '基礎年金番号', '氏名', '生年月日', '住所'],
  ['5', '1234-567890', '山田太郎', '昭和40年1月1日', '東京都千代田区霞が関1-2-3'],
  ['7', '2345-678902', '髙橋花子', '1970-12-31', '大阪市北区梅田1丁目2番3号'],
];

describe('sqlite', () => {
  it.each([
    ['UTF-8', ''],
    ['UTF-16', "pragma encoding='UTF-16le';"],
    ['UTF-16, upper byte first', "pragma encoding='UTF-16be';"],
    ['small pages', 'pragma page_size=512;'],
    ['large pages', 'pragma page_size=65536;'],
  ])('reads tables in %s', async (_, pragma) => {
    const { blocks, problems } = await readBlocks(sqliteExtractor, database(`${pragma}${ROSTER}`, PEOPLE));
    expect(problems).toEqual([]);
    expect(blocks).toEqual([{ where: { sheet: '名簿' }, rows: ROWS }]);
  });

  it('reads trees of several levels in order, with long values on pages of their own', async () => {
    const many = Array.from({ length: 800 }, (_, at) => [String(at), `${at} ${'あ'.repeat(at % 300 === 0 ? 3_000 : 3)}`]);
    const bytes = database('pragma page_size=512; create table t(a, b); create table w(a text, b, primary key(b)) without rowid', {
      'insert into t values(?,?)': many,
      'insert into w values(?,?)': many,
    });
    const { blocks, problems } = await readBlocks(sqliteExtractor, bytes);
    expect(problems).toEqual([]);
    const expected = many;
    expect(blocks[0]!.rows!.slice(1)).toEqual(expected);
    expect(new Set(blocks[1]!.rows!.slice(1).map((row) => row.join(' ')))).toEqual(new Set(expected.map((row) => row.join(' '))));
  });

  it('reads numbers of all sizes, and texts kept as bytes', async () => {
    const values = [null, 0, 1, -1, 200, 40_000, -9_000_000, 2 ** 40, 12_345_678_901_234n, 1.5];
    const bytes = database('create table t(n, v)', {
      'insert into t values(?,?)': [...values.map((value, at) => [at, value]), [99, Buffer.from('山田')], [100, Buffer.of(0, 1, 255)]],
    });
    const { blocks } = await readBlocks(sqliteExtractor, bytes);
    const shown = ['', '0', '1', '-1', '200', '40000', '-9000000', '1099511627776', '12345678901234', '1.5', '山田', ''];
    expect(blocks[0]!.rows!.slice(1).map(([, value]) => value?.replace(/\.0$/, ''))).toEqual(shown);
  });

  it('hands on long texts as text and documents as members', async () => {
    const zip = Buffer.concat([writePlainZip({ 'a.txt': 'a'.repeat(600) })]);
    const bytes = database('create table t(a, 本文, 添付)', {
      'insert into t values(?,?,?)': [['1', `${'長'.repeat(50_000)}終`, zip]],
    });
    const { members, texts, problems } = await readMembers(sqliteExtractor, bytes);
    expect(texts.join('').endsWith('終')).toBe(true);
    expect(members).toEqual([['t/添付/2', zip]]);
    expect(problems).toEqual([]);
  });

  it.each<[string, readonly string[], readonly number[], number]>([
    ['create table t(a integer primary key, b text default (1, 2), "c""d" int)', ['a', 'b', 'c"d'], [0, 1, 2], 0],
    ['CREATE TABLE t (a TEXT, b INT, c, PRIMARY KEY (c, b)) WITHOUT ROWID', ['a', 'b', 'c'], [2, 1, 0], -1],
    ['create table t(a, b as (a||1), c generated always as (a) stored, check(a > 0))', ['a', 'b', 'c'], [0, 2], -1],
    ["create table t(/* , */ a, -- x, y\n b default ',)', foreign key(a) references u(a))", ['a', 'b'], [0, 1], -1],
    ['broken', [], [], -1],
  ])('knows the columns of %s', (sql, names, order, rowId) => {
    expect(readCreateTable(sql)).toEqual({ names, order, rowId });
  });

  it('tells missing pages, and takes damaged files', async () => {
    const bytes = database(`pragma page_size=512;${ROSTER}; create table big(a)`, {
      ...PEOPLE,
      'insert into big values(?)': [['あ'.repeat(900)]],
    });
    const cut = await readBlocks(sqliteExtractor, bytes.subarray(0, -512));
    expect(cut.problems.length).toBeGreaterThan(0);
    expect(await errorsOfDamaged(sqliteExtractor, bytes, 60)).toEqual([]);
  });
});
