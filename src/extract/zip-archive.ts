/**
 * A zip as an archive: each file in it is handed on to be examined like one that lies in a folder. Nothing is written to disk and no name is
 * used as a path. An entry that can't be opened is handed on too, as a member that tells why.
 */
import { crc32 } from 'node:zlib';
import { closedSource, memorySource } from '../container/memory-source.js';
import { openZip, type ZipDirectory, type ZipEntry } from '../container/zip.js';
import type { Block, MemberBlock, Password, Source } from '../model.js';
import type { ExtractContext, Extractor } from '../parts.js';
import { FileProblem } from '../problem.js';
import { MemberNames } from './member-names.js';
import { zipComment } from './zip-comment.js';

/**
 * Tries of passwords that never opened anything in this archive: with 1,000 of them five entries are tried with all, then only with those
 * that fitted before. Each costs 1,000 rounds of a hash with AES, some 1 ms.
 */
const TRIES_MAX = 5000;

export const zipArchiveExtractor: Extractor = { id: 'zip', version: 4, formats: ['zip'], read };

function* read(source: Source, context: ExtractContext): Generator<Block | MemberBlock> {
  const zip = openZip(source);
  if (zip.damage !== null) context.problem('damaged', zip.damage);
  const files = zip.entries.filter((entry) => !entry.name.endsWith('/'));
  const locked = files.filter((entry) => entry.encrypted).length;
  const names = new MemberNames();
  const passwords = new Passwords(context.passwords);
  const all = locked > 0 && locked === files.length;
  // Held back as long as nothing else has come: an archive that is locked as a whole is told as one.
  let held: MemberBlock[] | null = all ? [] : null;
  for (const entry of files) {
    const bytes = readOrRefuse(zip, entry, passwords);
    // Not caught: past the budget nothing more is unpacked.
    if (!(bytes instanceof FileProblem)) context.unpacked(bytes.length);
    const member = memberOf(entry, names.unique(entry.name), bytes);
    if (held !== null && bytes instanceof FileProblem && bytes.code === 'encrypted') {
      held.push(member);
      continue;
    }
    yield* held ?? [];
    held = null;
    yield member;
  }
  if (held !== null) throw new FileProblem('encrypted', `zip: all ${locked} entries`);
  const comment = zipComment(source);
  if (comment !== '') yield { kind: 'text', where: { part: 'comment' }, text: comment };
}

function memberOf(entry: ZipEntry, name: string, bytes: Buffer | FileProblem): MemberBlock {
  const base = name.slice(name.lastIndexOf('/') + 1);
  const lock = entry.encrypted ? { password: passwordOf(entry) } : {};
  const block = { kind: 'member', name, modifiedMs: entry.modifiedMs, ...lock } as const;
  if (bytes instanceof FileProblem) return { ...block, source: closedSource(base, entry.unpackedBytes, bytes) };
  // An encrypted entry was proven by its cipher; AE-2 leaves the checksum out, because it would tell about the content.
  const differs = !entry.encrypted && crc32(bytes) !== entry.crc;
  const problem = differs ? { problem: { code: 'damaged', detail: 'zip: differs from its checksum' } as const } : {};
  return { ...block, ...problem, source: memorySource(base, bytes) };
}

function passwordOf({ scheme }: ZipEntry): Password {
  return { state: scheme === 'zipcrypto' ? 'weak' : 'set', scheme };
}

function readOrRefuse(zip: ZipDirectory, entry: ZipEntry, passwords: Passwords): Buffer | FileProblem {
  try {
    return (entry.encrypted ? passwords.open(zip, entry) : null) ?? zip.readEntry(entry);
  } catch (error) {
    if (error instanceof FileProblem) return error;
    throw error;
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
