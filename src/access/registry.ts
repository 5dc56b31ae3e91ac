/** The sources of access lists, and which one this host has. */
import type { Access, AccessPath } from '../model.js';
import type { AccessSource, FolderGate } from '../parts.js';
import type { Directory } from './directory.js';
import { ACCESS_BOUNDS, type AccessBounds } from './exposure.js';
import { liveMounts } from './mounts.js';
import { posixSource } from './posix.js';
import type { Samba } from './samba/read-samba.js';
import { NO_TOOLS, type RunTool } from './tools.js';
import { loadXattrs } from './xattr.js';
import { toolXattrs } from './xattr-tools.js';

/** What a source may ask of the host besides reading files. */
export interface AccessHost {
  readonly run: RunTool;
  /** By which ways files are reached that this host serves. */
  readonly accessPaths: readonly AccessPath[];
  /** What this host serves by Samba; null where it does not. */
  readonly samba: Samba | null;
}

const PLAIN_HOST: AccessHost = { run: NO_TOOLS, accessPaths: ['smb'], samba: null };

/** @param bounds what still counts as few readers. */
export function createAccessSource(
  directory: Directory,
  bounds: AccessBounds = ACCESS_BOUNDS,
  host: AccessHost = PLAIN_HOST,
): AccessSource {
  // POSIX lists are read by a call of Linux; other systems keep lists of other sorts beside the mode, which would be judged wrongly by it.
  if (process.platform !== 'linux') return noSource(`access lists of ${process.platform} are not read`);
  const exposure = { paths: host.accessPaths, shares: host.samba?.shares ?? [], doubt: host.samba?.doubt ?? null };
  return posixSource(directory, bounds, { loadXattrs: () => loadXattrs() ?? toolXattrs(host.run), mounts: liveMounts() }, exposure);
}

/** Answers `unknown` throughout, with the reason. */
export function noSource(reason: string): AccessSource {
  const access: Access = { state: 'unknown', source: 'none', broad: [], readers: null, reason };
  const gate: FolderGate = { key: 'none' };
  return { id: 'none', folder: () => gate, file: () => access };
}
