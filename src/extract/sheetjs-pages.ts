/**
 * Code pages for SheetJS by the decoders of Node: the library's own tables, which it builds all at once, cost a worker more than everything else it does
 * for its first workbook. They are loaded for a page that Node doesn't know, or knows less of (949).
 */
import { createRequire } from 'node:module';
import { createDecoder } from '../container/windows-decoder.js';

type Bytes = Uint8Array | readonly number[] | string;

interface CodePages {
  readonly utils: {
    decode(page: number, bytes: Bytes): string;
    encode(page: number, text: string, form?: string): Bytes;
  };
}

/** Numbers of Windows' code pages by their names in the Encoding Standard; 1250 to 1258 are called so there too. */
const NAMES: Readonly<Record<number, string>> = {
  874: 'windows-874',
  932: 'shift_jis',
  1200: 'utf-16le',
  10000: 'macintosh',
  65001: 'utf-8',
};

const decoders = new Map<number, InstanceType<typeof TextDecoder>>();
let tables: CodePages | undefined;

export const codePages: CodePages = {
  utils: {
    decode(page, bytes) {
      const decoder = decoderOf(page);
      if (!decoder) return loadTables().utils.decode(page, bytes);
      return decoder.decode(bytes instanceof Uint8Array ? bytes : Uint8Array.from(bytes, codeOf));
    },
    /** Asked only for a password, which the oldest way of locking takes as bytes of the code page. */
    encode: (page, text, form) => loadTables().utils.encode(page, text, form),
  },
};

function loadTables(): CodePages {
  tables ??= createRequire(import.meta.url)('xlsx/dist/cpexcel.js') as CodePages;
  return tables;
}

const codeOf = (unit: number | string): number => (typeof unit === 'string' ? unit.charCodeAt(0) : unit);

function decoderOf(page: number): InstanceType<typeof TextDecoder> | undefined {
  const known = decoders.get(page);
  if (known) return known;
  const name = page >= 1250 && page <= 1258 ? `windows-${page}` : NAMES[page];
  if (name === undefined) return undefined;
  const decoder = createDecoder(name);
  decoders.set(page, decoder);
  return decoder;
}
