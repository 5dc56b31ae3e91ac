/** The sample share and expected.json must agree: everything that is measured on them rests on it. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';

interface Counts {
  readonly records: Record<string, number>;
  readonly persons: number;
  readonly personsBy: Record<string, number>;
  readonly kinds: Record<string, number>;
}
interface ExpectedFile extends Counts {
  readonly path: string;
  readonly sizeBytes: number;
  readonly mode: string;
  readonly modifiedAt: string;
  readonly examined: string;
  readonly password: string;
  readonly access: string;
  readonly verdict: string;
  readonly ageDays: number;
  readonly problem?: string;
  readonly members?: readonly Counts[];
}
interface Expected {
  readonly limitDays: number;
  readonly folders: Record<string, string>;
  readonly files: readonly ExpectedFile[];
  readonly totals: Counts & { readonly enumerated: number; readonly byVerdict: Record<string, number> };
}

const samples = fileURLToPath(new URL('../../samples', import.meta.url));
const tools = fileURLToPath(new URL('../tools', import.meta.url));
const expected = JSON.parse(readFileSync(join(samples, 'expected.json'), 'utf8')) as Expected;
const scratch = mkdtempSync(join(tmpdir(), 'mimawari-samples-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const sum = (counts: Record<string, number>) => Object.values(counts).reduce((total, count) => total + count, 0);
const filesBelow = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();

describe('expected.json', () => {
  it('names every file of the share exactly once, with its size', () => {
    expect(filesBelow(join(samples, 'share'))).toEqual(expected.files.map(({ path }) => path).sort());
    for (const { path, sizeBytes } of expected.files) expect(statSync(join(samples, 'share', path)).size, path).toBe(sizeBytes);
  });

  it('adds up', () => {
    expect(expected.totals.enumerated).toBe(expected.files.length);
    expect(sum(expected.totals.byVerdict)).toBe(expected.files.length);
    for (const name of ['four', 'three', 'two', 'other']) {
      expect(expected.totals.records[name]).toBe(expected.files.reduce((total, { records }) => total + (records[name] ?? 0), 0));
    }
    expect(expected.totals.persons).toBe(sum(expected.totals.personsBy));
    expect(expected.totals.persons).toBeLessThan(sum(expected.totals.records));
  });

  it.each(expected.files)('$path holds together', (file) => {
    const count = sum(file.records);
    expect(file.persons).toBe(sum(file.personsBy));
    expect(file.persons).toBeLessThanOrEqual(count);
    for (const [kind, seen] of Object.entries(file.kinds)) expect(seen, kind).toBeLessThanOrEqual(count);
    if (file.members) expect(file.members.reduce((total, { records }) => total + sum(records), 0)).toBe(count);
    const locked = file.password === 'set' || file.password === 'weak';
    const breach = (!locked && file.access === 'open') || file.ageDays > expected.limitDays;
    if (count > 0) expect(file.verdict).toBe(breach ? 'violation' : 'compliant');
    if (file.verdict === 'clear') expect([file.examined, file.problem]).toEqual(['full', undefined]);
  });

  it('shows every verdict, class and password state that a sample can show', () => {
    expect(Object.keys(expected.totals.byVerdict).sort()).toEqual([
      'clear',
      'compliant',
      'sealed',
      'textless',
      'undetermined',
      'violation',
    ]);
    expect(new Set(expected.files.map(({ password }) => password))).toEqual(
      new Set(['none', 'set', 'weak', 'default', 'partial', 'unknown']),
    );
    expect(Object.values(expected.totals.records).every((count) => count > 0)).toBe(true);
  });
});

describe('the tools', () => {
  it('make the same truth again, and the same files each time', () => {
    const made = ['one', 'two'].map((name) => {
      const out = join(scratch, name);
      execFileSync(process.execPath, [join(tools, 'make-samples.mjs'), '--out', out]);
      return out;
    });
    // Sizes of packed files may change with the runtime's zlib; everything else must not.
    const told = (folder: string) => readFileSync(join(folder, 'expected.json'), 'utf8').replace(/"sizeBytes": \d+/g, '');
    expect(told(made[0]!)).toBe(told(samples));
    const [one, two] = made.map((out) =>
      filesBelow(join(out, 'share')).map((path) => [path, readFileSync(join(out, 'share', path)).toString('base64')]),
    );
    expect(one).toEqual(two);
  });

  it('lay the share out with its modes and times, and refuse a folder that is not theirs', () => {
    const target = join(scratch, 'laid-out');
    const tool = join(tools, 'lay-out.mjs');
    execFileSync(process.execPath, [tool, target]);
    execFileSync(process.execPath, [tool, target]);
    for (const { path, mode, modifiedAt } of expected.files) {
      const stat = statSync(join(target, path));
      expect(stat.mtimeMs, path).toBe(Date.parse(modifiedAt));
      if (process.platform !== 'win32') expect(stat.mode & 0o777, path).toBe(Number.parseInt(mode, 8));
    }
    for (const [folder, mode] of Object.entries(expected.folders)) {
      if (process.platform !== 'win32') expect(statSync(join(target, folder)).mode & 0o777).toBe(Number.parseInt(mode, 8));
    }
    expect(() => execFileSync(process.execPath, [tool, join(scratch, 'one')], { stdio: 'pipe' })).toThrow();
    expect(existsSync(join(scratch, 'one', 'expected.json'))).toBe(true);
  });
});
