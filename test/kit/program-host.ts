/** The near end of program-host.mjs: started with the first command, one for all files that a test process runs. */
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface HostedRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

let ends: { readonly questions: number; readonly answers: number } | null = null;

/** Waits until the command is over. Its working folder and standard input are those of the host. */
export function runHosted(args: readonly string[], env: NodeJS.ProcessEnv): HostedRun {
  ends ??= startHost();
  const question = Buffer.from(`${JSON.stringify({ args, env })}\n`);
  for (let at = 0; at < question.length; ) at += writeSync(ends.questions, question, at);
  return JSON.parse(readLine(ends.answers)) as HostedRun;
}

function startHost() {
  const folder = mkdtempSync(join(tmpdir(), 'mimawari-host-'));
  const pipes = [join(folder, 'questions'), join(folder, 'answers')] as const;
  execFileSync('mkfifo', [...pipes]);
  const host = spawn(process.execPath, ['--expose-gc', fileURLToPath(new URL('./program-host.mjs', import.meta.url)), ...pipes], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  host.unref();
  // Both wait for the other end; a host that dies gives an end of file.
  const opened = { answers: openSync(pipes[1], 'r'), questions: openSync(pipes[0], 'w') };
  rmSync(folder, { recursive: true });
  return opened;
}

function readLine(fd: number): string {
  const pieces: Buffer[] = [];
  for (;;) {
    const piece = Buffer.alloc(65_536);
    const got = readSync(fd, piece, 0, piece.length, null);
    if (got === 0) throw new Error('the host of the program is gone');
    pieces.push(piece.subarray(0, got));
    if (piece[got - 1] === 0x0a) return Buffer.concat(pieces).toString();
  }
}
