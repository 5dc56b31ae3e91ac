import { describe, expect, it } from 'vitest';
import { XmlCursor } from '../../src/container/xml.js';
import { scanXml } from '../../src/container/xml-scan.js';
import { FileProblem } from '../../src/problem.js';
import { cpuMs } from '../kit/cpu-time.js';

function* split(bytes: Buffer, pieceBytes: number): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += pieceBytes) yield Buffer.from(bytes.subarray(at, at + pieceBytes));
}

/** What a scan tells, as one readable line. */
function scan(bytes: Buffer, pieceBytes = 1 << 20): string {
  let told = '';
  try {
    scanXml(split(bytes, pieceBytes), {
      open: (name, attributes, selfClosing) => {
        const id = attributes('id');
        told += `<${name}${id === undefined ? '' : ` ${id}`}${selfClosing ? '/' : ''}>`;
      },
      close: (name) => {
        told += `</${name}>`;
      },
      text: (text) => {
        told += text;
      },
    });
  } catch (error) {
    if (!(error instanceof FileProblem)) throw error;
    told += `!${error.code}`;
  }
  return told;
}

const CASES: readonly [string, string, string][] = [
  ['elements and text', '<a>x<b/>y</a>', '<a>x<b/>y</a>'],
  ['prefixes passed over', '<x:a><x:b/></x:a>', '<a><b/></a>'],
  ['attributes, single and double quotes', `<a id='1"'/><a id = "2'" />`, `<a 1"/><a 2'/>`],
  ['an attribute without prefix before one with', '<a r:id="7" id="8"/><a r:id="7"/>', '<a 8/><a 7/>'],
  ['a bracket inside an attribute', '<a id="1>2"/>', '<a 1>2/>'],
  ['entities', '<a id="&lt;&amp;&quot;">&#x5C71;&#30000;&apos;&amp;lt;&unknown;</a>', `<a <&">山田'&lt;&unknown;</a>`],
  ['declaration, comment, instruction', '<?xml version="1.0"?><!-- <x> --><a>1<!-- - -->2<?p <y> ?>3</a>', '<a>123</a>'],
  ['CDATA beside text', '<a>1<![CDATA[<b>&amp;]]>2</a>', '<a>1<b>&amp;2</a>'],
  ['line ends', '<a>1\r\n2\r3&#13;</a>', '<a>1\n2\n3\r</a>'],
  ['characters outside the plane', '<a>𠮷野家</a>', '<a>𠮷野家</a>'],
  ['a document type', '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', '!damaged'],
  ['an end inside a tag', '<a><b', '<a>!damaged'],
  ['an end inside an attribute', '<a><b id="', '<a>!damaged'],
  ['an end inside a comment', '<a><!-- ', '<a>!damaged'],
  ['an end before the elements are closed', '<a><b></b>', '<a><b></b>!damaged'],
  ['nothing', '', ''],
];

describe('scanXml', () => {
  it.each(CASES)('tells %s, wherever the bytes are cut', (_title, xml, expected) => {
    const bytes = Buffer.from(xml);
    expect(scan(bytes)).toBe(expected);
    for (let pieceBytes = 1; pieceBytes <= bytes.length; pieceBytes++) expect(scan(bytes, pieceBytes)).toBe(expected);
  });

  it('reads UTF-8 with its mark, UTF-16 of both orders, and declared encodings', () => {
    const xml = '<a id="氏名">山田</a>';
    const wide = Buffer.from(`\ufeff${xml}`, 'utf16le');
    const cp932 = [...Buffer.from('<?xml version="1.0" encoding="Shift_JIS"?><a>'), 0x8e, 0x52, ...Buffer.from('</a>')];
    expect(scan(Buffer.from(`\ufeff${xml}`))).toBe('<a 氏名>山田</a>');
    expect(scan(wide)).toBe('<a 氏名>山田</a>');
    expect(scan(Buffer.from(wide).swap16())).toBe('<a 氏名>山田</a>');
    expect(scan(wide.subarray(2))).toBe('<a 氏名>山田</a>');
    expect(scan(Buffer.from(cp932))).toBe('<a>山</a>');
  });

  it('bounds depth, and the size of one element', () => {
    expect(scan(Buffer.from('<a>'.repeat(300)))).toMatch(/!too-deep$/);
    expect(scan(Buffer.from(`<a id="${'x'.repeat(20 * 1024 * 1024)}"/>`), 1 << 18)).toBe('!too-large');
  });

  it('takes linear time on hostile text', () => {
    for (const xml of [
      '<a>'.padEnd(4_000_000, '&'),
      `<a>${'<!-- '.repeat(800_000)}`,
      `<a ${"b='".repeat(1_000_000)}`,
      '<'.repeat(3_000_000),
    ]) {
      const before = cpuMs();
      expect(scan(Buffer.from(xml), 1 << 18)).toContain('!damaged');
      expect(cpuMs() - before).toBeLessThan(4000);
    }
  });
});

describe('XmlCursor.takeLeaf', () => {
  const open = Buffer.from('<v>');
  const close = Buffer.from('</v></c>');
  it.each([
    ['<c><v>12</v></c><d/>', true],
    ['<c><v>山</v></c><d/>', true],
    ['<c><v>1&amp;2</v></c><d/>', false],
    ['<c><v>12</v><w/></c><d/>', false],
    ['<c><f/><v>12</v></c><d/>', false],
    ['<c><v>12', false],
  ])('%s: %s', (xml, taken) => {
    const cursor = new XmlCursor([Buffer.from(xml)]);
    cursor.next();
    expect(cursor.takeLeaf(open, close)).toBe(taken);
    if (!taken) return;
    expect(cursor.text()).toBe(xml.slice(6, xml.indexOf('</v>')));
    expect(cursor.depth).toBe(0);
    expect(cursor.next()).toBe(true);
    expect(cursor.name()).toBe('d');
  });
});
