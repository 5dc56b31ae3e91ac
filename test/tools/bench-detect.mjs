/**
 * The detection part of `npm run bench`: MB of UTF-8 a CPU second, one core, from a file's bytes to records and distinct persons, with kuromoji's tokenizer beside it
 * on the same text in the same run. kuromoji is an npm package kept in .cache; when it cannot be fetched it says so and goes on without.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { WORKER_FLAGS } from '../../dist/src/scan/slot.js';
import { benchTexts } from './bench-texts.mjs';
import { megabytes } from './measure.mjs';
import { PROJECT } from './run-program.mjs';

const KUROMOJI = 'kuromoji@0.1.2';
const TURNS = 3;
const PEER_BYTES = 1_000_000;

/** The folder that holds the package, fetched on first use; null when that is not possible. */
function fetchKuromoji() {
  const folder = join(PROJECT, '.cache', 'kuromoji');
  const there = () => existsSync(join(folder, 'node_modules', 'kuromoji', 'dict', 'base.dat.gz'));
  if (!there()) {
    mkdirSync(folder, { recursive: true });
    // An npm started by npm would take this project's folder for its own: the prefix is given in both ways.
    spawnSync('npm', ['install', '--prefix', folder, '--no-save', '--no-audit', '--no-fund', '--ignore-scripts', KUROMOJI], {
      cwd: folder,
      stdio: 'ignore',
    });
  }
  return there() ? folder : null;
}

function runNode(flags, tool, parameters) {
  const script = fileURLToPath(new URL(tool, import.meta.url));
  const { status, stdout, stderr } = spawnSync(process.execPath, [...flags, script, ...parameters], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${tool} ended with ${status}: ${stderr.slice(0, 1000)}`);
  return JSON.parse(stdout);
}

const speedOf = ({ bytes, cpuS }) => bytes / 1e6 / cpuS;

/** Prints a line for each text. `bytes`: how large each is made. */
export function benchDetection(scratch, bytes = 8_000_000) {
  const folder = fetchKuromoji();
  if (folder === null) console.log(`${KUROMOJI}: skipped, its package could not be fetched.`);
  const titles = ['MB', 'MB/CPU s', 'peak MB', 'records', 'persons', 'kuromoji', 'its peak MB', 'times as fast'];
  console.log(`${'detection, one core'.padEnd(24)}${titles.map((title) => title.padStart(14)).join('')}`);
  for (const { name, file, text } of benchTexts(bytes)) {
    const path = join(scratch, file);
    writeFileSync(path, text);
    const ours = runNode(WORKER_FLAGS, './bench-examine.mjs', [path, String(TURNS)]);
    const peer = folder && runNode([], './bench-kuromoji.mjs', [folder, path, String(PEER_BYTES)]);
    const figures = [
      (Buffer.byteLength(text) / 1e6).toFixed(1),
      speedOf(ours).toFixed(1),
      megabytes(ours.peakBytes),
      ours.records,
      ours.persons,
      ...(peer ? [speedOf(peer).toFixed(2), megabytes(peer.peakBytes), (speedOf(ours) / speedOf(peer)).toFixed(0)] : []),
    ];
    console.log(`  ${name.padEnd(22)}${figures.map((figure) => String(figure).padStart(14)).join('')}`);
  }
}
