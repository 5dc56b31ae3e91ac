/** What the command line says of a slip of the pen: in the user's language, with the next step, exit 2. Uses the compiled program in dist/. */
import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { usageText } from '../../src/cli/usage-words.js';
import { roster, Share } from '../kit/share.js';

let share: Share;
beforeAll(() => {
  share = new Share();
  share.put('名簿.csv', roster(2));
});
afterAll(() => share.remove());

describe('a command line that is not understood', () => {
  it.each([
    [
      ['scan', '.', '--cvs', 'x'],
      '--cvs というオプションはありません（--csv ではありませんか）',
      "unknown option '--cvs' (did you mean --csv?)",
    ],
    [['check'], '確かめるファイルかフォルダーを指定してください', 'no path was given'],
    [['explain', 'a', 'b'], '名前は 1 個までですが、2 個あります', 'takes 1 name, not 2'],
    [['leak', '総務部'], 'leak の後ろに、ファイルなどの名前は書けません', 'takes no names, only options'],
    [['declared'], '申告の表のファイルを指定してください', 'no answers was given'],
    [['verify'], '報告の横にある manifest（…manifest.json）を指定してください', 'no manifest was given'],
    [['scan', '.', '--csv'], '--csv のあとに続けて書いてください', "option '--csv <file>': its value is missing"],
    [
      ['scan', '.', '--json', '--csv', '-'],
      '--json と、標準出力への報告（-）は同時に使えません',
      '--json and a report to standard output (-) would mix',
    ],
    [['scan', '.', '--dry-run', '--jsonl', 'x'], '--dry-run は報告を作りません', '--dry-run makes no report'],
    [['/srv/share'], 'mimawari scan フォルダー', 'to sweep a folder: mimawari scan FOLDER'],
    [['compare', '--help'], '「compare」というコマンドはありません', "unknown command 'compare'"],
    [['difff', '--help'], '（diff ではありませんか）', '(did you mean diff?)'],
  ])('%j', (args, ja, en) => {
    for (const [lang, words] of [
      ['ja', ja],
      ['en', en],
    ] as const) {
      const { code, stderr, stdout } = share.run(...args, `--lang=${lang}`);
      expect([code, stdout, stderr]).toEqual([2, '', expect.stringContaining(words)]);
      expect(stderr).toMatch(/^mimawari: /);
    }
  });

  it('speaks Japanese of unknown commands too, and passes on what it does not know', () => {
    expect(usageText("error: unknown command 'scna'\n(Did you mean scan?)\n", 'ja')).toMatch(
      /^mimawari: 「scna」.*（scan ではありませんか）\n$/,
    );
    expect(usageText('error: something new\n', 'ja')).toBe('mimawari: something new\n');
    expect(usageText('plain', 'ja')).toBe('plain');
  });
});

it.each([
  [['--workers', '0'], '1 から 256 までの整数'],
  [['--as-of', '2026-02-30'], '暦にありません'],
  [['--policy', 'missing.yaml'], '方針ファイルを読めません（見つかりません）'],
  [['--exclude', '../x'], 'パターン "../x"'],
])('tells %j in Japanese', (args, words) => {
  const { code, stderr } = share.run('check', share.root, '--lang', 'ja', ...args);
  expect([code, stderr]).toEqual([2, expect.stringContaining(words)]);
});

it('gives its help in Japanese, titles and all', () => {
  const { code, stdout } = share.run('scan', '--help', '--lang', 'ja');
  expect(code).toBe(0);
  expect(stdout).toMatch(/^使い方: mimawari scan/);
  expect(stdout).not.toMatch(/Usage|Options|display/);
});

it('says that the readers do not start, with their last words and exit 70', () => {
  const stub = share.beside('no-readers.cjs');
  writeFileSync(stub, "if (process.argv[1]?.includes('worker-main')) { console.error('no memory for readers'); process.exit(3); }");
  const { NODE_OPTIONS } = process.env;
  process.env.NODE_OPTIONS = `--require ${stub}`;
  try {
    const { code, stderr } = share.run('scan', share.root, '--inventory', share.beside('70.db'), '--lang', 'ja');
    expect(code).toBe(70);
    expect(stderr).toContain('読み取りプロセスを始められません');
    expect(stderr).toContain('no memory for readers');
  } finally {
    if (NODE_OPTIONS === undefined) delete process.env.NODE_OPTIONS;
    else process.env.NODE_OPTIONS = NODE_OPTIONS;
  }
});

describe('--version', () => {
  it.each(['en', 'ja'])('tells program, schema of the inventory, dictionaries and runtime, from any folder: %s', (lang) => {
    const { code, stdout, stderr } = share.start('--version', '--lang', lang);
    expect([code, stderr]).toEqual([0, '']);
    const lines = stdout.trimEnd().split('\n');
    expect(lines).toHaveLength(4);
    expect(lines[0]).toMatch(/^mimawari \d+\.\d+\.\d+$/);
    expect(lines.slice(1).join(' ')).toMatch(new RegExp(`\\d+ .*[0-9a-f]{8}-[0-9a-f]{8} .*${process.version.replaceAll('.', '\\.')}`));
  });
});
