/**
 * A zip as an archive: each file in it is handed on to be examined like one that lies in a folder. Nothing is written to disk and no name is
 * used as a path. Entries that can't be opened are told together, by count.
 */
import { crc32 } from 'node:zlib';
import { memorySource } from '../container/memory-source.js';
import { openZip, type ZipDirectory, type ZipEntry } from '../container/zip.js';
import type { MemberBlock, Password, ProblemCode, Source } from '../model.js';
import type { ExtractContext, Extractor } from '../parts.js';
import { FileProblem } from '../problem.js';

/** Entries that could not be opened, by what was wrong with them. */
type Refused = Map<string, { readonly code: ProblemCode; entries: number }>;

/**
 * Tries of passwords that never opened anything in this archive: with 1,000 of them five entries are tried with all, then only with those
 * that fitted before. Each costs 1,000 rounds of a hash with AES, some 1 ms.
 */
const TRIES_MAX = 5000;

export const zipArchiveExtractor: Extractor = { id: 'zip', version: 2, formats: ['zip'], read };

function* read(source: Source, context: ExtractContext): Generator<MemberBlock> {
  const zip = openZip(source);
  if (zip.damage !== null) context.problem('damaged', zip.damage);
  const files = zip.entries.filter((entry) => !entry.name.endsWith('/'));
  const locked = files.filter((entry) => entry.encrypted).length;
  const refused: Refused = new Map();
  const passwords = new Passwords(context.passwords);
  let opened = 0;
  for (const entry of files) {
    const bytes = readOrRefuse(zip, entry, passwords, refused);
    if (!bytes) continue;
    opened++;
    // Not caught: past the budget nothing more is unpacked.
    context.unpacked(bytes.length);
    // An encrypted entry was proven by its cipher; AE-2 leaves the checksum out, because it would tell about the content.
    if (!entry.encrypted && crc32(bytes) !== entry.crc) context.problem('damaged', 'zip: an entry differs from its checksum');
    const base = entry.name.slice(entry.name.lastIndexOf('/') + 1);
    const lock = entry.encrypted ? { password: passwordOf(entry) } : {};
    yield { kind: 'member', name: entry.name, modifiedMs: entry.modifiedMs, source: memorySource(base, bytes), ...lock };
  }
  if (opened === 0 && locked > 0 && locked === files.length && [...refused.values()].every(({ code }) => code === 'encrypted'))
    throw new FileProblem('encrypted', `zip: all ${locked} entries`);
  for (const [message, { code, entries }] of refused) {
    context.problem(code, `${entries} of ${files.length} entries: ${message.slice(code.length + 2)}`);
  }
}

function passwordOf({ scheme }: ZipEntry): Password {
  return { state: scheme === 'zipcrypto' ? 'weak' : 'set', scheme };
}

function readOrRefuse(zip: ZipDirectory, entry: ZipEntry, passwords: Passwords, refused: Refused): Buffer | null {
  try {
    return (entry.encrypted ? passwords.open(zip, entry) : null) ?? zip.readEntry(entry);
  } catch (error) {
    if (!(error instanceof FileProblem)) throw error;
    const known = refused.get(error.message);
    if (known) known.entries++;
    else refused.set(error.message, { code: error.code, entries: 1 });
    return null;
  }
}

/** The passwords of one run, tried on one archive: entries of an archive mostly share one, so what fitted goes first. */
class Passwords {
  readonly #fitted: string[] = [];
  readonly #others: Set<string>;
  #triesLeft = TRIES_MAX;

  constructor(passwords: readonly string[]) {
    this.#others = new Set(passwords);
  }

  /** Null when none opens it. */
  open(zip: ZipDirectory, entry: ZipEntry): Buffer | null {
    for (const password of this.#fitted) {
      const bytes = zip.unlockEntry(entry, password);
      if (bytes) return bytes;
    }
    for (const password of this.#others) {
      if (this.#triesLeft-- <= 0) return null;
      const bytes = zip.unlockEntry(entry, password);
      if (!bytes) continue;
      this.#others.delete(password);
      this.#fitted.unshift(password);
      return bytes;
    }
    return null;
  }
}
