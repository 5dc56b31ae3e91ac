/** The program in a real terminal, as a person sees it: tmux draws it, and its screen is read back. */
import { execFileSync, spawnSync } from 'node:child_process';
import { program } from './share.js';

const COLUMNS = 110;
const LINES = 60;
const quote = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

export const hasTerminal = spawnSync('tmux', ['-V']).status === 0;

/** Terminals of a server of its own, which ends with it. */
export class Terminals {
  private readonly socket = `mimawari-${process.pid}`;
  private started = false;

  /** `before`: a command that starts the program, such as one that takes rights away. */
  start(name: string, folder: string, args: readonly string[], before: readonly string[] = []): void {
    const line = [...before, process.execPath, program, ...args].map(quote).join(' ');
    const script = `cd ${quote(folder)}; LANG=C.UTF-8 LC_ALL=C.UTF-8 ${line}; echo "[exit $?]"; sleep 600`;
    const size = ['-x', String(COLUMNS), '-y', String(LINES)];
    const how = this.started ? ['new-window', '-d', '-t', 'main', '-n', name] : ['new-session', '-d', '-s', 'main', '-n', name, ...size];
    this.tmux(...how, '/bin/sh', '-c', script);
    this.started = true;
  }

  /** What stands in the terminal when the program has ended, what has scrolled away included; trailing spaces are gone. */
  async read(name: string, waitMsMax = 60_000): Promise<{ text: string; code: number }> {
    for (const endMs = performance.now() + waitMsMax; ; ) {
      const text = this.tmux('capture-pane', '-p', '-J', '-S', '-2000', '-t', `main:${name}`);
      const ended = /^\[exit (\d+)\]$/mu.exec(text);
      if (ended) return { text: text.slice(0, ended.index), code: Number(ended[1]) };
      if (performance.now() > endMs) throw new Error(`the terminal still shows:\n${text}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  end(): void {
    if (this.started) this.tmux('kill-server');
  }

  private tmux(...args: string[]): string {
    return execFileSync('tmux', ['-u', '-L', this.socket, '-f', '/dev/null', ...args], { encoding: 'utf8' });
  }
}
