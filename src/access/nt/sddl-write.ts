/** A descriptor as SDDL (MS-DTYP 2.5.1) without words for rights or SIDs, so that equal descriptors are equal texts. */
import { type Ace, DACL_AUTO_INHERIT_REQUIRED, DACL_AUTO_INHERITED, DACL_PRESENT, DACL_PROTECTED, type Descriptor } from './descriptor.js';
import { ACE_FLAGS, ACE_TYPES } from './sddl-words.js';

/** Conditions and object types are not kept, and so not written; nor is the system list. */
export function writeSddl({ control, owner, group, dacl }: Descriptor): string {
  const parts = [owner === null ? '' : `O:${owner}`, group === null ? '' : `G:${group}`];
  if ((control & DACL_PRESENT) !== 0)
    parts.push(`D:${listFlags(control)}${dacl === null ? 'NO_ACCESS_CONTROL' : dacl.map(writeAce).join('')}`);
  return parts.join('');
}

function listFlags(control: number): string {
  const has = (bit: number, word: string): string => ((control & bit) !== 0 ? word : '');
  return has(DACL_PROTECTED, 'P') + has(DACL_AUTO_INHERIT_REQUIRED, 'AR') + has(DACL_AUTO_INHERITED, 'AI');
}

function writeAce({ type, flags, mask, sid }: Ace): string {
  let left = flags;
  let words = '';
  for (const [word, bit] of Object.entries(ACE_FLAGS)) {
    if ((left & bit) !== 0) words += word;
    left &= ~bit;
  }
  const typeWord = Object.entries(ACE_TYPES).find(([, value]) => value === type)![0];
  return `(${typeWord};${words};0x${mask.toString(16)};;;${sid})`;
}
