/** The answers held against a real smbd: for every file and account (and a guest), who can read it is what each can really read. */
import { spawnSync } from 'node:child_process';
import { chmodSync, lstatSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accountRecords } from '../../../src/access/accounts.js';
import { ACCESS_BOUNDS } from '../../../src/access/exposure.js';
import { Lists } from '../../../src/access/lists.js';
import { liveMounts } from '../../../src/access/mounts.js';
import { forceOf, parseNtacl } from '../../../src/access/nt/ntacl.js';
import { sysAclBlob } from '../../../src/access/nt/sys-acl-blob.js';
import { NO, POSSIBLE, PROVEN } from '../../../src/access/passers.js';
import { type PosixAccessSource, posixSource } from '../../../src/access/posix.js';
import { parsePosixAcl } from '../../../src/access/posix-acl.js';
import { readSamba, type Samba } from '../../../src/access/samba/read-samba.js';
import { loadXattrs } from '../../../src/access/xattr.js';
import type { Access } from '../../../src/model.js';
import type { FolderGate } from '../../../src/parts.js';
import { statOf } from '../../../src/walk/folder.js';
import { type Server, startServer, whyNoServer } from './server.js';
import { client, exposedBy, filesBelow, login, runTrial, type Trial } from './trial.js';
import { READERS, STRANGE, sharesText, WHO } from './trial-shares.js';

const why = whyNoServer() ?? (loadXattrs() === null ? 'needs the native library' : null);
if (why !== null) console.warn(`smbd.test.ts is skipped: ${why}`);

const base = mkdtempSync(join(tmpdir(), 'mimawari-smbd-'));
const top = join(base, 'share');
/** Whether this process, and so smbd, may write `security.*`. */
function attributeOfLists(): string | null {
  writeFileSync(join(base, 'probe'), '');
  const set = spawnSync('setfattr', ['-n', 'security.NTACL', '-v', '0x00', join(base, 'probe')]);
  return set.status === 0 ? null : 'user.NTACL';
}

interface Answer {
  readonly access: Access;
  /** By the places of READERS. */
  readonly flags: readonly number[];
}

/** As a sweep of the folder asks: folder by folder, then the file. */
function answerOf(source: PosixAccessSource, samba: Samba, root: string, file: string): Answer {
  let path = root;
  let gate: FolderGate = source.folder(path, statOf(lstatSync(path)), null);
  for (const name of relative(root, dirname(file)).split('/').filter(Boolean)) {
    path = join(path, name);
    gate = source.folder(path, statOf(lstatSync(path)), gate);
  }
  const stat = statOf(lstatSync(file));
  const { flags } = source.readers(file, stat, gate)!;
  const places = READERS.map((name) => (name === null ? 0 : samba.directory.subjectOf(samba.directory.accountNamed(name)!)!));
  return { access: source.file(() => file, stat, gate), flags: places.map((place) => flags[place]!) };
}

async function started(): Promise<Server | null> {
  if (why !== null) return null;
  chmodSync(base, 0o755);
  mkdirSync(top);
  const { settings, shares } = sharesText(top, attributeOfLists());
  try {
    return await startServer(base, WHO, settings, shares);
  } catch (error) {
    console.warn(`smbd.test.ts is skipped: ${error}`);
    return null;
  }
}
const running = await started();

afterAll(() => {
  running?.stop();
  rmSync(base, { recursive: true, force: true });
});

