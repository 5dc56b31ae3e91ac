import { describe, expect, it } from 'vitest';
import { htmlExtractor } from '../../src/extract/html.js';
import { errorsOfDamaged } from '../kit/hostile.js';
import { readBlocks } from '../kit/read-blocks.js';

const page = (body: string, head = '') => Buffer.from(`<!DOCTYPE html><html><head>${head}</head><body>${body}</body></html>`);
const read = (body: string, head = '') => readBlocks(htmlExtractor, page(body, head));
const tables = async (body: string) => (await read(body)).blocks.flatMap((block) => (block.rows ? [block.rows] : []));

/** 氏名 and 山田太郎 in CP932, so that no library is needed to write them. */
const CP932 = Buffer.concat([
  Buffer.from('<html><head><meta http-equiv="Content-Type" content="text/html; charset=x-sjis"></head><body><table><tr><td>'),
  Buffer.from('8e8196bc', 'hex'),
  Buffer.from('</td><td>'),
  Buffer.from('8e52936391be9859', 'hex'),
  Buffer.from('</td></tr></table></body></html>'),
]);

describe('tables', () => {
  it.each<[string, string, string[][]]>([
    [
      'rows and cells',
      '<table><tr><th>氏名<th>住所<tr><td>山田　太郎<td>千代田区</table>',
      [
        ['氏名', '住所'],
        ['山田　太郎', '千代田区'],
      ],
    ],
    [
      'sections',
      '<table><thead><tr><td>a<td>b</thead><tbody><tr><td>1<td>2</table>',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'columns spanned',
      '<table><tr><td colspan=2>a<td>b<tr><td>1<td>2<td>3</table>',
      [
        ['a', '', 'b'],
        ['1', '2', '3'],
      ],
    ],
    [
      'rows spanned',
      '<table><tr><td rowspan=2>a<td>b<tr><td>c<tr><td>d<td>e</table>',
      [
        ['a', 'b'],
        ['', 'c'],
        ['d', 'e'],
      ],
    ],
    ['lines in cells', '<table><tr><td>東京都<br>千代田区<td><p>a</p><p>b</p></table>', [['東京都\n千代田区', 'a\nb']]],
    ['entities and hard spaces', '<table><tr><td>&#23665;田&amp;<td>&nbsp;<td>a&nbsp;b</table>', [['山田&', '', 'a b']]],
    ['values of fields', '<table><tr><td>氏名<td><input type=text value="山田太郎"></table>', [['氏名', '山田太郎']]],
    [
      'definition lists',
      '<dl><dt>氏名<dd>山田太郎<dt>住所<dd>千代田区</dl>',
      [
        ['氏名', '山田太郎'],
        ['住所', '千代田区'],
      ],
    ],
  ])('%s', async (_title, body, expected) => {
    expect(await tables(body)).toEqual([expected]);
  });

  it('in tables that lay out a page come alone, the text around them as lines', async () => {
    const { blocks } = await read('<table><tr><td>届書<br>一覧<td><table><tr><td>氏名<td>住所<tr><td>山田<td>港区</table></table>');
    expect(blocks.map(({ rows, text }) => rows ?? text)).toEqual([
      [
        ['氏名', '住所'],
        ['山田', '港区'],
      ],
      '届書\n一覧',
    ]);
  });

  it('of any length come in batches, all of their rows, before what follows', async () => {
    const rows = Array.from({ length: 3_456 }, (_, at) => `<tr><td>${at}<td>氏名${at}`).join('');
    const { blocks } = await read(`<p>前</p><table>${rows}</table><p>後</p>`);
    expect(blocks.map(({ text, rows: all }) => text ?? all?.length)).toEqual(['前', 3_456, '後']);
    expect(blocks[1]?.rows?.at(-1)).toEqual(['3455', '氏名3455']);
  });
});

describe('text', () => {
  it.each([
    ['<p>山田<b>太郎</b>様</p><p>次</p>', '山田太郎様\n次'],
    ['東京都千代\r\n   田区', '東京都千代田区'],
    ['one\ntwo  three', 'one two three'],
    ['<pre>a  b\nc</pre>', 'a  b\nc'],
    ['<script>var a = "x";</script><style>p{}</style>見える', '見える'],
    ['<div>a<div>b</div>c</div>', 'a\nb\nc'],
    ['<p>閉じない<p>次', '閉じない\n次'],
  ])('%s', async (body, expected) => {
    const { blocks } = await read(body);
    expect(blocks.map(({ text }) => text)).toEqual([expected]);
  });

  it('that is not shown stands in parts of its own', async () => {
    const body =
      '<img alt="押印"><a title="担当者">a</a><input type=hidden name=no value="1234"><!-- 削除 <td>山田</td> --><ruby>山田<rt>やまだ</rt></ruby>' +
      '<script type="application/json">{"氏名":"佐藤"}</script>';
    const { blocks } = await read(body, '<title>名簿</title><meta name="author" content="鈴木">');
    const of = (part: string) => blocks.find(({ where }) => where.part === part)?.text;
    expect(of('description')).toBe('押印\n担当者');
    expect(of('field')).toBe('no: 1234');
    expect(of('comment')).toContain('山田');
    expect(of('ruby')).toBe('やまだ');
    expect(of('property')).toBe('名簿\n鈴木');
    expect(blocks.map(({ text }) => text)).toContain('氏名: 佐藤');
  });
});

