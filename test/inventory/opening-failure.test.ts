/** What is told of an inventory that can't be used: by the codes of libsql and the words of node:sqlite. */
import { expect, it } from 'vitest';
import { inventoryTrouble, isDamageMet, openingFailure } from '../../src/inventory/opening-failure.js';

const failure = (code: string, message = '') => Object.assign(new Error(message), { code });

it.each([
  ['SQLITE_FULL', '', 'its disk is full', 'inventoryDiskFull'],
  ['ERR_SQLITE_ERROR', 'database or disk is full', 'its disk is full', 'inventoryDiskFull'],
  // No room for the shared memory of the log, which a command that only reads makes too.
  ['SQLITE_IOERR_SHMSIZE', 'disk I/O error', 'its disk is full', 'inventoryDiskFull'],
  ['SQLITE_IOERR_WRITE', 'disk I/O error', "its disk can't be read or written (SQLITE_IOERR_WRITE)", 'inventoryUnreadable'],
  ['ERR_SQLITE_ERROR', 'disk I/O error', "its disk can't be read or written", 'inventoryUnreadable'],
  ['SQLITE_CORRUPT', 'database disk image is malformed', 'not an inventory of mimawari, or damaged', 'damagedInventory'],
  ['ERR_SQLITE_ERROR', 'database disk image is malformed', 'not an inventory of mimawari, or damaged', 'damagedInventory'],
  ['SQLITE_NOTADB', 'file is not a database', 'not an inventory of mimawari, or damaged', 'damagedInventory'],
  ['EACCES', '', "can't be opened or made", null],
  ['ENOSPC', '', 'its disk is full', null],
])('%s "%s"', (code, message, words, trouble) => {
  const error = failure(code, message);
  // On a disk with room: what only may be a full disk is not called one.
  expect(openingFailure(error, '/i.db').en).toContain(words);
  expect(inventoryTrouble(error, '/i.db')).toBe(trouble);
  expect(isDamageMet(error)).toBe(trouble === 'damagedInventory');
});

it('takes the words of no other error for those of the library', () => {
  expect(isDamageMet(new Error('malformed list'))).toBe(false);
  expect(inventoryTrouble(new Error('disk is full'), null)).toBeNull();
});
