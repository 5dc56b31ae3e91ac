/**
 * Access by lists that were taken elsewhere (getfacl, icacls, Get-Acl), for whoever scans a copy or a mount and is not on the server. It judges by
 * the same rules as on the server. A path that is not in the export has no answer: it is `unknown`, never what the copy's own permissions say.
 * Folders that no export speaks of are left to the source of this host.
 */
import type { Access, FileStat } from '../model.js';
import type { AccessSource, AccessTold, FolderGate, GateTold, Placed, WayTold } from '../parts.js';
import type { Directory } from './directory.js';
import { closeExported } from './exported-close.js';
import { ExportedNt, type NtShares } from './exported-nt.js';
import { below, bytesText, windowsPath } from './exports/export-path.js';
import { permissionOf } from './exports/getfacl.js';
import type { ExportedRoot } from './exports/load.js';
import { NameIds } from './exports/name-ids.js';
import { ACCESS_BOUNDS, type AccessBounds, answerFor, takePassers } from './exposure.js';
import { allWith, everybody, meet, type Passers, POSSIBLE, passersKey } from './passers.js';
import { entrantsOf, judgePosix, type Permission } from './posix-permission.js';
import { gatesTold } from './posix-told.js';
import { toldReaders } from './readers.js';

/** Answers held at a time; a share has tens to thousands of distinct permissions. */
const HELD_MAX = 100_000;

/** @param live answers for folders that no export speaks of. */
export function exportedSource(
  roots: readonly ExportedRoot[],
  live: AccessSource,
  directory: Directory,
  bounds: AccessBounds = ACCESS_BOUNDS,
): AccessSource {
  return new ExportedSource(roots, live, directory, bounds);
}

class ExportGate implements FolderGate {
  /** By the number of a list in the index. */
  readonly verdicts = new Map<number, Access>();
  constructor(
    readonly key: string,
    readonly root: JudgedRoot,
    readonly passers: Passers,
    readonly shares: NtShares,
    /** Set where no list below can be judged. */
    readonly unknown: Access | null,
  ) {}
}

interface JudgedRoot {
  readonly exported: ExportedRoot;
  /** The scanned folder with `/` between names, none at the end. */
  readonly top: string;
  readonly nt: ExportedNt;
  readonly notThere: Access;
}

class ExportedSource implements AccessSource {
  readonly id = 'exported';
  /** The innermost first. */
  private readonly roots: readonly JudgedRoot[];
  private readonly gates = new Map<string, ExportGate>();
  private readonly names: NameIds;

  constructor(
    roots: readonly ExportedRoot[],
    private readonly live: AccessSource,
    directory: Directory,
    private readonly bounds: AccessBounds,
  ) {
    this.names = new NameIds(directory);
    this.roots = roots
      .toSorted((a, b) => b.root.length - a.root.length)
      .map((exported) => ({
        exported,
        top: withSlashes(exported.root).replace(/\/+$/, ''),
        nt: new ExportedNt(exported, directory, bounds),
        notThere: unknownBy(exported.source, `not in the export ${exported.files}`),
      }));
  }

  folder(path: string | Buffer, stat: FileStat, parent: FolderGate | null): FolderGate {
    const root = this.roots.find((one) => wayBelow(one, path) !== null);
    if (root === undefined) return this.live.folder(path, stat, parent instanceof ExportGate ? null : parent);
    const above = parent instanceof ExportGate && parent.root === root ? parent : null;
    const way = indexPath(root, path);
    return root.exported.system === 'windows' ? this.ntGate(root, way) : this.posixGate(root, way, above);
  }

  file(path: () => string | Buffer, stat: FileStat, gate: FolderGate): Access {
    if (!(gate instanceof ExportGate)) return this.live.file(path, stat, gate);
    const { root, unknown, verdicts } = gate;
    if (unknown !== null) return unknown;
    const way = indexPath(root, path());
    const number = way === null ? null : root.exported.index.find(way);
    if (number === null) return root.notThere;
    let access = verdicts.get(number);
    if (access === undefined) {
      access = this.judge(gate, number);
      holdNew(verdicts, number, access);
    }
    return access;
  }

