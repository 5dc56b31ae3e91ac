/**
 * Outlook items (MS-OXMSG): fields and text of the item and of the items attached to it as text, attached files as members. Objects of other
 * programs that are embedded without a file are told.
 */
import { memorySource } from '../container/memory-source.js';
import { type OleDirectory, openOle } from '../container/ole.js';
import { limits } from '../limits.js';
import type { Block, MemberBlock } from '../model.js';
import type { ExtractContext, Extractor } from '../parts.js';
import { FileProblem } from '../problem.js';
import { tellDates } from './document-dates.js';
import { countVisible } from './mail-body.js';
import { decodeDeclared } from './mail-charset.js';
import { decodeValue } from './mail-header.js';
import { MemberNames } from './member-names.js';
import { MsgItem } from './msg-properties.js';
import { PackedText } from './packed-text.js';
import { holdsPage, PICTURE_HEAD_BYTES, pictureSize } from './picture-size.js';
import { unpackRtf } from './rtf-compressed.js';
import { blocksOf } from './text.js';

/** MS-OXPROPS: tags of what is read. */
const Tag = {
  Subject: 0x0037,
  SenderName: 0x0c1a,
  SenderAddress: 0x0c1f,
  To: 0x0e04,
  Cc: 0x0e03,
  Bcc: 0x0e02,
  Body: 0x1000,
  Html: 0x1013,
  Rtf: 0x1009,
  Submitted: 0x0039,
  Delivered: 0x0e06,
  Created: 0x3007,
  Changed: 0x3008,
  AttachData: 0x3701,
  AttachLongName: 0x3707,
  AttachName: 0x3704,
  AttachTitle: 0x3001,
  AttachContentId: 0x3712,
} as const;
/** Of cards: what stands in no other property, and what a person calls it. */
const CARD_FIELDS: readonly (readonly [number, string])[] = [
  [0x3001, '氏名'],
  [0x3a26, '住所'],
  [0x3a15, '住所'],
  [0x3a09, '電話番号'],
  [0x3a1c, '電話番号'],
  [0x3a08, '電話番号'],
];
const HEADER_FIELDS: readonly (readonly [number, string])[] = [
  [Tag.SenderName, 'From'],
  [Tag.SenderAddress, 'Sender'],
  [Tag.To, 'To'],
  [Tag.Cc, 'Cc'],
  [Tag.Bcc, 'Bcc'],
  [Tag.Subject, 'Subject'],
];

/** Read by their own lines; the topic repeats the subject. */
const SHOWN = new Set<number>([...HEADER_FIELDS.map(([tag]) => tag), Tag.Body, Tag.Html, 0x0070, 0x0e1d, 0x001a]);
const RECIPIENTS_MAX = 1_000;
const OTHER_CHARS_MAX = 256 * 1024;

export const msgExtractor: Extractor = {
  id: 'msg',
  version: 5,
  formats: ['msg'],
  *read(source, context) {
    const ole = openOle(source);
    tellItemDates(new MsgItem(ole, '', 'top'), context);
    const reading = new MsgReading(ole, context);
    yield* reading.item('', '', 0);
    reading.tell();
  },
};

/** A mail is as old as it was sent or came; what was never sent (a draft, a card) as it was made and changed. A broken list is told elsewhere. */
function tellItemDates(item: MsgItem, context: ExtractContext): void {
  try {
    const sent = item.time(Tag.Submitted) ?? item.time(Tag.Delivered);
    tellDates(context, sent ?? item.time(Tag.Created), sent ?? item.time(Tag.Changed));
  } catch (error) {
    if (!(error instanceof FileProblem)) throw error;
  }
}

class MsgReading {
  readonly #ole: OleDirectory;
  readonly #context: ExtractContext;
  readonly #names = new MemberNames();
  /** Storages of all items, by the folder they lie in. */
  readonly #attachments = new Map<string, string[]>();
  readonly #recipients = new Map<string, string[]>();
  #objects = 0;

  constructor(ole: OleDirectory, context: ExtractContext) {
    this.#ole = ole;
    this.#context = context;
    for (const { path, kind } of ole.entries) {
      const at = path.lastIndexOf('/') + 1;
      const sort = kind === 'storage' ? /^__(attach|recip)_version1\.0_/i.exec(path.slice(at))?.[1]?.toLowerCase() : undefined;
      if (sort === undefined) continue;
      const lists = sort === 'attach' ? this.#attachments : this.#recipients;
      const folder = path.slice(0, at);
      const list = lists.get(folder) ?? [];
      list.push(`${path}/`);
      lists.set(folder, list);
    }
  }

