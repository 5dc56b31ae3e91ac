/**
 * The gate of a share: who may connect to it, and in whose name files behind it are opened (smb.conf(5); MS-SRVS 2.2.4.26 for Windows). Pure:
 * reading smb.conf or the registry, and finding the ids of the names in it, is the business of a source.
 */
import { type Directory, GUEST, STRANGER, withForcedGroup } from './directory.js';
import type { Told } from './exposure.js';
import { type Ace, ALLOW, DACL_PRESENT, DENY, type Descriptor, SELF_RELATIVE } from './nt/descriptor.js';
import { ntReaders, READ_DATA, SHARE_READING } from './nt/nt-gate.js';
import { allWith, flagOf, join, meet, NO, nobody, type Passers, POSSIBLE, PROVEN } from './passers.js';
import { AUTHENTICATED_USERS, EVERYONE, GUEST_ID, type PrincipalId, shownId, uidOf, wellKnownOf } from './principal.js';

/** A name of the definition that a source can't resolve (another domain's, `%U`) is handed in as it stands: it may be anybody. */
export interface ShareDefinition {
  readonly name: string;
  /** `available`, and not a printer. */
  readonly available: boolean;
  /** `guest ok`: clients without an account may connect. */
  readonly guestOk: boolean;
  /** `guest only`: files are opened in the guest's name, whoever connects. */
  readonly guestOnly: boolean;
  /** In whose name guests open files. */
  readonly guestAccount: PrincipalId;
  /** Empty: everybody with an account. */
  readonly validUsers: readonly PrincipalId[];
  readonly invalidUsers: readonly PrincipalId[];
  /** The one account that the share shows this path to, whatever else the lists say; left out where it is the same for all. */
  readonly onlyFor?: PrincipalId;
  /** Act as root behind the share. */
  readonly adminUsers: readonly PrincipalId[];
  readonly forceUser: PrincipalId | null;
  readonly forceGroup: PrincipalId | null;
  /** The share's own list (`sharesec`, `Get-SmbShare`); null where it has none. */
  readonly descriptor: Descriptor | null | 'unreadable';
}

export const PLAIN_SHARE: Omit<ShareDefinition, 'name'> = {
  available: true,
  guestOk: false,
  guestOnly: false,
  guestAccount: uidOf(GUEST_ID),
  validUsers: [],
  invalidUsers: [],
  adminUsers: [],
  forceUser: null,
  forceGroup: null,
  descriptor: null,
};

export interface ShareGate {
  readonly name: string;
  readonly entrants: Passers;
  /** Entrants for whom no gate behind the share counts. */
  readonly admins: Passers;
  /** In whose name the others open files; null: their own. */
  readonly actsAs: PrincipalId | null;
  readonly guestAccount: PrincipalId;
  /** The directory by which folders and files behind the share are to be judged. */
  readonly directory: Directory;
}

export function shareGateOf(share: ShareDefinition, directory: Directory): ShareGate {
  const entrants = share.available ? entrantsOfShare(share, directory) : nobody(directory);
  const admins = ntReaders(listOf(share.adminUsers, []), directory, READ_DATA);
  return {
    name: share.name,
    entrants,
    admins: meet(entrants, admins),
    // A forced user comes after the guest that `guest only` makes of everybody (make_connection_snum, smbd/service.c).
    actsAs: share.forceUser ?? (share.guestOnly ? share.guestAccount : null),
    guestAccount: share.guestAccount,
    directory: share.forceGroup === null ? directory : withForcedGroup(directory, share.forceGroup),
  };
}

/**
 * Who reads through the share.
 * @param behind who passes folders and file, judged with `gate.directory`, in their own name.
 */
export function throughShare(gate: ShareGate, behind: Passers): Passers {
  return join(meet(gate.entrants, inName(gate, behind)), gate.admins);
}

/** The words of what lies behind, with the share they are reached through. */
export function toldThrough(gate: ShareGate, told: Told): Told {
  const name = gate.actsAs === null ? null : (gate.directory.nameOf(gate.actsAs) ?? shownId(gate.actsAs));
  const through = `share ${gate.name}${name === null ? '' : `, where files are opened as ${name}`}`;
  return {
    source: told.source,
    permission: `${told.permission} behind ${through}`,
    openTo: (broad) => `${told.openTo(broad)}, through ${through}`,
    who: () => `${told.who()}, through ${through}`,
    doubt: told.doubt ?? gate.entrants.doubt ?? gate.admins.doubt,
  };
}

