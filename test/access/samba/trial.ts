/**
 * A share tree on a real smbd: files written and dressed with NT lists over SMB by three accounts, then changed behind Samba's back; and what
 * each account and a guest can really read of it, share by share.
 */

import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { PASSWORD, type Server } from './server.js';
import { ACLS, NAMES, OPEN_FOLDERS, READERS, WHO } from './trial-shares.js';

export interface Trial {
  readonly top: string;
  /** Below `top`. */
  readonly files: readonly string[];
  /** Files that each of READERS could read through at least one share, below `top`. */
  readonly read: readonly ReadonlySet<string>[];
  /** Files with an NT list whose permissions were changed behind Samba's back, below `top`. */
  readonly changed: readonly string[];
  /** Lists that smbd refused to write, which is no fault of ours but makes the trial smaller. */
  readonly refused: number;
}

interface Written {
  readonly share: string;
  readonly path: string;
  readonly owner: string;
  readonly acl: string | null;
}

export async function runTrial(server: Server, base: string, top: string): Promise<Trial> {
  for (const folder of OPEN_FOLDERS) mkdirSync(join(top, folder), { recursive: true });
  for (const folder of OPEN_FOLDERS) chmodSync(join(top, folder), 0o777);
  for (const { name, uid, gid } of WHO.accounts) {
    for (const folder of [join(top, 'users', name), join(base, 'home', name)]) {
      mkdirSync(folder, { recursive: true });
      chownSync(folder, uid, gid);
      chmodSync(folder, 0o755);
    }
  }
  mkdirSync(join(top, 'kyoyu/inherit'));
  chmodSync(join(top, 'kyoyu/inherit'), 0o777);
  sh('setfacl', '-d', '-m', 'u:64002:rx,g:64502:rwx,m::rwx,o::-', join(top, 'kyoyu/inherit'));
  mkdirSync(join(top, 'plain/inherit'));
  chmodSync(join(top, 'plain/inherit'), 0o777);
  sh('setfacl', '-d', '-m', 'u:64003:r,g:64503:r,o::-', join(top, 'plain/inherit'));
  const refused = await dress(server, base, plan());
  // A folder with a default list and an NT list that what is made in it inherits.
  const folder = 'inherit/folder';
  await server.start('smbclient', client(server, 'kyoyu', 'mwsato', `mkdir ${folder}`));
  const list = `ACL:${sidsOf(server).get('mwsato')}:ALLOWED/OI|CI/FULL,ACL:${sidsOf(server).get('mwito')}:ALLOWED/OI|CI/READ`;
  await server.start('smbcacls', [`//${server.address}/kyoyu`, folder, '-s', server.conf, ...login('mwsato'), '-S', list]);
  await server.start('smbclient', client(server, 'kyoyu', 'mwsato', `put ${join(base, 'content')} ${folder}/in-it.txt`));
  const changed = behindTheBack(top);
  chmodSync(join(top, 'closed'), 0o700);
  server.run('sharesec', ['-s', server.conf, 'limited', '-F', '-R', 'S-1-22-1-64001:ALLOWED/0x0/FULL,S-1-22-2-64502:ALLOWED/0x0/FULL']);
  server.run('sharesec', ['-s', server.conf, 'narrow', '-F', '-R', 'S-1-22-1-64002:DENIED/0x0/FULL,S-1-1-0:ALLOWED/0x0/FULL']);
  const files = filesBelow(top).map((file) => relative(top, file));
  const read = await Promise.all(READERS.map((name) => readAll(server, base, top, name)));
  return { top, files, read, changed, refused };
}

