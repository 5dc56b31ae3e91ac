/** Millions of paths with few lists: found again, contradictions told, memory bounded. */
import { describe, expect, it } from 'vitest';
import { PathTable } from '../../../src/access/exports/path-table.js';

function listOf(table: PathTable, path: string): unknown {
  const number = table.find(path);
  return number === null ? null : table.list(number);
}

describe('PathTable', () => {
  it('finds what was put, and nothing else', () => {
    const table = new PathTable();
    for (let i = 0; i < 20_000; i++) table.put(`部/${i}`, `D:(${i % 7})`);
    for (let i = 0; i < 20_000; i += 13) expect(listOf(table, `部/${i}`)).toBe(`D:(${i % 7})`);
    expect(table.find('部/20000')).toBeNull();
    expect(table.find('')).toBeNull();
    expect([table.pathCount, table.listCount]).toEqual([20_000, 7]);
  });

  it('one path with two lists has no certain one, whatever comes later', () => {
    const table = new PathTable();
    table.put('a', 'D:');
    table.put('a', 'D:');
    expect(listOf(table, 'a')).toBe('D:');
    table.put('a', 'D:P');
    table.put('a', 'D:');
    expect(listOf(table, 'a')).toEqual({ reason: 'two different lists for this path' });
    table.put('b', { reason: 'lost' });
    expect(listOf(table, 'b')).toEqual({ reason: 'lost' });
  });

  it('tells halves of surrogates apart', () => {
    const table = new PathTable();
    table.put('\ud800', 'D:');
    expect(table.find('\ud801')).toBeNull();
    expect(table.find('\ufffd')).toBeNull();
  });

  it('holds 200,000 paths in 10 MB, however long they are', () => {
    const table = new PathTable();
    for (let i = 0; i < 200_000; i++) table.put(`総務部/名簿/${'長い'.repeat(30)}/${i}.xlsx`, `D:(${i % 500})`);
    expect([table.pathCount, table.listCount, table.arrayBytes]).toEqual([200_000, 500, 524_288 * 20]);
  });
});
