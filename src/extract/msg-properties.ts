/** Properties of Outlook items (MS-OXMSG 2.1): texts by their tags, wherever in the file the item stands. */
import type { OleDirectory } from '../container/ole.js';
import { FileProblem } from '../problem.js';
import { fileTimeDate } from './document-dates.js';
import { decodeDeclared } from './mail-charset.js';

/** MS-OXCDATA 2.11.1: types of properties, as they stand in stream names. */
const UNICODE = '001F';
const STRING8 = '001E';
const TEXT_STREAM = /^__substg1\.0_([0-9A-F]{4})001[EF](?:-[0-9A-F]{8})?$/i;
const BINARY = '0102';
/** Of the fixed list. */
const TYPE_NUMBER = 3;
const TYPE_TIME = 0x40;
/** The flags of many values and of an instance of them, and the highest type without them. */
const MULTIPLE = 0x3000;
const TYPE_MAX = 0x0102;
/** MS-OXPROPS: code pages that an item declares, of its texts and of its HTML. */
const MESSAGE_CODEPAGE = 0x3ffd;
const INTERNET_CODEPAGE = 0x3fde;
/** Windows' numbers of code pages, and the names that decoders know them by. */
const CODEPAGES: ReadonlyMap<number, string> = new Map([
  [932, 'shift_jis'],
  [936, 'gbk'],
  [949, 'euc-kr'],
  [950, 'big5'],
  [1252, 'windows-1252'],
  [20932, 'euc-jp'],
  [50220, 'iso-2022-jp'],
  [50221, 'iso-2022-jp'],
  [50222, 'iso-2022-jp'],
  [51932, 'euc-jp'],
  [65001, 'utf-8'],
]);

export class MsgItem {
  readonly #ole: OleDirectory;
  /** With a '/' behind, '' for the file's own item. */
  readonly #folder: string;
  /** Bytes before the property list: they differ by the sort of item (MS-OXMSG 2.4.1). */
  readonly #listStart: number;
  #codepage: string | null | undefined;

  constructor(ole: OleDirectory, folder: string, sort: 'top' | 'embedded' | 'part') {
    this.#ole = ole;
    this.#folder = folder;
    this.#listStart = { top: 32, embedded: 24, part: 8 }[sort];
  }

  /** A text property by its tag, e.g. 0x0037; null where it is absent. Throws FileProblem as the container does. */
  text(tag: number, codepage: string | null = this.codepage()): string | null {
    const wide = this.#stream(tag, UNICODE);
    if (wide) return wide.toString('utf16le').replace(/\0+$/, '');
    const narrow = this.#stream(tag, STRING8);
    return narrow ? decodeDeclared(narrow, codepage).replace(/\0+$/, '') : null;
  }

  /** Tags of all texts of the item itself, in the order of the container. */
  textTags(): readonly number[] {
    const tags: number[] = [];
    for (const { path, kind } of this.#ole.entries) {
      if (kind !== 'stream' || !path.startsWith(this.#folder)) continue;
      const found = TEXT_STREAM.exec(path.slice(this.#folder.length));
      if (found) tags.push(Number.parseInt(found[1]!, 16));
    }
    return tags;
  }

  bytes(tag: number): Buffer | null {
    return this.#stream(tag, BINARY);
  }

  /** Path of the storage that an object property is, null where it is absent. */
  storage(tag: number): string | null {
    const path = `${this.#folder}__substg1.0_${hex(tag)}000D`;
    return this.#ole.entry(path)?.kind === 'storage' ? `${path}/` : null;
  }

  /** What texts of one byte a character are in; null when the item does not say. */
  codepage(): string | null {
    if (this.#codepage === undefined) this.#codepage = CODEPAGES.get(this.#number(MESSAGE_CODEPAGE) ?? 0) ?? null;
    return this.#codepage;
  }

  /** What the HTML is in. */
  htmlCodepage(): string | null {
    return CODEPAGES.get(this.#number(INTERNET_CODEPAGE) ?? 0) ?? null;
  }

  /** True when the list of properties holds what is none: then no one knows what else is missing. */
  isListBroken(): boolean {
    const list = this.#list();
    for (let at = this.#listStart; at + 16 <= list.length; at += 16) {
      const type = list.readUInt16LE(at) & ~MULTIPLE;
      if (type > TYPE_MAX) return true;
    }
    return false;
  }

  /** A time of the fixed list, in milliseconds since 1970. */
  time(tag: number): number | null {
    const value = this.#fixed(tag, TYPE_TIME);
    return value && fileTimeDate(value.readUInt32LE(0), value.readUInt32LE(4));
  }

  /** How an attachment is kept (PidTagAttachMethod), and other numbers of the fixed list. */
  #number(tag: number): number | null {
    return this.#fixed(tag, TYPE_NUMBER)?.readUInt32LE(0) ?? null;
  }

  #fixed(tag: number, type: number): Buffer | null {
    const list = this.#list();
    // Each of 16 bytes: type, tag, flags, value.
    for (let at = this.#listStart; at + 16 <= list.length; at += 16) {
      if (list.readUInt16LE(at + 2) === tag && list.readUInt16LE(at) === type) return list.subarray(at + 8, at + 16);
    }
    return null;
  }

  #list(): Buffer {
    const path = `${this.#folder}__properties_version1.0`;
    return this.#ole.head(path, this.#ole.entry(path)?.sizeBytes ?? 0);
  }

  #stream(tag: number, type: string): Buffer | null {
    const path = `${this.#folder}__substg1.0_${hex(tag)}${type}`;
    const entry = this.#ole.entry(path);
    if (entry?.kind !== 'stream') return null;
    const bytes = this.#ole.stream(path);
    if (bytes.length !== entry.sizeBytes) throw new FileProblem('damaged', 'msg: property is cut');
    return bytes;
  }
}

function hex(tag: number): string {
  return tag.toString(16).toUpperCase().padStart(4, '0');
}
