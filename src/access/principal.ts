/**
 * Principals by id, whatever system names them, and those whose meaning is fixed. Ids are `u:` and a uid, `g:` and a gid, or a SID as text
 * (`S-1-5-11`); a text that is none of these stands for somebody nobody could resolve. Names decide nothing: Windows translates them.
 */

export type PrincipalId = string;

/** `nobody`, `nogroup`: what guests of a share and users without a mapping become. */
export const GUEST_ID = 65534;

export const EVERYONE = 'S-1-1-0';
export const AUTHENTICATED_USERS = 'S-1-5-11';
export const OWNER_RIGHTS = 'S-1-3-4';

/** An id for a text: `?` marks a name of a source that nobody here knows. */
export function shownId(id: PrincipalId): string {
  return id.startsWith('?') ? `unknown name "${id.slice(1)}"` : id;
}

export function uidOf(uid: number): PrincipalId {
  return `u:${uid}`;
}

export function gidOf(gid: number): PrincipalId {
  return `g:${gid}`;
}

/** Samba's SIDs for Unix ids (S-1-22-1-uid, S-1-22-2-gid; librpc/idl/security.idl) are those ids; any other id is kept. */
export function canonicalId(id: PrincipalId): PrincipalId {
  const unix = /^S-1-22-([12])-(\d+)$/.exec(id);
  return unix === null ? id : `${unix[1] === '1' ? 'u' : 'g'}:${unix[2]}`;
}

/** `everyone` holds guests too; `authenticated` all with an account; `guests` those without. */
export type Reach = 'everyone' | 'authenticated' | 'guests';

/**
 * `admin`: administrators and the system, who read everything and are not counted. `broad`: no group that anybody keeps, or one that takes in
 * whoever has an account. `nobody`: matches no person at a file.
 */
export type WellKnown = { readonly kind: 'admin' } | { readonly kind: 'nobody' } | { readonly kind: 'broad'; readonly reach: Reach };

const ADMIN: WellKnown = { kind: 'admin' };
const NOBODY: WellKnown = { kind: 'nobody' };

/** MS-DTYP 2.4.2.4. Where membership depends on the logon (NETWORK, INTERACTIVE, …) the widest is taken. */
const REACH_OF_SID: Readonly<Record<string, Reach>> = {
  'S-1-1-0': 'everyone',
  'S-1-2-0': 'everyone',
  'S-1-2-1': 'everyone',
  'S-1-5-1': 'everyone',
  'S-1-5-2': 'everyone',
  'S-1-5-3': 'everyone',
  'S-1-5-4': 'everyone',
  'S-1-5-7': 'guests',
  'S-1-5-11': 'authenticated',
  'S-1-5-13': 'everyone',
  'S-1-5-14': 'everyone',
  'S-1-5-15': 'authenticated',
  'S-1-5-17': 'everyone',
  'S-1-5-113': 'authenticated',
  'S-1-5-1000': 'authenticated',
  'S-1-5-32-545': 'authenticated',
  'S-1-5-32-546': 'guests',
  'S-1-5-32-554': 'everyone',
  'S-1-5-32-568': 'authenticated',
  'S-1-18-1': 'authenticated',
  'S-1-18-2': 'authenticated',
};

/** Of any domain: Guest, Users, Guests, Computers. */
const REACH_OF_RID: Readonly<Record<string, Reach>> = { 501: 'guests', 513: 'authenticated', 514: 'guests', 515: 'authenticated' };

/** Enterprise DCs, services, the local administrators, the built-in groups of administration. */
const ADMIN_SID = /^S-1-5-(?:6|9|18|19|20|114|32-(?:544|547|548|549|550|551|552))$/;
/** Identities of services, virtual accounts, application pools and sessions: nobody logs on with them. */
const SERVICE_SID = /^S-1-5-(?:80|82|83|84|90|96)-/;
const ADMIN_RID = new Set(['498', '500', '502', '512', '516', '517', '518', '519', '520', '521', '522', '526', '527']);
/** NULL, creators and owner, SELF, RESTRICTED, app packages, integrity labels, NFS. */
const NOBODY_SID = /^S-1-(?:0-0|3-\d+|5-10|5-12|5-33|15-.+|16-\d+|5-88-.+)$/;
/** `S-1-5-21-*-512` is the RID of a domain that the text did not name. */
const DOMAIN_SID = /^(S-1-5-21(?:-\d+-\d+-\d+|-\*))-(\d+)$/;

/** What an id means everywhere; null for one whose meaning a directory must tell. */
export function wellKnownOf(id: PrincipalId): WellKnown | null {
  if (id === 'u:0' || id === 'g:0') return ADMIN;
  if (!id.startsWith('S-')) return null;
  const reach = REACH_OF_SID[id] ?? (id.startsWith('S-1-5-64-') ? 'authenticated' : undefined);
  if (reach !== undefined) return { kind: 'broad', reach };
  if (ADMIN_SID.test(id) || SERVICE_SID.test(id)) return ADMIN;
  if (NOBODY_SID.test(id)) return NOBODY;
  const rid = DOMAIN_SID.exec(id)?.[2];
  if (rid === undefined) return null;
  const ofRid = REACH_OF_RID[rid];
  if (ofRid !== undefined) return { kind: 'broad', reach: ofRid };
  return ADMIN_RID.has(rid) ? ADMIN : null;
}

/** The domain or machine of an account's SID; null for any other id. */
export function domainOf(id: PrincipalId): string | null {
  return DOMAIN_SID.exec(id)?.[1] ?? null;
}

const NAMES: Readonly<Record<string, string>> = {
  'S-1-1-0': 'Everyone',
  'S-1-2-0': 'LOCAL',
  'S-1-5-2': 'NETWORK',
  'S-1-5-4': 'INTERACTIVE',
  'S-1-5-7': 'Anonymous',
  'S-1-5-11': 'Authenticated Users',
  'S-1-5-18': 'SYSTEM',
  'S-1-5-32-544': 'Administrators',
  'S-1-5-32-545': 'Users',
  'S-1-5-32-546': 'Guests',
  'S-1-5-32-554': 'Pre-Windows 2000 Compatible Access',
};
const NAMES_OF_RID: Readonly<Record<string, string>> = {
  500: 'Administrator',
  501: 'Guest',
  512: 'Domain Admins',
  513: 'Domain Users',
  514: 'Domain Guests',
  515: 'Domain Computers',
};

/** The English name that Microsoft's documents use; null for an id without a fixed one. */
export function wellKnownName(id: PrincipalId): string | null {
  return NAMES[id] ?? NAMES_OF_RID[DOMAIN_SID.exec(id)?.[2] ?? ''] ?? null;
}

/** The SIDs or RIDs of Microsoft's name, in any case; null for a name without a fixed meaning. Of a domain's own the domain is left open. */
export function wellKnownNamed(name: string): PrincipalId | null {
  const isMeant = ([, known]: [string, string]): boolean => known.toLowerCase() === name.toLowerCase();
  const fixed = Object.entries(NAMES).find(isMeant);
  if (fixed !== undefined) return fixed[0];
  const ofDomain = Object.entries(NAMES_OF_RID).find(isMeant);
  return ofDomain === undefined ? null : `S-1-5-21-*-${ofDomain[0]}`;
}
