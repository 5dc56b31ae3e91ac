/** Paths as the forms of export write them, brought into one form in which equal paths are equal texts. It never looks at a disk. */

/** What has to be brought into form; most paths have nothing of it. */
const UNTIDY = /[/]|^[\\.]|\\[\\.]|\\$|::/;
const PROVIDER = /^(?:Microsoft\.PowerShell\.Core\\)?FileSystem::/i;
const ASCII = /^[\x00-\x7f]*$/;
/** Blocks of Unicode with letters that have a case, without ASCII and beyond the basic plane (which NTFS doesn't know): kana and kanji have none. */
const CASED =
  /[\xb5-\u058f\u10a0-\u1fff\u2100-\u2184\u24b6-\u24e9\u2c00-\u2dff\ua640-\ua7ff\uab30-\uabbf\ud800-\udfff\ufb00-\ufb17\uff21-\uff5a]/;

/**
 * A path of Windows: without the provider of PowerShell and without `\\?\`, `\` between names, none at the end, in capitals (Windows tells no case
 * apart). `D:\共有\`, `D:/共有` and `\\?\D:\共有` are one; so are `\\server\share` and `\\?\UNC\server\share`.
 */
export function windowsPath(path: string): string {
  if (!UNTIDY.test(path)) return capitals(path);
  const plain = path
    .replace(PROVIDER, '')
    .replaceAll('/', '\\')
    .replace(/^\\\\[?.]\\UNC\\/i, '\\\\')
    .replace(/^\\\\[?.]\\/, '');
  const isUnc = plain.startsWith('\\\\');
  const names = plain.split('\\').filter((name) => name !== '' && name !== '.');
  return (isUnc ? '\\\\' : '') + capitals(names.join('\\'));
}

/**
 * As NTFS compares names: each UTF-16 unit alone, so that ß stays ß. A letter that Unicode would turn into an ASCII one (ı, ſ) is kept, since two
 * names taken for one would be worse than one that is not found.
 */
function capitals(text: string): string {
  if (!CASED.test(text)) return text.toUpperCase();
  let result = '';
  for (let i = 0; i < text.length; i++) {
    const unit = text[i]!;
    const upper = unit.toUpperCase();
    result += upper.length === 1 && (unit < '\x80' || upper >= '\x80') ? upper : unit;
  }
  return result;
}

/**
 * A path of POSIX as its bytes, one character each: without the first `/`, which getfacl leaves out unless told not to, without `.` and without
 * doubled `/`.
 */
export function posixPath(bytes: string): string {
  const plain = bytes.startsWith('/') ? bytes.slice(1) : bytes;
  // Most paths are in order already.
  if (!/^[/.]|\/\/|\/\.(?:\/|$)|\/$/.test(plain)) return plain;
  return plain
    .split('/')
    .filter((name) => name !== '' && name !== '.')
    .join('/');
}

/** The bytes of a text, one character each. */
export function bytesText(text: string | Buffer): string {
  if (typeof text === 'string' && ASCII.test(text)) return text;
  return Buffer.from(text as string).toString('latin1');
}

/** What is left of a path below a folder: '' for the folder itself, null for a path that lies elsewhere. Both as made by one of the above. */
export function below(folder: string, path: string, separator: '/' | '\\'): string | null {
  if (folder === '') return path;
  if (!path.startsWith(folder)) return null;
  if (path.length === folder.length) return '';
  return path.startsWith(separator, folder.length) ? path.slice(folder.length + 1) : null;
}
