/** Texts beside the text: scripts of pages, objects of locked PDFs, codes of fields, links. The places themselves are in markers.test.ts. */
import { describe, expect, it } from 'vitest';
import { docxExtractor } from '../../src/extract/docx.js';
import { readScript } from '../../src/extract/html-script.js';
import { officeArtTexts } from '../../src/extract/office-art.js';
import { strayPartOf } from '../../src/extract/office-strays.js';
import { pdfExtractor } from '../../src/extract/pdf.js';
import { constantsOf } from '../../src/extract/xml-strays.js';
import { readBlocks } from '../kit/read-blocks.js';

const { writePdf } = await import(new URL('../tools/write-pdf.mjs', import.meta.url).href);
const { writePackage, relations, HEAD, shapeTable } = await import(new URL('../tools/markers/planting.mjs', import.meta.url).href);

describe('readScript', () => {
  it.each([
    [
      'a list of objects keeps each in its line',
      'var d=[{name:"山田太郎",birth:"1950-01-02"},{name:"佐藤"}]',
      ['name: 山田太郎\tbirth: 1950-01-02', 'name: 佐藤'],
    ],
    ['quoted labels and numbers', '{"氏名":"山田","番号":1234567890}', ['氏名: 山田\t番号: 1234567890']],
    ['escapes', String.raw`x="\u5c71\x41\u{7530}\n'"`, ["山A田\n'"]],
    ['templates over lines', 'x=`山\n田`', ['山\n田']],
    ['markup that is written', "document.write('<td>山田</td>')", ['山田']],
    ['comments', '/* 山田 */ // 佐藤\nx()', ['山田', '佐藤']],
    ['a pattern with a quote begins no string', `x.replace(/["']/g, ''); y = "山田"`, ['山田']],
    ['a division is no pattern', 'a = b / 2; c = "山" + d / 3', ['山\t3']],
    ['a quote that is not closed in its line', 'a = "x\nb = "山田"', ['山田']],
    ['programs alone', 'function f(a){return {"use":"strict","n":12}}', []],
    ['a number alone is text when it is as long as those of persons', 'x = ["1234-567890"]', ['1234-567890']],
  ])('%s', (_, script, lines) => {
    expect(readScript(script).map((line) => line.trim())).toEqual(lines);
  });

  it.each(['/[', '"\\', '{', '=/(', '`', 'a/"', '/*', '`${'])('takes no longer than its length asks for: %s', (piece) => {
    const start = process.cpuUsage();
    readScript(piece.repeat(200_000));
    expect(process.cpuUsage(start).user / 1000).toBeLessThan(3_000);
  });
});

describe('pdf', () => {
  const page = [[{ x: 40, y: 700, text: '本文' }]];
  it.each([
    ['an open file', undefined],
    ['RC4 with an empty password', { scheme: 'rc4-128', userPassword: '', ownerPassword: 'x' }],
    [
      'AES with an empty password',
      { scheme: 'aes-128', userPassword: '', ownerPassword: 'x', chance: { bytes: (count: number) => Buffer.alloc(count) } },
    ],
  ])('gives what stands beside the pages of %s', async (_, encryption) => {
    const { blocks, problems } = await readBlocks(pdfExtractor, writePdf(page, { encryption, label: '山田太郎-' }));
    expect(problems).toEqual([]);
    expect(blocks.find(({ where }) => where.part === 'data')).toEqual({ where: { part: 'data' }, text: '山田太郎-', copy: true });
  });
});

describe('docx', () => {
  it('gives codes of fields that say something, and no pointers', async () => {
    const field = (code: string) =>
      `<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>${code}</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>`;
    const body = ['PAGEREF _Toc1234567890 \\h', 'TOC \\o "1-3"', 'HYPERLINK "mailto:a@example.jp"', 'MERGEFIELD 氏名'].map(field).join('');
    const bytes = writePackage({
      '_rels/.rels': relations([['officeDocument', 'word/document.xml']]),
      'word/document.xml': `${HEAD}<w:document xmlns:w="urn:w"><w:body>${body}</w:body></w:document>`,
    });
    const { blocks } = await readBlocks(docxExtractor, bytes);
    expect(blocks).toEqual([{ where: { line: 1, part: 'field' }, text: 'HYPERLINK "mailto:a@example.jp"\nMERGEFIELD 氏名', copy: true }]);
  });
});

describe('parts that nobody reads', () => {
  it.each([
    ['xl/connections.xml', 'connection'],
    ['xl/worksheets/_rels/sheet1.xml.rels', 'link'],
    ['xl/newer/thing.xml', 'data'],
    ['xl/worksheets/sheet1.xml', null],
    ['xl/theme/theme1.xml', null],
    ['word/styles.xml', null],
    ['xl/printerSettings/printerSettings1.bin', null],
  ])('%s: %s', (name, part) => {
    expect(strayPartOf(name, false)?.part ?? null).toBe(part);
  });

  it('of formulas the texts that are no codes', () => {
    expect(constantsOf('IF(A1="OK","山田 ""太郎""","")&"0312345678"')).toEqual(['山田 "太郎"', '0312345678']);
  });

  it('of drawings the texts of shapes, whatever lies around them', () => {
    const bytes = Buffer.concat([
      Buffer.alloc(7, 0xf0),
      shapeTable('山田'),
      Buffer.from([0x0b, 0xf0]),
      shapeTable('図 1', 0x380),
      shapeTable('n', 0x380),
    ]);
    expect(officeArtTexts(bytes)).toEqual(['山田', '図 1']);
  });
});
