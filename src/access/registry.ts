/** The sources of access lists, and which one this host has. */
import type { Access } from '../model.js';
import type { AccessSource, FolderGate } from '../parts.js';
import type { Directory } from './directory.js';
import { ACCESS_BOUNDS, type AccessBounds } from './exposure.js';
import { posixSource } from './posix.js';

/** @param bounds what still counts as few readers. */
export function createAccessSource(directory: Directory, bounds: AccessBounds = ACCESS_BOUNDS): AccessSource {
  // POSIX lists are read by a call of Linux; other systems keep lists of other sorts beside the mode, which would be judged wrongly by it.
  return process.platform === 'linux' ? posixSource(directory, bounds) : noSource(`access lists of ${process.platform} are not read`);
}

/** Answers `unknown` throughout, with the reason. */
export function noSource(reason: string): AccessSource {
  const access: Access = { state: 'unknown', source: 'none', broad: [], readers: null, reason };
  const gate: FolderGate = { key: 'none' };
  return { id: 'none', folder: () => gate, file: () => access };
}
