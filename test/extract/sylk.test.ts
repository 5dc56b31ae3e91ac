import { describe, expect, it } from 'vitest';
import { sylkExtractor } from '../../src/extract/sylk.js';
import { cp932 } from '../kit/cp932.js';
import { errorsOfDamaged } from '../kit/hostile.js';
import { readBlocks } from '../kit/read-blocks.js';

/** As Excel writes it: formats first, then each cell where it is not next to the one before. */
const ROSTER = [
  'ID;PWXL;N;E',
  'P;PGeneral',
  'P;Pyyyy/m/d',
  'P;P0000\\-000000',
  'P;FMS PGothic;M220',
  'B;Y4;X3;D0 0 3 2',
  'C;Y1;X1;K"氏名"',
  'C;X2;K"生年月日"',
  'C;X3;K"番号"',
  'C;Y2;X1;K"山田;;太郎"',
  'F;P1;FG0G;X2',
  'C;K20152',
  'F;P2;FG0G;X3',
  'C;K1234567890',
  'C;Y4;X1;K"一行目\x1b :二行目";A担当は佐藤',
  'C;X3;KTRUE',
  'NN;N名簿;ER1C1:R4C3',
  'E',
  'C;Y9;X9;K"behind the end"',
].join('\r\n');

describe('sylk', () => {
  it.each([
    ['UTF-8', Buffer.from(ROSTER)],
    ['CP932', cp932(ROSTER)],
  ])('reads cells at their places, dates and numbers by their formats: %s', async (_encoding, bytes) => {
    const { blocks, problems } = await readBlocks(sylkExtractor, bytes);
    expect(problems).toEqual([]);
    expect(blocks).toEqual([
      {
        where: {},
        rows: [['氏名', '生年月日', '番号'], ['山田;太郎', '1955-03-04', '1234-567890'], [], ['一行目\n二行目', '', 'TRUE']],
      },
      { where: { cell: 'A4', part: 'comment' }, text: '担当は佐藤' },
      { where: { part: 'name' }, text: '名簿 R1C1:R4C3' },
    ]);
  });

  it('tells what lies beyond a sheet and lines that have no end, and bears damage', async () => {
    const beyond = await readBlocks(sylkExtractor, Buffer.from('ID;PX\nC;Y1;X1;K1\nC;Y1;X999999999;K2\n'));
    expect(beyond.problems).toEqual(['too-large: sylk: cells or remarks beyond the bounds of a sheet']);
    const long = await readBlocks(sylkExtractor, Buffer.from(`ID;PX\nC;Y1;X1;K"${'x'.repeat(3_000_000)}\n`));
    expect(long.problems[0]).toMatch(/^too-large: sylk: a record of more than/);
    expect(await errorsOfDamaged(sylkExtractor, Buffer.from(ROSTER))).toEqual([]);
  });
});