  tell(folders: readonly Placed[], file: Placed): AccessTold | null {
    const rootOf = ({ path }: Placed): JudgedRoot | undefined => this.roots.find((one) => wayBelow(one, path) !== null);
    const root = folders.length === 0 ? undefined : rootOf(folders.at(-1)!);
    // Gates begin anew where an export begins and where it ends.
    const own = folders.slice(folders.findLastIndex((folder) => rootOf(folder) !== root) + 1);
    if (root === undefined) return this.live.tell?.(own, file) ?? null;
    const gate = own.reduce<FolderGate | null>((above, { path, stat }) => this.folder(path, stat, above), null) as ExportGate;
    const access = this.file(() => file.path, file.stat, gate);
    const way = indexPath(root, file.path);
    const number = way === null ? null : root.exported.index.find(way);
    const judged = gate.unknown !== null || number === null ? null : takePassers(this.judge(gate, number));
    const readers = judged ?? allWith(POSSIBLE, this.names.directory, access.reason);
    const isWindows = root.exported.system === 'windows';
    const { closeFile, noRemedy } =
      access.state !== 'open' || number === null
        ? { closeFile: null, noRemedy: null }
        : closeExported(root.exported, this.originalWay(root, file.path), number, {
            directory: this.names.directory,
            bounds: this.bounds,
            permissionOf: (list) => permissionOf(list, (sort, name) => this.names.idOf(sort, name)),
            judgePermission: (changed) => judgePosix(gate.passers, changed, this.names.directory, this.bounds),
            descriptorOf: (list) => root.nt.descriptorOf(list),
            judgeDescriptor: (changed) => root.nt.judgeDescriptor(changed, gate.shares),
          });
    return {
      access,
      ways:
        isWindows && gate.shares.gates.length > 0
          ? gate.shares.gates.map(({ name }): WayTold => ({ by: 'share', of: name, folders: 'none', ntList: false }))
          : [{ by: 'root', of: null, folders: isWindows ? 'none' : 'root', ntList: false }],
      gates: root.exported.system === 'windows' ? this.ntGates(gate, file, number) : this.posixGates(root, own, file),
      readers: toldReaders(readers, this.names.directory),
      doubt: readers.doubt,
      countsAbove: false,
      knowsRemedies: true,
      closeFile,
      closeFolder: null,
      noRemedy,
      nameOf: (id) => this.names.directory.nameOf(id),
    };
  }

  /** What is left of a path below the root, as it is. */
  private originalWay(root: JudgedRoot, path: string | Buffer): string | null {
    const way = wayBelow(root, path);
    return way === null || root.exported.system === 'windows' || typeof path !== 'string' ? way : bytesText(way);
  }

  private ntGates({ root, shares }: ExportGate, { path }: Placed, number: number | null): GateTold[] {
    const list = number === null ? null : root.exported.index.list(number);
    return root.nt.gatesTold(path, typeof list === 'string' ? list : null, shares);
  }

  private posixGates(root: JudgedRoot, folders: readonly Placed[], file: Placed): GateTold[] {
    const own = this.permissionAt(root, file.path);
    return gatesTold(
      folders.map(({ path }) => ({ path, permission: this.permissionAt(root, path) })),
      typeof own === 'string' ? null : { path: file.path, permission: own },
      this.names.directory,
    );
  }

  /** A text says why it is not known. */
  private permissionAt(root: JudgedRoot, path: string | Buffer): Permission | string {
    const { index, files } = root.exported;
    const way = indexPath(root, path);
    const number = way === null ? null : index.find(way);
    if (number === null) return `not in the export ${files}`;
    const list = index.list(number);
    if (typeof list !== 'string') return list.reason;
    return permissionOf(list, (sort, name) => this.names.idOf(sort, name)) ?? 'its list in the export is damaged';
  }