  /** `folder`: where the item lies in the container. `prefix`: what goes before the names of its members. */
  *item(folder: string, prefix: string, depth: number): Generator<Block | MemberBlock> {
    const item = new MsgItem(this.#ole, folder, depth === 0 ? 'top' : 'embedded');
    if (this.#guard(() => item.isListBroken())) this.#context.problem('damaged', 'msg: list of properties');
    const lines: string[] = [];
    for (const [tag, name] of [...HEADER_FIELDS, ...(isCard(item) ? CARD_FIELDS : [])]) {
      const text = this.#guard(() => item.text(tag));
      if (text?.trim()) lines.push(`${name}: ${text.trim()}`);
    }
    if (lines.length > 0) yield { kind: 'text', where: { part: 'header', line: 1 }, text: lines.join('\n') };
    yield* this.#others(item, folder);
    yield* this.#body(item, prefix);
    for (const attachment of (this.#attachments.get(folder) ?? []).sort()) yield* this.#attachment(attachment, prefix, depth);
  }

  /** What no line above holds: further texts of the item, its recipients with their addresses. They mostly say what is shown. */
  *#others(item: MsgItem, folder: string): Generator<Block> {
    const lines = new Set<string>();
    const items = [item, ...(this.#recipients.get(folder) ?? []).map((path) => new MsgItem(this.#ole, path, 'part'))];
    for (const one of items.slice(0, RECIPIENTS_MAX)) {
      for (const tag of this.#guard(() => one.textTags()) ?? []) {
        if (one === item && SHOWN.has(tag)) continue;
        for (const line of (this.#guard(() => one.text(tag)) ?? '').slice(0, OTHER_CHARS_MAX).split('\n')) {
          const text = line.includes('=?') ? decodeValue(line.trim()) : line.trim();
          if (/[^\u0000-\u007f]|@/.test(text)) lines.add(text);
        }
      }
    }
    if (lines.size > 0) yield { kind: 'text', where: { part: 'property' }, text: [...lines].join('\n'), copy: true };
  }

  tell(): void {
    if (this.#objects > 0) this.#context.problem('unsupported', `msg: ${this.#objects} embedded objects`);
  }

  /** The plain text; HTML or RTF where there is no plain text or much less of it: else they say the same. */
  *#body(item: MsgItem, prefix: string): Generator<Block | MemberBlock> {
    const plain = this.#guard(() => item.text(Tag.Body)) ?? '';
    if (plain.trim() !== '') {
      this.#context.unpacked(plain.length);
      const packed = new PackedText(this.#context, 'msg');
      yield* blocksOf(packed.plain([plain]), this.#context);
      yield* packed.members(this.#names, (name) => `${prefix}${name}`);
    }
    const html = this.#guard(() => htmlOf(item));
    if (html) {
      if (countVisible(plain, false) * 2 < countVisible(html, true)) yield this.#member(`${prefix}body.html`, Buffer.from(`\ufeff${html}`));
      return;
    }
    const packed = plain.trim() === '' ? this.#guard(() => item.bytes(Tag.Rtf)) : null;
    const rtf = packed ? this.#guard(() => unpackRtf(packed)) : null;
    if (rtf && rtf.length > 0) yield this.#member(`${prefix}body.rtf`, rtf);
  }

  *#attachment(folder: string, prefix: string, depth: number): Generator<Block | MemberBlock> {
    const item = new MsgItem(this.#ole, folder, 'part');
    const title = this.#guard(() => item.text(Tag.AttachLongName) ?? item.text(Tag.AttachName) ?? item.text(Tag.AttachTitle));
    const name = (title ?? '').replaceAll('\\', '/').replace(/^.*\//, '').trim() || 'attachment';
    const embedded = item.storage(Tag.AttachData);
    if (embedded !== null) {
      if (!this.#ole.entry(`${embedded}__properties_version1.0`)) this.#objects++;
      else if (depth + 1 > limits.depthMax) this.#context.problem('too-deep', `msg: items deeper than ${limits.depthMax}`);
      else yield* this.item(embedded, `${prefix}${this.#names.unique(`${prefix}${name}.msg`).slice(prefix.length)}/`, depth + 1);
      return;
    }
    const bytes = this.#guard(() => item.bytes(Tag.AttachData));
    if (!bytes || isOrnament(item, bytes)) return;
    this.#context.unpacked(bytes.length);
    yield this.#member(`${prefix}${name}`, bytes);
  }

  #member(name: string, bytes: Buffer): MemberBlock {
    const unique = this.#names.unique(name);
    return { kind: 'member', name: unique, source: memorySource(unique.slice(unique.lastIndexOf('/') + 1), bytes) };
  }

  /** One broken property costs itself, and is told. */
  #guard<T>(get: () => T): T | null {
    try {
      return get();
    } catch (error) {
      if (!(error instanceof FileProblem)) throw error;
      this.#context.problem(error.code, error.detail);
      return null;
    }
  }
}

function isCard(item: MsgItem): boolean {
  return /^IPM\.Contact/i.test(item.text(0x001a) ?? '');
}

function htmlOf(item: MsgItem): string | null {
  const bytes = item.bytes(Tag.Html);
  if (bytes) return decodeDeclared(bytes, item.htmlCodepage());
  return item.text(Tag.Html);
}

/** A picture within the text (it has a content id) that can't hold a page of text: a logo, a stamp. */
function isOrnament(item: MsgItem, bytes: Buffer): boolean {
  if (item.text(Tag.AttachContentId) === null) return false;
  const size = pictureSize(bytes.subarray(0, PICTURE_HEAD_BYTES));
  return size !== null && !holdsPage(size);
}
