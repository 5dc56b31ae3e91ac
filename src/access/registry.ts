/** The sources of access lists, and which one this host has; and the directory of its accounts. */
import type { Access, AccessPath } from '../model.js';
import type { AccessSource, FolderGate } from '../parts.js';
import { descriptorReader } from '../windows/descriptor-bytes.js';
import { remoteDrives } from '../windows/drive.js';
import { loadWindows } from '../windows/library.js';
import { readShares } from '../windows/shares.js';
import { readAccounts } from './accounts.js';
import type { Directory } from './directory.js';
import { ACCESS_BOUNDS, type AccessBounds } from './exposure.js';
import { createDirectory } from './known-directory.js';
import { liveMounts } from './mounts.js';
import { posixSource } from './posix.js';
import type { Samba } from './samba/read-samba.js';
import { NO_TOOLS, type RunTool } from './tools.js';
import { windowsSource } from './windows.js';
import { windowsDirectory } from './windows-accounts.js';
import { createShareTable } from './windows-shares.js';
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

/** The accounts and groups of this host. */
export function hostDirectory(): Directory {
  if (process.platform !== 'win32') return readAccounts();
  const windows = loadWindows();
  return windows === null ? createDirectory({ accounts: [], groups: [] }) : windowsDirectory(windows);
}

/** @param bounds what still counts as few readers. */
export function createAccessSource(
  directory: Directory,
  bounds: AccessBounds = ACCESS_BOUNDS,
  host: AccessHost = PLAIN_HOST,
): AccessSource {
  if (process.platform === 'linux') {
    const exposure = {
      paths: host.accessPaths,
      shares: host.samba?.shares ?? [],
      doubt: host.samba?.doubt ?? null,
      ...(host.samba && { server: host.samba.server }),
    };
    return posixSource(directory, bounds, { loadXattrs: () => loadXattrs() ?? toolXattrs(host.run), mounts: liveMounts() }, exposure);
  }
  if (process.platform === 'win32') return createWindowsSource(directory, bounds);
  // Other systems keep lists of other sorts beside the mode, which would be judged wrongly by it.
  return noSource(`access lists of ${process.platform} are not read`);
}

function createWindowsSource(directory: Directory, bounds: AccessBounds): AccessSource {
  const windows = loadWindows();
  const descriptors = descriptorReader();
  if (windows === null || descriptors === null) return noSource('acl-unreadable: the native library koffi could not be loaded');
  const shares = createShareTable({
    directory,
    read: (server) => readShares(windows, server),
    isRemote: remoteDrives(windows),
  });
  return windowsSource(directory, bounds, { descriptors, shares });
}

/** Answers `unknown` throughout, with the reason. */
export function noSource(reason: string): AccessSource {
  const access: Access = { state: 'unknown', source: 'none', broad: [], readers: null, reason };
  const gate: FolderGate = { key: 'none' };
  return { id: 'none', folder: () => gate, file: () => access };
}
