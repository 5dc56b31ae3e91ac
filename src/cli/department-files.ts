/** A CSV for each department, all of them or none: rows come in any order, so each file grows by pieces until the last row is there. */
import { createHash, type Hash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import type { Lang } from '../../detectors/contract.js';
import type { JudgedFile } from '../model.js';
import type { RunInfo } from '../parts.js';
import { Cp932 } from '../report/cp932.js';
import { csvHead, csvRow } from '../report/csv.js';
import { showText } from '../report/escape.js';
import type { ManifestFile } from '../report/manifest.js';
import { isReservedName } from '../walk/windows-path.js';
import { keepPrivate } from '../windows/private-file.js';
import { bookWords } from '../words/book.js';
import { removeIfThere, unwritable, writeAll } from './output.js';

/** Held in memory for each department, and for all of them. */
const PIECE_CHARS = 64 * 1024;
const HELD_CHARS_MAX = 16 * 1024 * 1024;
/** Most file systems end at 255 bytes; an ending and a number need their part. */
const NAME_BYTES_MAX = 180;

interface Part {
  readonly department: string;
  readonly name: string;
  readonly temporary: string;
  readonly hash: Hash;
  readonly encoder: Cp932 | null;
  pending: string[];
  pendingChars: number;
  sizeBytes: number;
  files: number;
  members: number;
}

export class DepartmentFiles {
  private readonly parts = new Map<string, Part>();
  private readonly taken = new Set<string>(['manifest']);
  private heldChars = 0;

  constructor(
    private readonly folder: string,
    private readonly encoding: 'utf-8' | 'cp932',
    private readonly lang: Lang,
  ) {}

  /**
   * Writes all rows, and gives the files in the order of their first rows.
   * @throws UsageError when a file can't be written; then none is left
   */
  write(files: Iterable<JudgedFile>, run: RunInfo): ManifestFile[] {
    try {
      for (const file of files) this.add(file, run);
      const written = [...this.parts.values()].map((part) => this.end(part));
      for (const { name, temporary } of this.parts.values()) renameSync(temporary, join(this.folder, name));
      return written;
    } catch (error) {
      for (const { temporary } of this.parts.values()) removeIfThere(temporary);
      throw unwritable(this.folder, error);
    }
  }

  private add(file: JudgedFile, run: RunInfo): void {
    const part = this.partOf(file.department ?? '', run);
    if (file.member === null) part.files++;
    else part.members++;
    this.push(part, csvRow(file, this.lang));
    if (part.pendingChars >= PIECE_CHARS) this.flush(part);
    else if (this.heldChars >= HELD_CHARS_MAX) for (const one of this.parts.values()) this.flush(one);
  }

  private partOf(department: string, run: RunInfo): Part {
    const known = this.parts.get(department);
    if (known) return known;
    const name = `${this.freeName(department === '' ? bookWords(this.lang).noDepartment : department)}.csv`;
    const temporary = join(this.folder, `${name}.${process.pid}.tmp`);
    closeSync(openSync(temporary, 'wx', 0o600));
    keepPrivate(temporary);
    const encoder = this.encoding === 'cp932' ? new Cp932() : null;
    const counts = { pendingChars: 0, sizeBytes: 0, files: 0, members: 0 };
    const part: Part = { department, name, temporary, hash: createHash('sha256'), encoder, pending: [], ...counts };
    this.parts.set(department, part);
    this.push(part, csvHead(run, this.lang));
    return part;
  }

  private push(part: Part, text: string): void {
    part.pending.push(text);
    part.pendingChars += text.length;
    this.heldChars += text.length;
  }

  /** Opened for each piece: a share may have more departments than a process may have open files. */
  private flush(part: Part): void {
    if (part.pendingChars === 0) return;
    const text = part.pending.join('');
    const bytes = part.encoder ? Buffer.concat([...part.encoder.encode([text])]) : Buffer.from(text);
    this.heldChars -= part.pendingChars;
    part.pending = [];
    part.pendingChars = 0;
    part.hash.update(bytes);
    part.sizeBytes += bytes.length;
    const fd = openSync(part.temporary, 'a');
    writeAll(fd, bytes);
    closeSync(fd);
  }

  private end(part: Part): ManifestFile {
    this.flush(part);
    const fd = openSync(part.temporary, 'a');
    fsyncSync(fd);
    closeSync(fd);
    const { name, department, files, members, encoder, sizeBytes, hash } = part;
    const rows = { files, members };
    const replaced = encoder ? { replacedChars: encoder.replaced } : {};
    const { encoding, lang } = this;
    return { name, form: 'csv-by-department', encoding, lang, department, rows, ...replaced, sizeBytes, sha256: hash.digest('hex') };
  }

  /** A name that every system takes, like that of the department, each once whatever the case of its letters. */
  private freeName(department: string): string {
    const shown = showText(department.normalize('NFC')).replace(/[<>:"/\\|?*{}]/g, '_');
    let base = shown.replace(/[. ]+$/u, '').replace(/^[. ]+/u, '') || '_';
    while (Buffer.byteLength(base) > NAME_BYTES_MAX) base = [...base].slice(0, -1).join('');
    if (isReservedName(base)) base = `_${base}`;
    for (let number = 1; ; number++) {
      const name = number === 1 ? base : `${base}-${number}`;
      if (this.taken.has(name.toLowerCase())) continue;
      this.taken.add(name.toLowerCase());
      return name;
    }
  }
}
