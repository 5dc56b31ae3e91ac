/** Texts, markup, data and mails without end, without lines, or endlessly inside each other. A maker that gives nothing has written `file` itself. */
import { closeSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { encodeText } from '../encode-text.mjs';

const MB = 1048576;
const PERSON = '1234-567890,架空 太郎,昭和30年3月4日';
const repeat = (text, sizeMb) => Buffer.from(text.repeat(Math.ceil((sizeMb * MB) / Buffer.byteLength(text))));

/** A file that takes no place on the disk but is as long as told. */
function sparse(sizeBytes, head = '') {
  return (file) => {
    const fd = openSync(file, 'w');
    writeSync(fd, head);
    ftruncateSync(fd, sizeBytes);
    closeSync(fd);
  };
}

const LAUGHS = `<?xml version="1.0"?><!DOCTYPE a [<!ENTITY e0 "ha">${Array.from({ length: 10 }, (_, at) => `<!ENTITY e${at + 1} "${`&e${at};`.repeat(10)}">`).join('')}]><a>&e10;</a>`;
const mailHead = (boundary) =>
  `From: a@example.jp\r\nTo: b@example.jp\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="${boundary}"\r\n\r\n`;

function nestedMail(depth) {
  let head = 'From: a@example.jp\r\nSubject: x\r\nMIME-Version: 1.0\r\n';
  for (let at = 0; at < depth; at++) head += `Content-Type: multipart/mixed; boundary="b${at}"\r\n\r\n--b${at}\r\n`;
  return Buffer.from(`${head}Content-Type: text/plain\r\n\r\n${PERSON}\r\n`);
}

/** Mails attached to mails. */
function mailInMail(depth) {
  let inner = `From: a@example.jp\r\nSubject: x\r\nMIME-Version: 1.0\r\n\r\n${PERSON}\r\n`;
  for (let at = 0; at < depth; at++)
    inner = `${mailHead(`b${at}`)}--b${at}\r\nContent-Type: message/rfc822\r\nContent-Disposition: attachment; filename="m.eml"\r\n\r\n${inner}\r\n--b${at}--\r\n`;
  return Buffer.from(inner);
}

export const texts = {
  'line-50mb.txt': ['too-large', () => repeat('あいうえおかきくけこ', 50)],
  'line-50mb-digits.txt': ['too-large', () => repeat('1234567890', 50)],
  'line-50mb-spaced.txt': ['', () => repeat(`${PERSON}　`, 50)],
  'addresses-20mb.txt': ['too-large', () => repeat('東京都千代田区霞が関1-2-', 20)],
  'names-20mb.txt': ['too-large', () => repeat('佐藤鈴木高橋田中', 20)],
  'dates-20mb.txt': ['too-large', () => repeat('昭和30年3月', 20)],
  'spaces-50mb.txt': ['', () => repeat(' ', 50)],
  'newlines-50mb.txt': ['', () => repeat('\n', 50)],
  'sparse-1gb.txt': ['unsupported', sparse(1024 * MB)],
  'sparse-1gb-after-text.txt': [['', 'damaged'], sparse(1024 * MB, `${'あいうえお\n'.repeat(5_000)}`)],
  'nul-10mb.csv': ['unsupported', () => Buffer.alloc(10 * MB)],
  // Escapes without a text between them, and a text of which a third is no character, are no texts.
  'escapes-20mb.txt': ['unsupported', () => repeat('\x1b$B', 20)],
  'utf16-odd.txt': [
    '',
    () => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('あいう\r\n'.repeat(9_000), 'utf16le'), Buffer.from([0x41])]),
  ],
  'surrogates.txt': ['unsupported', () => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('\ud800あ\n'.repeat(9_000), 'utf16le')])],
  'cp932-cut-characters.txt': [
    'damaged',
    () => Buffer.concat(Array(5_000).fill(Buffer.concat([encodeText('架空太郎の住所', 'cp932').subarray(0, -1), Buffer.from('\n')]))),
  ],
  'lone-quote.csv': ['damaged', () => Buffer.from(`番号,氏名\r\n1,"架空 太郎\r\n${`${PERSON}\r\n`.repeat(300_000)}`)],
  'quotes-20mb.csv': [['', 'damaged', 'too-large'], () => Buffer.concat([Buffer.from('番号,氏名\r\n1,"a"\r\n'), repeat('"', 20)])],
  'columns-million.csv': [
    ['too-large', 'damaged'],
    () => Buffer.from(`番号,氏名\r\n1,a\r\n2,b\r\n${`${'x,'.repeat(1_000_000)}\r\n`.repeat(10)}`),
  ],
  'cell-50mb.csv': [
    ['too-large', 'damaged'],
    () => Buffer.concat([Buffer.from('番号,氏名\r\n1,a\r\n2,"'), repeat('あ い', 50), Buffer.from('"\r\n3,c\r\n')]),
  ],
  'lines-of-commas.csv': ['', () => repeat(`${','.repeat(500)}\r\n`, 20)],
  'deep.html': ['too-deep', () => Buffer.from(`<html><body>${'<div>'.repeat(200_000)}a`)],
  'deep-tables.html': ['too-deep', () => Buffer.from(`<html><body>${'<table><tr><td>'.repeat(50_000)}a`)],
  'unclosed-tag-20mb.html': [['', 'damaged'], () => Buffer.concat([Buffer.from('<html><body><p '), repeat('a="b" ', 20)])],
  'unclosed-comment-20mb.html': [['', 'damaged'], () => Buffer.concat([Buffer.from('<html><body><!--'), repeat('<!--', 20)])],
  'span-giant.html': [
    ['', 'too-large'],
    () => Buffer.from(`<html><body><table>${'<tr><td rowspan="65534" colspan="1000">a</td></tr>'.repeat(2_000)}</table>`),
  ],
  'cells-million.html': ['too-large', () => Buffer.from(`<html><body><table><tr>${'<td>a'.repeat(1_000_000)}</table>`)],
  'entities-20mb.html': [['', 'damaged'], () => Buffer.concat([Buffer.from('<html><body>'), repeat('&amp;&#x3042;&nosuch;', 20)])],
  'data-url-30mb.html': [
    '',
    () => Buffer.concat([Buffer.from('<html><body>a<img src="data:image/png;base64,'), repeat('QUJD', 30), Buffer.from('">')]),
  ],
  'deep.json': ['too-deep', () => Buffer.from(`{"a":${'['.repeat(500_000)}${']'.repeat(500_000)}}`)],
  'unclosed.json': ['too-deep', () => Buffer.from(`{"a":[${'{"b":'.repeat(200_000)}`)],
  'proto.json': ['', () => Buffer.from('{"__proto__":{"polluted":1},"constructor":{"prototype":{"x":1}},"toString":"a"}')],
  'string-60mb.json': [['', 'too-large', 'damaged'], () => Buffer.concat([Buffer.from('{"a":"'), repeat('あ', 60), Buffer.from('"}')])],
  'keys-300000.json': [
    '',
    () => Buffer.from(JSON.stringify(Object.fromEntries(Array.from({ length: 300_000 }, (_, at) => [`k${at}`, at])))),
  ],
  'deep.xml': ['too-deep', () => Buffer.from(`<?xml version="1.0"?>${'<a>'.repeat(300_000)}`)],
  'laughs.xml': ['unsupported', () => Buffer.from(LAUGHS)],
  'external-entity.xml': [
    'unsupported',
    () => Buffer.from('<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'),
  ],
  'doctype-unclosed.xml': [
    'damaged',
    () => Buffer.concat([Buffer.from('<?xml version="1.0"?><!DOCTYPE a ['), repeat('<!ENTITY a "b">', 20)]),
  ],
  'attributes-200000.xml': [
    ['', 'too-large'],
    () => Buffer.from(`<?xml version="1.0"?><a ${Array.from({ length: 200_000 }, (_, at) => `a${at}="b"`).join(' ')}/>`),
  ],
  // Wider than a table: read as lines.
  'columns-100000.xml': [
    ['', 'too-large'],
    () =>
      Buffer.from(
        `<?xml version="1.0"?><a>${`<r>${Array.from({ length: 100_000 }, (_, at) => `<c${at}>1</c${at}>`).join('')}</r>`.repeat(3)}</a>`,
      ),
  ],
  'index-2g.xml': [
    ['', 'too-large', 'damaged'],
    () =>
      Buffer.from(
        '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="a"><Table><Row ss:Index="2000000000"><Cell ss:Index="2000000000" ss:MergeAcross="2000000000"><Data ss:Type="String">a</Data></Cell></Row></Table></Worksheet></Workbook>',
      ),
  ],
  'deep.rtf': ['too-deep', () => Buffer.from(`{\\rtf1${'{'.repeat(500_000)}a`)],
  'bin-4g.rtf': ['damaged', () => Buffer.from('{\\rtf1 a{\\*\\x\\bin4294967295 b}c}')],
  'uc-flood.rtf': ['', () => Buffer.from(`{\\rtf1\\ansi\\uc2000000000 ${'\\u12354 a'.repeat(300_000)}}`)],
  'number-flood.rtf': ['', () => Buffer.from(`{\\rtf1\\ansi \\fs${'9'.repeat(1_000_000)} a}`)],
  'cells-flood.rtf': [['', 'too-large'], () => Buffer.from(`{\\rtf1\\ansi \\trowd${'\\intbl a\\cell'.repeat(200_000)}\\row}`)],
  'parts-deep.eml': ['damaged', () => nestedMail(5_000)],
  'mails-deep.eml': ['too-deep', () => mailInMail(12)],
  'parts-100000.eml': [
    'too-large',
    () =>
      Buffer.from(`${mailHead('b')}${'--b\r\nContent-Disposition: attachment; filename="a.txt"\r\n\r\na\r\n'.repeat(100_000)}--b--\r\n`),
  ],
  'boundary-flood.eml': [['', 'damaged'], () => Buffer.from(`${mailHead('b')}${'--b'.repeat(2_000_000)}`)],
  'header-20mb.eml': [
    ['', 'damaged', 'too-large'],
    () =>
      Buffer.concat([
        Buffer.from('From: a@example.jp\r\nTo: b@example.jp\r\nSubject: '),
        repeat('=?utf-8?B?44GC?= ', 20),
        Buffer.from('\r\n\r\na'),
      ]),
  ],
  'fields-500000.eml': [
    ['', 'damaged', 'too-large'],
    () => Buffer.from(`From: a@example.jp\r\nTo: b@example.jp\r\n${'X-A: b\r\n'.repeat(500_000)}\r\na`),
  ],
  'base64-noise.eml': [
    ['', 'damaged'],
    () =>
      Buffer.concat([
        Buffer.from(
          'From: a@example.jp\r\nTo: b@example.jp\r\nMIME-Version: 1.0\r\nContent-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\n',
        ),
        repeat('!=*', 5),
      ]),
  ],
  'mails-20001.mbox': [
    'too-large',
    () => Buffer.from(`From a@example.jp Sat Nov 21 10:00:00 2026\r\nFrom: a@example.jp\r\nTo: b\r\n\r\na\r\n\r\n`.repeat(20_001)),
  ],
  'folds-million.vcf': [
    ['', 'too-large', 'damaged'],
    () => Buffer.from(`BEGIN:VCARD\r\nVERSION:3.0\r\nFN:架空\r\n${' 太郎\r\n'.repeat(1_000_000)}END:VCARD\r\n`),
  ],
  'nested.ics': [['', 'too-deep', 'damaged'], () => Buffer.from(`BEGIN:VCALENDAR\r\n${'BEGIN:VEVENT\r\n'.repeat(300_000)}`)],
};

