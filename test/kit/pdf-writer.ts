/** A small PDF writer for tests: text at given places in Japanese fonts that are not embedded, as office programs of the 2000s made them, and pictures. */
import encoding from 'encoding-japanese';

/** `ucs2` UniJIS-UCS2-H, `sjis` 90ms-RKSJ-H, `vertical` UniJIS-UCS2-V, `mapped` arbitrary codes with a ToUnicode map. */
export type PdfFont = 'ucs2' | 'sjis' | 'vertical' | 'mapped';

export interface PdfText {
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly size?: number;
  readonly font?: PdfFont;
  /** Degrees, counter-clockwise. */
  readonly angle?: number;
  /** Drawn invisibly, as OCR layers are. */
  readonly hidden?: boolean;
}

export interface PdfPageSpec {
  readonly texts?: readonly PdfText[];
  readonly rotate?: 0 | 90 | 180 | 270;
  /** Pixels of a grey picture that fills the page. */
  readonly picture?: { readonly widthPx: number; readonly heightPx: number };
  readonly note?: string;
}

const FONTS: Readonly<Record<PdfFont, string>> = {
  ucs2: 'UniJIS-UCS2-H',
  sjis: '90ms-RKSJ-H',
  vertical: 'UniJIS-UCS2-V',
  mapped: 'Identity-H',
};

export function writePdf(pages: readonly PdfPageSpec[], title = ''): Buffer {
  const objects: string[] = [];
  const add = (body: string): number => objects.push(body);
  const catalog = add('');
  const tree = add('');
  const cid = add(
    '<< /Type /Font /Subtype /CIDFontType0 /BaseFont /HeiseiMin-W3 /CIDSystemInfo << /Registry (Adobe) /Ordering (Japan1) /Supplement 2 >>' +
      ' /DW 1000 /W [1 632 500 65409 65503 500] /FontDescriptor << /Type /FontDescriptor /FontName /HeiseiMin-W3 /Flags 4 /FontBBox [-123 -257 1001 910]' +
      ' /ItalicAngle 0 /Ascent 709 /Descent -241 /CapHeight 709 /StemV 69 >> >>',
  );
  const toUnicode = add(stream('', mapOf(pages)));
  const fonts = Object.entries(FONTS).map(([name, map]) => {
    const mapped = name === 'mapped' ? ` /ToUnicode ${toUnicode} 0 R` : '';
    return `/${name} ${add(`<< /Type /Font /Subtype /Type0 /BaseFont /HeiseiMin-W3-${map} /Encoding /${map} /DescendantFonts [${cid} 0 R]${mapped} >>`)} 0 R`;
  });
  const kids = pages.map((page) => {
    const content = add(stream('', drawPage(page)));
    const picture = page.picture ? `/XObject << /Im ${add(drawPicture(page.picture))} 0 R >>` : '';
    const notes =
      page.note === undefined ? '' : ` /Annots [<< /Type /Annot /Subtype /Text /Rect [0 0 20 20] /Contents <FEFF${hexOf(page.note)}> >>]`;
    return add(
      `<< /Type /Page /Parent ${tree} 0 R /MediaBox [0 0 595 842] /Rotate ${page.rotate ?? 0} /Contents ${content} 0 R` +
        ` /Resources << /Font << ${fonts.join(' ')} >> ${picture} >>${notes} >>`,
    );
  });
  objects[catalog - 1] = `<< /Type /Catalog /Pages ${tree} 0 R >>`;
  objects[tree - 1] = `<< /Type /Pages /Count ${kids.length} /Kids [${kids.map((kid) => `${kid} 0 R`).join(' ')}] >>`;
  const info = add(`<< /Title <FEFF${hexOf(title)}> >>`);
  return assemble(objects, catalog, info);
}

/** Rows of a table as texts: column `index` begins at `columns[index]`, rows go down from `top` by `pitch`. */
export function tableTexts(
  rows: readonly (readonly string[])[],
  columns: readonly number[],
  top: number,
  pitch = 16,
  font: PdfFont = 'ucs2',
): PdfText[] {
  return rows.flatMap((row, at) => row.map((text, index) => ({ x: columns[index]!, y: top - at * pitch, text, font, size: 9 })));
}

function drawPage(page: PdfPageSpec): string {
  const drawn = page.picture ? 'q 595 0 0 842 0 0 cm /Im Do Q\n' : '';
  return (
    drawn +
    (page.texts ?? [])
      .filter((text) => text.text !== '')
      .map(drawText)
      .join('\n')
  );
}

function drawText({ x, y, text, size = 10, font = 'ucs2', angle = 0, hidden = false }: PdfText): string {
  const turn = (angle * Math.PI) / 180;
  const matrix = [Math.cos(turn), Math.sin(turn), -Math.sin(turn), Math.cos(turn)].map((value) => value.toFixed(5)).join(' ');
  return `BT /${font} ${size} Tf ${hidden ? 3 : 0} Tr ${matrix} ${x} ${y} Tm <${codesOf(text, font)}> Tj ET`;
}

function codesOf(text: string, font: PdfFont): string {
  if (font === 'sjis') return Buffer.from(encoding.convert(text, { to: 'SJIS', from: 'UNICODE', type: 'array' })).toString('hex');
  return font === 'mapped' ? [...text].map((char) => mappedCode(char)).join('') : hexOf(text);
}

/** Codes that mean nothing without the map: the code point with its bits turned around, so that ASCII, of half width, is 65409 to 65503. */
function mappedCode(char: string): string {
  return (0xffff - char.codePointAt(0)!).toString(16).padStart(4, '0');
}

function mapOf(pages: readonly PdfPageSpec[]): string {
  const chars = [...new Set(pages.flatMap((page) => (page.texts ?? []).flatMap((text) => (text.font === 'mapped' ? [...text.text] : []))))];
  const lines = chars.map((char) => `<${mappedCode(char)}> <${hexOf(char)}>`);
  return (
    '/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /T def /CMapType 2 def\n' +
    `1 begincodespacerange <0000> <FFFF> endcodespacerange\n${lines.length} beginbfchar\n${lines.join('\n')}\nendbfchar\nendcmap end end`
  );
}

function hexOf(text: string): string {
  return Buffer.from(text, 'utf16le').swap16().toString('hex');
}

function drawPicture({ widthPx, heightPx }: { widthPx: number; heightPx: number }): string {
  const row = '80'.repeat(widthPx);
  return stream(
    `/Type /XObject /Subtype /Image /Width ${widthPx} /Height ${heightPx} /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /ASCIIHexDecode`,
    `${row.repeat(heightPx)}>`,
  );
}

function stream(dictionary: string, content: string): string {
  return `<< ${dictionary} /Length ${content.length} >>\nstream\n${content}\nendstream`;
}

function assemble(objects: readonly string[], catalog: number, info: number): Buffer {
  let file = '%PDF-1.5\n';
  const offsets = objects.map((body, index) => {
    const offset = file.length;
    file += `${index + 1} 0 obj\n${body}\nendobj\n`;
    return offset;
  });
  const start = file.length;
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')}`;
  file += `trailer\n<< /Size ${objects.length + 1} /Root ${catalog} 0 R /Info ${info} 0 R >>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.from(file, 'latin1');
}
