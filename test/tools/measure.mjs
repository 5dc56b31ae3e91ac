/**
 * Measures a command with everything it starts: wall time, CPU time, bytes read, peak memory (PSS, so that shared pages count once), how many processes.
 * Linux only, since it reads /proc; CPU time and bytes come from the kernel's own sums of ended children, not from samples.
 */
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** Sampled this often unless told otherwise; a peak shorter than this can be missed. Sampling takes CPU itself, so a measurement of speed asks for less. */
const SAMPLE_MS = 100;

/**
 * A shell runs the command, then writes its own and its children's times (POSIX `times`) and its byte counters to the fourth descriptor.
 * The kernel adds an ended child's figures to its parent's, so they hold the whole tree.
 */
const WRAPPER = '"$@"\ncode=$?\ntimes >&3\ncat /proc/$$/io >&3\nexit $code';

function statOf(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The name in brackets may hold spaces and brackets: fields are counted from the last one.
    return Number(text.slice(text.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return null;
  }
}

/** Process ids below `root`, without it. */
export function descendants(root) {
  const children = new Map();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const parent = statOf(name);
    if (parent !== null) children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  const found = [];
  for (let queue = children.get(root) ?? []; queue.length; queue = queue.flatMap((pid) => children.get(pid) ?? [])) found.push(...queue);
  return found;
}

const kilobytes = (file, field) => {
  try {
    return Number(readFileSync(file, 'latin1').match(new RegExp(`^${field}:\\s+(\\d+)`, 'm'))?.[1] ?? 0) * 1024;
  } catch {
    return 0; // It ended between listing and reading.
  }
};

function sampleTree(root, startedMs) {
  const pids = descendants(root);
  let pssBytes = 0;
  let rssBytesMax = 0;
  for (const pid of pids) {
    pssBytes += kilobytes(`/proc/${pid}/smaps_rollup`, 'Pss');
    rssBytesMax = Math.max(rssBytesMax, kilobytes(`/proc/${pid}/status`, 'VmRSS'));
  }
  return { atMs: performance.now() - startedMs, processes: pids.length, pssBytes, rssBytesMax };
}

/** `0m1.25s` lines of POSIX `times`: the shell's user and system time, then its children's. */
function parseTimes(text) {
  const seconds = [...text.matchAll(/(\d+)m([\d.]+)s/g)].map(([, minutes, rest]) => Number(minutes) * 60 + Number(rest));
  return (seconds[2] ?? Number.NaN) + (seconds[3] ?? Number.NaN);
}

/**
 * Runs a command to its end. Resolves to { exitCode, signal, wallS, cpuS, readBytes, peakPssBytes, peakProcesses, samples, stdout, stderr }; `readBytes` counts
 * what read calls asked for and got, from caches too. `onSample(sample)` is called with every sample.
 */
export function measureTree(command, parameters, { env = {}, cwd, onSample, onStart, sampleMs = SAMPLE_MS } = {}) {
  if (process.platform !== 'linux') throw new Error('measuring reads /proc: Linux only');
  return new Promise((resolve, reject) => {
    const startedMs = performance.now();
    const child = spawn('/bin/sh', ['-c', WRAPPER, 'sh', command, ...parameters], {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    });
    const texts = ['', '', ''];
    [1, 2, 3].forEach((fd, at) => {
      child.stdio[fd].setEncoding('utf8').on('data', (text) => {
        texts[at] += text;
      });
    });
    onStart?.(child.pid);
    const samples = [];
    const timer = setInterval(() => {
      const sample = sampleTree(child.pid, startedMs);
      samples.push(sample);
      onSample?.(sample);
    }, sampleMs);
    child.on('error', reject);
    child.on('close', (exitCode, signal) => {
      clearInterval(timer);
      resolve({
        exitCode,
        signal,
        wallS: (performance.now() - startedMs) / 1000,
        cpuS: parseTimes(texts[2]),
        readBytes: Number(texts[2].match(/^rchar: (\d+)/m)?.[1] ?? Number.NaN),
        peakPssBytes: samples.reduce((peak, { pssBytes }) => Math.max(peak, pssBytes), 0),
        peakProcesses: samples.reduce((peak, { processes }) => Math.max(peak, processes), 0),
        samples,
        stdout: texts[0],
        stderr: texts[1],
      });
    });
  });
}

export const megabytes = (bytes) => Math.round(bytes / 1048576);
