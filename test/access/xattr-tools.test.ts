/** Attributes by getfattr: over what it prints, and beside the kernel's own calls where both are there. */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { RunTool } from '../../src/access/tools.js';
import { EACCES, ENODATA, ENOTSUP, loadXattrs } from '../../src/access/xattr.js';
import { toolXattrs } from '../../src/access/xattr-tools.js';
import { runTool } from '../../src/cli/tools.js';

const base = mkdtempSync(join(tmpdir(), 'mimawari-xattr-'));
afterAll(() => rmSync(base, { recursive: true, force: true }));

function tool(stdout: string, stderr = '', status = 0): RunTool & { runs: string[][] } {
  const runs: string[][] = [];
  const run = (_command: string, args: readonly string[]) => {
    runs.push([...args]);
    return args[0] === '--version'
      ? { status: 0, stdout: Buffer.from(''), stderr: Buffer.from('') }
      : { status, stdout: Buffer.from(stdout), stderr: Buffer.from(stderr) };
  };
  return Object.assign(run, { runs });
}

describe('toolXattrs', () => {
  it('is none where the program is not there', () => {
    expect(toolXattrs(() => null)).toBeNull();
  });

  it('reads values, escaped names, complaints', () => {
    const text = '# file: /x/a\\012b\nsecurity.NTACL=0sAAEC\nsystem.posix_acl_access=0sAgAA\nuser.empty\n\n# file: /x/c\nuser.a=0sAA==\n\n';
    const xattrs = toolXattrs(tool(text, 'getfattr: /x/d: Permission denied\ngetfattr: /x/e: Operation not supported\n', 1))!;
    expect(xattrs.get('/x/a\nb', 'security.NTACL')).toEqual(Buffer.from([0, 1, 2]));
    expect(xattrs.list('/x/a\nb')).toEqual(['security.NTACL', 'system.posix_acl_access', 'user.empty']);
    expect(xattrs.get('/x/c', 'security.NTACL')).toBe(ENODATA);
    expect([xattrs.get('/x/d', 'user.a'), xattrs.get('/x/e', 'user.a'), xattrs.list('/x/d')]).toEqual([EACCES, ENOTSUP, EACCES]);
    expect(xattrs.get(Buffer.from('/x/\xff', 'latin1'), 'user.a')).toBe(EACCES);
  });

  it('asks for what the SMB client does not list by its name', () => {
    const run = tool(
      '# file: /x/a\nsystem.cifs_ntsd=0sAQ==\n',
      '/x/b: system.cifs_ntsd: No such attribute\n/x/c: system.cifs_ntsd: Operation not supported\n',
      1,
    );
    const xattrs = toolXattrs(run)!;
    const values = ['/x/a', '/x/b', '/x/c'].map((path) => xattrs.get(path, 'system.cifs_ntsd'));
    expect(values).toEqual([Buffer.from([1]), ENODATA, ENOTSUP]);
    expect(run.runs[1]).toContain('system.cifs_ntsd');
  });

  it.each<[title: string, run: RunTool]>([
    ['fails without a word', tool('', '', 1)],
    ['is ended', (_command, args) => ({ status: args[0] === '--version' ? 0 : null, stdout: Buffer.from(''), stderr: Buffer.from('') })],
  ])('takes nothing for open or closed where the program %s', (_title, run) => {
    expect(toolXattrs(run)!.get('/x/a', 'system.posix_acl_access')).toBe(EACCES);
  });

  const isThere =
    loadXattrs() !== null && runTool('getfattr', ['--version'])?.status === 0 && runTool('setfacl', ['--version'])?.status === 0;
  it.skipIf(!isThere)('gives the bytes that the kernel gives, one process a folder (Linux with attr and acl)', () => {
    const names = ['a b', '改', 'n\nl', 'b\\s', '=x', 'none', '-n'];
    mkdirSync(join(base, 'in'));
    for (const name of names) writeFileSync(join(base, 'in', name), '');
    for (const name of names.filter((one) => one !== 'none'))
      spawnSync('setfacl', ['-m', `u:${names.indexOf(name) + 5000}:r`, '--', join(base, 'in', name)]);
    chmodSync(join(base, 'in'), 0o755);
    let runs = 0;
    const xattrs = toolXattrs((...parameters) => {
      runs++;
      return runTool(...parameters);
    })!;
    const own = loadXattrs()!;
    for (const name of names) {
      const path = join(base, 'in', name);
      const expected = own.get(path, 'system.posix_acl_access');
      expect([name, xattrs.get(path, 'system.posix_acl_access')]).toEqual([
        name,
        typeof expected === 'number' ? expected : Buffer.from(expected),
      ]);
      expect(xattrs.list(path)).toEqual(own.list(path));
    }
    expect(runs).toBe(2);
    expect(xattrs.get(join(base, 'gone'), 'user.a')).toBe(EACCES);
  });
});
