import { describe, expect, it } from 'vitest';
import { jsonExtractor } from '../../src/extract/json.js';
import { cpuMs } from '../kit/cpu-time.js';
import { errorsOfDamaged } from '../kit/hostile.js';
import { readBlocks } from '../kit/read-blocks.js';

const read = (text: string) => readBlocks(jsonExtractor, Buffer.from(text));
const people = [
  { 番号: 1, 氏名: '山田太郎', 住所: { 郵便番号: '100-0001', 現住所: '千代田区' } },
  { 番号: 2, 氏名: '佐藤花子', 備考: '転出' },
];

describe('json', () => {
  it('gives arrays of objects as tables, nested objects in columns of their own under their name', async () => {
    const { blocks, problems } = await read(JSON.stringify({ 名簿: people, 件数: 2 }));
    expect(problems).toEqual([]);
    expect(blocks.map(({ rows, text }) => rows ?? text)).toEqual([
      '件数: 2',
      [
        ['', '', '住所', '', ''],
        ['番号', '氏名', '郵便番号', '現住所', '備考'],
        ['1', '山田太郎', '100-0001', '千代田区'],
        ['2', '佐藤花子', '', '', '転出'],
      ],
    ]);
  });

  it.each([
    ['one object', '{"氏名":"山田太郎","生年月日":"1950-01-02","有効":true,"空":null}', '氏名: 山田太郎\n生年月日: 1950-01-02\n有効: true'],
    ['escapes', '{"\\u6c0f\\u540d":"\\u5c71\\u7530"}', '氏名: 山田'],
    ['rows of values', '[["氏名","番号"],["山田",12]]', '氏名\t番号\n山田\t12'],
    ['few values', '{"電話":["03-1234","03-5678"]}', '電話: 03-1234\n電話: 03-5678'],
  ])('%s', async (_title, text, expected) => {
    expect((await read(text)).all).toBe(expected);
  });

  it('gives lines of objects as one table, whatever stands between them', async () => {
    const lines = Array.from({ length: 2_500 }, (_, at) => JSON.stringify({ 番号: at, 氏名: `山田${at}` }));
    lines.splice(1_500, 0, '{"壊れた": ');
    const { blocks, problems } = await read(lines.join('\n'));
    expect(blocks.find(({ rows }) => rows)?.rows?.length).toBe(2_501);
    expect(blocks.map(({ text }) => text)).toContain('{"壊れた":');
    expect(problems).toEqual(['damaged: json: 1 lines do not parse, read as text']);
  });

  it('reads what does not parse as text, escapes resolved, and tells', async () => {
    const { all, problems } = await read('{"a": "\\u5c71\\u7530",\n "b": 1,,}');
    expect(all).toContain('山田');
    expect(problems).toEqual(['damaged: json: does not parse, read as text']);
  });

  it('reads what nests without end as text, and tells', async () => {
    const { problems, all } = await read(`${'{"a":'.repeat(5_000)}"山田"${'}'.repeat(5_000)}`);
    expect(problems).toEqual(['too-deep: json: more than 256 values inside each other, read as text']);
    expect(all).toContain('山田');
  });

  it.each([
    ['nested lists', `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
    ['nested lists of JSON Lines', `{"a":1}\n{"a":${'['.repeat(5_000)}${']'.repeat(5_000)}}\n`],
  ])('tells %s at once', async (_name, text) => {
    const started = cpuMs();
    expect((await read(text)).problems.join()).toMatch(/^too-deep: json: /);
    expect(cpuMs() - started).toBeLessThan(5_000);
  });

  it('counts brackets outside of strings alone', async () => {
    const { problems } = await read(JSON.stringify({ a: '['.repeat(1_000), b: `"\\${'{'.repeat(1_000)}` }));
    expect(problems).toEqual([]);
  });

  it('that stands on one long line is no JSON Lines, and is read in no time', async () => {
    const many = Array.from({ length: 30_000 }, (_, at) => ({ 番号: at, 氏名: '山田太郎' }));
    const { blocks } = await read(JSON.stringify(many));
    expect(blocks.map(({ rows }) => rows?.length)).toEqual([30_001]);
  });

  it('takes damaged files', async () => {
    expect(await errorsOfDamaged(jsonExtractor, Buffer.from(JSON.stringify(people)))).toEqual([]);
  });
});
