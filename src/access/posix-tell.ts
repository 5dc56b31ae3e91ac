/**
 * What `mimawari access` tells of one file of this Linux host: the ways that lead to it, gate by gate, and what would close it. It judges nothing by
 * rules of its own: each change is handed back to the source and judged like the file itself.
 */
import { realpathSync } from 'node:fs';
import type { Access, FileStat } from '../model.js';
import type { AccessTold, GateTold, Placed, Remedy, WayTold } from '../parts.js';
import type { Directory } from './directory.js';
import type { AccessBounds } from './exposure.js';
import { permissionOf } from './lists.js';
import { noRemedyFor } from './no-remedy.js';
import type { Descriptor } from './nt/descriptor.js';
import { closeByIcacls } from './nt/nt-remedy.js';
import { ntGateTold } from './nt/nt-told.js';
import { allWith, type Passers, POSSIBLE } from './passers.js';
import type { Permission } from './posix-permission.js';
import { closeFile, closeFolder } from './posix-remedy.js';
import { gatesTold } from './posix-told.js';
import { toldReaders } from './readers.js';
import { listInForce } from './samba/samba-file.js';
import { settingsOf } from './share.js';
import type { ServedShare, Way } from './way.js';

/** What is asked of the source. */
export interface PosixView {
  readonly directory: Directory;
  readonly bounds: AccessBounds;
  /** The name of this host's Samba on the network. */
  readonly server: string;
  readonly access: Access;
  readonly readers: Passers | null;
  /** The ways to the file's folder. */
  readonly ways: readonly Way[];
  readonly isMounted: boolean;
  /** Whether people on the server itself count. */
  readonly isLocal: boolean;
  /** A text says why nothing can be judged there by permissions. */
  permissionOfFolder(path: string | Buffer, stat: FileStat): Permission | string;
  posixList(path: string | Buffer, dev: number): string;
  /** Bytes of an NT list. */
  stored(attribute: string): string;
  /** The answer if the file had this permission, its folder that one, or each of its NT lists were this. */
  judgeAs(changes: { readonly file?: Permission; readonly folder?: Permission; readonly list?: Descriptor }): Access;
}

/** Ways first in the order of their gates: shares, then the folders from the shared one down, then what rules the file itself. */
export function tellPosix(view: PosixView, folders: readonly Placed[], file: Placed): AccessTold {
  const { access, directory } = view;
  const readers = view.readers ?? allWith(POSSIBLE, directory, access.reason);
  const steps = folders.map(({ path, stat }) => ({ path, permission: view.permissionOfFolder(path, stat) }));
  const own = permissionOf(file.stat, view.posixList(file.path, file.stat.dev));
  const shares = view.ways.flatMap(({ served }) => served ?? []);
  const lists = listsTold(view, file);
  const gates = gatesTold(steps, { path: file.path, permission: own }, directory);
  const byPosix = gates.findIndex(({ gate }) => gate === 'file');
  const remedies = remediesOf(view, steps.at(-1), { path: file.path, permission: own }, file);
  return {
    access,
    ways: view.ways.map((way, at) => wayTold(way, view.isLocal && view.ways.findIndex(({ served }) => served === null) === at, lists)),
    gates: [
      ...shares.map((served) => shareTold(served, directory)),
      ...gates.slice(0, byPosix < 0 ? gates.length : byPosix),
      ...(byPosix < 0 ? [] : lists.map(({ told }) => told)),
      ...(byPosix < 0 ? [] : gates.slice(byPosix)),
    ],
    readers: toldReaders(readers, directory),
    doubt: readers.doubt,
    countsAbove: shares.length > 0 || view.isLocal,
    knowsRemedies: !view.isMounted,
    ...remedies,
    noRemedy:
      access.state !== 'open' || remedies.closeFile !== null || remedies.closeFolder !== null
        ? null
        : noRemedyFor(own.uid, shares, directory, view.bounds),
  };
}

/** @param isLocal the way of people on the server itself, which stands before that of the scanned root (ways.ts). */
function wayTold({ served }: Way, isLocal: boolean, lists: readonly ListTold[]): WayTold {
  if (served !== null) {
    const ntList = lists.some(({ shares }) => shares.includes(served));
    return { by: 'share', of: served.share.definition.name, folders: 'top', ntList };
  }
  return { by: isLocal ? 'server' : 'root', of: null, folders: isLocal ? 'top' : 'root', ntList: false };
}

