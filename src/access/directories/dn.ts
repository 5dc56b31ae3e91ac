/** Distinguished names (RFC 4514) in one form, so that equal names are equal texts whichever program wrote them. */

/** In small letters, without blanks around `,` and `=`; a character that is escaped stands behind `\`, or as itself where it needs no escape. */
export function canonicalDn(dn: string): string {
  if (dn.length > DN_CHARS_MAX) return dn;
  let result = '';
  const bytes: number[] = [];
  const flush = (): void => {
    if (bytes.length === 0) return;
    for (const char of Buffer.from(bytes.splice(0)).toString('utf8')) result += SPECIAL.has(char) ? `\\${char}` : char;
  };
  for (let at = 0; at < dn.length; at++) {
    const char = dn[at]!;
    const hex = char === '\\' ? /^[\da-f]{2}/i.exec(dn.slice(at + 1, at + 3))?.[0] : undefined;
    if (hex !== undefined) {
      bytes.push(Number.parseInt(hex, 16));
      at += 2;
      continue;
    }
    flush();
    if (char === '\\' && at + 1 < dn.length) {
      const next = dn[++at]!;
      result += SPECIAL.has(next) ? `\\${next}` : next;
    } else result += char === ';' ? ',' : char;
  }
  flush();
  return result
    .toLowerCase()
    .replace(/(?<!\\) *([,=]) */g, '$1')
    .trim();
}

/** No directory service has longer ones; two spellings of such a name stay two names. */
const DN_CHARS_MAX = 4096;
const SPECIAL = new Set(',;=+<>"\\'.split(''));

/** The part from the first `dc=` on; null without one. `dn` in canonical form. */
export function domainPart(dn: string): string | null {
  return /(?:^|,)(dc=.*)$/su.exec(dn)?.[1] ?? null;
}

/** The SID that names an entry of another domain: `cn=s-1-5-11,cn=foreignsecurityprincipals,…`. */
export function foreignSid(dn: string): string | null {
  return /^cn=(s-1-\d+(?:-\d+)*),cn=foreignsecurityprincipals,/u.exec(dn)?.[1]?.toUpperCase() ?? null;
}
