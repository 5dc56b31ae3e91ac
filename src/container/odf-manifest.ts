/** The manifest of an OpenDocument package (OpenDocument 1.3 part 2, 4): which parts it says are encrypted, and how. An XML of a fixed form, of which only attributes matter. */
import { limits } from '../limits.js';
import type { ZipDirectory } from './zip.js';

export const MANIFEST = 'META-INF/manifest.xml';
const MANIFEST_BYTES_MAX = 4 * 1024 * 1024;
const ENCRYPTED = /<(?:\w{1,20}:)?encryption-data\b/;
const ENCRYPTED_END = /<\/(?:\w{1,20}:)?encryption-data\s{0,20}>/;
const ENTRY = /<(?:\w{1,20}:)?file-entry\b/g;

export interface EncryptedPart {
  readonly name: string;
  readonly unpackedBytes: number;
  /** The XML of its `encryption-data`. */
  readonly element: string;
}

/** Its text; '' when the package has none. */
export function readManifest(zip: ZipDirectory): string {
  const entry = zip.entry(MANIFEST);
  return entry ? zip.readEntry(entry, MANIFEST_BYTES_MAX).toString('utf8') : '';
}

export function isEncrypted(manifest: string): boolean {
  return ENCRYPTED.test(manifest);
}

/** In their order. */
export function* encryptedParts(manifest: string): Generator<EncryptedPart> {
  let parts = 0;
  for (const { index } of manifest.matchAll(ENTRY)) {
    const next = manifest.indexOf('file-entry', index + 20);
    const element = manifest.slice(index, next < 0 ? manifest.length : next);
    if (!isEncrypted(element) || ++parts > limits.entriesMax) continue;
    const attributes = readAttributes(element, 'file-entry');
    const size = attributes.get('size') ?? '';
    yield { name: attributes.get('full-path') ?? '', unpackedBytes: /^\d{1,15}$/.test(size) ? Number(size) : 0, element };
  }
}

/** As if nothing had been encrypted. */
export function withoutEncryption(manifest: string): string {
  const [first = '', ...rest] = manifest.split(/<(?:\w{1,20}:)?encryption-data\b/);
  return first + rest.map((piece) => piece.slice((ENCRYPTED_END.exec(piece)?.index ?? -1) + 1).replace(/^[^<]{0,60}>/, '')).join('');
}

/** Attributes of the first element of that name, without their prefixes. */
export function readAttributes(xml: string, element: string): ReadonlyMap<string, string> {
  const start = xml.search(new RegExp(`<(?:\\w{1,20}:)?${element}\\b`));
  const end = start < 0 ? -1 : xml.indexOf('>', start);
  const found = new Map<string, string>();
  if (end < 0) return found;
  for (const [, name, value] of xml.slice(start, end).matchAll(/(?:\w{1,20}:)?([\w-]{1,40})="([^"]{0,4096})"/g)) {
    if (name) found.set(name, withoutEntities(value ?? ''));
  }
  return found;
}

function withoutEntities(text: string): string {
  return text.replace(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => ({ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" })[name] ?? '');
}
