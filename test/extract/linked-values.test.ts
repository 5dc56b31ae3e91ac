import { describe, expect, it } from 'vitest';
import { type Cell, cellText } from '../../detectors/contract.js';
import { ddeValues } from '../../src/extract/xls-links.js';
import { BiffRecords } from '../../src/extract/xls-records.js';
import { readBinaryLinkedSheets } from '../../src/extract/xlsb-caches.js';
import { readLinkedSheets } from '../../src/extract/xlsx-caches.js';
import type { RowBatch } from '../../src/model.js';

const rowsOf = (sheets: readonly (readonly RowBatch[])[]) =>
  sheets.map((batches) => batches.flatMap(({ rows }) => rows.map((row) => row.map(cellText))));
const dde = (items: string) =>
  rowsOf(
    readLinkedSheets([
      Buffer.from(`<externalLink><ddeLink ddeService="a" ddeTopic="b"><ddeItems>${items}</ddeItems></ddeLink></externalLink>`),
    ]),
  );
const text = (value: string) => `<value t="str"><val>${value}</val></value>`;

describe('values of a link to another program', () => {
  it.each<[string, string, string[][][]]>([
    ['one', `<ddeItem name="x"><values>${text('山田太郎')}</values></ddeItem>`, [[['山田太郎']]]],
    [
      'a grid, blanks and numbers in it',
      `<ddeItem><values rows="2" cols="2">${text('氏名')}${text('番号')}<value t="nil"><val></val></value><value><val>12</val></value></values></ddeItem>`,
      [
        [
          ['氏名', '番号'],
          ['', '12'],
        ],
      ],
    ],
    [
      'of several items',
      `<ddeItem><values>${text('a')}</values></ddeItem><ddeItem><values>${text('b')}</values></ddeItem>`,
      [[['a']], [['b']]],
    ],
    ['a width that can not be', `<ddeItem><values cols="-3">${text('a')}${text('b')}</values></ddeItem>`, [[['a'], ['b']]]],
  ])('xlsx: %s', (_title, items, expected) => {
    expect(dde(items)).toEqual(expected);
  });

  it('xlsb: a grid, behind the name of its item', () => {
    const uint32 = (...values: number[]) => Buffer.from(new Uint32Array(values).buffer);
    const counted = (value: string) => Buffer.concat([uint32(value.length), Buffer.from(value, 'utf16le')]);
    const record = (type: number, content = Buffer.alloc(0)) =>
      Buffer.concat([Buffer.from([(type & 0x7f) | 0x80, type >> 7, content.length]), content]);
    const part = [record(577, counted('項目')), record(578, uint32(1, 2)), record(582, counted('山田')), record(583), record(579)];
    expect(rowsOf(readBinaryLinkedSheets([Buffer.concat(part)]))).toEqual([[['項目']], [['山田']]]);
  });

  const counted = (value: string) => Buffer.concat([Buffer.from([value.length, 1]), Buffer.from(value, 'utf16le')]);
  const long = (value: string) => Buffer.concat([Buffer.from([2, value.length, 0, 1]), Buffer.from(value, 'utf16le')]);
  it.each<[string, Buffer, Cell[][]]>([
    ['a grid', Buffer.concat([Buffer.from([1, 0, 0]), long('山田'), long('太郎')]), [['山田', '太郎']]],
    ['rows below each other', Buffer.concat([Buffer.from([0, 1, 0]), long('山田'), Buffer.alloc(9)]), [['山田'], ['']]],
    ['none where a formula stands', Buffer.from([7, 0, 0x3a, 0, 0, 1, 0, 2, 0]), []],
    ['none where more is told than is there', Buffer.concat([Buffer.from([255, 255, 255]), long('山田')]), []],
    ['none behind a name alone', Buffer.alloc(0), []],
  ])('xls: %s', (_title, values, expected) => {
    const content = Buffer.concat([Buffer.alloc(6), counted('項目'), values]);
    const record = new BiffRecords(Buffer.concat([Buffer.from([0x23, 0, content.length, 0]), content]));
    expect([record.next(), ddeValues(record)]).toEqual([true, expected]);
  });
});
