/** The units of samples/schedule: each in the form that its scheduler reads, each with a command line that this program understands. */
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { program, roster, Share, top } from '../kit/share.js';

const folder = join(top, 'samples', 'schedule');
const textOf = (name: string): string => readFileSync(join(folder, name), 'utf8');
const COMMAND = '/opt/mimawari/node/node /opt/mimawari/app/bin/mimawari.js';
const service = textOf('mimawari.service');
const settings = new Map([...service.matchAll(/^(\w+)=(.*)$/gmu)].map(([, key, value]) => [key!, value!]));

/** The words behind the program's name, quotes taken away. */
function argumentsIn(line: string): string[] {
  const [, rest = ''] = /mimawari(?:\.js"?)?\s+(scan\b.*)/u.exec(line) ?? [];
  return [...rest.split(/\s\|\s|<\//u)[0]!.matchAll(/"[^"]*"|\S+/gu)].map(([word]) => word.replaceAll('"', ''));
}

const hasSystemd = spawnSync('systemd-analyze', ['--version']).status === 0;

describe('systemd', () => {
  it.skipIf(!hasSystemd)('finds nothing to complain of in service, drop-in and timer', () => {
    const copy = mkdtempSync(join(tmpdir(), 'mimawari-units-'));
    try {
      cpSync(folder, copy, { recursive: true });
      // It looks whether the program is there, which on this host may lie elsewhere.
      writeFileSync(join(copy, 'mimawari.service'), service.replace(COMMAND, '/bin/true'));
      const { status, stdout, stderr } = spawnSync(
        'systemd-analyze',
        ['verify', '--man=no', join(copy, 'mimawari.service'), join(copy, 'mimawari.timer')],
        {
          encoding: 'utf8',
        },
      );
      const own = (stdout + stderr).split('\n').filter((line) => line.includes('mimawari'));
      expect([status, own]).toEqual([0, []]);
      const security = spawnSync('systemd-analyze', ['security', '--offline=yes', join(copy, 'mimawari.service')], { encoding: 'utf8' });
      const [, exposure] = /exposure level for \S+: ([\d.]+)/u.exec(security.stdout) ?? [];
      if (exposure !== undefined) expect(Number(exposure)).toBeLessThan(3);
    } finally {
      rmSync(copy, { recursive: true, force: true });
    }
  });

  it('gives the service one capability, no network, nothing to write to but its state', () => {
    expect(Object.fromEntries(settings)).toMatchObject({
      CapabilityBoundingSet: 'CAP_DAC_READ_SEARCH',
      AmbientCapabilities: 'CAP_DAC_READ_SEARCH',
      NoNewPrivileges: 'yes',
      PrivateNetwork: 'yes',
      ProtectSystem: 'strict',
      StateDirectory: 'mimawari',
      LoadCredential: 'mimawari.key:/etc/mimawari/mimawari.key',
      SuccessExitStatus: '1 3 4',
    });
    expect(service).not.toMatch(/ReadWritePaths|CAP_(?!DAC_READ_SEARCH)/u);
  });

  it('starts a sweep that runs: key as a credential that can only be read, state in its own folder', () => {
    const share = new Share();
    try {
      share.put('名簿.csv', roster(3));
      const [state, credentials] = [share.beside('state'), share.beside('credentials')];
      for (const made of [state, credentials]) mkdirSync(made);
      writeFileSync(join(credentials, 'mimawari.key'), Buffer.alloc(32, 7), { mode: 0o400 });
      chmodSync(credentials, 0o500);
      writeFileSync(share.beside('mimawari.yaml'), 'roots: [share]\n');
      const args = argumentsIn(settings.get('ExecStart')!).map((word) =>
        word
          .replace(/\$\{STATE_DIRECTORY\}/u, state)
          .replace(/\$\{CREDENTIALS_DIRECTORY\}/u, credentials)
          .replace('/etc/mimawari', share.folder),
      );
      const { status, stdout } = spawnSync(process.execPath, [program, ...args], { encoding: 'utf8' });
      expect([status, JSON.parse(stdout)]).toEqual([1, expect.objectContaining({ event: 'sweep', enumerated: 1 })]);
      expect(readdirSync(state)).toEqual(['inventory.db']);
      expect(readdirSync(credentials)).toEqual(['mimawari.key']);
    } finally {
      share.remove();
    }
  });
});

/** As the service starts it: another user, the one capability, no way to more. */
const CONFINED = [
  '--reuid=65534',
  '--regid=65534',
  '--clear-groups',
  '--no-new-privs',
  ...['--inh-caps', '--ambient-caps', '--bounding-set'].map((set) => `${set}=-all,+dac_read_search`),
];
const canConfine = process.getuid?.() === 0 && spawnSync('setpriv', [...CONFINED, process.execPath, program, '-V']).status === 0;

it.skipIf(!canConfine)('the one capability of the service is enough to read files that only others may read', () => {
  const share = new Share();
  try {
    chmodSync(share.put('限定/名簿.csv', roster(3)), 0o600);
    chmodSync(join(share.root, '限定'), 0o700);
    chmodSync(share.folder, 0o777);
    const args = [program, 'scan', share.root, '--inventory', share.beside('i.db'), '--log', 'json'];
    const { status, stdout } = spawnSync('setpriv', [...CONFINED, process.execPath, ...args], {
      encoding: 'utf8',
      env: { PATH: process.env.PATH },
    });
    expect([status, JSON.parse(stdout)]).toEqual([0, expect.objectContaining({ persons: 3, notExamined: 0 })]);
    expect(spawnSync('setpriv', [...CONFINED.slice(0, 3), 'cat', join(share.root, '限定', '名簿.csv')]).status).not.toBe(0);
  } finally {
    share.remove();
  }
});

describe('cron', () => {
  it('has one line of seven fields, its user in it, and no sign that cron would take for a line end', () => {
    const lines = textOf('mimawari.cron')
      .split('\n')
      .filter((line) => /^[\d*]/u.test(line));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^[\d*,/-]+ [\d*,/-]+ [\d*,/-]+ [\d*,/-]+ [\d*,/-]+ mimawari \//u);
    // crontab(5): an unescaped % is a line end.
    expect(lines[0]).not.toContain('%');
    expect(textOf('mimawari.cron').endsWith('\n')).toBe(true);
  });
});

describe('Windows Task Scheduler', () => {
  const xml = textOf('mimawari-task.xml');

  it('gets well-formed XML in ASCII', () => {
    // It is handed over as a string: a declared encoding would be held against it.
    expect(xml).toMatch(/^<\?xml version="1\.0"\?>\n/u);
    expect(xml).toMatch(/^[\t\n\x20-\x7e]*$/u);
    const open: string[] = [];
    for (const [, slash, name, empty] of xml
      .replace(/<!--(?:(?!--).)*-->|<\?.*?\?>/gsu, '')
      .matchAll(/<(\/?)([A-Za-z]+)(?:\s+[\w:]+="[^"<&]*")*(\s*\/)?>/gu)) {
      if (slash) expect(open.pop()).toBe(name);
      else if (!empty) open.push(name!);
    }
    expect(open).toEqual([]);
    expect(xml.replace(/<!--.*?-->|<[^>]*>/gsu, '')).not.toMatch(/[<>&]/u);
  });

  it('names a command, a time and its limits in the elements of its schema', () => {
    for (const element of ['CalendarTrigger', 'StartBoundary', 'ScheduleByDay', 'UserId', 'ExecutionTimeLimit', 'Command', 'Arguments'])
      expect(xml).toMatch(new RegExp(`<${element}>`, 'u'));
    expect(xml).toContain('http://schemas.microsoft.com/windows/2004/02/mit/task');
    expect(/<MultipleInstancesPolicy>(\w+)</u.exec(xml)?.[1]).toBe('IgnoreNew');
  });
});

it.each([
  ['systemd', settings.get('ExecStart')!],
  ['cron', textOf('mimawari.cron')],
  ['Task Scheduler', textOf('mimawari-task.xml')],
])('%s calls the program by options that it has', (_name, text) => {
  const [command, ...rest] = argumentsIn(text);
  const { stdout } = spawnSync(process.execPath, [program, command!, '--help'], { encoding: 'utf8' });
  expect(command).toBe('scan');
  for (const flag of rest.filter((word) => word.startsWith('--'))) expect(stdout).toContain(flag);
});