describe('attributes', () => {
  const asides = async (body: string) =>
    (await read(body)).blocks
      .filter(({ where }) => where.part === 'attribute' || where.part === 'description')
      .map(({ where, text, copy }) => `${where.part}${copy ? ' (copy)' : ''}: ${text}`);

  it.each<[string, string, string[]]>([
    ['of each cell its own text', '<table><tr><td data-v="山田太郎">山田太郎<td data-v="港区">港区</table>', []],
    ['titles of each cell', '<table><tr><td title="山田太郎">山田太郎<td title="1234-567890">1234-567890</table>', []],
    ['with other white space', '<table><tr><td data-v="山田　太郎\n港区">山田太郎<br>港区<td>x</table>', []],
    ['of a row some of its cells', '<table><tr title="山田太郎, 1234-567890"><td>山田太郎<td>1234-567890<td>港区</table>', []],
    ['of an element a part of its line', '<p><b title="山田太郎">山田太郎様</b> 港区</p>', []],
    ['of a picture its caption', '<figure><img src="x.png" alt="山田太郎"><figcaption>写真: 山田太郎</figcaption></figure>', []],
    ['what stood before', '<p>山田太郎</p><p><img src="x.png" alt="山田太郎"></p>', []],
    ['of a group what its paragraphs say', '<div data-name="山田太郎"><p>一覧</p><p>氏名 山田太郎</p></div>', []],
    [
      'another text',
      '<table><tr><td data-v="山田太郎">山田<td title="佐藤">港区</table>',
      ['attribute (copy): 山田太郎', 'description: 佐藤'],
    ],
    [
      'of a row values that others show',
      '<table><tr title="佐藤 港区"><td>山田<td>港区<tr><td>佐藤<td>北区</table>',
      ['description: 佐藤 港区'],
    ],
  ])('repeat %s', async (_title, body, expected) => {
    expect((await asides(body)).sort()).toEqual(expected);
  });

  it('of a page of any length are told where they say more, and nowhere else', async () => {
    const rows = Array.from(
      { length: 30_000 },
      (_, at) => `<tr><td data-v="氏名${at}">氏名${at}<td title="番号${at}">${at === 29_999 ? 'x' : `番号${at}`}`,
    );
    expect(await asides(`<p title="注意">前</p><table>${rows.join('')}</table>`)).toEqual(['description: 注意', 'description: 番号29999']);
  });
});

describe('bytes', () => {
  it('are decoded by what is declared, and by themselves where that is wrong', async () => {
    expect((await readBlocks(htmlExtractor, CP932)).all).toBe('氏名\t山田太郎');
    const lying = Buffer.from('<meta charset="shift_jis"><p>山田太郎の届書</p>');
    expect((await readBlocks(htmlExtractor, lying)).all).toBe('山田太郎の届書');
    const wide = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('<p>山田太郎</p>', 'utf16le')]);
    expect((await readBlocks(htmlExtractor, wide)).all).toBe('山田太郎');
  });

  it('of a picture as large as a page ask for OCR', async () => {
    const png = Buffer.alloc(64);
    png.write('\x89PNG\r\n\x1a\n', 'latin1');
    png.writeUInt32BE(1200, 16);
    png.writeUInt32BE(900, 20);
    const { problems } = await read(`<img src="data:image/png;base64,${png.toString('base64')}">`);
    expect(problems).toEqual(['needs-ocr: 1 picture as large as a page']);
  });

  it('that are damaged harm nobody', async () => {
    expect(await errorsOfDamaged(htmlExtractor, CP932)).toEqual([]);
  });

  it('that nest without end are told, and what came before stays', async () => {
    const { problems, all } = await read(`前${'<div>'.repeat(20_000)}後`);
    expect(problems).toEqual(['too-deep: html: more than 5000 elements inside each other']);
    expect(all).toContain('前');
  });
});
