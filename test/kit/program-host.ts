/** The near end of program-host.mjs: started with the first command, one for all files that a test process runs. */
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, openSync, read, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

export interface HostedRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

let ends: { readonly questions: number; readonly answers: number } | null = null;

/** Waits until the command is over. Its working folder and standard input are those of the host. */
export function runHosted(args: readonly string[], env: NodeJS.ProcessEnv): HostedRun {
  return JSON.parse(readLine(ask(args, env))) as HostedRun;
}

/** The same while this process goes on, for what it serves to the command. One at a time. */
export async function runHostedBeside(args: readonly string[], env: NodeJS.ProcessEnv): Promise<HostedRun> {
  return JSON.parse(await nextLine(ask(args, env))) as HostedRun;
}

/** Where the answer comes. */
function ask(args: readonly string[], env: NodeJS.ProcessEnv): number {
  ends ??= startHost();
  const question = Buffer.from(`${JSON.stringify({ args, env })}\n`);
  for (let at = 0; at < question.length; ) at += writeSync(ends.questions, question, at);
  return ends.answers;
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
  const line = new Line();
  for (;;) {
    const got = readSync(fd, line.room, 0, line.room.length, null);
    if (line.take(got)) return line.text;
  }
}

async function nextLine(fd: number): Promise<string> {
  const line = new Line();
  const readSome = promisify(read);
  for (;;) {
    const { bytesRead } = await readSome(fd, line.room, 0, line.room.length, null);
    if (line.take(bytesRead)) return line.text;
  }
}

const ROOM_BYTES = 65_536;

class Line {
  room = Buffer.alloc(ROOM_BYTES);
  private readonly pieces: Buffer[] = [];

  /** Takes so many bytes out of `room`; whether the line ends with them. */
  take(bytes: number): boolean {
    if (bytes === 0) throw new Error('the host of the program is gone');
    this.pieces.push(this.room.subarray(0, bytes));
    const isEnd = this.room[bytes - 1] === 0x0a;
    this.room = Buffer.alloc(ROOM_BYTES);
    return isEnd;
  }

  get text(): string {
    return Buffer.concat(this.pieces).toString();
  }
}
