/** A folder of files of the usual formats, each a list of people with a marker of its own in the middle: `makeMarked(folder, { xlsx: 50 })` gives [{ name, marker }]. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import xlsx from 'xlsx';
import { csv, encodeText } from './encode-text.mjs';
import { SHORT_AND_LONG } from './make-mixed.mjs';
import { wareki } from './notations.mjs';
import { address, createCrowd, hyphened } from './people.mjs';
import { writeDoc } from './write-doc.mjs';
import { paragraph, table, writeDocx } from './write-docx.mjs';
import { tablePages, writePdf } from './write-pdf.mjs';
import { writePptx } from './write-pptx.mjs';
import { writeXlsx } from './write-xlsx.mjs';

const HEAD = ['基礎年金番号', '氏名', '生年月日', '住所'];
const LINES_A_SLIDE = 12;

const linesOf = (rows) => rows.map((row) => row.join('　'));
function slidesOf(lines) {
  const slides = [];
  for (let from = 0; from < lines.length; from += LINES_A_SLIDE) slides.push(lines.slice(from, from + LINES_A_SLIDE));
  return slides;
}
const WRITERS = {
  xlsx: (rows) => writeXlsx([{ name: '名簿', rows }]),
  xls(rows) {
    const book = xlsx.utils.book_new();
    xlsx.utils.book_append_sheet(book, xlsx.utils.aoa_to_sheet(rows), 'Sheet1');
    return xlsx.write(book, { type: 'buffer', bookType: 'biff8' });
  },
  docx: (rows) => writeDocx([paragraph('対象者の一覧を送付します。ご確認ください。'), table(rows), paragraph('以上')]),
  doc: (rows) => writeDoc(linesOf(rows)),
  pdf: ([head, ...rows]) => writePdf(tablePages('対象者一覧', head, rows, [85, 80, 105, 220])),
  pptx: (rows) => writePptx(slidesOf(linesOf(rows))),
  csv: (rows) => encodeText(csv(rows), 'cp932'),
  txt: (rows) => encodeText(`${linesOf(rows).join('\r\n')}\r\n`, 'cp932'),
};

/** As texts and markers are compared: spaces and line breaks fall where a page or a window ends a line. */
export const folded = (text) => text.normalize('NFKC').replace(/\s+/gu, '');

/** `counts`: how many of each format. */
export function makeMarked(folder, counts, seed = 9000) {
  mkdirSync(folder, { recursive: true });
  const made = [];
  for (const [format, count] of Object.entries(counts))
    for (let at = 0; at < count; at++) {
      const number = made.length;
      const crowd = createCrowd(seed + number);
      const rows = crowd
        .people(SHORT_AND_LONG(crowd.chance))
        .map((person) => [hyphened(person), person.name, wareki(person.birth), address(person)]);
      const marker = `照合標${String(number).padStart(4, '0')}番髙`;
      rows.splice(rows.length / 2, 0, [marker, '', '', '']);
      const name = `list-${number}.${format}`;
      const bytes = WRITERS[format]([HEAD, ...rows]);
      writeFileSync(join(folder, name), bytes);
      made.push({ name, marker, sizeBytes: bytes.length });
    }
  return made;
}
