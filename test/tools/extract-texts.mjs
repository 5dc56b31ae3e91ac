/**
 * Extracts every file of a list, one after the other, by the readers of the program or by those of a package that lies in a folder of its own, and prints those
 * whose marker stood in the text: `node extract-texts.mjs program|officeparser|textract LIST [PACKAGES]`, LIST being JSON of [{ path, name, marker }]. For measuring.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { folded } from './make-marked.mjs';

const [who, list, packages] = process.argv.slice(2);
const peer = (name) => createRequire(join(packages, 'package.json'))(name);

const READERS = {
  async program() {
    const { openSource } = await import('../../dist/src/walk/open.js');
    const { sniff } = await import('../../dist/src/extract/sniff.js');
    const { extractorsFor } = await import('../../dist/src/extract/registry.js');
    const { cellText } = await import('../../dist/detectors/contract.js');
    const read = async (source, depth) => {
      const { format } = sniff(source);
      for (const extractor of extractorsFor(format)) {
        const lines = [];
        for await (const block of extractor.read(source, { format, passwords: [], problem() {}, unpacked() {} })) {
          if (block.kind === 'text') lines.push(block.text);
          else if (block.kind === 'table') {
            for (const { rows } of block.rows) for (const row of rows) lines.push(row.map((cell) => cellText(cell)).join('\t'));
          } else if (depth < 5) lines.push(await read(block.source, depth + 1));
        }
        if (lines.length > 0) return lines.join('\n');
      }
      return '';
    };
    return async (path, name) => {
      const source = openSource(path, null, name);
      try {
        return await read(source, 0);
      } finally {
        source.close();
      }
    };
  },
  async officeparser() {
    const parser = peer('officeparser');
    // From version 6 on an answer is a tree that can give its text.
    return async (path) => {
      const answer = await (parser.parseOffice ?? parser.parseOfficeAsync)(path);
      return typeof answer === 'string' ? answer : answer.toText();
    };
  },
  async textract() {
    const extract = promisify(peer('textract').fromFileWithPath);
    return (path) => extract(path, { preserveLineBreaks: true });
  },
};

const read = await READERS[who]();
const found = [];
for (const { path, name, marker } of JSON.parse(readFileSync(list, 'utf8'))) {
  try {
    if (folded(await read(path, name)).includes(marker)) found.push(name);
  } catch {
    // A format that the package refuses counts as not found.
  }
}
console.log(JSON.stringify(found));
// A library may hold timers or workers that would keep this process.
process.exit(0);
