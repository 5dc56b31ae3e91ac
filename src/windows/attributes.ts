/**
 * What Windows marks beside size and times, and Node's `Stats` leaves out: placeholders, whose content lies on tape or in a cloud and would be
 * fetched by reading, and links of sorts that Node follows as if they were folders.
 */
import { literalPath, loadWindows, type WindowsLibraries } from './library.js';

/** FILE_ATTRIBUTE_* (winnt.h; "File Attribute Constants"). */
export const DIRECTORY = 0x10;
export const REPARSE_POINT = 0x400;
export const OFFLINE = 0x1000;
export const RECALL_ON_OPEN = 0x40000;
export const RECALL_ON_DATA_ACCESS = 0x400000;

/** Reparse tags (MS-FSCC 2.1.2.1): the bit of those that stand for another place, and volumes mounted in a folder, which lie in the share. */
const NAME_SURROGATE = 0x20000000;
export const TAG_MOUNT_POINT = 0xa0000003;

const INVALID_ATTRIBUTES = 0xffffffff;
const INVALID_HANDLE = -1;

/** WIN32_FIND_DATAW (minwinbase.h): attributes first, the reparse tag at 36, the name at 44, in a block of 592 bytes. */
export const FIND_DATA_BYTES = 592;
const TAG_AT = 36;
const NAME_AT = 44;
const NAME_CHARS_MAX = 260;

const FIND_EX_INFO_BASIC = 1;
const FIND_EX_SEARCH_NAME_MATCH = 0;
const FIND_FIRST_EX_LARGE_FETCH = 2;

export interface Marks {
  readonly attributes: number;
  /** Means something only with the attribute REPARSE_POINT. */
  readonly tag: number;
}

export interface AttributeReader {
  /** By name, of all that the folder holds; null when it can't be listed. One listing, whatever the number of names. */
  inFolder(folder: string | Buffer): ReadonlyMap<string, Marks> | null;
  /** Of one entry, without its tag; null when it can't be looked at. */
  of(path: string | Buffer): Marks | null;
}

/** Undefined until the first need. */
let reader: AttributeReader | null | undefined;

/** One for the process. Null where the library can't be loaded: placeholders are then not told apart from files. */
export function attributeReader(): AttributeReader | null {
  if (reader === undefined) {
    const windows = loadWindows();
    reader = windows === null ? null : bind(windows);
  }
  return reader;
}

/** Whether reading the file would fetch its content, or listing the folder its names. */
export function isPlaceholder({ attributes }: Marks): boolean {
  const isFolder = (attributes & DIRECTORY) !== 0;
  // A folder whose names are here may hold placeholders and carry their marks; only one that is recalled by opening has none.
  return (attributes & (isFolder ? RECALL_ON_OPEN : OFFLINE | RECALL_ON_OPEN | RECALL_ON_DATA_ACCESS)) !== 0;
}

/** Whether a file or folder by Node's account is a link. Node knows symbolic links and junctions itself, and takes mounted volumes for folders. */
export function isOtherLink({ attributes, tag }: Marks): boolean {
  return (attributes & REPARSE_POINT) !== 0 && (tag & NAME_SURROGATE) !== 0 && tag !== TAG_MOUNT_POINT;
}

export function parseFindData(block: Buffer): Marks & { readonly name: string } {
  let end = NAME_AT;
  while (end < NAME_AT + 2 * NAME_CHARS_MAX && block.readUInt16LE(end) !== 0) end += 2;
  return { attributes: block.readUInt32LE(0), tag: block.readUInt32LE(TAG_AT), name: block.toString('utf16le', NAME_AT, end) };
}

function bind({ kernel32 }: WindowsLibraries): AttributeReader {
  const getAttributes = kernel32.func('uint32_t __stdcall GetFileAttributesW(str16 path)');
  const findFirst = kernel32.func(
    'intptr_t __stdcall FindFirstFileExW(str16 pattern, int level, void *data, int search, void *filter, uint32_t flags)',
  );
  const findNext = kernel32.func('int __stdcall FindNextFileW(intptr_t find, void *data)');
  const findClose = kernel32.func('int __stdcall FindClose(intptr_t find)');
  const block = Buffer.alloc(FIND_DATA_BYTES);
  return {
    inFolder(folder) {
      const pattern = `${literalPath(folder).replace(/\\$/u, '')}\\*`;
      const find = findFirst(pattern, FIND_EX_INFO_BASIC, block, FIND_EX_SEARCH_NAME_MATCH, null, FIND_FIRST_EX_LARGE_FETCH);
      if (Number(find) === INVALID_HANDLE) return null;
      const found = new Map<string, Marks>();
      try {
        do {
          const { name, ...marks } = parseFindData(block);
          found.set(name, marks);
        } while (findNext(find, block) !== 0);
      } finally {
        findClose(find);
      }
      return found;
    },
    of(path) {
      const attributes = getAttributes(literalPath(path)) as number;
      return attributes === INVALID_ATTRIBUTES ? null : { attributes, tag: 0 };
    },
  };
}
