/**
 * The ways by which a file is reached: through a share that exposes it, or by its permissions alone (on the server itself, or where nothing is
 * known of what exposes it). Each way has its own gates; a reader comes by any of them.
 */
import type { Directory } from './directory.js';
import { GUEST, STRANGER } from './directory.js';
import type { Told } from './exposure.js';
import { permissionOf } from './lists.js';
import { allWith, flagOf, join, meet, type Passers, POSSIBLE, PROVEN } from './passers.js';
import { posixTold, readersOf } from './posix-permission.js';
import { behindShare, type FileLists } from './samba/samba-file.js';
import type { SambaShare } from './samba/smb-shares.js';
import { type ShareGate, throughShare, toldThrough } from './share.js';

export interface ServedShare {
  readonly share: SambaShare;
  readonly gate: ShareGate;
}

export interface Way {
  /** Null: by permissions alone. */
  readonly served: ServedShare | null;
  /** Who gets as far as here, in their own name. */
  readonly passers: Passers;
}

export interface Through {
  readonly readers: Passers;
  readonly told: Told;
  readonly isStale: boolean;
  /** Nobody knows whether this way is there. */
  readonly isGuess?: boolean;
}

/** Words of this many ways are told where there are more. */
const WAYS_TOLD_MAX = 2;

export function readersBy(way: Way, file: FileLists, directory: Directory): Through {
  if (way.served === null) {
    const permission = permissionOf(file.stat, file.posix);
    const own = readersOf(permission, directory);
    return { readers: meet(way.passers, own), told: posixTold(way.passers, permission, directory, own), isStale: false };
  }
  const { share, gate } = way.served;
  const behind = behindShare(share, way.passers, file, gate.directory);
  const readers = throughShare(gate, behind.readers);
  const told = toldThrough(gate, behind.told);
  if (share.doubt === null) return { readers, told, isStale: behind.isStale };
  const possible = allWith(POSSIBLE, directory, share.doubt);
  return {
    readers: { ...meet(readers, possible), doubt: share.doubt },
    told: { ...told, doubt: share.doubt },
    isStale: behind.isStale,
    ...(share.isGuess === true ? { isGuess: true } : {}),
  };
}

/** @param ways at least one. */
export function together(ways: readonly Through[], directory: Directory): Through {
  if (ways.length === 1) return ways[0]!;
  const known = ways.filter(({ isGuess }) => isGuess !== true);
  const tolds = (known.length > 0 ? known : ways).map(({ told }) => told);
  const byLists = tolds.find(({ source }) => source === 'samba-ntacl');
  return {
    readers: ways.map(({ readers }) => readers).reduce(join),
    isStale: ways.some(({ isStale }) => isStale),
    told: {
      source: (byLists ?? tolds[0]!).source,
      permission: tolds[0]!.permission,
      openTo: (broad) => (ways.find(({ readers }) => letsIn(readers, broad, directory)) ?? ways[0]!).told.openTo(broad),
      who: () => {
        const words = [...new Set(tolds.map((told) => told.who()))];
        return `${words.slice(0, WAYS_TOLD_MAX).join('; ')}${words.length > WAYS_TOLD_MAX ? '; …' : ''}`;
      },
      doubt: ways.find(({ told }) => told.doubt !== null)?.told.doubt ?? null,
    },
  };
}

function letsIn(readers: Passers, broad: string, directory: Directory): boolean {
  if (broad === 'other') return readers.flags[STRANGER] === PROVEN;
  if (broad === 'guest') return readers.flags[GUEST] === PROVEN;
  return flagOf(readers, directory.groupNamed(broad) ?? broad) === PROVEN;
}
