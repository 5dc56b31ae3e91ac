/** A share that a user made (`net usershare add`): a small file of its own, its list included (usershare section of smb.conf(5)). */
import { type Ace, ALLOW, DACL_PRESENT, DENY, type Descriptor, SELF_RELATIVE } from '../nt/descriptor.js';

export interface UserShare {
  readonly name: string;
  readonly path: string;
  readonly isGuestOk: boolean;
  readonly list: Descriptor | 'unreadable';
}

const RIGHTS: Readonly<Record<string, readonly [type: number, mask: number]>> = {
  R: [ALLOW, 0x1200a9],
  F: [ALLOW, 0x1f01ff],
  D: [DENY, 0x1f01ff],
};

/** @param fileName the name where the text has none. Null for what is no such file. */
export function parseUserShare(text: string, fileName: string): UserShare | null {
  if (!/^#VERSION [12]\b/.test(text)) return null;
  const value = (key: string): string | undefined => new RegExp(`^${key}=(.*)$`, 'm').exec(text)?.[1]?.trim();
  const path = value('path');
  if (path === undefined || !path.startsWith('/')) return null;
  return { name: value('sharename') ?? fileName, path, isGuestOk: value('guest_ok') === 'y', list: listOf(value('usershare_acl') ?? '') };
}

/** `S-1-1-0:R,S-1-5-21-…-1001:F` (parse_usershare_acl, lib/sharesec.c). */
function listOf(text: string): Descriptor | 'unreadable' {
  const dacl: Ace[] = [];
  for (const item of text.split(',').filter((one) => one.trim() !== '')) {
    const [, sid, letter] = /^\s*(S-1-[\d-]+):([RFD])\s*$/i.exec(item) ?? [];
    if (sid === undefined) return 'unreadable';
    const [type, mask] = RIGHTS[letter!.toUpperCase()]!;
    dacl.push({ type, flags: 0, mask, sid });
  }
  return { control: SELF_RELATIVE | DACL_PRESENT, owner: null, group: null, dacl };
}
