/** `npm run compare`: run as its user does, on two builds of which one is changed. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { roster, Share, top } from '../kit/share.js';

let share: Share;
let other: string;

beforeAll(() => {
  share = new Share();
  share.put('係/名簿.csv', roster(3));
  other = mkdtempSync(join(tmpdir(), 'mimawari-build-'));
  for (const part of ['bin', 'dist/src', 'dist/detectors', 'package.json']) cpSync(join(top, part), join(other, part), { recursive: true });
  for (const part of ['dist/data', 'node_modules']) symlinkSync(join(top, part), join(other, part));
});
afterAll(() => {
  share.remove();
  rmSync(other, { recursive: true, force: true });
});

function compare(...parameters: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(top, 'test/tools/compare.mjs'), ...parameters], {
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

/** Has the other build drop a kind that this one finds. */
function without(kind: string): void {
  const registry = join(other, 'dist/detectors/registry.js');
  const source = readFileSync(join(top, 'dist/detectors/registry.js'), 'utf8');
  const changed = source.replace('!site.off.includes(detector.kind)', `detector.kind !== '${kind}'`);
  expect(changed).not.toBe(source);
  writeFileSync(registry, changed);
}

/** Each comparing starts two programs. */
const TIME_MS = 120_000;

describe('compare', { timeout: TIME_MS }, () => {
  it('ends with 0 when both find the same', () => {
    const { status, stdout } = compare(other, top, share.root);
    expect(stdout).toContain('no finding differs');
    expect(status).toBe(0);
  });

  it('tells what was won and what was lost by kind, masked, and the files whose totals differ', () => {
    without('birthdate');
    const won = compare(other, top, share.root);
    expect(won.status).toBe(1);
    expect(won.stdout).toMatch(/birthdate +3 +0 +0 +0/);
    expect(won.stdout).toMatch(/birthdate {2}昭和＊＊年＊月＊日 {2}certain {2}係\/名簿\.csv {2}line 2, cell C/);
    expect(won.stdout).toMatch(/files whose totals differ: 1\n {2}係\/名簿\.csv\n {4}four 0, .*\n {4}four 3, /);
    expect(won.stdout).not.toContain('100000');
    expect(compare(top, other, share.root).stdout).toMatch(/birthdate +0 +3 +0 +0/);
  });

  it('ends with 2 when there is nothing to compare with', () => {
    const { status, stderr } = compare(share.root, top, share.root);
    expect([status, stderr]).toEqual([2, expect.stringContaining('built')]);
    expect(compare(top, top).status).toBe(2);
  });
});
