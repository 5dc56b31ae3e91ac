/** The peer of `npm run bench`: reads every file of a folder with the library that most would take, one after the other. `node bench-peer.mjs FORMAT FOLDER` */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const [format, folder] = process.argv.slice(2);

async function sheetJs() {
  const { default: xlsx } = await import('xlsx');
  return (bytes) => {
    const book = xlsx.read(bytes, { dense: true, cellHTML: false, cellFormula: false });
    return book.SheetNames.reduce((sum, name) => sum + xlsx.utils.sheet_to_csv(book.Sheets[name]).length, 0);
  };
}

async function mammoth() {
  const { default: reader } = await import('mammoth');
  return async (buffer) => (await reader.extractRawText({ buffer })).value.length;
}

async function pdfParse() {
  const { PDFParse } = await import('pdf-parse');
  // Without the CMaps all Japanese of fonts that are not embedded is lost.
  const cMapUrl = `${join(dirname(fileURLToPath(import.meta.resolve('pdfjs-dist/package.json'))), 'cmaps')}/`;
  return async (bytes) => {
    const parser = new PDFParse({ data: new Uint8Array(bytes), cMapUrl, cMapPacked: true, verbosity: 0 });
    const { text } = await parser.getText();
    await parser.destroy();
    return text.length;
  };
}

async function decoder() {
  const cp932 = new TextDecoder('shift_jis');
  return (bytes) => cp932.decode(bytes).length;
}

const READERS = { xlsx: sheetJs, xls: sheetJs, docx: mammoth, pdf: pdfParse, csv: decoder, txt: decoder };
const read = await READERS[format]();
let characters = 0;
for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
  if (entry.isFile()) characters += await read(readFileSync(join(entry.parentPath, entry.name)));
}
console.log(characters);
