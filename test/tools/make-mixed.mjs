/** A folder of many small files of the usual formats, each with people of its own: `makeMixed(folder, 9000)`. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import xlsx from 'xlsx';
import { csv, encodeText } from './encode-text.mjs';
import { wareki } from './notations.mjs';
import { address, createCrowd, hyphened } from './people.mjs';
import { paragraph, table, writeDocx } from './write-docx.mjs';
import { tablePages, writePdf } from './write-pdf.mjs';
import { writeXlsx } from './write-xlsx.mjs';

const HEAD = ['基礎年金番号', '氏名', '生年月日', '住所'];
const FILES_A_FOLDER = 100;
const rowsOf = (people) => people.map((person) => [hyphened(person), person.name, wareki(person.birth), address(person)]);

const WRITERS = {
  xlsx: (people) => writeXlsx([{ name: '名簿', rows: [HEAD, ...rowsOf(people)] }]),
  csv: (people) => encodeText(csv([HEAD, ...rowsOf(people)]), 'cp932'),
  docx: (people) =>
    writeDocx([paragraph('対象者の一覧を送付します。ご確認ください。'), table([HEAD, ...rowsOf(people)]), paragraph('以上')]),
  pdf: (people) => writePdf(tablePages('対象者一覧', HEAD, rowsOf(people), [85, 80, 105, 220])),
  txt: (people) =>
    encodeText(
      people
        .map(
          (person) =>
            `基礎年金番号：${hyphened(person)}\r\n氏名：${person.name}\r\n生年月日：${wareki(person.birth)}\r\n住所：${address(person)}\r\n`,
        )
        .join('\r\n'),
      'cp932',
    ),
  xls(people) {
    const book = xlsx.utils.book_new();
    xlsx.utils.book_append_sheet(book, xlsx.utils.aoa_to_sheet([HEAD, ...rowsOf(people)]), 'Sheet1');
    return xlsx.write(book, { type: 'buffer', bookType: 'biff8' });
  },
};
/** How often each format comes among ten files. */
const ROUND = ['xlsx', 'csv', 'docx', 'pdf', 'txt', 'xlsx', 'docx', 'csv', 'pdf', 'xls'];

/** Persons in a file: most lists are short, a few are long, as on a share: as many files hold 3 to 30 as 30 to 300. */
export const SHORT_AND_LONG = (chance) => Math.round(3 * 100 ** chance.next());
const SHORT = (chance) => chance.between(10, 40);

/** Writes `count` files below `folder`, of one format or of all, and gives how many records and bytes they hold. `persons` draws how many stand in a file. */
export function makeMixed(folder, count, format = null, { seed = 7000, persons = SHORT } = {}) {
  const made = { files: count, records: 0, bytes: 0 };
  for (let at = 0; at < count; at++) {
    const crowd = createCrowd(seed + at);
    const people = crowd.people(persons(crowd.chance));
    const kind = format ?? ROUND[at % ROUND.length];
    const below = join(folder, `係${Math.floor(at / FILES_A_FOLDER)}`);
    if (at % FILES_A_FOLDER === 0) mkdirSync(below, { recursive: true });
    const bytes = WRITERS[kind](people);
    writeFileSync(join(below, `名簿${at}.${kind}`), bytes);
    made.records += people.length;
    made.bytes += bytes.length;
  }
  return made;
}
