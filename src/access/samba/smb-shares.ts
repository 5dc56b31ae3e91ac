/**
 * Shares by smb.conf(5): which folder each exposes, who may connect, in whose name files are opened, and which lists Samba looks at. Names
 * become ids here. What can't be known (`%U` in a list, another domain) stays a name that nobody can resolve: it lets in and shuts nobody out.
 */
import type { Directory } from '../directory.js';
import type { Descriptor } from '../nt/descriptor.js';
import { GUEST_ID, type PrincipalId, uidOf } from '../principal.js';
import { PLAIN_SHARE, type ShareDefinition } from '../share.js';
import { type Parameters, type SmbConf, truthOf, unquoted } from './smb-conf.js';
import { namedId, namesOf } from './smb-names.js';

export interface StoredLists {
  /** The attribute that holds Samba's NT lists (`acl_xattr:security_acl_name`). */
  readonly attribute: string;
  /** `acl_xattr:ignore system acls`. */
  readonly ignoresPosix: boolean;
  /** What stands for a file without a stored list where POSIX is ignored (`acl_xattr:default acl style`). */
  readonly standIn: 'posix' | 'windows' | 'everyone';
}

export interface SambaShare {
  readonly definition: ShareDefinition;
  /** Absolute; of a path that differs from client to client the part that does not. */
  readonly path: string;
  /** Null: Samba looks at POSIX permissions alone. A text: a module that keeps lists elsewhere. */
  readonly lists: StoredLists | string | null;
  /** Why the share may not expose this path to everybody whom it lets in. */
  readonly doubt: string | null;
  /** Nobody knows whether it is there at all: it lets somebody in whom no other way does, and hides no other way. */
  readonly isGuess?: boolean;
}

/** Whoever it lets in, in whose name ever: nothing is known of it but that it may be there. */
export function unknownShare(path: string, doubt: string): SambaShare {
  return { definition: { ...PLAIN_SHARE, name: '?', guestOk: true, adminUsers: ['?'] }, path, lists: null, doubt, isGuess: true };
}

export interface ShareContext {
  readonly directory: Directory;
  /** The server's own name before a backslash, in lower case. */
  readonly serverName: string;
  /** Home folders by account. */
  readonly homes: ReadonlyMap<string, string>;
  /** The share's own list by its name in lower case: null for none. */
  listOf(name: string): Descriptor | null | 'unreadable';
}

/** Modules that keep NT lists neither in the file's attribute of acl_xattr nor in POSIX permissions. */
const OTHER_LISTS =
  /^(?:acl_tdb|nfs4acl_xattr|zfsacl|gpfs|aixacl\d?|afsacl|hpuxacl|solarisacl|tru64acl|fake_acls|ceph|ceph_new|glusterfs|vxfs)$/;
const ATTRIBUTE = 'security.NTACL';

export function sharesOf(conf: SmbConf, context: ShareContext): SambaShare[] {
  const shares = conf.shares.flatMap(({ name, parameters }) => sharesOfSection(name, new Settings(parameters, conf.global), context));
  return shares.filter(({ definition }) => definition.available);
}

class Settings {
  constructor(
    private readonly own: Parameters,
    private readonly global: Parameters,
  ) {}

  text(name: string): string {
    return unquoted(this.own.get(name) ?? this.global.get(name) ?? '');
  }

  list(name: string): string {
    return this.own.get(name) ?? this.global.get(name) ?? '';
  }

  has(name: string): boolean {
    return this.own.has(name) || this.global.has(name);
  }

  /** A value that is no truth value is refused by Samba, so the default holds. */
  truth(name: string, fallback: boolean): boolean {
    return truthOf(this.text(name)) ?? fallback;
  }
}

