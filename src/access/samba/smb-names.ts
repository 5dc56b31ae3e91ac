/** Names in the lists of smb.conf(5), `valid users` and its like: how they are written, and whose ids they are (token_contains_name, share_access.c). */
import type { Directory } from '../directory.js';
import type { PrincipalId } from '../principal.js';

export interface NameContext {
  readonly directory: Directory;
  /** The server's own name before a backslash, in lower case. */
  readonly serverName: string;
}

/** Items between blanks, commas and semicolons; quotes hold one together. */
export function namesOf(list: string): string[] {
  return [...list.matchAll(/[^\s,;"]*"[^"]*"?|[^\s,;"]+/g)].map(([item]) => item.replaceAll('"', '')).filter((item) => item !== '');
}

/**
 * The id of one item; null for one that Samba takes for nobody; `?` and the name for one that can't be resolved here. `+` asks Unix groups,
 * `&` netgroups, which this host can't list, `@` both; without a sign a name is an account's, and that of a group lets nobody in.
 */
export function namedId(item: string, { directory, serverName }: NameContext): PrincipalId | null {
  const [, signs, written] = /^([@+&]*)(.*)$/s.exec(item)!;
  if (/^S-1-\d/i.test(written!)) return written!.toUpperCase();
  const name = localName(written!, serverName);
  if (name === null || name.includes('%')) return `?${item}`;
  if (signs !== '') return (/[@+]/.test(signs!) ? directory.groupNamed(name) : null) ?? `?${item}`;
  return directory.accountNamed(name) ?? (directory.groupNamed(name) === null ? `?${item}` : null);
}

/** Without the domain where that is this server or its Unix accounts; null for another one. */
function localName(name: string, serverName: string): string | null {
  const cut = name.indexOf('\\');
  if (cut < 0) return name;
  const domain = name.slice(0, cut).toLowerCase();
  return domain === serverName || domain === 'unix user' || domain === 'unix group' ? name.slice(cut + 1) : null;
}
