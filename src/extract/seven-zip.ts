/**
 * 7-Zip, compiled to WebAssembly, with a file system in memory: lists an archive, then unpacks it within a bound. It refuses to ask for anything,
 * prints nothing, and touches no disk.
 */
import type { SevenZipModuleFactory } from '7z-wasm';
import { memorySource } from '../container/memory-source.js';
import { readSevenZipLocks } from '../container/seven-zip-header.js';
import { limits } from '../limits.js';
import { FileProblem } from '../problem.js';

/** The part of its file system that is used (Emscripten's names). */
interface Files {
  mkdir(path: string): unknown;
  rmdir(path: string): void;
  readdir(path: string): string[];
  unlink(path: string): void;
  isDir(mode: number): boolean;
  lstat(path: string): { readonly mode: number; readonly mtime: Date };
  readFile(path: string): Uint8Array;
  writeFile(path: string, data: string): void;
  createDataFile(parent: string, name: string, data: Uint8Array, canRead: boolean, canWrite: boolean, canOwn: boolean): unknown;
  lookupPath(path: string): { readonly node: { readonly stream_ops: { write: WriteOperation } } };
}
type WriteOperation = (stream: unknown, buffer: unknown, offset: number, length: number, ...rest: unknown[]) => number;

/** One entry as 7-Zip lists it: the values of its technical listing by their names. */
export type Listed = ReadonlyMap<string, string>;

/** An archive that is open: made by `openArchive`, closed by `close`. */
export interface OpenArchive {
  /** Properties of the archive as a whole. */
  readonly archive: Listed;
  readonly entries: readonly Listed[];
  /** True when not all of the listing could be read. */
  readonly damaged: boolean;
  /** True when the password opens all that is encrypted. Slow by design: it unpacks. */
  opens(password: string): boolean;
  /** Unpacks all it can; errors are counted by `failed`, an entry that is beyond the bound throws FileProblem('too-large'). */
  unpack(password: string): { readonly failed: number };
  /** What was unpacked. */
  paths(): Iterable<string>;
  /** One unpacked file, which is then gone from memory. Null for one that is no file. */
  take(path: string): { readonly bytes: Buffer; readonly modifiedMs: number } | null;
  close(): void;
}

const IN = '/in';
const OUT = '/out';
const ARCHIVE = 'archive';
/** Of a listing, at most. */
const LINES_OF_ENTRY = 30;
/** An instance's memory never shrinks, so it is replaced now and then; making one takes about 30 ms. */
const USES_MAX = 20;

class Instance {
  readonly files: Files;
  uses = 0;
  /** Bytes that may still be written to its files. */
  room = 0;
  unpackedBytes = 0;
  overrun = false;
  broken = false;
  lines: string[] = [];
  errors: string[] = [];
  readonly #main: (args: string[]) => unknown;

  constructor(files: Files, main: (args: string[]) => unknown) {
    this.files = files;
    this.#main = main;
    files.mkdir(IN);
    files.mkdir(OUT);
    files.writeFile('/probe', '');
    // All files share these operations: here every byte that is unpacked passes, whatever the archive says of its sizes.
    const operations = files.lookupPath('/probe').node.stream_ops;
    const { write } = operations;
    operations.write = (stream, buffer, offset, length, ...rest) => {
      this.room -= length;
      if (this.room < 0) {
        this.overrun = true;
        throw new FileProblem('too-large', 'archive: unpacks to more than its bound');
      }
      return write(stream, buffer, offset, length, ...rest);
    };
  }

  /**
   * 7-Zip's exit code (0 well, 1 warning, 2 and more errors); 255 when it broke down: the instance is then not used again.
   * The module also notes the code as the process's own, where a worker's end does not ask for it.
   */
  run(args: readonly string[]): number {
    this.lines = [];
    this.errors = [];
    try {
      const code = this.#main([...args]);
      return typeof code === 'number' ? code : 0;
    } catch {
      this.broken = true;
      return 255;
    }
  }
}

let idle: Instance | null = null;

async function takeInstance(): Promise<Instance> {
  const kept = idle;
  idle = null;
  if (kept) return kept;
  let instance: Instance | null = null;
  const keep = (list: 'lines' | 'errors') => (line: string) => {
    if (instance && instance[list].length < limits.entriesMax * LINES_OF_ENTRY) instance[list].push(line);
  };
  // Loaded here, since most workers meet no archive. The package is CommonJS whose export is the function itself; its types speak of an ES module.
  const { default: startModule } = (await import('7z-wasm')) as unknown as { default: SevenZipModuleFactory };
  const module = await startModule({
    print: keep('lines'),
    printErr: keep('errors'),
    // End of input: nothing is ever asked.
    stdin: (() => null) as unknown as () => number,
    quit: (_code, status) => {
      throw status;
    },
  });
  instance = new Instance(module.FS as unknown as Files, (args) => module.callMain(args));
  return instance;
}

/**
 * Opens an archive that is in memory. Throws FileProblem('encrypted') when even its list of names needs a password and none of `passwords` fits,
 * 'damaged' when it is no archive that 7-Zip knows.
 */
