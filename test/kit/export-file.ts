/** An export in memory, in the encodings that the programs of Windows and Unix write, handed out in pieces of any size. */
import type { ExportFile } from '../../src/access/exports/text-file.js';
import { UsageError } from '../../src/problem.js';

export function exportFile(content: string | Buffer, encoding: 'utf8' | 'utf16le' | 'latin1' = 'utf8', chunkBytes = 7): ExportFile {
  const bytes = typeof content === 'string' ? Buffer.from(content, encoding) : content;
  return {
    name: 'export.txt',
    *chunks() {
      for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes);
    },
  };
}

/** With an end behind the last line, as all programs write it. */
export function ended(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}

/** The English message that the operator gets; '' when all went well. */
export function faultOf(act: () => unknown): string {
  try {
    act();
    return '';
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    if (error.told.ja === error.told.en) throw new Error(`told in one language alone: ${error.told.en}`);
    return error.message;
  }
}

/** A SID in its binary form (MS-DTYP 2.4.2.2). */
export function sidBytes(sid: string): Buffer {
  const [authority, ...parts] = sid.split('-').slice(2).map(Number);
  const bytes = Buffer.alloc(8 + parts.length * 4);
  bytes[0] = 1;
  bytes[1] = parts.length;
  bytes.writeUIntBE(authority!, 2, 6);
  for (const [i, part] of parts.entries()) bytes.writeUInt32LE(part, 8 + i * 4);
  return bytes;
}
