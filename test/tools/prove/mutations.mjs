/**
 * Damages files in ways that repeat (a seed): bits flipped, bytes overwritten, cut, pieces moved, doubled, zeroed, or taken from another file. Every damaged file
 * must come back as one record, and none of them may crash a reader, hang it or bring an error to light that the program did not foresee.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { listFiles } from '../examine-files.mjs';
import { megabytes } from '../measure.mjs';
import { measureScan, PROJECT } from '../run-program.mjs';
import { createChance } from '../seeded.mjs';

export const summary =
  '20,000 damaged samples (and 6,000 damaged documents of the corpus): a record each, no crash, no hang, nothing unforeseen';

const SAMPLE_MUTATIONS = 20_000;
const CORPUS_MUTATIONS = 6_000;
/** Files of one scan: what lies on disk at a time stays small. */
const BATCH_FILES = 2_000;
/** Larger seeds would make the set many gigabytes and show nothing more. */
const SEED_BYTES_MAX = 256 * 1024;
/** Problems that a damaged file must never be told with: they tell of a fault of the program. */
const FAULTS = ['crashed', 'timed-out', 'out-of-memory', 'unexpected', 'gone', 'changing', 'no-access'];
/** A batch that takes longer than this for each of its files has hung somewhere. */
const FILE_MS_MAX = 200;

const placeIn = (chance, bytes) => chance.below(Math.max(1, bytes.length));
const pieceOf = (chance, bytes, most) => {
  const from = placeIn(chance, bytes);
  return bytes.subarray(from, from + 1 + chance.below(most));
};
const splice = (bytes, at, without, piece) => Buffer.concat([bytes.subarray(0, at), piece, bytes.subarray(at + without)]);

/** Values that length and offset fields go wrong with. */
const EDGES = [0, 1, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff];

const MUTATIONS = {
  flip(bytes, chance) {
    const copy = Buffer.from(bytes);
    for (let count = 1 + chance.below(8); count > 0; count--) copy[placeIn(chance, copy)] ^= 1 << chance.below(8);
    return copy;
  },
  overwrite(bytes, chance) {
    const copy = Buffer.from(bytes);
    for (let count = 1 + chance.below(4); count > 0; count--) copy[placeIn(chance, copy)] = chance.below(256);
    return copy;
  },
  edge(bytes, chance) {
    const copy = Buffer.from(bytes);
    if (copy.length >= 4) copy.writeUInt32LE(chance.pick(EDGES), chance.below(copy.length - 3));
    return copy;
  },
  cut: (bytes, chance) => bytes.subarray(0, placeIn(chance, bytes)),
  behead: (bytes, chance) => bytes.subarray(placeIn(chance, bytes)),
  zero(bytes, chance) {
    const copy = Buffer.from(bytes);
    const from = placeIn(chance, copy);
    return copy.fill(0, from, Math.min(copy.length, from + 1 + chance.below(512)));
  },
  double(bytes, chance) {
    return splice(bytes, placeIn(chance, bytes), 0, pieceOf(chance, bytes, 2_048));
  },
  remove: (bytes, chance) => splice(bytes, placeIn(chance, bytes), 1 + chance.below(512), Buffer.alloc(0)),
  move(bytes, chance) {
    const piece = pieceOf(chance, bytes, 512);
    return splice(bytes, placeIn(chance, bytes), piece.length, piece);
  },
  graft: (bytes, chance, other) => splice(bytes, placeIn(chance, bytes), chance.below(512), pieceOf(chance, other, 4_096)),
};
const WAYS = Object.keys(MUTATIONS);

function readSeeds(folder) {
  return listFiles(folder)
    .filter((path) => extname(path) !== '.tsv' && extname(path) !== '.py')
    .map((path) => join(folder, path))
    .filter((file) => statSync(file).size > 0 && statSync(file).size <= SEED_BYTES_MAX)
    .map((file) => ({ name: file.slice(folder.length + 1), bytes: readFileSync(file) }));
}

