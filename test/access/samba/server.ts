/**
 * A real smbd for tests: private folders, accounts of its own, reachable by nobody else. Where the kernel lets us it lives in namespaces of its
 * own (network, mounts, processes), with a passwd that only it sees; else, in containers without CAP_SYS_ADMIN, on 127.0.0.2 with accounts that are
 * made for the time of the test. Root on Linux only.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunTool } from '../../../src/access/tools.js';

export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

export interface ServerAccounts {
  readonly accounts: readonly Account[];
  readonly groups: readonly { readonly name: string; readonly gid: number; readonly members: readonly string[] }[];
}

export interface Server {
  readonly conf: string;
  readonly passwd: string;
  readonly group: string;
  readonly address: string;
  readonly isPrivate: boolean;
  /** A tool of Samba, as the server's host sees it. */
  readonly run: RunTool;
  /** The same without waiting; gives what it printed. */
  start(command: string, parameters: readonly string[]): Promise<string>;
  stop(): void;
}

export const PASSWORD = 'pw-of-test';
const PATH = '/usr/sbin:/usr/bin:/sbin:/bin';
const env = { PATH, LC_ALL: 'C' };
const START_MS_MAX = 8_000;

/** Why no server can be started here; null when it can. */
export function whyNoServer(): string | null {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'needs root on Linux';
  const missing = ['smbd', 'smbclient', 'smbcacls', 'pdbedit', 'sharesec', 'setfacl'].filter(
    (tool) => spawnSync('sh', ['-c', `command -v ${tool}`], { env }).status !== 0,
  );
  return missing.length > 0 ? `needs ${missing.join(', ')} (packages samba, smbclient, acl)` : null;
}

function canUnshare(): boolean {
  return spawnSync('unshare', ['--net', '--mount', '--pid', '--fork', 'ip', 'link', 'set', 'lo', 'up'], { env }).status === 0;
}

/** @param shares the text of smb.conf behind [global]; @param settings lines for [global]. */
export async function startServer(base: string, who: ServerAccounts, settings: string, shares: string): Promise<Server> {
  const isPrivate = process.env.SMBD_TEST_BARE === undefined && canUnshare();
  const address = isPrivate ? '127.0.0.1' : '127.0.0.2';
  for (const folder of ['etc', 'run', 'state', 'cache', 'lock', 'private', 'log', 'home'])
    mkdirSync(join(base, folder), { recursive: true });
  const passwd = `root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin\n${who.accounts
    .map(({ name, uid, gid }) => `${name}:x:${uid}:${gid}::${join(base, 'home', name)}:/bin/sh\n`)
    .join('')}`;
  const group = `root:x:0:\nnogroup:x:65534:\n${who.groups.map(({ name, gid, members }) => `${name}:x:${gid}:${members.join(',')}\n`).join('')}`;
  writeFileSync(join(base, 'etc/passwd'), passwd);
  writeFileSync(join(base, 'etc/group'), group);
  const conf = join(base, 'etc/smb.conf');
  writeFileSync(
    conf,
    `[global]
  server role = standalone server
  netbios name = MIMAWARI
  map to guest = Bad User
  private dir = ${base}/private
  state directory = ${base}/state
  cache directory = ${base}/cache
  lock directory = ${base}/lock
  pid directory = ${base}/run
  ncalrpc dir = ${base}/run/ncalrpc
  log file = ${base}/log/%m
  interfaces = ${isPrivate ? 'lo' : `${address}/8`}
  bind interfaces only = yes
  smb ports = 445
  disable spoolss = yes
  load printers = no
${settings}
${shares}`,
  );
  const added = isPrivate ? null : addAccounts(who, base);
  const daemon = startDaemon(base, conf, isPrivate);
  try {
    return await ready(daemon);
  } catch (error) {
    stop();
    throw error;
  }

  async function ready(child: ChildProcess): Promise<Server> {
    const pid = await innerPid(child, isPrivate);
    const inside = (command: string, parameters: readonly string[]): [string, string[]] =>
      isPrivate ? ['nsenter', ['-t', String(pid), '-m', '-n', command, ...parameters]] : [command, [...parameters]];
    const run: RunTool = (command, parameters, input) => {
      const [program, all] = inside(command, parameters);
      const { status, stdout, stderr } = spawnSync(program, all, { env, input: input ?? '' });
      return { status, stdout, stderr };
    };
    const start = (command: string, parameters: readonly string[]): Promise<string> =>
      new Promise((resolve, reject) => {
        const [program, all] = inside(command, parameters);
        const client = spawn(program, all, { env, stdio: ['ignore', 'pipe', 'pipe'] });
        let text = '';
        for (const stream of [client.stdout, client.stderr]) stream.setEncoding('utf8').on('data', (piece: string) => (text += piece));
        client.on('error', reject).on('close', () => resolve(text));
      });
    for (const { name } of who.accounts) {
      const answer = run('pdbedit', ['-s', conf, '-a', '-t', name], Buffer.from(`${PASSWORD}\n${PASSWORD}\n`));
      if (answer?.status !== 0) throw new Error(`no account ${name}: ${answer?.stderr.toString()}`);
    }
    const end = Date.now() + START_MS_MAX;
    while (!/Disk|IPC/.test(await start('smbclient', ['-s', conf, '-N', '-g', '-L', `//${address}`])))
      if (Date.now() > end) throw new Error(`smbd does not answer: ${logOf(base)}`);
    return { conf, passwd, group, address, isPrivate, run, start, stop };
  }

  function stop(): void {
    if (isPrivate) daemon.kill('SIGKILL');
    else {
      added?.();
      // It and its children are a group of their own.
      if (daemon.exitCode === null && daemon.signalCode === null) process.kill(-daemon.pid!, 'SIGTERM');
    }
  }
}

