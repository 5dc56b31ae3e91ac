/**
 * A mail (RFC 5322 with MIME), and a web page that was saved as one (mht): its header fields and text as text, all else as members. It fetches
 * nothing and follows no link.
 */
import { memorySource } from '../container/memory-source.js';
import { limits } from '../limits.js';
import type { Block, MemberBlock } from '../model.js';
import type { ExtractContext, Extractor } from '../parts.js';
import { FileProblem } from '../problem.js';
import { mailDate, tellDates } from './document-dates.js';
import { htmlBlocks } from './html.js';
import { countVisible, decodeText, decodeTransfer } from './mail-body.js';
import { decodeDeclared } from './mail-charset.js';
import { decodeValue, fieldOf } from './mail-header.js';
import { type MailPart, type MailTree, readParts } from './mail-parts.js';
import { MemberNames } from './member-names.js';
import { PackedText } from './packed-text.js';
import { holdsPage, PICTURE_HEAD_BYTES, pictureSize } from './picture-size.js';
import { blocksOf } from './text.js';

/** What people write or read of a header. */
const SHOWN_FIELDS = new Set([
  'from',
  'sender',
  'reply-to',
  'to',
  'cc',
  'bcc',
  'subject',
  'comments',
  'keywords',
  'resent-from',
  'resent-to',
]);
/** Fields of transport and of programs: no person writes into them. Of any other field what goes beyond ASCII, and addresses, are somebody's text. */
const TRANSPORT =
  /^(?:received|return-path|message-id|in-reply-to|references|date|mime-version|content-.*|dkim-.*|arc-.*|authentication-results|received-spf|domainkey-.*|x-mailer|user-agent|x-ms-.*|x-microsoft-.*|x-spam.*|x-virus.*|list-.*|precedence|importance|x-priority|thread-index|x-originating-ip|x-google-.*|x-received|x-gm-.*|x-uidl?|lines|status|x-status|x-mozilla-.*|auto-submitted|delivered-to)$/;
/** File name endings for parts without a name. */
const ENDINGS: ReadonlyMap<string, string> = new Map([
  ['message/rfc822', 'eml'],
  ['text/html', 'html'],
  ['text/calendar', 'ics'],
  ['text/vcard', 'vcf'],
  ['text/x-vcard', 'vcf'],
  ['text/csv', 'csv'],
  ['text/plain', 'txt'],
  ['application/pdf', 'pdf'],
  ['application/ms-tnef', 'dat'],
  ['image/jpeg', 'jpg'],
  ['image/png', 'png'],
  ['image/gif', 'gif'],
]);

const DATE_CHARS_MAX = 200;

export const mailExtractor: Extractor = {
  id: 'mail',
  version: 4,
  formats: ['eml'],
  *read(source, context) {
    const bytes = source.whole();
    const tree = readParts(bytes, limits.entriesMax);
    if (tree.header.fields.length === 0) throw new FileProblem('damaged', 'mail: no header');
    const date = fieldOf(tree.header, 'date');
    const sent = date === null ? null : mailDate(date.slice(0, DATE_CHARS_MAX));
    tellDates(context, sent, sent);
    yield* new MailReading(bytes, tree, context).blocks();
  },
};

class MailReading {
  readonly #bytes: Buffer;
  readonly #tree: MailTree;
  readonly #context: ExtractContext;
  readonly #names = new MemberNames();
  /** Visible characters of the plain versions, by number of the multipart/alternative. */
  readonly #plain = new Map<number, number>();
  #undecoded = 0;

  constructor(bytes: Buffer, tree: MailTree, context: ExtractContext) {
    this.#bytes = bytes;
    this.#tree = tree;
    this.#context = context;
  }

