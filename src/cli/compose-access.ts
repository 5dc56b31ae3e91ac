/** Picks the source of access lists and the directory that a policy asks for, and reads the files that it names, before anything is scanned. */
import { realpathSync } from 'node:fs';
import { sep } from 'node:path';
import { readAccountRecords } from '../access/accounts.js';
import { concernedOf, idsOfEntry, withListed } from '../access/concerned.js';
import { concernedSource, type RuleOf } from '../access/concerned-source.js';
import { loadRecords } from '../access/directories/load.js';
import type { Directory } from '../access/directory.js';
import { exportedSource } from '../access/exported.js';
import { type ExportedRoot, loadExports } from '../access/exports/load.js';
import { ACCESS_BOUNDS, type AccessBounds, unknownGroups } from '../access/exposure.js';
import { createDirectory, type DirectoryRecords } from '../access/known-directory.js';
import { uidOf } from '../access/principal.js';
import { createAccessSource, hostDirectory } from '../access/registry.js';
import { defaultConf, mayBeThere, readSamba, type Samba } from '../access/samba/read-samba.js';
import { otherSmbds } from '../access/samba/running-smbd.js';
import type { AccessSource } from '../parts.js';
import { folderMatcher } from '../policy/path-match.js';
import type { ConcernedRule, Policy } from '../policy/policy.js';
import { UsageError } from '../problem.js';
import { keyOfBytes, showKey } from '../walk/name.js';
import { causeJa, codeOf } from './paths.js';
import { runTool } from './tools.js';

export interface ComposedAccess {
  readonly source: AccessSource;
  /** Whose reading is judged. */
  readonly directory: Directory;
  /** Names under `broadGroups` of the policy that nobody knows. */
  readonly unknownGroups: readonly string[];
  /** Folders under `concerned` of the policy whose rule has held for no folder that was asked for until now. */
  idleConcerned(): readonly string[];
  /** What is known of this host's Samba; null where it has none, or nobody comes by it. */
  readonly samba: Samba | null;
  /** For an owner that this host's file system tells. */
  ownerName(uid: number): string | null;
}

/**
 * @param roots what is scanned, absolute and without links: only their exports are read.
 * Throws UsageError for files that can't be read or understood, and for people concerned whom nobody knows.
 */
export function composeAccess(policy: Policy, roots: readonly string[]): ComposedAccess {
  const host = hostDirectory();
  const listed = policy.directory.length === 0 ? null : loadRecords(policy.directory, policy.sameNameSamePerson);
  const served = servedBySamba(policy, listed);
  const directory = served?.directory ?? (listed === null ? host : createDirectory(listed));
  const bounds: AccessBounds = { ...ACCESS_BOUNDS, readersMax: policy.readersMax, broadGroups: policy.broadGroups };
  const exported = exportsFor(policy, roots);
  const hostSources: AccessSource[] = [];
  const sourceBy = (known: Directory, limits: AccessBounds): AccessSource => {
    const live = createAccessSource(known, limits, { run: runTool, accessPaths: policy.accessPaths, samba: served });
    hostSources.push(live);
    return exported.length === 0 ? live : exportedSource(exported, live, known, limits);
  };
  const rules = new ConcernedFolders(policy.concerned);
  return {
    source: withOwners(withConcerned(policy, directory, bounds, sourceBy, rules), hostSources),
    idleConcerned: () => rules.idle(),
    directory,
    samba: served,
    unknownGroups: unknownGroups(policy.broadGroups, directory),
    ownerName: (uid) => directory.nameOf(uidOf(uid)) ?? host.nameOf(uidOf(uid)),
  };
}

/** What this host serves by Samba, with the accounts that the policy lists or else its own. */
function servedBySamba(policy: Policy, listed: DirectoryRecords | null): Samba | null {
  if (process.platform !== 'linux' || !policy.accessPaths.includes('smb')) return null;
  const own = readAccountRecords();
  // As Samba's own programs do (lp_load): the variable stands before the default, and what is said stands before both.
  const system = defaultConf(runTool);
  const conf = policy.smbConf ?? (process.env.SMB_CONF_PATH || system);
  if (policy.smbConf !== null && !mayBeThere(policy.smbConf))
    throw new UsageError({
      ja: `方針の「smbConf」にある ${policy.smbConf} がありません`,
      en: `${policy.smbConf}, which "smbConf" of the policy names, is not there`,
    });
  return readSamba(
    runTool,
    listed === null ? own : { ...listed, homes: own.homes },
    conf,
    otherSmbds(mayBeThere(conf) ? conf : null, system),
  );
}