interface ListTold {
  readonly told: GateTold;
  /** The shares that look at it. */
  readonly shares: readonly ServedShare[];
}

/** The NT lists by which Samba judges the file: one for all shares that look at the same attribute in the same way. */
function listsTold({ ways, directory, stored, posixList }: PosixView, { path, stat }: Placed): ListTold[] {
  const found = new Map<string, { shares: ServedShare[]; descriptor: Descriptor; isSure: boolean }>();
  const file = { stat, posix: posixList(path, stat.dev), nt: stored };
  for (const { served } of ways) {
    const lists = served?.share.lists;
    if (served === null || typeof lists !== 'object' || lists === null) continue;
    const { descriptor, force } = listInForce(lists, file);
    if (descriptor === null || (force !== 'in-force' && force !== 'unknown')) continue;
    const key = JSON.stringify(lists);
    const known = found.get(key);
    if (known === undefined) found.set(key, { shares: [served], descriptor, isSure: force === 'in-force' });
    else known.shares.push(served);
  }
  return [...found.values()].map(({ shares, descriptor, isSure }) => ({
    shares,
    told: ntGateTold(path, descriptor, shares[0]!.gate.directory, directory, isSure ? null : NOT_SURE),
  }));
}

const NOT_SURE = 'only Samba itself knows whether its NT list is still in force';

function shareTold({ share, gate: { entrants } }: ServedShare, directory: Directory): GateTold {
  return {
    gate: 'share',
    of: share.definition.name,
    permission: share.path,
    entries: share.isGuess === true ? [] : settingsOf(share.definition, directory),
    passers: toldReaders(share.isGuess === true ? allWith(POSSIBLE, directory, share.doubt) : entrants, directory),
    doubt: share.doubt ?? entrants.doubt,
  };
}

interface Step {
  readonly path: string | Buffer;
  readonly permission: Permission | string;
}

/** A change of the mode closes a file that Samba judges by its own list too, where Samba drops that list then; else the list itself is changed. */
function remediesOf(
  view: PosixView,
  folder: Step | undefined,
  file: { readonly path: string | Buffer; readonly permission: Permission },
  placed: Placed,
): Pick<AccessTold, 'closeFile' | 'closeFolder'> {
  const { access, directory, bounds } = view;
  const isOurs = access.state === 'open' && (access.source.startsWith('posix') || access.source === 'samba-ntacl');
  if (!isOurs) return { closeFile: null, closeFolder: null };
  return {
    closeFile: closeFile(file, directory, bounds, (changed) => view.judgeAs({ file: changed })) ?? closeList(view, placed),
    closeFolder:
      folder === undefined || typeof folder.permission === 'string'
        ? null
        : closeFolder({ path: folder.path, permission: folder.permission }, directory, bounds, (changed) =>
            view.judgeAs({ folder: changed }),
          ),
  };
}

/** Through the share, from Windows: there alone icacls finds Samba's list. */
function closeList(view: PosixView, { path, stat }: Placed): Remedy | null {
  const { ways, directory, bounds, server } = view;
  const file = { stat, posix: view.posixList(path, stat.dev), nt: view.stored };
  for (const { served } of ways) {
    const lists = served?.share.lists;
    if (served === null || typeof lists !== 'object' || lists === null || served.share.isGuess === true) continue;
    const { descriptor, force } = listInForce(lists, file);
    const unc = descriptor === null || force !== 'in-force' ? null : uncPath(path, served, server);
    if (descriptor === null || unc === null) continue;
    const remedy = closeByIcacls('file', unc, descriptor, directory, bounds, (list) => view.judgeAs({ list }));
    if (remedy !== null) return remedy;
  }
  return null;
}

/** Null for a name that Windows does not have: what Samba shows in its place is its own affair. */
function uncPath(path: string | Buffer, { share }: ServedShare, server: string): string | null {
  if (typeof path !== 'string') return null;
  const [real, top] = [realOf(path), realOf(share.path).replace(/\/$/, '')];
  const below = real.startsWith(`${top}/`) ? real.slice(top.length + 1) : null;
  if (below === null || /[\\:*?"<>|\u0000-\u001f]|[ .](?:\/|$)/u.test(below)) return null;
  return `\\\\${server}\\${share.definition.name}\\${below.replaceAll('/', '\\')}`;
}

function realOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
