/** Runs programs of the host for the sources of access lists (src/access/tools.ts). */
import { spawnSync } from 'node:child_process';
import { delimiter } from 'node:path';
import type { RunTool } from '../access/tools.js';

/** Programs of the administrator are not in everybody's path. */
const FOLDERS = ['/usr/sbin', '/usr/bin', '/sbin', '/bin', '/usr/local/sbin', '/usr/local/bin', '/usr/local/samba/bin'];
const OUTPUT_BYTES_MAX = 512 * 1024 * 1024;
const TIME_MS_MAX = 60_000;

export const runTool: RunTool = (command, parameters, input) => {
  const { status, stdout, stderr, error } = spawnSync(command, parameters, {
    input: input ?? '',
    env: { PATH: FOLDERS.join(delimiter), LC_ALL: 'C' },
    maxBuffer: OUTPUT_BYTES_MAX,
    timeout: TIME_MS_MAX,
    windowsHide: true,
  });
  if (error !== undefined && (error as NodeJS.ErrnoException).code === 'ENOENT') return null;
  return { status, stdout, stderr };
};
