/**
 * Encrypted Office packages that open with a password that is known: the program's own default, or one from `--passwords`. The package
 * inside is handed back as the file itself (a member without a name); without a fitting password it stays closed.
 */
import { EXCEL_PASSWORD } from '../container/default-passwords.js';
import { memorySource } from '../container/memory-source.js';
import { openOle } from '../container/ole.js';
import { decryptOoxml, opensOoxml, readOoxmlKey, schemeOf, whyNotTried } from '../container/ooxml-crypt.js';
import type { Extractor } from '../parts.js';
import { FileProblem } from '../problem.js';

export const ooxmlEncryptedExtractor: Extractor = {
  id: 'ooxml-encrypted',
  version: 1,
  formats: ['ooxml-encrypted'],
  *read(source, context) {
    const key = readOoxmlKey(openOle(source));
    const why = whyNotTried(key);
    if (why !== null) throw new FileProblem('encrypted', `ooxml: ${schemeOf(key)}, ${why}`);
    const password = [EXCEL_PASSWORD, ...context.passwords].find((candidate) => opensOoxml(key, candidate));
    if (password === undefined) throw new FileProblem('encrypted', `ooxml: ${schemeOf(key)}`);
    const bytes = decryptOoxml(source, password);
    context.unpacked(bytes.length);
    yield { kind: 'member', name: '', source: memorySource(source.name, bytes) };
  },
};