const magic = (hex, bytes = 3_000) => Buffer.concat([Buffer.from(hex, 'hex'), Buffer.alloc(bytes, 0x81)]);
/** A beginning of one format and nothing of the rest. */
export const impostors = {
  'pdf-head.txt': ['damaged', () => magic(Buffer.from('%PDF-1.4\n').toString('hex'))],
  'zip-head.xlsx': ['damaged', () => magic('504b0304')],
  'compound-head.xls': ['damaged', () => magic('d0cf11e0a1b11ae1')],
  'gzip-head.gz': ['damaged', () => magic('1f8b0800')],
  'seven-zip-head.7z': ['damaged', () => magic('377abcaf271c')],
  'rtf-head.rtf': ['', () => Buffer.from('{\\rtf1}')],
  'biff-head.xls': ['damaged', () => magic('0908100000060500')],
  'access-head.mdb': ['damaged', () => magic(Buffer.from('\0\x01\0\0Standard Jet DB\0').toString('hex'))],
  'sqlite-head.db': ['damaged', () => magic(Buffer.from('SQLite format 3\0').toString('hex'))],
  'png-head.png': ['needs-ocr', () => magic('89504e470d0a1a0a')],
  'noise.bin': ['unsupported', () => Buffer.from(Array.from({ length: 50_000 }, (_, at) => (Math.imul(at + 1, 2654435761) >>> 13) & 255))],
  'one-byte.doc': ['', () => Buffer.from('a')],
};
