/** Who takes part in the trial on a real smbd, and which sorts of shares and lists it knows. */
import { join } from 'node:path';
import type { ServerAccounts } from './server.js';

export const WHO: ServerAccounts = {
  accounts: [
    { name: 'mwsato', uid: 64001, gid: 64501 },
    { name: 'mwsuzuki', uid: 64002, gid: 64501 },
    { name: 'mwito', uid: 64003, gid: 64502 },
  ],
  groups: [
    { name: 'mwsoumu', gid: 64501, members: ['mwsato', 'mwsuzuki'] },
    { name: 'mwkeiri', gid: 64502, members: [] },
    { name: 'mwjinji', gid: 64503, members: ['mwsato'] },
  ],
};
export const NAMES = WHO.accounts.map(({ name }) => name);
/** Who tries to read: the accounts, and nobody. */
export const READERS = [...NAMES, null];

/** `[global]` lines and shares; folders are below `top`. The NT lists' attribute is for containers that may not write `security.*`. */
export function sharesText(top: string, attribute: string | null): { settings: string; shares: string } {
  const lists = `vfs objects = acl_xattr${attribute === null ? '' : `\n  acl_xattr:security_acl_name = ${attribute}`}`;
  const share = (name: string, folder: string, ...lines: string[]): string =>
    [`[${name}]`, `path = ${join(top, folder)}`, 'read only = no', ...lines].join('\n  ');
  return {
    settings: '  usershare max shares = 0',
    shares: `${[
      share('kyoyu', 'kyoyu', lists),
      // A folder of it under another name, for others.
      share('narrow', 'kyoyu/sub', lists, 'valid users = @mwkeiri, MIMAWARI\\mwsuzuki', 'writeable = yes'),
      share('ignore', 'ignore', lists, 'acl_xattr:ignore system acls = yes'),
      share('ignore-windows', 'ignore-windows', lists, 'acl_xattr:ignore system acls = yes', 'acl_xattr:default acl style = windows'),
      share('own', 'own', 'vfs objects = acl_xattr', 'acl_xattr:security_acl_name = user.NTACL'),
      share('plain', 'plain'),
      share('forced', 'forced', lists, 'force user = mwsato', 'valid users = mwsuzuki mwito'),
      share('forced-admin', 'plain', lists, 'force user = mwito', 'admin users = mwsuzuki', 'invalid users = mwsato'),
      share('fgroup', 'fgroup', lists, 'force group = mwjinji'),
      share('fgroup-plus', 'fgroup-plus', lists, 'group = +mwjinji'),
      share('guests', 'guests', lists, 'public = yes'),
      share('guest-only', 'guest-only', lists, 'guest only = yes'),
      share('guest-forced', 'guest-forced', 'guest only = yes', 'guest ok = yes', 'force user = mwito'),
      share('guest-valid', 'guest-valid', lists, 'guest ok = yes', 'valid users = mwsato'),
      share('invited', 'invited', lists, 'invalid users = +mwsoumu', 'guest ok = yes'),
      share('limited', 'limited', lists),
      share('admins', 'admins', lists, 'admin users = mwito', 'valid users = mwsato mwito'),
      share('group-as-user', 'group-as-user', lists, 'valid users = mwkeiri'),
      share('closed', 'closed/in', lists),
      share('closed-root', 'closed/root', lists, 'force user = root', 'valid users = MWITO'),
      share('off', 'off', 'available = no', 'guest ok = yes'),
      share('users', 'users/%U', lists),
      '[homes]\n  read only = no\n  valid users = %S',
    ].join('\n')}\n`,
  };
}

/** Folders of shares that all may write to, as a server's keeper would make them. */
export const OPEN_FOLDERS = [
  ...['kyoyu', 'kyoyu/sub', 'ignore', 'ignore-windows', 'own', 'plain', 'forced', 'fgroup', 'fgroup-plus', 'guests', 'guest-only'],
  ...['guest-forced', 'guest-valid', 'invited', 'limited', 'admins', 'group-as-user', 'closed/in', 'closed/root', 'off'],
];

/** Of another domain: it may be anybody. */
export const STRANGE = 'S-1-5-21-9-9-9-1234';

/** NT lists in the form of smbcacls(1), with accounts for their SIDs; each is set by the file's owner. */
export const ACLS: readonly string[] = [
  '$OWNER:ALLOWED/0/FULL',
  '$OWNER:ALLOWED/0/FULL,mwsuzuki:ALLOWED/0/READ',
  '$OWNER:ALLOWED/0/FULL,S-1-22-2-64502:ALLOWED/0/READ,mwsuzuki:ALLOWED/0/0x1301bf',
  'mwito:DENIED/0/FULL,$OWNER:ALLOWED/0/FULL,S-1-1-0:ALLOWED/0/READ',
  'S-1-22-2-64501:DENIED/0/READ,S-1-1-0:ALLOWED/0/READ',
  'S-1-1-0:ALLOWED/0/FULL',
  '$OWNER:ALLOWED/0/FULL,S-1-5-11:ALLOWED/0/READ',
  'mwito:ALLOWED/0/READ',
  '$OWNER:ALLOWED/0/FULL,S-1-22-2-64503:ALLOWED/0/READ',
  '$OWNER:ALLOWED/0/FULL,mwsuzuki:ALLOWED/0/0x160080',
  `$OWNER:ALLOWED/0/FULL,${STRANGE}:ALLOWED/0/READ`,
  'S-1-3-4:ALLOWED/0/0x20000,mwito:ALLOWED/0/READ',
];
