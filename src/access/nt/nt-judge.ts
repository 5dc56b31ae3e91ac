/** The answer for a file by its NT descriptor, in words. Who reads is nt-gate.ts; whether those are few is exposure.ts. */
import type { Access } from '../../model.js';
import type { Directory } from '../directory.js';
import { type AccessBounds, judgeReaders, type Told } from '../exposure.js';
import { meet, type Passers } from '../passers.js';
import { SELF_GIVEN } from '../posix-permission.js';
import { canonicalId } from '../principal.js';
import { type Descriptor, isAllow } from './descriptor.js';
import { EXECUTE, effectiveAces, ntReaders, READ_DATA, rightsOf, SMB_READING, WRITE_DAC } from './nt-gate.js';

/** Names told in one reason. */
const NAMES_MAX = 3;

/** @param source how the descriptor was read; @param gate who gets as far as the file; @param reading the rights any one of which is reading. */
export function judgeNt(
  source: string,
  gate: Passers,
  descriptor: Descriptor,
  directory: Directory,
  bounds: AccessBounds,
  reading: number = SMB_READING,
): Access {
  const own = ntReaders(descriptor, directory, reading);
  return judgeReaders(meet(gate, own), directory, bounds, ntTold(source, descriptor, directory, own.doubt ?? gate.doubt, reading));
}

/** The words of a descriptor; @param doubt why some readers are only possible. */
export function ntTold(
  source: string,
  descriptor: Descriptor,
  directory: Directory,
  doubt: string | null,
  reading: number = SMB_READING,
): Told {
  return {
    source,
    permission: 'NT access list',
    openTo: (broad) =>
      descriptor.dacl === null ? 'no NT access list: nothing limits access' : openWords(broad, descriptor, directory, reading),
    who: () => whoReads(descriptor, directory, reading),
    doubt,
  };
}

/** A principal by name and id, `Authenticated Users (S-1-5-11)`. */
export function principalWords(id: string, directory: Directory): string {
  const name = directory.nameOf(id);
  return name === null ? id : `${name} (${id})`;
}

function openWords(broad: string, descriptor: Descriptor, directory: Directory, reading: number): string {
  const allowed = effectiveAces(descriptor)
    .filter((ace) => isAllow(ace.type) && canonicalId(ace.sid) === broad)
    .reduce((rights, ace) => rights | (rightsOf(ace.mask) & reading), 0);
  return `NT access list: ${principalWords(broad, directory)} ${rightWords(allowed)}`;
}

/** The plainest right that lets somebody read. None is told where it comes by a group, a share or as owner. */
function rightWords(rights: number): string {
  if (rights === 0 || (rights & READ_DATA) !== 0) return 'may read';
  if ((rights & EXECUTE) !== 0) return 'may execute it, which reads it over SMB';
  return (rights & WRITE_DAC) !== 0 ? 'may change who reads it (WRITE_DAC)' : 'may take it over (WRITE_OWNER)';
}

function whoReads(descriptor: Descriptor, directory: Directory, reading: number): string {
  const isCounted = (id: string): boolean => ['account', 'group', 'person', 'broad'].includes(directory.whoIs(id).kind);
  const named = new Map<string, number>();
  for (const ace of effectiveAces(descriptor)) {
    const rights = rightsOf(ace.mask) & reading;
    const id = canonicalId(ace.sid);
    if (isAllow(ace.type) && rights !== 0 && isCounted(ace.sid)) named.set(id, (named.get(id) ?? 0) | rights);
  }
  const owner = descriptor.owner === null ? null : canonicalId(descriptor.owner);
  const isOwnerTold = owner !== null && !named.has(owner) && isCounted(owner);
  const giver = (rights: number): string => ((rights & (READ_DATA | EXECUTE)) === 0 ? ` (${SELF_GIVEN})` : '');
  const words = [...named].slice(0, NAMES_MAX).map(([id, rights]) => `${directory.nameOf(id) ?? id}${giver(rights)}`);
  const parts = [
    ...(words.length > 0 ? [`${words.join(', ')}${named.size > words.length ? ', …' : ''}`] : []),
    ...(isOwnerTold ? [`owner ${directory.nameOf(owner) ?? owner}, ${SELF_GIVEN}`] : []),
  ];
  return parts.length > 0 ? parts.join(' and ') : 'administrators alone';
}