function startDaemon(base: string, conf: string, isPrivate: boolean): ChildProcess {
  const smbd = ['smbd', '-F', '--no-process-group', '-s', conf, '-l', join(base, 'log')];
  if (!isPrivate) return spawn(smbd[0]!, smbd.slice(1), { env, stdio: 'ignore', detached: true });
  const script = `mount --bind ${base}/etc/passwd /etc/passwd && mount --bind ${base}/etc/group /etc/group && ip link set lo up && exec "$@"`;
  const namespaces = ['--net', '--mount', '--pid', '--fork', '--kill-child', '--mount-proc'];
  return spawn('unshare', [...namespaces, 'sh', '-c', script, 'sh', ...smbd], { env, stdio: 'ignore' });
}

/** The process in the namespaces, once it has become smbd. */
async function innerPid(child: ChildProcess, isPrivate: boolean): Promise<number> {
  if (!isPrivate) return child.pid!;
  const end = Date.now() + START_MS_MAX;
  for (;;) {
    const inner = Number(readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8').trim().split(' ')[0]);
    if (inner > 0 && readFileSync(`/proc/${inner}/comm`, 'utf8').startsWith('smbd')) return inner;
    if (Date.now() > end) throw new Error('smbd does not start');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Accounts of the host itself, for where it has to be so; gives what takes them away again. */
function addAccounts({ accounts, groups }: ServerAccounts, base: string): () => void {
  const call = (command: string, ...parameters: string[]): void => {
    spawnSync(command, parameters, { env });
  };
  for (const { name, gid } of groups) call('groupadd', '-g', String(gid), name);
  for (const { name, uid, gid } of accounts)
    call('useradd', '-M', '-d', join(base, 'home', name), '-u', String(uid), '-g', String(gid), name);
  for (const { name, members } of groups) for (const member of members) call('usermod', '-a', '-G', name, member);
  return () => {
    for (const { name } of accounts) call('userdel', name);
    for (const { name } of groups) call('groupdel', name);
  };
}

function logOf(base: string): string {
  return spawnSync('sh', ['-c', `tail -n 20 ${base}/log/* 2>/dev/null`], { env, encoding: 'utf8' }).stdout;
}
