/** Files of all other sorts with a marker in each place: pdf, html, mht, xml, json, mails, cards, archives. */
import { deflateSync } from 'node:zlib';
import { writeCfb } from '../write-cfb.mjs';
import { writeZip } from '../write-zip.mjs';
import { Planting, uint16, wide } from './planting.mjs';
import { plantSmallDocx } from './word.mjs';

const bigEndian = (text) => Buffer.from(text, 'utf16le').swap16().toString('hex');

export function plantPdf() {
  const planting = new Planting('pdf');
  const mark = (place, options) => planting.mark(place, options);
  const text = (value) => `<feff${bigEndian(value)}>`;
  const shown = (value, y, extra = '') => `BT ${extra} /F1 9 Tf 1 0 0 1 40 ${y} Tm <${bigEndian(value)}> Tj ET\n`;
  const stream = (settings, content) => {
    const bytes = Buffer.from(content);
    return Buffer.concat([Buffer.from(`<< ${settings} /Length ${bytes.length} >>\nstream\n`), bytes, Buffer.from('\nendstream')]);
  };
  const page =
    shown(mark('text'), 700) +
    shown(mark('invisible text'), 680, '3 Tr') +
    `BT /F1 9 Tf 0 1 -1 0 500 100 Tm <${bigEndian(mark('rotated text'))}> Tj ET\n` +
    '/X1 Do\n';
  const file = `/EmbeddedFile /Params << >>`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [8 0 R 9 0 R] /DA (/F1 9 Tf 0 g) /DR << /Font << /F1 4 0 R >> >> >> /Names << /EmbeddedFiles << /Names [(a) 12 0 R] >> >> /Outlines 15 0 R /Metadata 17 0 R /StructTreeRoot 21 0 R /PageLabels << /Nums [0 24 0 R] >> /OpenAction 22 0 R >>',
    '<< /Type /Pages /Count 1 /Kids [3 0 R] >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 4 0 R >> /XObject << /X1 14 0 R >> >> /Contents 7 0 R /Annots [8 0 R 9 0 R 10 0 R 11 0 R 13 0 R] >>',
    '<< /Type /Font /Subtype /Type0 /BaseFont /HeiseiMin-W3 /Encoding /UniJIS-UTF16-H /DescendantFonts [5 0 R] >>',
    '<< /Type /Font /Subtype /CIDFontType0 /BaseFont /HeiseiMin-W3 /DW 1000 /W [1 95 500] /FontDescriptor 6 0 R /CIDSystemInfo << /Registry (Adobe) /Ordering (Japan1) /Supplement 6 >> >>',
    '<< /Type /FontDescriptor /FontName /HeiseiMin-W3 /Flags 6 /FontBBox [-123 -257 1001 910] /ItalicAngle 0 /Ascent 723 /Descent -241 /CapHeight 709 /StemV 69 >>',
    stream('', page),
    `<< /Type /Annot /Subtype /Widget /FT /Tx /T (name) /TU ${text(mark('form: tip'))} /DV ${text(mark('form: default', COPY))} /V ${text(mark('form: value'))} /Rect [40 600 200 620] /P 3 0 R >>`,
    `<< /Type /Annot /Subtype /Widget /FT /Ch /Ff 131072 /T (choice) /V ${text(mark('form: choice'))} /Opt [[(1) ${text(mark('form: offered choice', COPY))}]] /Rect [40 570 200 590] /P 3 0 R >>`,
    `<< /Type /Annot /Subtype /Text /T ${text(mark('annotation: author', COPY))} /Subj ${text(mark('annotation: subject', COPY))} /RC ${text(`<body><p>${mark('annotation: rich text', COPY)}</p></body>`)} /Contents ${text(mark('annotation'))} /Rect [300 600 320 620] >>`,
    `<< /Type /Annot /Subtype /FreeText /DA (/F1 9 Tf 0 g) /Contents ${text(mark('annotation: text on the page'))} /Rect [300 570 420 590] >>`,
    `<< /Type /Filespec /F (a.txt) /UF ${text(`${mark('name of an attachment')}.txt`)} /Desc ${text(mark('description of an attachment', COPY))} /EF << /F 18 0 R >> >>`,
    '<< /Type /Annot /Subtype /FileAttachment /FS 19 0 R /Contents (x) /Rect [300 540 320 560] >>',
    stream(
      '/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /Font << /F1 4 0 R >> >>',
      shown(mark('text of a form object'), 640),
    ),
    '<< /Type /Outlines /First 16 0 R /Last 16 0 R /Count 1 >>',
    `<< /Title ${text(mark('bookmark', { copy: true }))} /Parent 15 0 R /Dest [3 0 R /Fit] >>`,
    stream(
      '/Type /Metadata /Subtype /XML',
      `<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:description>${mark('property: XMP', { copy: true })}</dc:description></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>`,
    ),
    stream(`/Type ${file}`, mark('attachment')),
    `<< /Type /Filespec /F (b.txt) /UF (b.txt) /EF << /F 20 0 R >> >>`,
    stream(`/Type ${file}`, mark('attachment of an annotation')),
    `<< /Type /StructElem /S /Figure /Alt ${text(mark('alternative text', COPY))} /ActualText ${text(mark('text in place of a picture', COPY))} >>`,
    `<< /S /JavaScript /JS 23 0 R >>`,
    stream('/Filter /FlateDecode', deflateSync(`var who = '${mark('script', COPY)}';`)),
    `<< /S /D /P ${text(mark('prefix of page numbers', COPY))} >>`,
    stream(
      '/Type /ObjStm /N 1 /First 5 /Filter /FlateDecode',
      deflateSync(
        Buffer.concat([
          Buffer.from('27 0 <</Contents '),
          Buffer.from(text(mark('annotation in a list of objects', COPY))),
          Buffer.from('>>'),
        ]),
      ),
    ),
    `<< /Title ${text(mark('property: title'))} /Custom ${text(mark('property: custom', COPY))} /Author ${text(mark('property: author'))} >>`,
  ];
  const pieces = [Buffer.from('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n', 'latin1')];
  let at = pieces[0].length;
  const offsets = objects.map((object, index) => {
    const bytes = Buffer.concat([Buffer.from(`${index + 1} 0 obj\n`), Buffer.from(object), Buffer.from('\nendobj\n')]);
    pieces.push(bytes);
    at += bytes.length;
    return at - bytes.length;
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  pieces.push(
    Buffer.from(
      `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R /Info ${objects.length} 0 R >>\nstartxref\n${at}\n%%EOF\n`,
    ),
  );
  return planting.file(Buffer.concat(pieces));
}

const COPY = { copy: true };
/** What a page holds and does not show. */
const hiddenHtml = (mark) =>
  `<script>/* ${mark('script: comment', COPY)} */ var rows = [["${mark('script: list', COPY)}", 'x'], ["1980-01-01"]]; const who = {name: '${mark('script: object', COPY)}', "re": /["']/ };\ndocument.write("<td>${mark('script: written', COPY)}</td>"); // end\n</script>` +
  `<script type="application/json">{"name":"${mark('data')}"}</script><template><p>${mark('template')}</p></template>` +
  `<meta property="og:title" content="${mark('property: of a network', COPY)}"><p title="${mark('tip')}">x</p><input placeholder="${mark('placeholder', COPY)}">` +
  `<p data-name="${mark('attribute: data', COPY)}" aria-label="${mark('attribute: label', COPY)}" onclick="show('${mark('attribute: script', COPY)}')">x</p>` +
  `<select><option value="${mark('value of a choice', COPY)}">x</option></select><details><p>${mark('folded text')}</p></details><a href="mailto:${mark('link: target', COPY)}@example.jp">x</a><iframe srcdoc="&lt;p&gt;${mark('page in an attribute', COPY)}&lt;/p&gt;"></iframe>`;

const pageHtml = (mark) =>
  `<!DOCTYPE html><html><head><meta charset="utf-8"><title>${mark('property: title')}</title><meta name="description" content="${mark('property: comment')}"></head><body><p>${mark('text')}</p><p style="display:none">${mark('hidden text')}</p><table><tr><td>${mark('cell of a table')}</td></tr></table><form><input value="${mark('field')}"><input type="hidden" value="${mark('hidden field')}"><textarea>${mark('field of lines')}</textarea><select><option>${mark('choice')}</option></select></form><img src="x.png" alt="${mark('alternative text')}"><noscript><p>${mark('text without scripts')}</p></noscript><ruby>山<rt>${mark('ruby')}</rt></ruby>${hiddenHtml(mark)}<!-- ${mark('comment')} --></body></html>`;

export function plantHtml() {
  const planting = new Planting('html');
  return planting.file(Buffer.from(pageHtml((place, options) => planting.mark(place, options))));
}

const base64 = (bytes) => Buffer.from(bytes).toString('base64');

export function plantMht() {
  const planting = new Planting('mht');
  const mark = (place, options) => planting.mark(place, options);
  const parts = [
    `Content-Type: text/html; charset="utf-8"\r\nContent-Transfer-Encoding: base64\r\nContent-Location: file:///C:/x.htm\r\n\r\n${base64(pageHtml(mark))}`,
    `Content-Type: text/html; charset="utf-8"\r\nContent-Transfer-Encoding: base64\r\nContent-Location: file:///C:/x.files/sheet002.htm\r\n\r\n${base64(`<html><body><p>${mark('further page')}</p></body></html>`)}`,
  ];
  const text = `MIME-Version: 1.0\r\nSubject: ${mark('subject')}\r\nContent-Type: multipart/related; boundary="b"; type="text/html"\r\n\r\n${parts.map((part) => `--b\r\n${part}\r\n`).join('')}--b--\r\n`;
  return planting.file(Buffer.from(text));
}

export function plantXml() {
  const planting = new Planting('xml');
  const mark = (place) => planting.mark(place);
  return planting.file(
    Buffer.from(
      `<?xml version="1.0" encoding="UTF-8"?>\n<!-- ${mark('comment')} --><list kind="${mark('attribute')}"><person><name>${mark('element')}</name><note><![CDATA[${mark('section of characters')}]]></note></person></list>`,
    ),
  );
}

export function plantJson() {
  const planting = new Planting('json');
  const mark = (place) => planting.mark(place);
  return planting.file(
    Buffer.from(JSON.stringify({ people: [{ name: mark('value'), [mark('key')]: 1, more: { deep: [mark('value in a list')] } }] })),
  );
}

const uuLine = (bytes) =>
  [bytes.length, ...[...base64(bytes)].map((char) => Math.max(0, BASE64.indexOf(char)))]
    .map((value) => (value === 0 ? '`' : String.fromCharCode(value + 32)))
    .join('');
const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
/** Lines of 45 bytes each. */
const uuencode = (bytes) => {
  const lines = Array.from({ length: Math.ceil(bytes.length / 45) }, (_, at) => uuLine(bytes.subarray(at * 45, at * 45 + 45)));
  return `${lines.join('\r\n')}\r\n\`\r\n`;
};

export function plantEml() {
  const planting = new Planting('eml');
  const mark = (place, options) => planting.mark(place, options);
  const encoded = (text) => `=?UTF-8?B?${base64(text)}?=`;
  const part = (type, bytes, rest = '') => `Content-Type: ${type}\r\nContent-Transfer-Encoding: base64\r\n${rest}\r\n${base64(bytes)}`;
  const inner = `From: x@example.jp\r\nSubject: ${encoded(mark('attached mail: subject'))}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n${base64(mark('attached mail: text'))}`;
  const parts = [
    part('text/plain; charset=utf-8', mark('text')),
    part('text/html; charset=utf-8', `<html><body><p>${mark('text as a page')}</p></body></html>`),
    `Content-Type: multipart/alternative; boundary="c"\r\n\r\n--c\r\n${part('text/plain; charset=utf-8', mark('version in plain'))}\r\n--c\r\n${part('text/html; charset=utf-8', `<p>${mark('version as a page', COPY)}</p>`)}\r\n--c--`,
    part('image/png', 'x', `Content-Description: ${encoded(mark('description of a part', COPY))}\r\n`),
    part('text/csv; name="a.csv"', `氏名,番号\r\n${mark('attached table')},1\r\n`, 'Content-Disposition: attachment; filename="a.csv"\r\n'),
    part(
      'application/octet-stream',
      plantSmallDocx(mark('attached document')),
      `Content-Disposition: attachment; filename="${encoded(`${mark('name of an attachment')}.docx`)}"\r\n`,
    ),
    `Content-Type: message/rfc822\r\n\r\n${inner}`,
    `Content-Type: text/plain; charset=utf-8\r\n\r\nx\r\nbegin 644 u.txt\r\n${uuencode(Buffer.from(mark('uuencoded attachment')))}end\r\n`,
  ];
  const head = `From: ${encoded(mark('sender'))} <a@example.jp>\r\nTo: ${encoded(mark('recipient'))} <b@example.jp>\r\nOrganization: ${encoded(mark('organization', COPY))}\r\nX-Envelope-Note: ${encoded(mark('field of another sort', COPY))}\r\nSubject: ${encoded(mark('subject'))}\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="b"\r\n\r\n`;
  return planting.file(
    Buffer.from(
      `${head}${mark('before the parts')}\r\n${parts.map((one) => `--b\r\n${one}\r\n`).join('')}--b--\r\n${mark('behind the parts')}\r\n`,
    ),
  );
}

export function plantMsg() {
  const planting = new Planting('msg');
  const mark = (place, options) => planting.mark(place, options);
  const list = (bytes) => ['__properties_version1.0', Buffer.alloc(bytes)];
  const text = (tag, value, folder = '') => [`${folder}__substg1.0_${tag}001F`, wide(value)];
  const attachment = (number) => `__attach_version1.0_#0000000${number}/`;
  const inside = `${attachment(1)}__substg1.0_3701000D/`;
  const streams = [
    list(32),
    text('0037', mark('subject')),
    text('0C1A', mark('sender')),
    text('0E04', mark('recipient')),
    text('1000', mark('text')),
    text('3A16', mark('property of another sort', COPY)),
    text('007D', `X-Note: =?UTF-8?B?${base64(mark('header of transport', COPY))}?=`),
    ['__recip_version1.0_#00000000/__properties_version1.0', Buffer.alloc(8)],
    text('3001', mark('recipient: name', COPY), '__recip_version1.0_#00000000/'),
    [`${attachment(0)}__properties_version1.0`, Buffer.alloc(8)],
    text('3707', `${mark('name of an attachment')}.docx`, attachment(0)),
    [`${attachment(0)}__substg1.0_37010102`, plantSmallDocx(mark('attached document'))],
    [`${attachment(1)}__properties_version1.0`, Buffer.alloc(8)],
    text('3001', 'x', attachment(1)),
    [`${inside}__properties_version1.0`, Buffer.alloc(24)],
    text('0037', mark('attached mail: subject'), inside),
    text('1000', mark('attached mail: text'), inside),
  ];
  return planting.file(writeCfb(streams));
}

export function plantVcf() {
  const planting = new Planting('vcf');
  const mark = (place) => planting.mark(place);
  const lines = [
    'BEGIN:VCARD',
    'VERSION:3.0',
    `N:${mark('name')};x;;;`,
    `FN:${mark('shown name')}`,
    `X-PHONETIC-LAST-NAME:${mark('reading')}`,
    `ADR;TYPE=HOME:;;${mark('address')};;;;`,
    `ORG:${mark('organisation')}`,
    `NOTE:${mark('note')}`,
    `X-CUSTOM:${mark('property of its own')}`,
    'END:VCARD',
  ];
  return planting.file(Buffer.from(`${lines.join('\r\n')}\r\n`));
}

export function plantIcs() {
  const planting = new Planting('ics');
  const mark = (place) => planting.mark(place);
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'BEGIN:VEVENT',
    'UID:1',
    'DTSTART:20260401T090000',
    `SUMMARY:${mark('summary')}`,
    `LOCATION:${mark('location')}`,
    `DESCRIPTION:${mark('description')}`,
    `ATTENDEE;CN=${mark('attendee')}:mailto:a@example.jp`,
    `COMMENT:${mark('comment')}`,
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  return planting.file(Buffer.from(`${lines.join('\r\n')}\r\n`));
}

export function plantZip() {
  const planting = new Planting('zip');
  const mark = (place) => planting.mark(place);
  const inner = writeZip([{ name: 'inner.txt', data: Buffer.from(mark('member of an archive in the archive')) }]);
  const bytes = writeZip([
    { name: 'a.txt', data: Buffer.from(mark('member')) },
    { name: 'b/c.txt', data: Buffer.from(mark('member in a folder')), store: true },
    { name: `${mark('name of a member')}.txt`, data: Buffer.from('x') },
    { name: '名前.docx', data: plantSmallDocx(mark('document')), nameEncoding: 'cp932' },
    { name: 'd.zip', data: inner, store: true },
  ]);
  const comment = Buffer.from(mark('comment of the archive'));
  uint16(comment.length).copy(bytes, bytes.length - 2);
  return planting.file(Buffer.concat([bytes, comment]));
}
