/**
 * Which entries of the walk are wanted: include and exclude patterns in fast-glob's syntax, and the snapshots that are left out by default.
 * It counts what it leaves out, and never touches the disk but to expand glob characters in the roots of a command line.
 */
import { existsSync } from 'node:fs';
import fastGlob from 'fast-glob';
import micromatch from 'micromatch';
import { NOT_INCLUDED } from '../model.js';
import { UsageError } from '../problem.js';
import { showKey } from './name.js';

/** micromatch refuses longer patterns only at 65,536; nobody writes one of this length by hand. */
const PATTERN_CHARS_MAX = 4096;

/** Says what to walk. Each method counts what it refuses under the pattern that refused it; folders under a key that ends in '/'. */
export interface Chooser {
  /** Whether a folder is entered. `path` is its key path below the root. */
  entersFolder(path: string): boolean;
  /** Whether a file, link or special file is listed. */
  listsFile(path: string): boolean;
}

type Matcher = (path: string) => boolean;

interface Exclusion {
  readonly pattern: string;
  /** Fits a file, link or special file. Null for a pattern that means folders alone. */
  readonly file: Matcher | null;
  readonly folder: Matcher;
  readonly folderKey: string;
}

interface Inclusion {
  readonly file: Matcher;
  /** Fits a folder that may hold a file that fits. */
  readonly mayHold: Matcher;
}

/** Patterns on paths below a folder above the root: `way` is the key path from that folder down to the root, '' for the root itself. */
export interface PatternsAbove {
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly way: string;
}

/**
 * Builds the chooser. `counts` receives the number of entries left out, by pattern. `above` stands beside the others: what fits any of them is left out or
 * taken in.
 * @throws UsageError for a pattern that is empty, absolute, climbs out (`..`), or can't be compiled.
 */
export function createChooser(
  include: readonly string[],
  exclude: readonly string[],
  counts: Map<string, number>,
  above?: PatternsAbove,
): Chooser {
  const own = sortedOut(include, exclude);
  const more = above ? fromAbove(sortedOut(above.include, above.exclude), matchable(above.way)) : NOTHING;
  const exclusions = [...more.exclusions, ...own.exclusions];
  const inclusions = [...more.inclusions, ...own.inclusions];
  const count = (key: string): false => {
    counts.set(key, (counts.get(key) ?? 0) + 1);
    return false;
  };
  return {
    entersFolder(path) {
      const left = snapshotPattern(path);
      if (left !== null) return count(left);
      if (exclusions.length === 0 && inclusions.length === 0) return true;
      const shown = matchable(path);
      for (const exclusion of exclusions) if (exclusion.folder(shown)) return count(exclusion.folderKey);
      if (inclusions.length > 0 && !inclusions.some((inclusion) => inclusion.mayHold(shown))) return count(`${NOT_INCLUDED}/`);
      return true;
    },
    listsFile(path) {
      if (exclusions.length === 0 && inclusions.length === 0) return true;
      const shown = matchable(path);
      for (const exclusion of exclusions) if (exclusion.file?.(shown)) return count(exclusion.pattern);
      if (inclusions.length > 0 && !inclusions.some((inclusion) => inclusion.file(shown))) return count(NOT_INCLUDED);
      return true;
    },
  };
}

interface SortedPatterns {
  readonly exclusions: readonly Exclusion[];
  readonly inclusions: readonly Inclusion[];
}

const NOTHING: SortedPatterns = { exclusions: [], inclusions: [] };

function sortedOut(include: readonly string[], exclude: readonly string[]): SortedPatterns {
  const negative = include.filter(isNegative).map((pattern) => pattern.slice(1));
  return {
    exclusions: [...exclude, ...negative].map(exclusionOf),
    inclusions: include.filter((pattern) => !isNegative(pattern)).map(inclusionOf),
  };
}

/** The same for paths that begin further down. */
function fromAbove({ exclusions, inclusions }: SortedPatterns, way: string): SortedPatterns {
  if (way === '') return { exclusions, inclusions };
  const below =
    (fits: Matcher): Matcher =>
    (path) =>
      fits(`${way}/${path}`);
  return {
    exclusions: exclusions.map((one) => ({ ...one, file: one.file && below(one.file), folder: below(one.folder) })),
    inclusions: inclusions.map((one) => ({ file: below(one.file), mayHold: below(one.mayHold) })),
  };
}

/**
 * The roots of a command line: an argument that names nothing but holds glob characters stands for all that it matches (Windows shells
 * hand them on as they are). An argument that exists is taken literally, brackets and all.
 * @throws UsageError when a pattern matches nothing.
 */
export function expandRoots(args: readonly string[]): string[] {
  return args.flatMap((arg) => {
    const pattern = process.platform === 'win32' ? arg.replaceAll('\\', '/') : arg;
    if (existsSync(arg) || !fastGlob.isDynamicPattern(pattern)) return [arg];
    let found: string[];
    try {
      found = fastGlob.sync(pattern, {
        onlyFiles: false,
        dot: true,
        followSymbolicLinks: false,
        caseSensitiveMatch: process.platform !== 'win32',
      });
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : 'bad pattern';
      throw new UsageError({ ja: `${arg}: この形では探せません（${code}）`, en: `${arg}: cannot be expanded (${code})` });
    }
    if (found.length === 0)
      throw new UsageError({ ja: `${arg}: 合うファイルもフォルダーもありません`, en: `${arg}: matches no file or folder` });
    return found.sort();
  });
}

