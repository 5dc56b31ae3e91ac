/**
 * Windows security descriptors: their parts, and the self-relative binary form (MS-DTYP 2.4.6). Only what decides about reading is kept: owner,
 * group and the discretionary list; the system list, which audits and labels, is not looked at.
 */
import { FileProblem } from '../../problem.js';

/** Control bits (MS-DTYP 2.4.6). */
export const DACL_PRESENT = 0x0004;
export const DACL_AUTO_INHERIT_REQUIRED = 0x0100;
export const DACL_AUTO_INHERITED = 0x0400;
export const DACL_PROTECTED = 0x1000;
export const SELF_RELATIVE = 0x8000;

/** Types of entries that let in or shut out (MS-DTYP 2.4.4.1). Entries of all other types audit, label or are passed over by every system. */
export const ALLOW = 0;
export const DENY = 1;
export const ALLOW_OBJECT = 5;
export const DENY_OBJECT = 6;
export const ALLOW_CALLBACK = 9;
export const DENY_CALLBACK = 10;
export const ALLOW_CALLBACK_OBJECT = 11;
export const DENY_CALLBACK_OBJECT = 12;
const ALLOWING: ReadonlySet<number> = new Set([ALLOW, ALLOW_OBJECT, ALLOW_CALLBACK, ALLOW_CALLBACK_OBJECT]);
const DENYING: ReadonlySet<number> = new Set([DENY, DENY_OBJECT, DENY_CALLBACK, DENY_CALLBACK_OBJECT]);
const OBJECTS: ReadonlySet<number> = new Set([ALLOW_OBJECT, DENY_OBJECT, ALLOW_CALLBACK_OBJECT, DENY_CALLBACK_OBJECT]);
/** Compound entries have no public layout: to pass one over might lose a reader. */
const ALLOW_COMPOUND = 4;

export const INHERIT_ONLY = 0x08;

export interface Ace {
  readonly type: number;
  /** OI 1, CI 2, NP 4, IO 8, ID 0x10, … */
  readonly flags: number;
  /** Unsigned, 32 bits. */
  readonly mask: number;
  readonly sid: string;
}

export interface Descriptor {
  readonly control: number;
  readonly owner: string | null;
  readonly group: string | null;
  /** Null without a list (absent, or present and NULL): nothing limits access then. An empty list lets nobody in. */
  readonly dacl: readonly Ace[] | null;
}

const HEADER_BYTES = 20;
const ACL_HEADER_BYTES = 8;
const ACE_HEADER_BYTES = 8;
const SUB_AUTHORITIES_MAX = 15;
/** ACL_REVISION, ACL_REVISION3 (winnt.h; smbcacls writes it) and ACL_REVISION_DS: the entries have one layout. */
const ACL_REVISIONS: ReadonlySet<number> = new Set([2, 3, 4]);

/**
 * @param at where the descriptor begins; @param base what its offsets count from: its own beginning, or that of a value around it.
 * Throws FileProblem('damaged') for anything that does not lie within `bytes`, another revision, or an entry of unknown layout.
 */
export function parseDescriptor(bytes: Buffer, at = 0, base = at): Descriptor {
  need(bytes, at, HEADER_BYTES);
  if (bytes[at] !== 1) throw damaged('another revision');
  const control = bytes.readUInt16LE(at + 2);
  if ((control & SELF_RELATIVE) === 0) throw damaged('not self-relative');
  const sidAt = (offset: number): string | null => (offset === 0 ? null : parseSid(bytes, base + offset, bytes.length).sid);
  const daclOffset = bytes.readUInt32LE(at + 16);
  return {
    control,
    owner: sidAt(bytes.readUInt32LE(at + 4)),
    group: sidAt(bytes.readUInt32LE(at + 8)),
    // Without the bit the offset means nothing.
    dacl: (control & DACL_PRESENT) === 0 || daclOffset === 0 ? null : parseAcl(bytes, base + daclOffset),
  };
}

function parseAcl(bytes: Buffer, at: number): Ace[] {
  need(bytes, at, ACL_HEADER_BYTES);
  if (!ACL_REVISIONS.has(bytes[at]!)) throw damaged('another revision of its list');
  const size = bytes.readUInt16LE(at + 2);
  const count = bytes.readUInt16LE(at + 4);
  need(bytes, at, size);
  if (size < ACL_HEADER_BYTES) throw damaged('its list is smaller than a header');
  const end = at + size;
  const aces: Ace[] = [];
  let next = at + ACL_HEADER_BYTES;
  for (let i = 0; i < count; i++) {
    if (next + ACE_HEADER_BYTES > end) throw damaged('its list is cut');
    const aceSize = bytes.readUInt16LE(next + 2);
    // An entry of less than a header would be met again and again.
    if (aceSize < ACE_HEADER_BYTES || next + aceSize > end) throw damaged('an entry is larger than its list');
    const ace = parseAce(bytes, next, next + aceSize);
    if (ace !== null) aces.push(ace);
    next += aceSize;
  }
  return aces;
}

function parseAce(bytes: Buffer, at: number, end: number): Ace | null {
  const type = bytes[at]!;
  if (type === ALLOW_COMPOUND) throw damaged('an entry of unknown layout');
  if (!isJudged(type)) return null;
  let sidAt = at + ACE_HEADER_BYTES;
  if (OBJECTS.has(type)) {
    if (sidAt + 4 > end) throw damaged('an entry is cut');
    const present = bytes.readUInt32LE(sidAt);
    sidAt += 4 + ((present & 1) !== 0 ? 16 : 0) + ((present & 2) !== 0 ? 16 : 0);
  }
  return { type, flags: bytes[at + 1]!, mask: bytes.readUInt32LE(at + 4), sid: parseSid(bytes, sidAt, end).sid };
}

export function isAllow(type: number): boolean {
  return ALLOWING.has(type);
}

/** Whether entries of this type let in or shut out. */
export function isJudged(type: number): boolean {
  return ALLOWING.has(type) || DENYING.has(type);
}

/**
 * The text form of a binary SID (MS-DTYP 2.4.2): revision, count, authority (big endian), sub-authorities (little endian).
 * @param end the first byte that it may not touch. Throws FileProblem('damaged').
 */
export function parseSid(bytes: Buffer, at: number, end: number): { sid: string; sizeBytes: number } {
  if (at < 0 || at + 8 > Math.min(end, bytes.length)) throw damaged('a SID lies outside');
  const count = bytes[at + 1]!;
  const sizeBytes = 8 + 4 * count;
  if (bytes[at] !== 1 || count > SUB_AUTHORITIES_MAX || at + sizeBytes > Math.min(end, bytes.length)) throw damaged('a broken SID');
  const authority = bytes.readUIntBE(at + 2, 6);
  const parts = Array.from({ length: count }, (_, i) => bytes.readUInt32LE(at + 8 + 4 * i));
  return { sid: sidText(authority, parts), sizeBytes };
}

/** One form for each SID, so that equal ones are equal texts: the authority in twelve hexadecimal digits from 2^32 on, else decimal. */
export function sidText(authority: number, parts: readonly number[]): string {
  const first = authority < 2 ** 32 ? String(authority) : `0x${authority.toString(16).padStart(12, '0')}`;
  return ['S-1', first, ...parts].join('-');
}

function need(bytes: Buffer, at: number, length: number): void {
  if (at < 0 || at + length > bytes.length) throw damaged('it is cut');
}

function damaged(detail: string): FileProblem {
  return new FileProblem('damaged', `security descriptor: ${detail}`);
}
