import { describe, expect, it } from 'vitest';
import { xmlExtractor } from '../../src/extract/xml.js';
import { errorsOfDamaged } from '../kit/hostile.js';
import { readBlocks } from '../kit/read-blocks.js';

const read = (text: string) => readBlocks(xmlExtractor, Buffer.from(text));
const PEOPLE = '<名簿><人><氏名>山田太郎</氏名><住所>港区</住所></人><人><氏名>佐藤花子</氏名><電話>03</電話></人></名簿>';

describe('records', () => {
  it.each<[string, string, string]>([
    ['elements of one name', PEOPLE, '氏名\t住所\t電話\n山田太郎\t港区\n佐藤花子\t\t03'],
    ['attributes', '<a><人 氏名="山田&amp;" 番号="1"/><人 氏名="佐藤" 番号="2"/></a>', '氏名\t番号\n山田&\t1\n佐藤\t2'],
    [
      'nested elements under their name',
      '<a><r1><n>山田</n><addr><zip>1</zip><city>港区</city></addr></r1><r1><n>佐藤</n></r1></a>',
      '\taddr\t\nn\tzip\tcity\n山田\t1\t港区\n佐藤',
    ],
    [
      'fields that name themselves',
      '<a><row><field name="氏名">山田</field><field name="番号">1</field></row><row><field name="氏名">佐藤</field><field name="番号">2</field></row></a>',
      '氏名\t番号\n山田\t1\n佐藤\t2',
    ],
    ['one record', '<届><氏名>山田太郎</氏名><生年月日>1950-01-02</生年月日></届>', '氏名: 山田太郎\n生年月日: 1950-01-02'],
    ['text with mark-up in it', '<doc><p>山田<b>太郎</b>様</p></doc>', 'p: 山田太郎様'],
    ['CDATA and entities', '<a><b><![CDATA[<山田>]]></b><c>&#x5C71;</c></a>', 'b: <山田>\nc: 山'],
  ])('%s', async (_title, xml, expected) => {
    const { all, problems } = await read(xml);
    expect(problems).toEqual([]);
    expect(all).toBe(expected);
  });

  it('of any number come in one table', async () => {
    const rows = Array.from({ length: 2_345 }, (_, at) => `<人><番号>${at}</番号><氏名>山田${at}</氏名></人>`).join('');
    const { blocks } = await read(`<a><見出し>名簿</見出し>${rows}<末尾>終</末尾></a>`);
    expect(blocks.map(({ rows: all, text }) => all?.length ?? text)).toEqual([2_346, '見出し: 名簿\n末尾: 終']);
  });

  it('comments are read', async () => {
    const { blocks } = await read('<a><!-- 旧: 山田太郎 --><b>1</b></a>');
    expect(blocks[0]).toEqual({ where: { part: 'comment' }, text: '旧: 山田太郎' });
  });
});

describe('bytes', () => {
  it('in CP932 are decoded by their declaration, cp932 among its names', async () => {
    for (const label of ['Shift_JIS', 'cp932', 'windows-31j']) {
      const name = Buffer.from('8e52936391be9859', 'hex');
      const bytes = Buffer.concat([Buffer.from(`<?xml version="1.0" encoding="${label}"?><a><b>`), name, Buffer.from('</b></a>')]);
      expect((await readBlocks(xmlExtractor, bytes)).all).toBe('b: 山田太郎');
    }
  });

  it('of a document type are passed over; its entities are told and never put in', async () => {
    expect((await read('<!-- x --><!DOCTYPE a SYSTEM "a.dtd"><a><b>1</b></a>')).problems).toEqual([]);
    const bomb = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "yyyyyyyy"><!ENTITY z "&x;&x;">]><a><b>&z;</b></a>';
    const { all, problems } = await read(bomb);
    expect(all).toBe('b: &z;');
    expect(problems).toEqual(['unsupported: xml: entities of the document type are not put in']);
  });

  it('that break off are told, and what came before stays', async () => {
    const { all, problems } = await read(PEOPLE.slice(0, -20));
    expect(all).toContain('山田太郎');
    expect(problems.length).toBe(1);
    expect(await errorsOfDamaged(xmlExtractor, Buffer.from(PEOPLE))).toEqual([]);
  });
});