describe.skipIf(running === null)('a real smbd (as root on Linux with Samba; skipped elsewhere)', () => {
  const server = running!;
  let trial: Trial;
  let samba: Samba;
  let source: PosixAccessSource;
  const answers = new Map<string, Answer>();

  beforeAll(async () => {
    trial = await runTrial(server, base, top);
    samba = readSamba(server.run, accountRecords(server.passwd, server.group), server.conf)!;
    const exposure = { paths: ['smb' as const], shares: samba.shares, doubt: samba.doubt };
    source = posixSource(samba.directory, ACCESS_BOUNDS, { loadXattrs, mounts: liveMounts() }, exposure);
    for (const file of trial.files) answers.set(file, answerOf(source, samba, top, join(top, file)));
  }, 120_000);

  it('is a trial of some size, and everybody reads some files and not others', () => {
    expect(trial.files.length).toBeGreaterThan(150);
    expect(trial.refused).toBeLessThan(10);
    for (const read of trial.read) {
      expect(read.size).toBeGreaterThan(10);
      expect(read.size).toBeLessThan(trial.files.length - 10);
    }
  });

  it('every file and reader: the answer is what they can read, or can let themselves read', async () => {
    const odd: string[] = [];
    let equal = 0;
    let byThemselves = 0;
    let told = 0;
    const shared = exposedBy(server, base, top);
    for (const [file, { flags, access }] of answers) {
      // A file that no share exposes is judged by its permissions alone, and nobody can try that over SMB.
      if (!shared.some(({ folder, share }) => share !== 'off' && join(top, file).startsWith(`${folder}/`))) continue;
      for (const [i, name] of READERS.entries()) {
        const canRead = trial.read[i]!.has(file);
        if (flags[i] === (canRead ? PROVEN : NO)) equal++;
        else if (!canRead && flags[i] === POSSIBLE && access.reason.includes(STRANGE)) told++;
        else if (!canRead && flags[i] === PROVEN && (await letsIn(server, file, name, shared))) byThemselves++;
        else odd.push(`${file} ${name ?? 'guest'}: reads ${canRead}, answer ${flags[i]} ${access.reason}`);
      }
    }
    const all = equal + byThemselves + told + odd.length;
    console.info(
      `smbd: ${equal} of ${all} answers equal, ${byThemselves} by a list that they may change, ${told} told as unknown (a SID that nobody knows)`,
    );
    expect(odd).toEqual([]);
  }, 60_000);

  /** Whether one who may rewrite the list reads the file after doing so. */
  async function letsIn(at: Server, file: string, name: string | null, shared: ReturnType<typeof exposedBy>): Promise<boolean> {
    for (const { share, folder, only } of shared) {
      if ((only !== undefined && only !== name) || !join(top, file).startsWith(`${folder}/`)) continue;
      // Of a copy, so that others find the file as it was.
      const copy = `${join(top, file)}.${name ?? 'guest'}`;
      spawnSync('cp', ['-a', join(top, file), copy]);
      const path = relative(folder, copy);
      await at.start('smbcacls', [`//${at.address}/${share}`, path, '-s', at.conf, ...login(name), '-S', 'ACL:S-1-1-0:ALLOWED/0/FULL']);
      const said = await at.start('smbclient', client(at, share, name, `get "${path.replaceAll('/', '\\')}" /dev/null`));
      if (said.includes('getting file')) return true;
    }
    return false;
  }

  it('the hash of what POSIX permissions say is the one that Samba stored, for files and for folders with a default list', () => {
    const lists = new Lists(loadXattrs);
    const forces = { 'in-force': 0, stale: 0, ignored: 0, unknown: 0 };
    let withDefault = 0;
    const bytes = (path: string, name: string): Buffer => Buffer.from(lists.read(path, 0, name), 'latin1');
    const entries = (path: string, name: string) => parsePosixAcl(bytes(path, name));
    const folders = ['kyoyu', 'kyoyu/sub', 'kyoyu/inherit', 'kyoyu/inherit/folder'].map((folder) => join(top, folder));
    for (const path of [...filesBelow(join(top, 'kyoyu')), ...folders]) {
      const stored = bytes(path, attributeOfLists() ?? 'security.NTACL');
      if (stored.length === 0) continue;
      const { mode, uid, gid } = lstatSync(path);
      const [access, inherited] = [entries(path, 'system.posix_acl_access'), entries(path, 'system.posix_acl_default')];
      const force = forceOf(parseNtacl(stored), false, () => sysAclBlob({ mode, uid, gid, access, inherited }));
      forces[force]++;
      if (inherited !== null && force === 'in-force') withDefault++;
    }
    expect(forces).toEqual({
      'in-force': expect.any(Number),
      stale: trial.changed.filter((file) => file.startsWith('kyoyu/')).length,
      ignored: 0,
      unknown: 0,
    });
    expect(forces['in-force']).toBeGreaterThan(15);
    expect(withDefault).toBeGreaterThan(0);
  });

  it('tells a list that a chmod put out of force', () => {
    const stale = [...answers].filter(([, { access }]) => access.staleList === true).map(([file]) => file);
    expect(stale).toEqual(trial.changed);
  });
});
