/** Writes PDFs whose Japanese font is named and not embedded, as mainframes and old printers do: text is found only by way of the predefined CMaps (ISO 32000-1, 9.7.5.2). */
import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import { encodeText } from './encode-text.mjs';
import { createPdfEncryption } from './pdf-encryption.mjs';

const CMAPS = {
  'UniJIS-UTF16-H': (text) => Buffer.from(text, 'utf16le').swap16(),
  '90ms-RKSJ-H': (text) => encodeText(text, 'cp932'),
};

function contentOf(texts, cmap) {
  const shown = texts.map(({ x, y, size = 9, text }) => `/F1 ${size} Tf 1 0 0 1 ${x} ${y} Tm <${CMAPS[cmap](text).toString('hex')}> Tj`);
  return Buffer.from(`BT\n${shown.join('\n')}\nET\n`);
}

/** `pages`: lists of { x, y, size?, text } in points from the lower left of A4. `encryption`: { scheme, userPassword, ownerPassword, chance }. */
export function writePdf(pages, { cmap = 'UniJIS-UTF16-H', encryption, label } = {}) {
  const id = createHash('md5').update(JSON.stringify(pages)).digest();
  const locked = encryption && createPdfEncryption({ ...encryption, id });
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Count ${pages.length} /Kids [${pages.map((_, at) => `${6 + at * 2} 0 R`).join(' ')}] >>`,
    `<< /Type /Font /Subtype /Type0 /BaseFont /HeiseiMin-W3 /Encoding /${cmap} /DescendantFonts [4 0 R] >>`,
    '<< /Type /Font /Subtype /CIDFontType0 /BaseFont /HeiseiMin-W3 /DW 1000 /W [1 95 500] /FontDescriptor 5 0 R /CIDSystemInfo << /Registry <41646f6265> /Ordering <4a6170616e31> /Supplement 6 >> >>',
    '<< /Type /FontDescriptor /FontName /HeiseiMin-W3 /Flags 6 /FontBBox [-123 -257 1001 910] /ItalicAngle 0 /Ascent 709 /Descent -241 /CapHeight 709 /StemV 80 >>',
  ];
  if (label) {
    // A text beside the pages: the prefix of their numbers.
    const bytes = Buffer.concat([Buffer.from('feff', 'hex'), Buffer.from(label, 'utf16le').swap16()]);
    const said = locked ? locked.encrypt(1, bytes) : bytes;
    objects[0] = `<< /Type /Catalog /Pages 2 0 R /PageLabels << /Nums [0 << /P <${said.toString('hex')}> >>] >> >>`;
  }
  if (locked) {
    // Strings are encrypted too, those of CIDSystemInfo with them.
    objects[3] = objects[3].replace(/<((?:[0-9a-f]{2})+)>/g, (_, hex) => `<${locked.encrypt(4, Buffer.from(hex, 'hex')).toString('hex')}>`);
  }
  pages.forEach((texts, at) => {
    const number = 7 + at * 2;
    const packed = deflateSync(contentOf(texts, cmap));
    const stream = locked ? locked.encrypt(number, packed) : packed;
    objects.push(`<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents ${number} 0 R >>`);
    objects.push(
      Buffer.concat([Buffer.from(`<< /Length ${stream.length} /Filter /FlateDecode >>\nstream\n`), stream, Buffer.from('\nendstream')]),
    );
  });
  if (locked) objects.push(locked.dictionary);
  return assemble(objects, id, locked ? objects.length : 0);
}

function assemble(objects, id, encrypt) {
  const parts = [Buffer.from('%PDF-1.6\n%\xe2\xe3\xcf\xd3\n', 'latin1')];
  let offset = parts[0].length;
  const table = ['0000000000 65535 f \n'];
  objects.forEach((object, at) => {
    const part = Buffer.concat([Buffer.from(`${at + 1} 0 obj\n`), Buffer.from(object), Buffer.from('\nendobj\n')]);
    table.push(`${String(offset).padStart(10, '0')} 00000 n \n`);
    parts.push(part);
    offset += part.length;
  });
  const hex = id.toString('hex');
  const trailer = `<< /Size ${objects.length + 1} /Root 1 0 R /ID [<${hex}> <${hex}>]${encrypt ? ` /Encrypt ${encrypt} 0 R` : ''} >>`;
  parts.push(Buffer.from(`xref\n0 ${table.length}\n${table.join('')}trailer\n${trailer}\nstartxref\n${offset}\n%%EOF\n`));
  return Buffer.concat(parts);
}

/** Rows of a table set by position: `widths` in points; 40 rows a page, with a title above and the header on each page. */
export function tablePages(title, header, rows, widths, rowsPerPage = 40) {
  const line = (cells, y) =>
    cells.map((text, at) => ({ x: 40 + widths.slice(0, at).reduce((sum, width) => sum + width, 0), y, text })).filter(({ text }) => text);
  const pages = [];
  for (let from = 0; from < rows.length; from += rowsPerPage) {
    const page = [{ x: 40, y: 800, size: 13, text: title }, ...line(header, 775)];
    rows.slice(from, from + rowsPerPage).forEach((row, at) => {
      page.push(...line(row, 758 - at * 17));
    });
    pages.push(page);
  }
  return pages;
}
/** Lines of a letter, one page for each 45. */
export function letterPages(lines) {
  const pages = [];
  for (let from = 0; from < lines.length; from += 45)
    pages.push(lines.slice(from, from + 45).map((text, at) => ({ x: 60, y: 790 - at * 16, size: 10.5, text })));
  return pages;
}
