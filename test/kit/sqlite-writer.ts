/** Has the library itself write a SQLite database for tests. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase, type Value } from '../../src/inventory/database.js';

/** `rows`: an INSERT statement to the values it is run with. */
export function writeSqlite(sql: string, rows: Readonly<Record<string, readonly (readonly Value[])[]>> = {}): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'mimawari-sqlite-'));
  try {
    const path = join(folder, 'x.db');
    const db = openDatabase(path);
    db.exec(sql);
    for (const [insert, values] of Object.entries(rows)) {
      const statement = db.prepare(insert);
      db.exec('begin');
      for (const value of values) statement.run(...value);
      db.exec('commit');
    }
    db.close();
    return readFileSync(path);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
