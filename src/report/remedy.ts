/** The commands that would close a file, each behind a backup of the present state, for a person to read and run. */
import { createHash } from 'node:crypto';
import type { Remedy } from '../parts.js';
import { quotePowerShell, quoteSh } from './shell.js';

export interface RemedyText {
  /** Lines that belong together: the later ones run only when the backup was written. */
  readonly commands: readonly string[];
  /** Puts the backed-up state back. */
  readonly restore: string;
}

/** @param stamp distinguishes the backup's name from earlier ones: digits and `-` alone. */
export function remedyText(remedy: Remedy, stamp: string): RemedyText {
  // Two files that are closed within one second must not write over each other's backup.
  const own = `${stamp}-${createHash('sha256').update(remedy.path).digest('hex').slice(0, 8)}`;
  return remedy.tool === 'posix' ? posixText(remedy, own) : icaclsText(remedy, own);
}

/** The backup lies in the home of whoever runs it, never on the share. `--` ends the options, whatever the path begins with. */
function posixText({ target, path, commands }: Remedy, stamp: string): RemedyText {
  const backup = `~/mimawari-${stamp}.facl`;
  const word = quoteSh(path);
  const lines = [
    // In a list with absolute names (-p) the state can be put back from anywhere.
    `(umask 077; getfacl ${target === 'folder' ? '-R ' : ''}-p -- ${word} > ${backup})`,
    ...commands.map(([tool, ...args]) => `${[tool, ...args].join(' ')} -- ${word}`),
  ];
  return { commands: lines.map((line, i) => (i < lines.length - 1 ? `${line} &&` : line)), restore: `setfacl --restore=- < ${backup}` };
}

/** icacls saves names without their folder, so that the folder is named to put them back. `/t`: with all that lies below. */
function icaclsText({ target, path, commands }: Remedy, stamp: string): RemedyText {
  const text = typeof path === 'string' ? path : path.toString('utf8');
  const backup = `"$HOME\\mimawari-${stamp}.acl"`;
  const word = quotePowerShell(text);
  const lines = [
    `icacls ${word} /save ${backup}${target === 'folder' ? ' /t' : ''}`,
    ...commands.map(([tool, ...args]) => `if ($?) { ${[tool, word, ...args.map(argument)].join(' ')} }`),
  ];
  const above = text.replace(/[\\/][^\\/]*$/u, '');
  return { commands: lines, restore: `icacls ${quotePowerShell(/^[A-Za-z]:$/u.test(above) ? `${above}\\` : above)} /restore ${backup}` };
}

/** `*S-1-5-18:(F)` has characters of PowerShell's own. */
function argument(text: string): string {
  return text.startsWith('/') ? text : `'${text}'`;
}
