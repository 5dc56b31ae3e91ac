/** Puts people into files of all formats, sound and broken ones, so that every reader and every error meets their values. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { csv, encodeText } from './encode-text.mjs';
import { encryptOoxml } from './encrypt-ooxml.mjs';
import { wareki } from './notations.mjs';
import { address, createCrowd, hyphened } from './people.mjs';
import { paragraph, table, writeDocx } from './write-docx.mjs';
import { tablePages, writePdf } from './write-pdf.mjs';
import { writeXlsx } from './write-xlsx.mjs';
import { writeZip } from './write-zip.mjs';

const HEAD = ['基礎年金番号', '氏名', '生年月日', '住所'];
const rowsOf = (people) => [HEAD, ...people.map((person) => [hyphened(person), person.name, wareki(person.birth), address(person)])];

/** Gives { people, files }: `files` are the sound ones, in which every person must be found. */
export function plantFiles(folder) {
  const crowd = createCrowd(930);
  const everybody = [];
  const next = () => {
    const people = crowd.people(5);
    everybody.push(...people);
    return rowsOf(people);
  };
  const sound = {
    'a.xlsx': writeXlsx([{ name: '名簿', rows: next() }]),
    'b.csv': encodeText(csv(next()), 'cp932'),
    'c.docx': writeDocx([table(next()), paragraph('以上')]),
    'd.pdf': writePdf(tablePages('一覧', HEAD, next().slice(1), [85, 80, 105, 220])),
    'e.txt': encodeText(
      next()
        .slice(1)
        .map((row) => row.map((value, at) => `${HEAD[at]}：${value}\r\n`).join(''))
        .join('\r\n'),
      'utf-16le',
    ),
  };
  const [xlsx, text] = [sound['a.xlsx'], sound['b.csv']];
  // The same people again where reading fails: their values must not slip into an error's text.
  const broken = {
    'cut.xlsx': xlsx.subarray(0, Math.floor(xlsx.length * 0.7)),
    'odd.xlsx': Buffer.concat([Buffer.from('PK\x03\x04'), text]),
    'cut.pdf': sound['d.pdf'].subarray(0, Math.floor(sound['d.pdf'].length * 0.6)),
    'bad.xml': Buffer.from(`<?xml version="1.0"?><a><b>${rowsOf(everybody.slice(0, 3)).join('</c>')}`),
    'stored.zip': writeZip([
      { name: 'b.csv', data: text, store: true },
      { name: 'inner.xlsx', data: xlsx },
    ]),
    'default.xlsx': encryptOoxml(xlsx, 'VelvetSweatshop', crowd.chance),
  };
  mkdirSync(folder, { recursive: true });
  for (const [name, bytes] of Object.entries({ ...sound, ...broken })) writeFileSync(join(folder, name), bytes);
  return { people: everybody, files: Object.keys(sound).map((name) => join(folder, name)) };
}
