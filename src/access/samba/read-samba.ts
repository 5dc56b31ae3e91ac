/**
 * What this host serves by Samba: its settings (through `testparm`, or the file itself), the shares' own lists, its accounts and user shares.
 * Read once, before a sweep. Where something can't be read, the shares are told as not known, never as closed.
 */
import { closeSync, openSync, readdirSync, readFileSync, readSync, statSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import type { HostAccounts } from '../accounts.js';
import type { Directory } from '../directory.js';
import { createDirectory, type DirectoryRecords } from '../known-directory.js';
import type { Descriptor } from '../nt/descriptor.js';
import type { RunTool } from '../tools.js';
import { parseGroupMap, parsePassdb } from './passdb.js';
import type { RunningSmbd } from './running-smbd.js';
import { parseShareLists } from './share-text.js';
import { type ConfFiles, parseSmbConf, type SmbConf, truthOf, unquoted } from './smb-conf.js';
import { type SambaShare, type ShareContext, sharesOf, unknownShare } from './smb-shares.js';
import { parseUserShare, type UserShare } from './user-share.js';

/** Where smb.conf lies: packages of Linux distributions, a build from source, FreeBSD's ports. */
const CONF_PATHS = ['/etc/samba/smb.conf', '/usr/local/samba/etc/smb.conf', '/usr/local/etc/smb4.conf'];
const STATE_FOLDERS = ['/var/lib/samba', '/usr/local/samba/var/locks', '/var/db/samba4'];
const CONF_BYTES_MAX = 8 * 1024 * 1024;
const USER_SHARES_MAX = 10_000;

export interface Samba {
  readonly shares: readonly SambaShare[];
  /** The host's accounts with their SIDs of this server. */
  readonly directory: Directory;
  /** Why there may be more shares than these; null when all are known. */
  readonly doubt: string | null;
  /** The settings that were read; null where there are none. */
  readonly conf: string | null;
  readonly others: readonly RunningSmbd[];
  /** Its name on the network. */
  readonly server: string;
}

/** The settings that smbd takes when it is told none: what its build says (`smbd -b`), else where packages put them. */
export function defaultConf(run: RunTool): string {
  const built = /^\s*CONFIGFILE: (\/.*)$/m.exec(run('smbd', ['-b'])?.stdout.toString('utf8') ?? '')?.[1];
  return built?.trim() ?? CONF_PATHS.find((path) => mayBeThere(path)) ?? CONF_PATHS[0]!;
}

/**
 * Null where this host has no smb.conf and runs no smbd.
 * @param confPath its settings; @param others what smbds run with besides (running-smbd.ts): their shares let in whom nobody knows.
 */
export function readSamba(run: RunTool, accounts: HostAccounts, confPath: string, others: readonly RunningSmbd[] = []): Samba | null {
  const own = mayBeThere(confPath) ? readServed(run, accounts, confPath) : null;
  if (own === null && others.length === 0) return null;
  const { shares, directory, doubt, server } = own ?? { shares: [], directory: createDirectory(accounts), doubt: null, server: hostname() };
  const guessed = others.flatMap((other) => sharesOfOther(other, { directory, serverName: '', homes: accounts.homes, listOf: () => null }));
  return { shares: [...shares, ...guessed], directory, doubt, conf: own === null ? null : confPath, others, server };
}

/** Where another smbd's shares begin, as far as its settings can be followed as text; else all may be shared. */
function sharesOfOther({ shown, conf }: RunningSmbd, context: ShareContext): SambaShare[] {
  const doubt = otherDoubt(shown);
  try {
    const read = conf === null ? null : parseSmbConf(readFileSync(conf, 'utf8'), conf, CONF_FILES);
    if (read !== null && read.doubt === null) {
      const shares = [...sharesOf(read, context), ...readUserShares(read, context)];
      return [...new Set(shares.map(({ path }) => path))].map((path) => unknownShare(path, doubt));
    }
  } catch {
    // Then it may share anything.
  }
  return [unknownShare('/', doubt)];
}

/** @param shown the other settings. */
export function otherDoubt(shown: string): string {
  return `a running smbd uses other settings (${shown}) than those that were read`;
}

function readServed(run: RunTool, accounts: HostAccounts, found: string): Omit<Samba, 'conf' | 'others'> {
  let conf: SmbConf;
  try {
    conf = readConf(found, run);
  } catch {
    return { shares: [], directory: createDirectory(accounts), doubt: 'smb.conf could not be read', server: hostname() };
  }
  const directory = createDirectory(withServerSids(accounts, run, found, conf));
  const lists = readShareLists(conf, run, found);
  const context: ShareContext = {
    directory,
    serverName: (unquoted(conf.global.get('netbiosname') ?? '') || hostname().split('.')[0]!.slice(0, 15)).toLowerCase(),
    homes: accounts.homes,
    listOf: (name) => lists(name),
  };
  return {
    shares: [...sharesOf(conf, context), ...readUserShares(conf, context)],
    directory,
    doubt: conf.doubt,
    server: context.serverName,
  };
}

/** `testparm` knows the registry too, and what this build takes for granted; includes for single clients are seen in the file alone. */
function readConf(path: string, run: RunTool): SmbConf {
  const own = parseSmbConf(readFileSync(path, 'utf8'), path, CONF_FILES);
  const answer = run('testparm', ['-s', path]);
  if (answer === null) return own;
  if (answer.status !== 0) return { ...own, doubt: own.doubt ?? REFUSED };
  const told = parseSmbConf(answer.stdout.toString('utf8'), path, { read: () => null, isAny: () => false });
  const isFromRegistry = own.doubt?.includes('registry') === true;
  return { ...told, doubt: isFromRegistry ? null : own.doubt };
}

/** What smbd then serves is not known: it goes on with settings from before, or does not start. */
const REFUSED = 'smb.conf is refused by testparm';

const CONF_FILES: ConfFiles = {
  read(path) {
    if (!mayBeThere(path)) return null;
    const file = openSync(path, 'r');
    try {
      const bytes = Buffer.alloc(CONF_BYTES_MAX);
      return bytes.toString('utf8', 0, readSync(file, bytes));
    } finally {
      closeSync(file);
    }
  },
  isAny(pattern) {
    const parts = basename(pattern).split(/%./);
    try {
      const isMatch = (name: string): boolean => name.startsWith(parts[0]!) && name.endsWith(parts.at(-1)!);
      // A folder that differs from client to client is not looked for.
      return dirname(pattern).includes('%') || readdirSync(dirname(pattern)).some((name) => isMatch(name) && name !== parts.join(''));
    } catch {
      return false;
    }
  },
};

/** Without root's rights the accounts of this server can't be listed: their SIDs stay unresolved then. */
function withServerSids(accounts: HostAccounts, run: RunTool, path: string, conf: SmbConf): DirectoryRecords {
  const plain = createDirectory(accounts);
  const text = (command: string, args: string[]): string => {
    const answer = run(command, args);
    return answer?.status === 0 ? answer.stdout.toString('utf8') : '';
  };
  // The tools would make a database that is not there, and a look changes nothing.
  const backend = conf.global.get('passdbbackend') ?? 'tdbsam';
  const hasAccounts = !/^tdbsam\b/.test(backend) || isInState(conf, 'passdb.tdb');
  const passdb = hasAccounts ? parsePassdb(text('pdbedit', ['-s', path, '-L', '-v']), (name) => plain.accountNamed(name)) : [];
  const hasGroups = !/^tdbsam\b/.test(backend) || isInState(conf, 'group_mapping.tdb');
  const groups = hasGroups ? parseGroupMap(text('net', ['-s', path, 'groupmap', 'list']), (name) => plain.groupNamed(name)) : [];
  return { ...accounts, accounts: [...accounts.accounts, ...passdb], groups: [...accounts.groups, ...groups] };
}

/** All lists in one run; the program prints the default, which lets all in, for a share without one. */
function readShareLists(conf: SmbConf, run: RunTool, path: string): (name: string) => Descriptor | null | 'unreadable' {
  if (!isInState(conf, 'share_info.tdb')) return () => null;
  const answer = run('sharesec', ['-s', path, '--view-all']);
  const lists = answer === null ? new Map<string, Descriptor>() : parseShareLists(answer.stdout.toString('utf8'));
  return (name) => lists.get(name) ?? 'unreadable';
}

/** Whether Samba has this database. */
function isInState(conf: SmbConf, name: string): boolean {
  const settings = ['statedirectory', 'lockdirectory', 'privatedir'].map((setting) => unquoted(conf.global.get(setting) ?? ''));
  const folders = [
    ...settings.filter((folder) => folder !== ''),
    ...STATE_FOLDERS,
    ...STATE_FOLDERS.map((folder) => join(folder, 'private')),
  ];
  return folders.some((folder) => mayBeThere(join(folder, name)));
}

/** Shares that users made themselves (`net usershare`): one file each. */
function readUserShares(conf: SmbConf, context: ShareContext): SambaShare[] {
  const setting = (name: string): string => unquoted(conf.global.get(name) ?? '');
  if (!(Number(setting('usersharemaxshares')) > 0)) return [];
  const folder = setting('usersharepath') || STATE_FOLDERS.map((state) => join(state, 'usershares')).find((one) => mayBeThere(one)) || '';
  const isOwnerOnly = truthOf(setting('usershareowneronly')) ?? true;
  const allowsGuests = truthOf(setting('usershareallowguests')) ?? false;
  const made: UserShare[] = [];
  for (const name of namesIn(folder).slice(0, USER_SHARES_MAX)) {
    try {
      const share = parseUserShare(readFileSync(join(folder, name), 'utf8'), name);
      // Samba refuses a share of what its maker does not own (parse_usershare_file, loadparm.c).
      const maker = statSync(join(folder, name)).uid;
      if (share !== null && (!isOwnerOnly || maker === 0 || maker === statSync(share.path).uid)) made.push(share);
    } catch {
      // One whose folder is gone is not served.
    }
  }
  const sections = made.map(({ name, path, isGuestOk }) => ({
    name,
    parameters: new Map([
      ['path', path],
      ['guestok', isGuestOk && allowsGuests ? 'yes' : 'no'],
    ]),
  }));
  const lists = new Map(made.map((share) => [share.name.toLowerCase(), share.list]));
  return sharesOf({ ...conf, shares: sections }, { ...context, listOf: (name) => lists.get(name) ?? null });
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** What can't be looked at counts as there: it is then told as unreadable where it is read. */
export function mayBeThere(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return true;
  }
}