export async function openArchive(bytes: Buffer, passwords: readonly string[]): Promise<OpenArchive> {
  const instance = await takeInstance();
  instance.uses++;
  instance.room = bytes.length;
  // Not copied: 7-Zip only reads it.
  instance.files.createDataFile(IN, ARCHIVE, bytes, true, false, true);
  const asks = (): boolean => wantsPassword(instance) || (instance.broken && hasLockedNames(bytes));
  const bytesMax = Math.min(limits.entryBytesMax, Math.max(limits.ratioFloorBytes, bytes.length * limits.ratioMax));
  try {
    let code = list(instance, '');
    for (const password of passwords) {
      if (code === 0 || !asks()) break;
      code = list(instance, password);
    }
    const listing = readListing(instance.lines);
    if (listing.entries.length === 0 && code !== 0) {
      throw asks() ? new FileProblem('encrypted', 'archive: names') : new FileProblem('damaged', 'archive: not readable');
    }
    return { ...listing, damaged: code !== 0, ...handle(instance, bytesMax) };
  } catch (error) {
    giveBack(instance);
    throw error;
  }
}

function list(instance: Instance, password: string): number {
  return instance.run(['l', '-slt', `-p${password}`, '-sccUTF-8', '--', `${IN}/${ARCHIVE}`]);
}

function wantsPassword(instance: Instance): boolean {
  return [...instance.errors, ...instance.lines].some((line) => /encrypted archive|Wrong password/.test(line));
}

/** What a wrong password makes of a 7z's list of names is noise, over which 7-Zip sometimes breaks down instead of saying so. */
function hasLockedNames(bytes: Buffer): boolean {
  try {
    return readSevenZipLocks(memorySource('', bytes)).headerEncrypted;
  } catch (error) {
    if (error instanceof FileProblem) return false;
    throw error;
  }
}

function handle(instance: Instance, bytesMax: number): Pick<OpenArchive, 'opens' | 'unpack' | 'paths' | 'take' | 'close'> {
  const { files } = instance;
  return {
    opens: (password) => instance.run(['t', `-p${password}`, '-bso0', '-bsp0', '--', `${IN}/${ARCHIVE}`]) === 0,
    unpack(password) {
      instance.room = bytesMax;
      const code = instance.run(['x', `-p${password}`, '-y', '-aou', '-bso0', '-bsp0', `-o${OUT}`, '--', `${IN}/${ARCHIVE}`]);
      if (instance.overrun) throw new FileProblem('too-large', `archive: unpacks to more than ${bytesMax} bytes`);
      instance.unpackedBytes += bytesMax - instance.room;
      const failed = instance.errors.filter((line) => /^ERROR: .+ : /.test(line)).length;
      return { failed: failed === 0 && code > 1 ? 1 : failed };
    },
    paths: () => pathsOf(files, OUT),
    take(path) {
      const full = `${OUT}/${path}`;
      const { mode, mtime } = files.lstat(full);
      // Regular files only (POSIX S_IFREG): a link would point out of the archive.
      const isFile = (mode & 0o170000) === 0o100000;
      const content = isFile ? files.readFile(full) : null;
      files.unlink(full);
      if (!content) return null;
      return { bytes: Buffer.from(content.buffer, content.byteOffset, content.byteLength), modifiedMs: mtime.getTime() };
    },
    close: () => giveBack(instance),
  };
}

function* pathsOf(files: Files, folder: string): Generator<string> {
  const pending = [''];
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    for (const name of files.readdir(at === '' ? folder : `${folder}/${at}`)) {
      if (name === '.' || name === '..') continue;
      const path = at === '' ? name : `${at}/${name}`;
      if (files.isDir(files.lstat(`${folder}/${path}`).mode)) pending.push(path);
      else yield path;
    }
  }
}

/** An instance that broke down or may have grown large is left to the garbage collector. */
function giveBack(instance: Instance): void {
  if (instance.broken || instance.overrun || instance.uses >= USES_MAX || instance.unpackedBytes > limits.ratioFloorBytes) return;
  try {
    instance.files.unlink(`${IN}/${ARCHIVE}`);
    empty(instance.files, OUT);
  } catch {
    return;
  }
  idle ??= instance;
}

function empty(files: Files, folder: string): void {
  const folders: string[] = [folder];
  for (let at = 0; at < folders.length; at++) {
    const parent = folders[at]!;
    for (const name of files.readdir(parent)) {
      if (name === '.' || name === '..') continue;
      const path = `${parent}/${name}`;
      if (files.isDir(files.lstat(path).mode)) folders.push(path);
      else files.unlink(path);
    }
  }
  for (let at = folders.length - 1; at > 0; at--) files.rmdir(folders[at]!);
}

/** The technical listing: the archive's own properties behind `--`, then a stretch of `Name = value` lines for each entry. */
function readListing(lines: readonly string[]): { archive: Listed; entries: Listed[] } {
  const archive = new Map<string, string>();
  const entries: Map<string, string>[] = [];
  let current: Map<string, string> | null = null;
  let inEntries = false;
  for (const line of lines) {
    if (line === '--') current = archive;
    else if (line.startsWith('----------')) {
      inEntries = true;
      current = null;
    } else if (line === '') current = null;
    else {
      const equals = line.indexOf(' = ');
      const [key, value] = equals > 0 ? [line.slice(0, equals), line.slice(equals + 3)] : [line.replace(/ =$/, ''), ''];
      if (inEntries && current === null) {
        current = new Map();
        entries.push(current);
      }
      current?.set(key, value);
    }
  }
  return { archive, entries };
}
