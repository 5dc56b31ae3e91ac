/**
 * What would close a file whose list was taken elsewhere: commands for the server, with the path that it has there, judged by the exported lists. Where
 * an export can't bear commands, it is said why. Pure.
 */
import type { Access } from '../model.js';
import type { NoRemedy, Remedy } from '../parts.js';
import type { Directory } from './directory.js';
import { bytesText } from './exports/export-path.js';
import type { ExportedRoot } from './exports/load.js';
import type { AccessBounds } from './exposure.js';
import { noRemedyFor } from './no-remedy.js';
import type { Descriptor } from './nt/descriptor.js';
import { closeByIcacls } from './nt/nt-remedy.js';
import type { Permission } from './posix-permission.js';
import { closeFile } from './posix-remedy.js';

export interface ExportedJudge {
  readonly directory: Directory;
  readonly bounds: AccessBounds;
  permissionOf(list: string): Permission | null;
  judgePermission(changed: Permission): Access;
  /** A text says what is wrong with it. */
  descriptorOf(list: string): Descriptor | string;
  judgeDescriptor(changed: Descriptor): Access;
}

interface Closed {
  readonly closeFile: Remedy | null;
  readonly noRemedy: NoRemedy | null;
}

/** @param way the file's path below the root: bytes for POSIX, a text for Windows; @param number of its list in the index. */
export function closeExported(root: ExportedRoot, way: string | null, number: number, judge: ExportedJudge): Closed {
  const list = root.index.list(number);
  if (typeof list !== 'string' || way === null) return none('unknown');
  return root.system === 'posix' ? closePosix(root, way, list, judge) : closeWindows(root, way, list, judge);
}

function closePosix({ root, exportedAs }: ExportedRoot, way: string, list: string, judge: ExportedJudge): Closed {
  const permission = judge.permissionOf(list);
  if (permission === null) return none('unknown');
  const bytes = Buffer.from(`${bytesText(exportedAs ?? root)}/${way}`, 'latin1');
  const text = bytes.toString('utf8');
  const path = Buffer.from(text).equals(bytes) ? text : bytes;
  const remedy = closeFile({ path, permission }, judge.directory, judge.bounds, judge.judgePermission);
  if (remedy === null) return none(noRemedyFor(permission.uid, [], judge.directory, judge.bounds));
  // Names of the server are numbers of this host here, and commands take numbers.
  const hasNames = /^(?:user|group):[^:\d][^:]*:/mu.test(list);
  return hasNames && remedy.commands.some((command) => command.includes('-x'))
    ? none('exported-names')
    : { closeFile: remedy, noRemedy: null };
}

function closeWindows({ exportedAs }: ExportedRoot, way: string, list: string, judge: ExportedJudge): Closed {
  const descriptor = judge.descriptorOf(list);
  if (typeof descriptor === 'string') return none('unknown');
  if (exportedAs === null || !/^(?:[a-z]:|[\\/]{2})/iu.test(exportedAs)) return none('exported-path');
  const path = `${exportedAs}\\${way.replaceAll('/', '\\')}`;
  const remedy = closeByIcacls('file', path, descriptor, judge.directory, judge.bounds, judge.judgeDescriptor);
  if (remedy === null) return none(isOwnerConcerned(descriptor, judge) ? 'unknown' : 'owner-not-concerned');
  // `S-1-5-21-*-513` stands for the group of a domain that the export does not name.
  return remedy.commands.flat().some((argument) => argument.includes('-*-'))
    ? none('exported-entries')
    : { closeFile: remedy, noRemedy: null };
}

function isOwnerConcerned({ owner }: Descriptor, { directory, bounds: { concerned } }: ExportedJudge): boolean {
  if (owner === null || concerned === undefined || directory.isAdmin(owner)) return true;
  const standing = directory.whoIs(owner);
  return standing.kind === 'account' ? standing.logins.every((login) => concerned.subjects[login] === 1) : concerned.ids.has(owner);
}

function none(noRemedy: NoRemedy): Closed {
  return { closeFile: null, noRemedy };
}
