/**
 * Which settings the smbds that run on this host were started with, by /proc: one started with others than those that were read serves shares that
 * nobody here knows. It starts nothing and asks no smbd.
 */
import { readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs';
import { join } from 'node:path';

export interface RunningSmbd {
  /** As a message shows it: the path of its settings, or of the program where only that knows them. */
  readonly shown: string;
  /** Where they can be read; null where they can't, or where their paths are not those of this host (a container). */
  readonly conf: string | null;
}

/** Samba's default in a build from source (dynconfig) by the folder of the program; distributions have it under /etc. */
const DEFAULTS: readonly (readonly [program: RegExp, conf: string])[] = [
  [/^\/usr\/local\/samba\/s?bin\/smbd$/, '/usr/local/samba/etc/smb.conf'],
  [/^\/usr\/local\/s?bin\/smbd$/, '/usr/local/etc/smb.conf'],
];
const SYSTEM_PROGRAM = /^\/(?:usr\/)?s?bin\/smbd$/;

/**
 * Those started with other settings than the file `read` (null: none was); those of one file are told once.
 * @param systemConf the default of the program that the system's packages bring.
 */
export function otherSmbds(read: string | null, systemConf: string, proc = '/proc'): RunningSmbd[] {
  const others = new Map<string, RunningSmbd>();
  for (const pid of numbersIn(proc)) {
    const process = join(proc, pid);
    if (!isMainSmbd(process, proc)) continue;
    const { conf, program } = startedWith(process, systemConf);
    if (conf === null) {
      others.set(program, { shown: program, conf: null });
      continue;
    }
    const within = join(process, 'root', conf);
    const id = idOf(within);
    const isSame = read !== null && (id === null ? conf === read : id === idOf(read));
    if (!isSame) others.set(conf, { shown: conf, conf: isOfThisHost(process, proc) || (id !== null && id === idOf(conf)) ? conf : null });
  }
  return [...others.values()];
}

/** smbd works in children of the one that was started, some of which show no arguments. */
function isMainSmbd(process: string, proc: string): boolean {
  const own = textOf(join(process, 'stat'));
  const parent = /\) \S (\d+) /.exec(own)?.[1];
  return /^\d+ \(smbd\)/.test(own) && (parent === undefined || !/^\d+ \(smbd\)/.test(textOf(join(proc, parent, 'stat'))));
}

/** `-s FILE`, `-sFILE`, `--configfile=FILE`; else SMB_CONF_PATH of its environment, which root alone may see; else the default of its build. */
function startedWith(process: string, systemConf: string): { conf: string | null; program: string } {
  const words = textOf(join(process, 'cmdline')).split('\0');
  const program = linkOf(join(process, 'exe'))?.replace(/ \(deleted\)$/, '') ?? words[0] ?? 'smbd';
  const variable = textOf(join(process, 'environ'))
    .split('\0')
    .find((one) => one.startsWith('SMB_CONF_PATH='));
  const said = argumentOf(words) ?? variable?.slice('SMB_CONF_PATH='.length) ?? '';
  if (said.startsWith('/')) return { conf: said, program };
  if (said !== '') {
    const folder = linkOf(join(process, 'cwd'));
    return { conf: folder === null ? null : join(folder, said), program };
  }
  const own = DEFAULTS.find(([pattern]) => pattern.test(program))?.[1];
  return { conf: own ?? (SYSTEM_PROGRAM.test(program) || !program.startsWith('/') ? systemConf : null), program };
}

function argumentOf(words: readonly string[]): string | null {
  for (const [at, word] of words.entries()) {
    if (/^(?:-\w*s|--configfile)$/.test(word)) return words[at + 1] ?? null;
    const joined = /^(?:-s=?|--configfile=)(.+)$/s.exec(word)?.[1];
    if (joined !== undefined) return joined;
  }
  return null;
}

function isOfThisHost(process: string, proc: string): boolean {
  const own = linkOf(join(proc, 'self', 'ns', 'mnt'));
  const its = linkOf(join(process, 'ns', 'mnt'));
  return its === null || its === own;
}

function numbersIn(proc: string): string[] {
  try {
    return readdirSync(proc).filter((name) => /^\d+$/.test(name));
  } catch {
    return [];
  }
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}

function linkOf(path: string): string | null {
  try {
    return readlinkSync(path);
  } catch {
    return null;
  }
}

function idOf(path: string): string | null {
  try {
    const { dev, ino } = statSync(path);
    return `${dev}:${ino}`;
  } catch {
    return null;
  }
}