  *blocks(): Generator<Block | MemberBlock> {
    const shown = this.#tree.header.fields.filter(({ name }) => SHOWN_FIELDS.has(name));
    const lines = shown.map(({ name, raw }) => `${name[0]?.toUpperCase()}${name.slice(1)}: ${decodeValue(raw)}`);
    if (lines.length > 0) yield { kind: 'text', where: { part: 'header', line: 1 }, text: lines.join('\n') };
    const others = this.#otherFields();
    if (others.length > 0) yield { kind: 'text', where: { part: 'header' }, text: others.join('\n'), copy: true };
    for (const [index, part] of this.#tree.parts.entries()) yield* this.#part(part, index);
    for (const problem of this.#tree.problems) this.#context.problem('damaged', `mail: ${problem}`);
    if (this.#tree.encrypted) this.#context.problem('encrypted', 'mail: encrypted parts');
    if (this.#undecoded > 0) this.#context.problem('unsupported', `mail: ${this.#undecoded} parts in an unknown transfer encoding`);
  }

  /** Fields that no mail program shows but whose text is somebody's; descriptions of parts. They mostly repeat who wrote to whom. */
  #otherFields(): readonly string[] {
    const lines = new Set<string>();
    for (const { name, raw } of this.#tree.header.fields) {
      if (SHOWN_FIELDS.has(name) || TRANSPORT.test(name)) continue;
      const text = decodeValue(raw);
      if (/[^\u0000-\u007f]|[\w.+-]{1,64}@[\w.-]{1,200}/.test(text)) lines.add(`${name}: ${text}`);
    }
    for (const { header } of this.#tree.parts) {
      for (const { name, raw } of header.fields) if (name === 'content-description') lines.add(decodeValue(raw));
    }
    return [...lines];
  }

  *#part(part: MailPart, index: number): Generator<Block | MemberBlock> {
    if (part.start >= part.end) return;
    const bytes = this.#decoded(part);
    const type = part.type.value;
    if (bytes === null) {
      this.#undecoded++;
      return;
    }
    this.#context.unpacked(bytes.length);
    if (isBody(part) && !hasCards(type)) {
      if (type === 'text/html') {
        const html = decodeText(bytes, part.type.parameters);
        if (html.includes('-----BEGIN PGP MESSAGE-----')) this.#context.problem('encrypted', 'mail: an encrypted message in a page');
        if (this.#isTwin(part, html)) {
          // It says the same once more, but for what it hides.
          for (const block of htmlBlocks([html], this.#context)) yield block.kind === 'member' ? block : copyOf(block);
          return;
        }
        yield this.#member('body.html', htmlWithCharset(bytes, part.type.parameters));
      } else yield* this.#text(bytes, part.type.parameters);
      return;
    }
    if (isOrnament(part, bytes)) return;
    yield this.#member(nameOf(part) ?? `part-${index + 1}.${ENDINGS.get(type) ?? 'bin'}`, bytes);
  }

  /** Packed files are taken out before lines are joined: theirs may end in spaces. */
  *#text(bytes: Buffer, parameters: ReadonlyMap<string, string>): Generator<Block | MemberBlock> {
    const packed = new PackedText(this.#context, 'mail');
    const plain = Buffer.from([...packed.plain([bytes.toString('latin1')])].join(''), 'latin1');
    yield* blocksOf([decodeText(plain, parameters)], this.#context);
    yield* packed.members(this.#names, (name) => decodeDeclared(Buffer.from(name, 'latin1'), null));
  }

  /** Null for a transfer encoding that is not known. */
  #decoded(part: MailPart): Buffer | null {
    return decodeTransfer(this.#bytes.subarray(part.start, part.end), fieldOf(part.header, 'content-transfer-encoding'));
  }

  /** True when a plain version beside this HTML says as much: then it says the same, and records would be counted twice. */
  #isTwin(part: MailPart, html: string): boolean {
    if (part.alternative === 0) return false;
    if (this.#plain.size === 0) this.#countPlain();
    return (this.#plain.get(part.alternative) ?? 0) * 2 >= countVisible(html, true);
  }

  #countPlain(): void {
    for (const part of this.#tree.parts) {
      if (part.alternative === 0) continue;
      const isPlain = part.type.value === 'text/plain' && isBody(part);
      const chars = isPlain ? countVisible(decodeText(this.#decoded(part) ?? Buffer.alloc(0), part.type.parameters), false) : 0;
      this.#plain.set(part.alternative, (this.#plain.get(part.alternative) ?? 0) + chars);
    }
  }

  #member(name: string, bytes: Buffer): MemberBlock {
    const unique = this.#names.unique(name);
    return { kind: 'member', name: unique, source: memorySource(unique, bytes) };
  }
}

function copyOf<T extends Block>(block: T): T {
  return { ...block, copy: true };
}

/** Text that is shown with the mail, not kept as a file of its own. */
function isBody(part: MailPart): boolean {
  const type = part.type.value;
  if (part.disposition.value === 'attachment' || nameOf(part) !== null) return false;
  return type.startsWith('text/') || type === 'message/delivery-status' || type === 'message/disposition-notification';
}

/** Texts with a reader of their own. */
function hasCards(type: string): boolean {
  return /^text\/(?:calendar|vcard|x-vcard|directory|csv|rtf|xml|richtext)$/.test(type);
}

function nameOf(part: MailPart): string | null {
  const name = part.disposition.parameters.get('filename') ?? part.type.parameters.get('name') ?? null;
  if (name) return name.replaceAll('\\', '/').replace(/^.*\//, '') || null;
  if (part.type.value === 'message/rfc822') return null;
  // Saved web pages name their parts by address.
  const location = fieldOf(part.header, 'content-location');
  if (!location || part.type.value === 'text/plain') return null;
  return /([^/?#\\]{1,200})(?:[?#].*)?$/.exec(decodeValue(location))?.[1] ?? null;
}

/** A picture of the layout (a logo, a stamp) that can't hold a page of text. */
function isOrnament(part: MailPart, bytes: Buffer): boolean {
  if (!part.type.value.startsWith('image/') || part.disposition.value === 'attachment') return false;
  const size = pictureSize(bytes.subarray(0, PICTURE_HEAD_BYTES));
  return size !== null && !holdsPage(size);
}

/** HTML says its character set itself only in files: in a mail the header does. As UTF-8 with a mark the reader of HTML can't err. */
function htmlWithCharset(bytes: Buffer, parameters: ReadonlyMap<string, string>): Buffer {
  if (!parameters.get('charset')) return bytes;
  return Buffer.from(`\ufeff${decodeText(bytes, parameters)}`);
}
