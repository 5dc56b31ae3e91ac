import { describe, expect, it } from 'vitest';
import { cp932 } from '../kit/cp932.js';
import { writeDbf } from '../kit/dbf-writer.js';
import { examineBytes } from '../kit/examine-bytes.js';
import { packJtd, paragraph, row, writeJtd } from '../kit/jtd-writer.js';
import { writeMdb } from '../kit/mdb-writer.js';
import { writeSqlite } from '../kit/sqlite-writer.js';

const LABELS = ['年金番号', '氏名', '生年月日', '住所'];
const PEOPLE = [
  ['1234-567890', '山田太郎', '昭和40年1月1日', '東京都千代田区霞が関1-2-3'],
  ['2345-678902', '髙橋花子', '1970年12月31日', '大阪市北区梅田1丁目2番3号'],
];

const dbf = (): Buffer =>
  writeDbf(
    LABELS.map((label) => ({ name: cp932(label), type: 'C', bytes: 60 })),
    PEOPLE.map((person) => person.map(cp932)),
  );
const sqlite = (): Buffer => writeSqlite(`create table 名簿(${LABELS.join()})`, { 'insert into 名簿 values(?,?,?,?)': PEOPLE });
const mdb = (version: number): Buffer =>
  writeMdb(
    {
      名簿: {
        columns: LABELS.map((name) => ({ name, type: 10 })),
        rows: PEOPLE.map((person) => person.map((text) => text.replace('髙', '高'))),
      },
    },
    { version },
  );
const jtd = (): Buffer => writeJtd([...paragraph('名簿'), ...row(...LABELS), ...PEOPLE.flatMap((person) => row(...person))]);

describe('persons in databases and in Ichitaro documents are records', () => {
  it.each<[string, () => Buffer, string, string]>([
    ['名簿.dbf', dbf, 'dbf', 'full'],
    ['名簿.db', sqlite, 'sqlite', 'full'],
    ['名簿.mdb', () => mdb(1), 'mdb', 'full'],
    ['名簿97.mdb', () => mdb(0), 'mdb', 'full'],
    ['名簿.accdb', () => mdb(3), 'accdb', 'full'],
    ['名簿.jtd', jtd, 'jtd', 'partial'],
    ['名簿.jtdc', () => packJtd(jtd(), 1), 'jtd', 'partial'],
  ])('%s', async (name, write, format, examined) => {
    const content = await examineBytes(name, write());
    expect(content).toMatchObject({ format, examined, password: { state: 'none' }, records: { four: 2, three: 0, two: 0, other: 0 } });
    expect(content.problems.map(({ code }) => code)).toEqual(examined === 'full' ? [] : ['unsupported']);
  });
});
