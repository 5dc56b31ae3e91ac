/** The shares' own access lists as `sharesec --view-all` prints them (sec_desc_print, source3/lib/util_sd.c): one block a share. */
import { type Ace, ALLOW, DACL_PRESENT, DENY, type Descriptor, SELF_RELATIVE } from '../nt/descriptor.js';

/** MS-SRVS calls these Read, Change and Full; the letters are those of smbcacls(1). */
const WORDS: Readonly<Record<string, number>> = { READ: 0x1200a9, CHANGE: 0x1301ff, FULL: 0x1f01ff };
const LETTERS: Readonly<Record<string, number>> = { R: 0x120089, W: 0x120116, X: 0x1200a0, D: 0x10000, P: 0x40000, O: 0x80000 };

/** By name in lower case; `unreadable` where the program could not read a list, or printed something else than one. */
export function parseShareLists(text: string): Map<string, Descriptor | 'unreadable'> {
  const lists = new Map<string, Descriptor | 'unreadable'>();
  for (const block of text.split(/^(?=\[)/m)) {
    const name = /^\[([^\]\n]*)\]/.exec(block)?.[1];
    if (name !== undefined) lists.set(name.toLowerCase(), listOf(block) ?? 'unreadable');
  }
  return lists;
}

function listOf(block: string): Descriptor | null {
  if (!/^REVISION:1$/m.test(block)) return null;
  const dacl: Ace[] = [];
  for (const line of block.split('\n').filter((one) => one.startsWith('ACL:'))) {
    const ace = /^ACL:(.+):(ALLOWED|DENIED)\/([^/]*)\/(\S+)\s*$/.exec(line);
    const mask = ace === null ? null : maskOf(ace[4]!);
    if (ace === null || mask === null) return null;
    // A name instead of a SID stands for somebody whom nobody here knows. Flags speak of what is below: a share has nothing below.
    dacl.push({ type: ace[2] === 'DENIED' ? DENY : ALLOW, flags: 0, mask, sid: ace[1]! });
  }
  return { control: SELF_RELATIVE | DACL_PRESENT, owner: null, group: null, dacl };
}

function maskOf(text: string): number | null {
  if (text in WORDS) return WORDS[text]!;
  if (/^0x[0-9a-f]{1,8}$/i.test(text)) return Number.parseInt(text, 16);
  if (!/^[RWXDPO]+$/.test(text)) return null;
  return [...text].reduce((mask, letter) => mask | LETTERS[letter]!, 0);
}