function sharesOfSection(name: string, settings: Settings, context: ShareContext): SambaShare[] {
  const key = name.toLowerCase();
  const isHomes = key === 'homes';
  if (key === 'printers' || settings.truth('printable', false)) return [];
  const written = settings.text('path');
  const share = (path: string, as: string, only: PrincipalId | null, doubt: string | null): SambaShare[] => {
    if (!path.startsWith('/')) return [];
    const definition = definitionOf(name, as, settings, context);
    return [{ definition: only === null ? definition : limitedTo(definition, only), path, lists: listsOf(settings), doubt }];
  };
  if (isHomes) {
    // A share for each account, under its name; who may open it is told by the list of valid users alone.
    return [...context.homes].flatMap(([account, home]) => {
      const path = (written === '' ? '%H' : written).replaceAll(/%[SuU]/g, account).replaceAll('%H', home);
      return path.includes('%') ? share(fixedPart(path), account, null, UNLIKE) : share(path, account, null, null);
    });
  }
  const path = written.replaceAll('%S', name);
  if (!path.includes('%')) return share(path, name, null, null);
  if (/%[^uUH]/.test(path)) return share(fixedPart(path), name, null, UNLIKE);
  // One folder for each account, which no other reaches through this share.
  return [...context.homes].flatMap(([account, home]) => {
    const id = context.directory.accountNamed(account);
    return id === null ? [] : share(path.replaceAll(/%[uU]/g, account).replaceAll('%H', home), name, id, null);
  });
}

const UNLIKE = 'the path of the share differs from client to client';

function fixedPart(path: string): string {
  const fixed = path.slice(0, path.indexOf('%'));
  return fixed.slice(0, Math.max(1, fixed.lastIndexOf('/')));
}

function definitionOf(name: string, as: string, settings: Settings, context: ShareContext): ShareDefinition {
  const idsOf = (parameter: string): PrincipalId[] =>
    namesOf(settings.list(parameter)).flatMap((one) => namedId(one.replaceAll('%S', as), context) ?? []);
  const written = namesOf(settings.list('validusers'));
  const validUsers = idsOf('validusers');
  const guestOnly = settings.truth('guestonly', false);
  return {
    name: as,
    available: settings.truth('available', true),
    // Whoever logs on without an account is a guest, whatever `map to guest` says of wrong passwords.
    guestOk: guestOnly || settings.truth('guestok', false),
    guestOnly,
    guestAccount: accountOf(settings.text('guestaccount'), context) ?? context.directory.accountNamed('nobody') ?? uidOf(GUEST_ID),
    // A list all of whose names stand for nobody is no empty list, which would let all in.
    validUsers: written.length > 0 && validUsers.length === 0 ? ['S-1-0-0'] : validUsers,
    invalidUsers: idsOf('invalidusers'),
    adminUsers: idsOf('adminusers'),
    forceUser: accountOf(settings.text('forceuser').replaceAll('%S', as), context),
    forceGroup: forcedGroup(settings.text('forcegroup').replaceAll('%S', as), context),
    descriptor: context.listOf(name.toLowerCase()),
  };
}

function accountOf(name: string, context: ShareContext): PrincipalId | null {
  return name === '' ? null : (namedId(name, context) ?? `?${name}`);
}

/** With a plus sign it is the group of those alone who are in it anyway. */
function forcedGroup(name: string, context: ShareContext): PrincipalId | null {
  return name === '' || name.startsWith('+') ? null : namedId(`+${name}`, context);
}

/** The one account that a path is meant for, unless the lists shut it out. */
function limitedTo(definition: ShareDefinition, only: PrincipalId): ShareDefinition {
  return { ...definition, onlyFor: only };
}

function listsOf(settings: Settings): SambaShare['lists'] {
  const modules = namesOf(settings.list('vfsobjects')).map((module) => module.toLowerCase().split(':')[0]!);
  // A domain controller has this module without being told (loadparm.c, init_globals for ROLE_ACTIVE_DIRECTORY_DC).
  if (!settings.has('vfsobjects') && /domain controller|^(?:ad)?dc$/i.test(settings.text('serverrole'))) modules.push('acl_xattr');
  const other = modules.find((module) => OTHER_LISTS.test(module));
  if (other !== undefined) return other;
  if (!modules.includes('acl_xattr')) return null;
  const style = settings.text('acl_xattr:defaultaclstyle').toLowerCase();
  return {
    attribute: settings.text('acl_xattr:security_acl_name') || ATTRIBUTE,
    ignoresPosix: settings.truth('acl_xattr:ignoresystemacls', false),
    standIn: style === 'windows' || style === 'everyone' ? style : 'posix',
  };
}
