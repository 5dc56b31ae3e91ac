/**
 * A path as one word of a command line that a person will copy: whatever its name is, it can neither end the word nor steer the terminal that
 * shows it. It quotes; it runs nothing.
 */
import { showText } from './escape.js';

/**
 * For shells of Unix. Names that can be shown as they are stand in single quotes, where nothing but a single quote has a meaning (POSIX.1-2017, 2.2.2);
 * others as `$'…'` with octal bytes (POSIX.1-2024, 2.2.4; bash, zsh, ksh, busybox).
 */
export function quoteSh(path: string | Buffer): string {
  const text = typeof path === 'string' ? path : path.toString('utf8');
  const isPlain = (typeof path === 'string' || Buffer.from(text).equals(path)) && showText(text) === text;
  if (isPlain) return `'${text.replaceAll("'", "'\\''")}'`;
  const bytes = typeof path === 'string' ? Buffer.from(path) : path;
  const word = Array.from(bytes, (byte) => {
    const char = String.fromCharCode(byte);
    return /[A-Za-z0-9/._-]/u.test(char) ? char : `\\${byte.toString(8).padStart(3, '0')}`;
  });
  return `$'${word.join('')}'`;
}

/** PowerShell takes these for single quotes too (about_Quoting_Rules; CharTraits.IsSingleQuote in its source). */
const SINGLE_QUOTES = /['\u2018\u2019\u201a\u201b]/gu;

/** For PowerShell, where in single quotes nothing but such a quote has a meaning. What can't be shown is put together from code units. */
export function quotePowerShell(text: string): string {
  const quoted = (part: string): string => `'${part.replace(SINGLE_QUOTES, '$&$&')}'`;
  if (showText(text) === text) return quoted(text);
  const parts = text.split(/([^\x20-\x7e]+)/u).filter((part) => part !== '');
  const words = parts.map((part) =>
    /^[\x20-\x7e]/u.test(part)
      ? quoted(part)
      : Array.from({ length: part.length }, (_, at) => `[char]0x${part.charCodeAt(at).toString(16)}`).join('+'),
  );
  // A text first, so that `+` joins texts instead of adding numbers.
  return `(''+${words.join('+')})`;
}
