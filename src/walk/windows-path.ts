/**
 * What names mean to Windows beyond being names ("Naming Files, Paths, and Namespaces"; MS-FSCC 2.1.5). Pure, so that it can be tried
 * anywhere. Files with such names, made through SMB or from other systems, are walked and read all the same: Node opens all paths as `\\?\…`,
 * which means them literally.
 */

/** Names of devices in every folder, with any extension. */
const DEVICE = /^(?:con|prn|aux|nul|com[0-9\u00b9\u00b2\u00b3]|lpt[0-9\u00b9\u00b2\u00b3]|conin\$|conout\$)$/iu;

/** Whether Explorer and most programs could not open or delete a file of this name: a device's, or with a dot or space at its end. */
export function isReservedName(name: string): boolean {
  return DEVICE.test(name.split('.')[0]!.trimEnd()) || /[. ]$/u.test(name);
}

/**
 * Whether a path names an alternate data stream (`名簿.txt:old`): a colon behind the drive's. Streams do not show in folders, and are not
 * walked.
 */
export function namesStream(path: string): boolean {
  return /:/u.test(path.replace(/^[\\/]{2}[?.][\\/]/u, '').replace(/^[a-z]:/iu, ''));
}

/** A path without the prefix that makes Windows take it literally (`\\?\C:\x`, `\\?\UNC\server\share`): Node puts it in front of every path by itself. */
export function withoutLiteralPrefix(path: string): string {
  const found = /^[\\/]{2}\?[\\/](?:(UNC)[\\/])?(.*)$/isu.exec(path);
  if (found === null) return path;
  const [, unc, rest] = found;
  // A volume by its number has no other name.
  return unc !== undefined ? `\\\\${rest}` : /^[a-z]:/iu.test(rest!) ? rest! : path;
}