/** What is written over SMB: in each share every account writes some files, each with the next list. */
function plan(): Written[] {
  const written: Written[] = [];
  const into = (share: string, count: number, folder = '', owners: readonly string[] = NAMES): void => {
    for (const owner of owners)
      for (let i = 0; i < count; i++) {
        const acl = i === count - 1 && count > 1 ? null : ACLS[written.length % ACLS.length]!;
        written.push({ share, path: `${folder}${owner}-${i}.txt`, owner, acl });
      }
  };
  into('kyoyu', 5);
  into('kyoyu', 3, 'sub/');
  into('kyoyu', 2, 'inherit/');
  into('ignore', 4);
  into('ignore-windows', 2);
  into('own', 2);
  into('plain', 3);
  into('plain', 2, 'inherit/');
  into('forced', 2, '', ['mwsuzuki', 'mwito']);
  into('fgroup', 2);
  into('fgroup-plus', 2);
  into('guests', 3);
  into('guest-only', 2);
  into('guest-forced', 2);
  into('guest-valid', 2, '', ['mwsato']);
  into('invited', 3, '', ['mwito']);
  into('limited', 2);
  into('admins', 2, '', ['mwsato', 'mwito']);
  into('closed-root', 2, '', ['mwito']);
  for (const name of NAMES) into('users', 2, '', [name]);
  for (const name of NAMES) into(name, 2, '', [name]);
  return written;
}

/** Gives how many lists were refused. */
async function dress(server: Server, base: string, plan: readonly Written[]): Promise<number> {
  const source = join(base, 'content');
  writeFileSync(source, 'x\n');
  const bySession = groupBy(plan);
  await Promise.all(
    [...bySession].map(([key, files]) => {
      const [share, owner] = key.split('|') as [string, string];
      const commands = files.map(({ path }) => `put ${source} ${path}`).join('; ');
      return server.start('smbclient', client(server, share, owner, commands));
    }),
  );
  let refused = 0;
  const sids = sidsOf(server);
  const queue = plan.filter(({ acl }) => acl !== null);
  const worker = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const named = next.acl!.replaceAll('$OWNER', next.owner).split(',');
      const acl = named.map((ace) => `ACL:${ace.replace(/^mw[a-z]+/, (name) => sids.get(name)!)}`).join(',');
      const said = await server.start('smbcacls', [
        `//${server.address}/${next.share}`,
        next.path,
        '-s',
        server.conf,
        ...login(next.owner),
        '-S',
        acl,
      ]);
      if (/ERROR|NT_STATUS|failed/i.test(said)) refused++;
    }
  };
  await Promise.all([worker(), worker(), worker(), worker()]);
  return refused;
}

/** By name: names of lists are looked up by a service of Samba that is not at work here. */
export function sidsOf(server: Server): ReadonlyMap<string, string> {
  const text = server.run('pdbedit', ['-s', server.conf, '-L', '-v'])!.stdout.toString();
  return new Map([...text.matchAll(/^Unix username:\s+(\S+)[\s\S]*?^User SID:\s+(\S+)/gm)].map(([, name, sid]) => [name!, sid!]));
}

function groupBy(plan: readonly Written[]): Map<string, Written[]> {
  const groups = new Map<string, Written[]>();
  for (const one of plan) groups.set(`${one.share}|${one.owner}`, [...(groups.get(`${one.share}|${one.owner}`) ?? []), one]);
  return groups;
}