/** Writes mutations `from` to `to` of a seeded series; a number alone makes the same file again. Gives what each file came from. */
function writeBatch(folder, seeds, seed, from, to) {
  mkdirSync(folder, { recursive: true });
  const origins = new Map();
  for (let at = from; at < to; at++) {
    const chance = createChance(seed + at * 7919);
    const own = seeds[at % seeds.length];
    const way = chance.pick(WAYS);
    const damaged = MUTATIONS[way](own.bytes, chance, chance.pick(seeds).bytes);
    const name = `${String(at).padStart(5, '0')}-${way}${extname(own.name)}`;
    writeFileSync(join(folder, name), damaged);
    origins.set(name, `${own.name}, ${way}, number ${at}`);
  }
  return origins;
}

/** Sums over all batches of one series. */
class Tally {
  files = 0;
  missing = 0;
  twice = 0;
  wallS = 0;
  slowestS = 0;
  peakPssBytes = 0;
  codes = {};
  faults = [];

  add(origins, run) {
    const seen = new Map();
    for (const { path, member, problems } of run.lines) {
      if (member === null) seen.set(path, (seen.get(path) ?? 0) + 1);
      for (const { code, detail, stage } of problems) {
        if (member === null) this.codes[code] = (this.codes[code] ?? 0) + 1;
        if (FAULTS.includes(code) && !detail.startsWith('in ')) this.faults.push(`${code} (${stage}): ${detail}: ${origins.get(path)}`);
      }
    }
    this.files += origins.size;
    for (const name of origins.keys()) {
      if (!seen.has(name)) this.missing++;
      if (seen.get(name) > 1) this.twice++;
    }
    this.wallS += run.wallS;
    this.slowestS = Math.max(this.slowestS, (run.wallS * BATCH_FILES) / origins.size);
    this.peakPssBytes = Math.max(this.peakPssBytes, run.peakPssBytes);
  }
}

/** A part of each series: `PROVE_ONLY=4000-4500` are the files of these numbers, the same as in the whole series. */
const [PART_FROM = 0, PART_TO = Number.POSITIVE_INFINITY] = process.env.PROVE_ONLY?.split('-').map(Number) ?? [];

async function proveSeries({ scratch, check, say }, name, folder, seed, whole) {
  const seeds = readSeeds(folder);
  const tally = new Tally();
  const count = Math.min(whole, PART_TO);
  if (PART_FROM >= count) return;
  for (let from = PART_FROM; from < count; from += BATCH_FILES) {
    const share = join(scratch, `${name}${from}`);
    const origins = writeBatch(share, seeds, seed, from, Math.min(count, from + BATCH_FILES));
    tally.add(origins, await measureScan(share, join(scratch, `${name}-out`), ['--workers', '2', '--quiet']));
    rmSync(share, { recursive: true, force: true });
    rmSync(join(scratch, `${name}-out`), { recursive: true, force: true });
  }
  say(
    `${name}: ${tally.files} files from ${seeds.length} seeds, ${tally.wallS.toFixed(0)} s, peak ${megabytes(tally.peakPssBytes)} MB; ` +
      Object.entries(tally.codes)
        .map(([code, files]) => `${code} ${files}`)
        .join(', '),
  );
  for (const fault of tally.faults.slice(0, 100)) say(fault);
  check(`${name}: files without a record`, tally.missing, 0, tally.missing === 0);
  check(`${name}: files with two`, tally.twice, 0, tally.twice === 0);
  check(`${name}: ${FAULTS.join(', ')}`, tally.faults.length, 0, tally.faults.length === 0);
  const boundS = (BATCH_FILES * FILE_MS_MAX) / 1000;
  check(`${name}: slowest batch`, `${tally.slowestS.toFixed(0)} s`, `≤ ${boundS} s`, tally.slowestS <= boundS);
  check(`${name}: peak PSS`, `${megabytes(tally.peakPssBytes)} MB`, '≤ 1024 MB', tally.peakPssBytes <= 1024 * 1048576);
}

export async function prove(tools) {
  await proveSeries(tools, 'samples', join(PROJECT, 'samples', 'share'), 20261121, tools.scaled(SAMPLE_MUTATIONS));
  const corpus = join(PROJECT, '..', 'shared', 'corpus', 'documents');
  if (!existsSync(corpus)) {
    tools.say('../shared/corpus/documents is not there: its series is skipped');
    return;
  }
  await proveSeries(tools, 'corpus', corpus, 4711, tools.scaled(CORPUS_MUTATIONS));
}