/** What of a share decides who reads through it, in the words of smb.conf. Its own access list shows in who passes. */
export function settingsOf(share: ShareDefinition, directory: Directory): string[] {
  const names = (ids: readonly PrincipalId[]): string => ids.map((id) => directory.nameOf(id) ?? shownId(id)).join(', ');
  const lists: readonly (readonly [string, readonly PrincipalId[]])[] = [
    ['valid users', share.onlyFor === undefined ? share.validUsers : [share.onlyFor]],
    ['invalid users', share.invalidUsers],
    ['admin users', share.adminUsers],
    ['force user', share.forceUser === null ? [] : [share.forceUser]],
    ['force group', share.forceGroup === null ? [] : [share.forceGroup]],
  ];
  return [
    ...(share.available ? [] : ['available = no']),
    ...(share.guestOk ? [share.guestOnly ? 'guest only = yes' : 'guest ok = yes'] : []),
    ...lists.filter(([, ids]) => ids.length > 0).map(([name, ids]) => `${name} = ${names(ids)}`),
  ];
}

/** Both lists of users are asked before the share's own list, and all three must let one in. */
function entrantsOfShare(share: ShareDefinition, directory: Directory): Passers {
  const anybody = share.guestOk ? EVERYONE : AUTHENTICATED_USERS;
  const byName = ntReaders(listOf(share.validUsers.length === 0 ? [anybody] : share.validUsers, share.invalidUsers), directory, READ_DATA);
  const named = share.onlyFor === undefined ? byName : meet(byName, ntReaders(listOf([share.onlyFor], []), directory, READ_DATA));
  const entrants = meet(withGuestAs(share.guestAccount, named, directory), byDescriptor(share.descriptor, directory));
  return share.guestOk ? entrants : withoutGuests(entrants);
}

function byDescriptor(descriptor: ShareDefinition['descriptor'], directory: Directory): Passers {
  if (descriptor === 'unreadable') return allWith(POSSIBLE, directory, "the share's access list could not be read");
  return descriptor === null ? allWith(PROVEN, directory) : ntReaders(descriptor, directory, SHARE_READING);
}

/** Lists of users follow the same rules as an access list: who is shut out comes first, and a group nobody could resolve shuts nobody out. */
function listOf(allowed: readonly PrincipalId[], denied: readonly PrincipalId[]): Descriptor {
  const aces = (type: number, ids: readonly PrincipalId[]): Ace[] => ids.map((sid) => ({ type, flags: 0, mask: READ_DATA, sid }));
  return { control: SELF_RELATIVE | DACL_PRESENT, owner: null, group: null, dacl: [...aces(DENY, denied), ...aces(ALLOW, allowed)] };
}

function withoutGuests(passers: Passers): Passers {
  const flags = passers.flags.slice();
  flags[GUEST] = NO;
  const groups = new Map(passers.groups);
  for (const id of groups.keys()) {
    const known = wellKnownOf(id);
    if (known?.kind === 'broad' && known.reach !== 'authenticated') groups.delete(id);
  }
  return { ...passers, flags, groups };
}

function inName(gate: ShareGate, behind: Passers): Passers {
  const { actsAs, directory } = gate;
  return actsAs === null ? withGuestAs(gate.guestAccount, behind, directory) : asAccount(actsAs, behind, directory);
}

/** Guests are whoever the guest account is, where that is an account of its own. */
function withGuestAs(account: PrincipalId, passers: Passers, directory: Directory): Passers {
  const subject = directory.subjectOf(account);
  if (subject === GUEST) return passers;
  const flags = passers.flags.slice();
  flags[GUEST] = asAccount(account, passers, directory).flags[GUEST]!;
  return { ...passers, flags };
}

function asAccount(actsAs: PrincipalId, behind: Passers, directory: Directory): Passers {
  if (directory.isAdmin(actsAs)) return allWith(PROVEN, directory);
  const standing = directory.whoIs(actsAs);
  if (standing.kind === 'account') {
    const flag = standing.logins.reduce((sum, login) => sum | behind.flags[login]!, NO);
    return allWith(flag, directory, behind.doubt);
  }
  if (standing.kind === 'person') return allWith(flagOf(behind, actsAs), directory, behind.doubt);
  // Somebody opens the files, and nobody knows who.
  return allWith(POSSIBLE | behind.flags[STRANGER]!, directory, `nobody knows whom ${shownId(actsAs)} stands for`);
}