// Snapshots are copies that nobody can clean up by hand: Linux NAS and NetApp (.snapshot, ~snapshot), ZFS, and the previous versions of SMB
// (MS-SMB2 2.2.32.2: @GMT-YYYY.MM.DD-HH.MM.SS). System Volume Information holds those of Windows.
const SNAPSHOT_NAMES = new Map([
  ['.snapshot', '**/.snapshot/'],
  ['~snapshot', '**/~snapshot/'],
  ['System Volume Information', '**/System Volume Information/'],
]);

function snapshotPattern(path: string): string | null {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const fixed = SNAPSHOT_NAMES.get(name);
  if (fixed !== undefined) return fixed;
  if (name.startsWith('@GMT-')) return '**/@GMT-*/';
  return name === 'snapshot' && (path === '.zfs/snapshot' || path.endsWith('/.zfs/snapshot')) ? '**/.zfs/snapshot/' : null;
}

/** `!x` as in fast-glob; `!(x)` is an extended glob. */
function isNegative(pattern: string): boolean {
  return pattern.startsWith('!') && !pattern.startsWith('!(');
}

/** The pattern of the folder itself, when the pattern means what a folder holds. */
function bareOf(pattern: string): string {
  return pattern.replace(/^\.\//, '').replace(/\/(?:\*\*)?$/, '');
}

function exclusionOf(pattern: string): Exclusion {
  const bare = bareOf(pattern);
  const foldersAlone = pattern.endsWith('/');
  // `x/**` takes the folder x itself, which spares reading it; a bare `**` takes whatever the root holds.
  const folder = compile(bare, pattern);
  return { pattern, file: foldersAlone ? null : compile(pattern.replace(/^\.\//, ''), pattern), folder, folderKey: `${bare}/` };
}

function inclusionOf(pattern: string): Inclusion {
  const bare = bareOf(pattern);
  const itself = compile(bare, pattern);
  const below = compile(`${bare}/**`, pattern);
  // Escapes stay in the base, so a pattern with one is not narrowed.
  const base = bare.includes('\\') ? '' : micromatch.scan(bare.normalize('NFC')).base;
  // A pattern that names a folder takes what lies in it; without a glob character the whole pattern is the base.
  return {
    file: pattern.endsWith(`${bare}`) ? (path) => itself(path) || below(path) : below,
    mayHold: (folder) => mayHold(folder, base),
  };
}

function compile(pattern: string, original: string): Matcher {
  const refuse = (ja: string, en: string): never => {
    throw new UsageError({ ja: `パターン ${JSON.stringify(original)}: ${ja}`, en: `pattern ${JSON.stringify(original)}: ${en}` });
  };
  if (pattern === '') refuse('空です', 'is empty');
  if (isNegative(pattern)) refuse('先頭の ! は --include（include）だけで使えます', 'a ! in front is for include patterns alone');
  if (pattern.length > PATTERN_CHARS_MAX)
    refuse(`長すぎます（${PATTERN_CHARS_MAX}文字まで）`, `is longer than ${PATTERN_CHARS_MAX} characters`);
  if (pattern.startsWith('/') || pattern.split('/').some((part) => part === '..' || part === '.'))
    refuse(
      '見回るフォルダーから下の場所で書いてください（先頭の / や、. と .. は使えません）',
      'must be relative to the root, without . and ..',
    );
  try {
    // strictBrackets: an unclosed bracket is a slip of the pen, which would otherwise match nothing without a word.
    return micromatch.matcher(withoutLineEnds(pattern).normalize('NFC'), {
      dot: true,
      nocase: process.platform === 'win32',
      strictBrackets: true,
    });
  } catch (error) {
    return refuse('括弧などの書き方に誤りがあります', error instanceof Error ? error.message : 'cannot be compiled');
  }
}

/** Patterns are held against what is shown: names that are no Unicode are decoded, and names written by a Mac (NFD) are composed. */
function matchable(path: string): string {
  return withoutLineEnds(showKey(path)).normalize('NFC');
}

/** A glob's `**` stops at line ends, which a name on POSIX may hold: they are held against patterns as a letter that no name has. */
const withoutLineEnds = (text: string) => text.replace(/[\n\r\u2028\u2029]/g, '\uffff');

/** `base`: the names before the first glob character. No folder outside of them can hold a file that fits. */
function mayHold(folder: string, base: string): boolean {
  if (base === '' || base === '.') return true;
  if (process.platform === 'win32') return mayHoldExactly(folder.toLowerCase(), base.toLowerCase());
  return mayHoldExactly(folder, base);
}

function mayHoldExactly(folder: string, base: string): boolean {
  return folder === base || base.startsWith(`${folder}/`) || folder.startsWith(`${base}/`);
}
