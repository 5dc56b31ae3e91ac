/** A made-up share in a temporary folder, and the program run on it as a user does. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runHosted, runHostedBeside } from './program-host.js';

export const top = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
export const program = join(top, 'bin', 'mimawari.js');

/** Rows of a roster with obviously made-up people; the numbers are all different. */
export function roster(rows: number, from = 0): string {
  const lines = ['基礎年金番号,氏名,生年月日,住所'];
  for (let i = from; i < from + rows; i++) {
    const number = `${1100 + (i % 40)}-${String(100000 + i).slice(-6)}`;
    lines.push(
      `${number},架空 ${'太次三四五六七八九十'[i % 10]}郎,昭和${30 + (i % 30)}年${1 + (i % 12)}月${1 + (i % 28)}日,東京都千代田区霞が関${1 + (i % 3)}-${1 + (i % 9)}-${1 + (i % 20)}`,
    );
  }
  return `${lines.join('\r\n')}\r\n`;
}

export interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export class Share {
  readonly folder = mkdtempSync(join(tmpdir(), 'mimawari-test-'));
  readonly root = join(this.folder, 'share');

  constructor() {
    mkdirSync(this.root);
  }

  put(path: string, content: string | Buffer, modified?: Date): string {
    const file = join(this.root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
    if (modified) utimesSync(file, modified, modified);
    return file;
  }

  /** Beside the share, not in it. */
  beside(name: string): string {
    return join(this.folder, name);
  }

  private get env(): NodeJS.ProcessEnv {
    return { ...process.env, XDG_STATE_HOME: this.beside('state'), NO_COLOR: '1', LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8' };
  }

  /** A command, in a process that outlives it. A worker of its own reads for it: one, where nothing else is said, because starting is most of what small shares cost. */
  run(...args: string[]): Run {
    const isSaid = !['scan', 'check'].includes(args[0]!) || args.some((arg) => arg === '--workers' || arg === '--config');
    const full = isSaid ? args : [...args, '--workers', '1'];
    return process.platform === 'win32' ? this.start(...full) : runHosted(full, this.env);
  }

  /** The same while this process goes on: for a command that asks something of it. `more` is added to its environment. */
  runBeside(args: readonly string[], more: NodeJS.ProcessEnv = {}): Promise<Run> {
    return runHostedBeside(args, { ...this.env, ...more });
  }

  /** A command as a process of its own, as a user starts it. */
  start(...args: string[]): Run {
    const { env } = this;
    const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], { encoding: 'utf8', env, maxBuffer: 1 << 28 });
    return { code: status, stdout, stderr };
  }

  /** `scan` of the root with a JSONL report; its lines parsed. */
  scan(...args: string[]): Run & { lines: Record<string, unknown>[]; files: Record<string, unknown>[] } {
    const out = this.beside(`out-${Math.random().toString(36).slice(2)}.jsonl`);
    const run = this.run('scan', this.root, '--inventory', this.beside('inventory.db'), '--jsonl', out, ...args);
    let lines: Record<string, unknown>[] = [];
    try {
      lines = readFileSync(out, 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line));
    } catch {
      // A run that could not start writes no report; the test looks at its exit code.
    }
    return { ...run, lines, files: lines.filter((line) => line.schema === 'mimawari.file/1') };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
