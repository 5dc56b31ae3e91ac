/**
 * Access behind a mount of the kernel's SMB client: the server's own descriptor, which the client hands out as an attribute (fs/smb/client/xattr.c).
 * The mode bits shown there are made up by mount options, so nothing here looks at them. What the share itself limits can't be seen from a client.
 */
import type { Access } from '../model.js';
import type { Directory } from './directory.js';
import type { AccessBounds } from './exposure.js';
import { type Lists, UNREADABLE } from './lists.js';
import { parseDescriptor } from './nt/descriptor.js';
import { ntReaders } from './nt/nt-gate.js';
import { judgeNt } from './nt/nt-judge.js';
import { everybody, type Passers } from './passers.js';

/**
 * With owner, group and list; the last two are what older kernels have, a list alone. Those with the system list (`…_ntsd_full`) ask for a
 * privilege and say no more of reading.
 */
const ATTRIBUTES = ['system.cifs_ntsd', 'system.smb3_ntsd', 'system.cifs_acl', 'system.smb3_acl'];

/** The descriptor's bytes, '' where the server gave none, UNREADABLE where it refused. */
export function readDescriptor(lists: Lists, path: string | Buffer, dev: number): string {
  for (const name of ATTRIBUTES) {
    const bytes = lists.isWithout(dev, name) ? '' : lists.read(path, dev, name);
    if (bytes !== '') return bytes;
  }
  return '';
}

/** Folders above are no gate: servers let users pass through them (SeChangeNotifyPrivilege, Samba too). */
export function judgeMounted(bytes: string, directory: Directory, bounds: AccessBounds): Access {
  if (bytes === '') return unknownAccess('the server gave no access list');
  if (bytes === UNREADABLE) return unknownAccess('acl-unreadable: the access list of the server could not be read');
  try {
    return judgeNt('cifs-ntsd', everybody(directory), parseDescriptor(Buffer.from(bytes, 'latin1')), directory, bounds);
  } catch {
    return unknownAccess('acl-unreadable: the access list of the server is damaged');
  }
}

/** The readers by that descriptor; null where there is none to judge by. */
export function mountedReaders(bytes: string, directory: Directory): Passers | null {
  try {
    return bytes === '' || bytes === UNREADABLE ? null : ntReaders(parseDescriptor(Buffer.from(bytes, 'latin1')), directory);
  } catch {
    return null;
  }
}

export function unknownAccess(reason: string): Access {
  return { state: 'unknown', source: 'none', broad: [], readers: null, reason };
}
