/** The gate of an NT descriptor before one file, as `mimawari access` tells it: its entries as icacls writes them, and who passes. Pure. */
import type { GateTold } from '../../parts.js';
import type { Directory } from '../directory.js';
import { allWith, join, POSSIBLE } from '../passers.js';
import { shownId } from '../principal.js';
import { toldReaders } from '../readers.js';
import { type Ace, ALLOW, DENY, type Descriptor } from './descriptor.js';
import { ntReaders } from './nt-gate.js';
import { aceRights } from './nt-remedy.js';

export const NT_LIST = 'NT access list';

/** @param known as the share sees accounts and groups; @param directory for names; @param unsure why the list may not be in force; null where it is. */
export function ntGateTold(
  path: string | Buffer,
  descriptor: Descriptor,
  known: Directory,
  directory: Directory,
  unsure: string | null,
): GateTold {
  const readers = ntReaders(descriptor, known);
  const passers = unsure === null ? readers : join(readers, allWith(POSSIBLE, known, unsure));
  const owner = descriptor.owner === null ? [] : [`owner ${nameOf(descriptor.owner, directory)}`];
  return {
    gate: 'file',
    of: path,
    permission: NT_LIST,
    entries: [...owner, ...(descriptor.dacl ?? []).map((ace) => aceText(ace, directory))],
    passers: toldReaders(passers, directory),
    doubt: unsure ?? readers.doubt,
  };
}

function aceText(ace: Ace, directory: Directory): string {
  const type = ace.type === ALLOW ? '' : ace.type === DENY ? '(DENY)' : `(type ${ace.type})`;
  return `${nameOf(ace.sid, directory)}:${type}${aceRights(ace)}`;
}

function nameOf(id: string, directory: Directory): string {
  const name = directory.nameOf(id);
  return name === null ? shownId(id) : `${name} (${id})`;
}
