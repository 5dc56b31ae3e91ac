/** Which states are those of one file, over names that stood for several files and files that had several names. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { History } from '../../src/inventory/history.js';
import { Store } from '../../src/inventory/store.js';

let folder: string;
let store: Store;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mimawari-lineage-'));
  store = Store.open(join(folder, 'inventory.db'));
  store.write("INSERT INTO folder(id, parent, name) VALUES (1, NULL, '/r')");
  store.write(`INSERT INTO outcome(id, value) VALUES (1, '{}')`);
});
afterEach(() => {
  store.close();
  rmSync(folder, { recursive: true, force: true });
});

/** `a1-3`: what had the name a from run 1 up to run 3; `a5-`: it still has. `a>b@3`: run 3 found at b what had been a. */
function write(text: string): void {
  const last = new Map<string, string>();
  for (const one of text.split(' ')) {
    const move = /^(\w)>(\w)@(\d+)$/u.exec(one);
    if (move)
      store.write('INSERT INTO move(folder, name, run, from_folder, from_name) VALUES (1,?,?,1,?)', move[2]!, Number(move[3]), move[1]!);
    else last.set(one[0]!, one);
  }
  for (const one of text.split(' ').filter((part) => !part.includes('>'))) {
    const [, name, since, until] = /^(\w)(\d+)-(\d*)$/u.exec(one)!;
    if (last.get(name!) !== one)
      store.write(
        'INSERT INTO past(folder, name, since, until, sort, size_bytes, outcome, content) VALUES (1,?,?,?,0,1,1,0)',
        name!,
        Number(since),
        Number(until),
      );
    else
      store.write(
        "INSERT INTO entry(folder, name, state, sort, size_bytes, outcome, content, since, gone_run) VALUES (1,?,'',0,1,1,NULL,?,?)",
        name!,
        Number(since),
        until ? Number(until) : null,
      );
  }
}

describe('Lineage', () => {
  it.each<[string, string, string, readonly string[]]>([
    ['never moved', 'a1-', 'a', ['a1-']],
    ['changed, gone, and back', 'a1-2 a2-4 a6-', 'a', ['a1-2 a2-4 a6-']],
    ['moved', 'a1-2 b2- a>b@2', 'b', ['a1-2 b2-']],
    ['moved away', 'a1-2 b2- a>b@2', 'a', ['a1-2']],
    ['moved and back', 'a1-2 b2-3 a3- a>b@2 b>a@3', 'a', ['a1-2', 'a1-2 b2-3 a3-']],
    ['moved, back, and on', 'a1-2 b2-3 a3-4 c4- a>b@2 b>a@3 a>c@4', 'c', ['a1-2 b2-3 a3-4 c4-']],
    ['moved in a ring', 'a1-2 b2-3 c3-4 a4-5 b5- a>b@2 b>c@3 c>a@4 a>b@5', 'b', ['a1-2 b2-3', 'a1-2 b2-3 c3-4 a4-5 b5-']],
    ['changed on the way', 'a1-2 a2-3 b3-5 b5-6 a6- a>b@3 b>a@6', 'a', ['a1-2 a2-3', 'a1-2 a2-3 b3-5 b5-6 a6-']],
    // A stopped run came by its old place only; one came by its new place only.
    ['gone before it was found', 'a1-2 b3- a>b@3', 'b', ['a1-3 b3-']],
    ['found before it was gone', 'a1-3 b2- a>b@2', 'b', ['a1-2 b2-']],
    ['gone before it was found, and back likewise', 'a1-2 b3-4 a5- a>b@3 b>a@5', 'a', ['a1-2', 'a1-3 b3-5 a5-']],
    // Another file stands under the name.
    ['moved away, and another file came', 'a1-2 a5- b2- a>b@2', 'a', ['a1-2', 'a5-']],
    ['deleted, and another file was moved to it', 'a1-3 a5- b2-5 b>a@5', 'a', ['a1-3', 'b2-5 a5-']],
    ['moved after its name had stood for another', 'a1-2 a4-6 b2- c6- a>b@2 a>c@6', 'c', ['a4-6 c6-']],
    // Its earlier name is kept no more.
    ['moved longer ago than is kept', 'b2- a>b@2', 'b', ['b2-']],
  ])('of a file that was %s: %s', (_, text, name, expected) => {
    write(text);
    const history = new History(store);
    const files = history.lineage.files(history.states(1, name)).map((own) => history.lineage.of(own));
    expect(files.map((line) => line.map((state) => `${state.name}${state.since}-${state.until ?? ''}`).join(' '))).toEqual(expected);
  });
});