/** Where a host's own source knows owners, the one that gave an answer knows whose file it was for. */
function withOwners(source: AccessSource, hostSources: readonly AccessSource[]): AccessSource {
  if (!hostSources.some((one) => one.ownerOf !== undefined)) return source;
  return {
    id: source.id,
    folder: (path, stat, parent) => source.folder(path, stat, parent),
    file: (path, stat, gate) => source.file(path, stat, gate),
    ...(source.tell && { tell: source.tell.bind(source) }),
    ownerOf: (access) => hostSources.map((one) => one.ownerOf?.(access) ?? null).find((owner) => owner !== null) ?? null,
  };
}

function exportsFor(policy: Policy, roots: readonly string[]): ExportedRoot[] {
  const requests = policy.accessFrom.map((file) => ({ ...file, root: realRoot(file.root), exportedAs: file.exportedAs ?? file.root }));
  const isBelow = (inner: string, outer: string): boolean => inner === outer || inner.startsWith(outer.endsWith(sep) ? outer : outer + sep);
  return loadExports(requests.filter(({ root }) => roots.some((scanned) => isBelow(root, scanned) || isBelow(scanned, root))));
}

function realRoot(root: string): string {
  try {
    return realpathSync.native(root);
  } catch (error) {
    const code = codeOf(error);
    throw new UsageError({
      ja: `方針の「accessFrom」にあるフォルダー ${root} に届きません（${causeJa(code)}）`,
      en: `the folder ${root} under "accessFrom" of the policy can't be reached (${code})`,
    });
  }
}

function withConcerned(
  { concerned }: Policy,
  directory: Directory,
  bounds: AccessBounds,
  sourceBy: (known: Directory, limits: AccessBounds) => AccessSource,
  rules: ConcernedFolders,
): AccessSource {
  const other = sourceBy(directory, bounds);
  if (concerned.length === 0) return other;
  const sources = concerned.map((rule) => {
    const listed = concernedOf(
      rule.readers.flatMap((entry) => knownIds(entry, rule, directory)),
      directory,
    );
    return sourceBy(withListed(directory, listed), { ...bounds, concerned: listed });
  });
  return concernedSource(rules.ruleOf, sources, other);
}

/** A mistyped name would else make readers of all who are meant. */
function knownIds(entry: string, rule: ConcernedRule, directory: Directory): readonly string[] {
  const ids = idsOfEntry(entry, directory);
  if (ids.length === 0)
    throw new UsageError({
      ja: `方針の「concerned」（${rule.folder || '**'}）にある「${entry}」という名前のグループもアカウントもありません。名前を確かめるか、SID で書いてください`,
      en: `no group or account is called "${entry}", which stands under "concerned" (${rule.folder || '**'}) of the policy; see to its name, or write its SID`,
    });
  return ids;
}

/** Which rule begins at a folder, and which have begun nowhere. */
class ConcernedFolders {
  private readonly matchers: readonly ((path: string) => boolean)[];
  private readonly met = new Set<number>();

  constructor(private readonly rules: readonly ConcernedRule[]) {
    this.matchers = rules.map(({ folder }) => folderMatcher(folder));
  }

  readonly ruleOf: RuleOf = (path, root) => {
    const below = showKey(keyOf(path).slice(keyOf(root).length)).replace(/^\//u, '');
    const rule = this.matchers.findIndex((matches) => matches(below));
    if (rule < 0) return null;
    this.met.add(rule);
    return rule;
  };

  idle(): string[] {
    return this.rules.flatMap(({ folder }, at) => (this.met.has(at) ? [] : [folder || '**']));
  }
}

function keyOf(path: string | Buffer): string {
  return typeof path === 'string' ? path : keyOfBytes(path);
}
