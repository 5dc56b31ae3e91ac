/** The help, the man page and the completions: one table of options, told completely in every form. Runs in this process; shells are started where they are. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { completionScript, SHELLS } from '../../src/cli/help/completion.js';
import { manPage } from '../../src/cli/help/man.js';
import { type ProgramShape, shapeOf } from '../../src/cli/help/shape.js';
import { commandLine } from '../../src/cli/main.js';

const LANGS = ['ja', 'en'] as const;
const shapes = Object.fromEntries(LANGS.map((lang) => [lang, shapeOf(commandLine(lang, () => {}, '1.2.3'))])) as Record<
  'ja' | 'en',
  ProgramShape
>;
const isThere = (program: string, ...args: string[]) => spawnSync(program, args).status === 0;

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'mimawari-help-'));
  mkdirSync(join(folder, 'out'));
  writeFileSync(join(folder, 'outside.csv'), '');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.each(LANGS)('the help in %s', (lang) => {
  it.each(shapes[lang].commands.map((command) => [command.name, command] as const))(
    'of %s says what it does, with examples',
    (name, command) => {
      const [title, ...examples] = command.after.split('\n');
      expect(title).toBe(lang === 'ja' ? '例:' : 'Examples:');
      expect(examples.filter((line) => line.startsWith('  mimawari ') || line.startsWith('  eval '))).not.toEqual([]);
      expect(examples[0]).toContain(`mimawari ${name}`);
      for (const text of [command.description, ...command.options.map((option) => option.description)]) expect(text).not.toBe('');
    },
  );

  it('gives examples that the command understands', () => {
    for (const command of shapes[lang].commands) {
      const known = new Map(shapes[lang].commands.map((one) => [one.name, one.options.flatMap(({ flags }) => flags)]));
      for (const line of command.after.split('\n').filter((one) => /^ {2}mimawari /u.test(one))) {
        const [, name = ''] = line.trim().split(/\s+/u);
        const flags = [...line.split(/ {3,}| > | \| /u)[0]!.matchAll(/\s(--[a-z-]+)/gu)].map(([, flag]) => flag);
        expect([line, flags.filter((flag) => !known.get(name)?.includes(flag!))]).toEqual([line, []]);
      }
    }
  });
});

it.each(SHELLS)('the completion for %s knows every command and every option', (shell) => {
  const script = completionScript(shapes.en, shell);
  for (const { name, options } of shapes.en.commands) {
    expect(script).toContain(name);
    for (const flag of options.flatMap((option) => option.flags)) expect(script).toContain(flag);
  }
});

describe.skipIf(!isThere('bash', '-c', 'type mapfile'))('bash (needs bash)', () => {
  const CASES: [string, string[], string[]][] = [
    ['mimawari sc', ['scan'], []],
    ['mimawari --lang j', ['ja'], []],
    ['mimawari scan --by', ['--by-department'], ['--csv']],
    ['mimawari scan --encoding ', ['utf-8', 'cp932'], []],
    ['mimawari scan --csv out', ['out', 'outside.csv'], []],
    ['mimawari scan o', ['out'], ['outside.csv']],
    ['mimawari check o', ['out', 'outside.csv'], []],
    ['mimawari check --s', ['--stamp'], ['--sign']],
    ['mimawari report --run ', ['last-complete'], ['n']],
    ['mimawari completion z', ['zsh'], ['bash']],
    ['mimawari leak --top ', [], ['out']],
    ['mimawari --lang ja explain --min-confidence l', ['likely'], []],
  ];

  it('completes what is being typed', () => {
    const asked = CASES.map(([line], at) => {
      const words = line.split(' ').map((word) => `'${word}'`);
      return `COMP_WORDS=(${words.join(' ')}); COMP_CWORD=${words.length - 1}; _mimawari; echo "${at}:\${COMPREPLY[*]}"`;
    });
    const { stdout, stderr } = spawnSync(
      'bash',
      ['--noprofile', '--norc', '-c', `${completionScript(shapes.ja, 'bash')}\n${asked.join('\n')}`],
      {
        cwd: folder,
        encoding: 'utf8',
      },
    );
    expect(stderr).toBe('');
    const answers = stdout.trimEnd().split('\n');
    CASES.forEach(([line, wanted, unwanted], at) => {
      const answer = answers[at]!.slice(answers[at]!.indexOf(':') + 1).split(' ');
      expect([line, answer]).toEqual([line, expect.arrayContaining(wanted)]);
      for (const one of unwanted) expect([line, answer]).not.toEqual([line, expect.arrayContaining([one])]);
    });
  });
});

it.skipIf(!isThere('zsh', '-c', 'true'))('zsh understands its script (needs zsh)', () => {
  for (const lang of LANGS) {
    const { status, stderr } = spawnSync('zsh', ['-f', '-n'], { input: completionScript(shapes[lang], 'zsh'), encoding: 'utf8' });
    expect([status, stderr]).toEqual([0, '']);
  }
});

it.skipIf(!isThere('pwsh', '-v'))('PowerShell understands its script (needs pwsh)', () => {
  const { status, stderr } = spawnSync('pwsh', ['-NoProfile', '-Command', '-'], {
    input: completionScript(shapes.ja, 'powershell'),
    encoding: 'utf8',
  });
  expect([status, stderr]).toEqual([0, '']);
});

describe('the man page', () => {
  it.each(LANGS)('names every command and option in %s, and no line is taken for a request', (lang) => {
    const page = manPage(shapes[lang], lang);
    const plain = page.replaceAll('\\-', '-');
    for (const { name, options } of shapes[lang].commands) {
      expect(plain).toContain(`.SS "mimawari ${name}`);
      for (const flag of options.flatMap((option) => option.flags)) expect(plain).toContain(`\\fB${flag}\\fR`);
    }
    const requests = new Set(page.split('\n').flatMap((line) => /^[.'](?:\\"|[A-Za-z]*)/u.exec(line)?.[0] ?? []));
    expect([...requests].sort()).toEqual(['.B', '.I', '.PP', '.RI', '.SH', '.SS', '.TH', '.TP', '.\\"', '.ad', '.fi', '.nf']);
  });

  it.skipIf(!isThere('groff', '-v'))('is set by groff without a complaint (needs groff)', () => {
    for (const lang of LANGS) {
      const { stdout, stderr } = spawnSync('groff', ['-man', '-ww', '-K', 'utf8', '-T', 'utf8'], {
        input: manPage(shapes[lang], lang),
        encoding: 'utf8',
      });
      expect(stderr).toBe('');
      expect(stdout.replaceAll(/\u001b\[\d+m/gu, '')).toContain('mimawari scan');
    }
  });
});
