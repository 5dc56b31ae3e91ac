/** Whether a file is an inventory of ours, by its bytes alone: nothing is opened by SQLite, locked or written. No other database is ever put aside. */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { APPLICATION_ID } from './schema.js';

const MAGIC = 'SQLite format 3\0';
/** The default of SQLite, which no inventory was made without. */
const PAGE_BYTES = 4096;
/** The schema of an inventory is made with its first tables, and lies within the first thirty pages. */
const PAGES_MAX = 64;
const HEAD_BYTES = 100;
/** Of `PRAGMA application_id` in the head (SQLite file format, 1.3). */
const APPLICATION_AT = 68;
const TABLES = ['entry', 'outcome', 'content', 'person'];
const LEAF = 0x0d;
/** Of a cell of the schema: two lengths or numbers and the head of the record stand before its first text, each of a few bytes. */
const BEFORE_TEXT_MAX = 32;

/** By the head, or where that is lost, as hasLostItsHead says. False for what can't be read. */
export function isOurs(path: string): boolean {
  const start = startOf(path);
  if (start === null) return false;
  return hasMagic(start) ? start.readUInt32BE(APPLICATION_AT) === APPLICATION_ID : holdsOurSchema(start);
}

/**
 * Whether it is an inventory of ours whose first bytes were destroyed, which SQLite then takes for no database at all. Certain: whole pages, and on leaves of
 * the schema, at the places that their cells name (SQLite file format, 1.6 and 2.6), the records of our own tables. An inventory inside of another file
 * (an archive, an image of a disk) has its head with it.
 */
export function hasLostItsHead(path: string): boolean {
  const start = startOf(path);
  return start !== null && !hasMagic(start) && holdsOurSchema(start);
}

/** The first pages; null for what can't be read, and for what is too short to hold one. */
function startOf(path: string): Buffer | null {
  let fd: number;
  try {
    fd = openSync(path, 'r');
  } catch {
    return null;
  }
  try {
    const stat = fstatSync(fd);
    if (!stat.isFile() || stat.size < HEAD_BYTES) return null;
    const isWhole = stat.size % PAGE_BYTES === 0;
    const start = Buffer.alloc(isWhole ? Math.min(stat.size, PAGES_MAX * PAGE_BYTES) : HEAD_BYTES);
    return start.subarray(0, readSync(fd, start, 0, start.length, 0));
  } catch {
    return null;
  } finally {
    closeSync(fd);
  }
}

function hasMagic(bytes: Buffer, at = 0): boolean {
  return bytes.toString('latin1', at, at + MAGIC.length) === MAGIC;
}

function holdsOurSchema(start: Buffer): boolean {
  const found = new Set<string>();
  for (let at = 0; at + PAGE_BYTES <= start.length; at += PAGE_BYTES) {
    if (hasMagic(start, at)) return false;
    const page = start.subarray(at, at + PAGE_BYTES);
    // The head of the file stands before what else is on the first page.
    for (const table of tablesOn(page, at === 0 ? HEAD_BYTES : 0)) found.add(table);
  }
  return TABLES.every((table) => found.has(table));
}

/** Those of TABLES whose records are cells of a leaf: `table`, its name, the table's name, and then how it was made. */
function tablesOn(page: Buffer, head: number): string[] {
  if (page[head] !== LEAF) return [];
  const cells = page.readUInt16BE(head + 3);
  const first = head + 8;
  if (first + 2 * cells > page.length) return [];
  const tables: string[] = [];
  for (let at = first; at < first + 2 * cells; at += 2) {
    const cell = page.readUInt16BE(at);
    const text = page.toString('latin1', cell, Math.min(page.length, cell + 160));
    const table = TABLES.find((name) => {
      const record = text.indexOf(`table${name}${name}`);
      return record > 0 && record <= BEFORE_TEXT_MAX && text.includes(`CREATE TABLE ${name} (`, record);
    });
    if (table !== undefined) tables.push(table);
  }
  return tables;
}
