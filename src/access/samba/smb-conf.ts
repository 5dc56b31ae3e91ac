/**
 * smb.conf(5) as text: sections and parameters with one name each. It also reads what `testparm -s` prints, which has the same form. What a
 * parameter means is smb-shares.ts.
 */

/** By canonical name: lower case, without spaces. */
export type Parameters = ReadonlyMap<string, string>;

export interface SmbConf {
  /** Its service parameters are the defaults of all shares. */
  readonly global: Parameters;
  readonly shares: readonly { readonly name: string; readonly parameters: Parameters }[];
  /** Why there may be more shares or other values than these; null when all was followed. */
  readonly doubt: string | null;
}

export interface ConfFiles {
  /** Null where there is no such file; throws when it can't be read. */
  read(path: string): string | null;
  /** Whether a file of this name is there, `%` and a letter standing for any text. */
  isAny(pattern: string): boolean;
}

/** Includes in includes, and lines of one file with all it includes. */
const DEPTH_MAX = 16;
const LINES_MAX = 1_000_000;

/** Synonyms of smb.conf(5) among the parameters that are asked for. */
const SYNONYMS: Readonly<Record<string, string>> = {
  public: 'guestok',
  onlyguest: 'guestonly',
  directory: 'path',
  group: 'forcegroup',
  vfsobject: 'vfsobjects',
  printok: 'printable',
};

/** @param path of the text, for includes without a folder. Throws what `files.read` throws. */
export function parseSmbConf(text: string, path: string, files: ConfFiles): SmbConf {
  const parser = new Parser(files);
  parser.file(text, path, 0);
  return parser.conf();
}

export function parameterName(written: string): string {
  const name = written.toLowerCase().replace(/\s+/g, '');
  return SYNONYMS[name] ?? name;
}

/** Null for a text that is neither. */
export function truthOf(value: string): boolean | null {
  if (/^(?:yes|true|on|1)$/i.test(value)) return true;
  return /^(?:no|false|off|0)$/i.test(value) ? false : null;
}

class Parser {
  private readonly global = new Map<string, string>();
  private readonly shares = new Map<string, { name: string; parameters: Map<string, string> }>();
  /** An include is text in its place: what follows it belongs to the section that it ended in. */
  private section: Map<string, string> = this.global;
  private doubt: string | null = null;
  private lines = 0;

  constructor(private readonly files: ConfFiles) {}

  conf(): SmbConf {
    return { global: this.global, shares: [...this.shares.values()], doubt: this.doubt };
  }

  file(text: string, path: string, depth: number): void {
    let held = '';
    for (const line of text.replace(/^\ufeff/, '').split(/\r?\n/)) {
      if (++this.lines > LINES_MAX) {
        this.doubt ??= 'smb.conf has too many lines';
        return;
      }
      const trimmed = line.trim();
      // A comment ends with its line, whatever stands at its end.
      if (held === '' && /^[#;]/.test(trimmed)) continue;
      if (trimmed.endsWith('\\')) {
        held += `${trimmed.slice(0, -1)} `;
        continue;
      }
      this.line(`${held}${trimmed}`.trim(), path, depth);
      held = '';
    }
    this.line(held.trim(), path, depth);
  }

  private line(line: string, path: string, depth: number): void {
    const header = /^\[([^\]]*)\]/.exec(line);
    if (header !== null) this.section = this.sectionOf(header[1]!.trim());
    else if (line !== '') this.parameter(line, path, depth);
  }

  private sectionOf(name: string): Map<string, string> {
    const key = name.toLowerCase();
    if (key === 'global' || key === 'globals') return this.global;
    let share = this.shares.get(key);
    if (share === undefined) {
      share = { name, parameters: new Map() };
      this.shares.set(key, share);
    }
    return share.parameters;
  }

  private parameter(line: string, path: string, depth: number): void {
    const equals = line.indexOf('=');
    if (equals < 0) return;
    const name = parameterName(line.slice(0, equals));
    const value = line.slice(equals + 1).trim();
    if (name === 'include') this.include(unquoted(value), path, depth);
    else if (name === 'copy') for (const [key, copied] of this.sectionOf(unquoted(value))) this.section.set(key, copied);
    else if (name === 'configbackend' && /registry/i.test(value)) this.doubt ??= 'its settings are in the registry of Samba';
    else this.section.set(name, value);
  }

  private include(value: string, path: string, depth: number): void {
    if (/^registry$/i.test(value)) this.doubt ??= 'its settings are in the registry of Samba';
    // Another file for each client or user: what none of them is there for changes nothing.
    else if (value.includes('%')) {
      if (this.files.isAny(value)) this.doubt ??= 'smb.conf includes other settings for each client';
    } else if (depth >= DEPTH_MAX) this.doubt ??= 'smb.conf includes too many files in each other';
    else {
      const target = value.startsWith('/') ? value : `${path.slice(0, path.lastIndexOf('/') + 1)}${value}`;
      const text = this.files.read(target);
      if (text !== null) this.file(text, target, depth + 1);
    }
  }
}

/** The value of a parameter that is one text; one that is a list has quotes around its items. */
export function unquoted(value: string): string {
  return /^"[^"]*"$/.test(value) ? value.slice(1, -1) : value;
}