/** What an administrator does in a shell of the server, where Samba does not see it. */
function behindTheBack(top: string): string[] {
  const changed: string[] = [];
  const at = (path: string): string => join(top, path);
  /** The nth file that this owner has there. */
  const nth = (owner: string, folder: string, n: number): string =>
    join(
      folder,
      readdirSync(at(folder))
        .filter((name) => name.startsWith(`${owner}-`))
        .sort()[n]!,
    );
  for (const owner of NAMES) {
    const change = (folder: string, n: number, by: (path: string) => void): void => {
      const path = nth(owner, folder, n);
      by(at(path));
      changed.push(path);
    };
    change('kyoyu', 0, (path) => chmodSync(path, 0o644));
    change('kyoyu', 1, (path) => chmodSync(path, 0o600));
    change('kyoyu', 2, (path) => sh('setfacl', '-m', 'u:64003:r', path));
    change('kyoyu/inherit', 0, (path) => chmodSync(path, 0o640));
    change('own', 0, (path) => chownSync(path, 64002, 64503));
    change('guests', 0, (path) => chmodSync(path, 0o604));
    change('fgroup', 0, (path) => {
      chownSync(path, 0, 64503);
      chmodSync(path, 0o640);
    });
    // Here no list can be stale: permissions are ignored, or there is nothing else.
    chmodSync(at(nth(owner, 'ignore', 0)), 0o600);
    chmodSync(at(nth(owner, 'ignore', 1)), 0o644);
    chmodSync(at(nth(owner, 'plain', 0)), 0o640);
    sh('setfacl', '-m', 'u:64003:r,m::r', at(nth(owner, 'plain', 1)));
  }
  // Written by root, with no NT list at all; behind a folder that not all may pass.
  const plainFile = (path: string, mode: number, uid = 0, gid = 0): void => {
    mkdirSync(dirname(at(path)), { recursive: true });
    writeFileSync(at(path), 'x\n');
    chownSync(at(path), uid, gid);
    chmodSync(at(path), mode);
  };
  const locked: [string, number, number, number][] = [
    ['kyoyu/locked', 0o750, 64001, 64503],
    ['ignore/locked', 0o710, 64002, 64502],
    ['plain/locked', 0o701, 64003, 64501],
    ['guests/locked', 0o750, 0, 64501],
  ];
  for (const [folder, mode, uid, gid] of locked) {
    plainFile(join(folder, 'all.txt'), 0o644);
    plainFile(join(folder, 'group.txt'), 0o640, 64001, 64502);
    chownSync(at(folder), uid, gid);
    chmodSync(at(folder), mode);
  }
  for (const folder of [
    'kyoyu',
    'ignore',
    'ignore-windows',
    'plain',
    'guests',
    'guest-only',
    'guest-forced',
    'guest-valid',
    'invited',
    'limited',
  ]) {
    plainFile(join(folder, 'root-644.txt'), 0o644);
    plainFile(join(folder, 'root-640.txt'), 0o640, 0, 64502);
    plainFile(join(folder, 'sato-600.txt'), 0o600, 64001, 64501);
    plainFile(join(folder, 'nobody-600.txt'), 0o600, 65534, 65534);
  }
  for (const folder of ['admins', 'forced', 'group-as-user', 'off']) plainFile(join(folder, 'root-644.txt'), 0o644);
  plainFile('admins/root-600.txt', 0o600);
  plainFile('forced/sato-600.txt', 0o600, 64001, 64501);
  plainFile('guest-forced/ito-600.txt', 0o600, 64003, 64502);
  plainFile('closed/in/root-644.txt', 0o644);
  plainFile('closed/root/root-600.txt', 0o600);
  plainFile('users/unshared.txt', 0o644);
  return changed.sort();
}

export function login(name: string | null): string[] {
  return name === null ? ['-N'] : ['-U', `${name}%${PASSWORD}`];
}

export function client(server: Server, share: string, name: string | null, commands: string): string[] {
  return ['-s', server.conf, `//${server.address}/${share}`, ...login(name), '-c', commands];
}

/** The shares of `sharesText` that are served from a folder, and what they are to one account. */
export function exposedBy(server: Server, base: string, top: string): { share: string; folder: string; only?: string }[] {
  const found = [...readFileSync(server.conf, 'utf8').matchAll(/^\[(.+)\]\n\s+path = (.+)$/gm)].map(([, share, folder]) => ({
    share: share!,
    folder: folder!,
  }));
  const plain = found.filter(({ share, folder }) => share !== 'global' && !folder.includes('%'));
  const users = NAMES.map((name) => ({ share: 'users', folder: join(top, 'users', name), only: name }));
  const homes = NAMES.map((name) => ({ share: name, folder: join(base, 'home', name) }));
  return [...plain, ...users, ...homes];
}

/** Tries every file through every share. */
async function readAll(server: Server, base: string, top: string, name: string | null): Promise<Set<string>> {
  const read = new Set<string>();
  for (const { share, folder, only } of exposedBy(server, base, top)) {
    if (only !== undefined && only !== name) continue;
    const files = filesBelow(folder);
    const out = join(base, 'out', `${name ?? 'guest'}-${share}`);
    mkdirSync(out, { recursive: true });
    const commands = files.map((file, i) => `get "${relative(folder, file).replaceAll('/', '\\')}" ${join(out, String(i))}`);
    await server.start('smbclient', client(server, share, name, commands.join('; ')));
    for (const [i, file] of files.entries())
      if (existsSync(join(out, String(i))) && readFileSync(join(out, String(i)), 'utf8') !== '') read.add(relative(top, file));
  }
  return read;
}

export function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

function sh(command: string, ...parameters: string[]): void {
  const { status, stderr } = spawnSync(command, parameters, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${basename(command)}: ${stderr}`);
}