  private judge({ root, passers, shares }: ExportGate, number: number): Access {
    const { index, source, system } = root.exported;
    const list = index.list(number);
    if (typeof list !== 'string') return unknownBy(source, list.reason);
    if (system === 'windows') return root.nt.judge(list, shares);
    const permission = permissionOf(list, (sort, name) => this.names.idOf(sort, name));
    if (permission === null) return unknownBy(source, 'its list in the export is damaged');
    const access = judgePosix(passers, permission, this.names.directory, this.bounds);
    return answerFor(takePassers(access)!, { ...access, source });
  }

  /** Folders of Windows stop nobody (bypass traverse checking is everybody's right): only the shares differ from folder to folder. */
  private ntGate(root: JudgedRoot, way: string | null): ExportGate {
    const shares = root.nt.sharesAt(way ?? '');
    return this.gateOf(root, everybody(this.names.directory), shares, null);
  }

  private posixGate(root: JudgedRoot, way: string | null, above: ExportGate | null): ExportGate {
    const passers = above?.passers ?? everybody(this.names.directory);
    const { index, source, files } = root.exported;
    const closed = (reason: string): ExportGate => this.gateOf(root, passers, NO_SHARES, unknownBy(source, reason));
    if (above !== null && above.unknown !== null) return above;
    const number = way === null ? null : index.find(way);
    if (number === null) return closed(`a folder above it is not in the export ${files}`);
    const list = index.list(number);
    if (typeof list !== 'string') return closed(`a folder above it: ${list.reason}`);
    const permission = permissionOf(list, (sort, name) => this.names.idOf(sort, name));
    if (permission === null) return closed('the list of a folder above it is damaged in the export');
    return this.gateOf(root, meet(passers, entrantsOf(permission, this.names.directory)), NO_SHARES, null);
  }

  private gateOf(root: JudgedRoot, passers: Passers, shares: NtShares, unknown: Access | null): ExportGate {
    const key = `export:${passersKey(passers, JSON.stringify([root.exported.root, shares.key, unknown?.reason]))}`;
    let gate = this.gates.get(key);
    if (gate === undefined) {
      gate = new ExportGate(key, root, passers, shares, unknown);
      holdNew(this.gates, key, gate);
    }
    return gate;
  }
}

const NO_SHARES: NtShares = { key: '', gates: [] };

function unknownBy(source: string, reason: string): Access {
  return { state: 'unknown', source, broad: [], readers: null, reason };
}

/** What is left of a scanned path below the root of an export, as it is; null for one that lies elsewhere. */
function wayBelow({ top }: JudgedRoot, path: string | Buffer): string | null {
  const plain = withSlashes(typeof path === 'string' ? path : path.toString('latin1'));
  return below(typeof path === 'string' ? top : bytesText(top), plain, '/');
}

/** The same in the form of the index; null for what can't be in it. */
function indexPath(root: JudgedRoot, path: string | Buffer): string | null {
  const way = wayBelow(root, path);
  if (way === null) return null;
  if (root.exported.system === 'posix') return typeof path === 'string' ? bytesText(way) : way;
  // A name of Windows is Unicode and holds no `\`: here it would be taken for a path of more names.
  if (typeof path !== 'string' || way.includes('\\')) return null;
  return windowsPath(way.replaceAll('/', '\\'));
}

function withSlashes(path: string): string {
  return process.platform === 'win32' ? path.replaceAll('\\', '/') : path;
}

/** Forgets all at the bound: what is still in use is judged again, which costs time and nothing else. */
function holdNew<K, V>(held: Map<K, V>, key: K, value: V): void {
  if (held.size >= HELD_MAX) held.clear();
  held.set(key, value);
}
