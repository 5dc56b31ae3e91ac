// Trains the weights of detectors/name-features.ts: logistic regression over the candidates of sentences with labelled names, and of prose
// that has none. Usage: node test/tools/train-names.mjs LABELLED_FOLDER [PROSE_FILE…]; LABELLED_FOLDER holds labels.jsonl and data/, and only
// lines with an even number are used, so that the odd ones can tell how good the result is. Prints the new name-weights.ts.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fold } from '../../dist/detectors/fold.js';
import { FEATURE_COUNT } from '../../dist/detectors/name-features.js';
import { NameRuns } from '../../dist/detectors/name-runs.js';
import { openLexicon } from '../../dist/src/lexicon/open.js';

const [folder, ...proseFiles] = process.argv.slice(2);
const ROUNDS = 2;
const STEPS = 300;
const RATE = 0.6;
const PENALTY = 1;
/** What a weight is drawn to instead of 0. Feature 75 is the honorific behind a name: letters and forms call people 様, an encyclopedia does not. */
const PRIOR = new Map([[75, 3.5]]);
const PROSE_WEIGHT = 0.5;

const runs = new NameRuns(openLexicon());
const samples = [];

const labels = new Map();
for (const line of readFileSync(join(folder, 'labels.jsonl'), 'utf8').split('\n')) {
  if (line === '') continue;
  const label = JSON.parse(line);
  const key = `${label.file}:${label.line}`;
  labels.set(key, [...(labels.get(key) ?? []), label]);
}

function collect(text, namesAt, weight) {
  const spans = new Map();
  runs.visit(text, (candidate, features, count) => {
    const key = `${candidate.start}:${candidate.end}`;
    const kept = features.slice(0, count);
    const held = spans.get(key);
    if (held) held.splits.push(kept);
    else spans.set(key, { start: candidate.start, end: candidate.end, splits: [kept] });
  });
  for (const span of spans.values()) {
    const touching = namesAt.filter((name) => name.start < span.end && span.start < name.end);
    const exact = touching.some((name) => name.start === span.start && name.end === span.end && name.form === 'full');
    if (!exact && touching.some((name) => name.form !== 'full')) continue;
    samples.push({ splits: span.splits, target: exact ? 1 : 0, weight });
  }
}

for (const file of new Set([...labels.values()].flat().map((label) => label.file))) {
  const lines = readFileSync(join(folder, 'data', file), 'utf8').split('\n');
  for (let number = 2; number <= lines.length; number += 2) {
    const text = lines[number - 1];
    const names = (labels.get(`${file}:${number}`) ?? []).map((label) => ({
      ...label,
      start: unitOf(text, label.start),
      end: unitOf(text, label.end),
    }));
    collect(fold(text), names, 1);
  }
}
for (const file of proseFiles) for (const line of readFileSync(file, 'utf8').split('\n')) collect(fold(line), [], PROSE_WEIGHT);

function unitOf(text, point) {
  return [...text].slice(0, point).join('').length;
}

const weights = new Float64Array(FEATURE_COUNT);
const dot = (features) => features.reduce((sum, feature) => sum + weights[feature], 0);
for (let round = 0; round < ROUNDS; round++) {
  // The split that speaks best for a span stands for it.
  const chosen = samples.map(({ splits }) => splits.reduce((best, split) => (dot(split) > dot(best) ? split : best)));
  const ends = new Int32Array(samples.length + 1);
  chosen.forEach((features, at) => {
    ends[at + 1] = ends[at] + features.length;
  });
  const packed = new Uint8Array(ends[samples.length]);
  chosen.forEach((features, at) => {
    packed.set(features, ends[at]);
  });
  const squares = new Float64Array(FEATURE_COUNT).fill(1e-8);
  for (let step = 0; step < STEPS; step++) {
    // The bias (feature 0) is free; the others pay for being large, because the labelled names are few.
    const gradient = weights.map((weight, feature) => (feature === 0 ? 0 : PENALTY * (weight - (PRIOR.get(feature) ?? 0))));
    for (let at = 0; at < samples.length; at++) {
      let score = 0;
      for (let place = ends[at]; place < ends[at + 1]; place++) score += weights[packed[place]];
      const error = (1 / (1 + Math.exp(-score)) - samples[at].target) * samples[at].weight;
      for (let place = ends[at]; place < ends[at + 1]; place++) gradient[packed[place]] += error;
    }
    for (let feature = 0; feature < FEATURE_COUNT; feature++) {
      const slope = gradient[feature] / samples.length;
      squares[feature] += slope * slope;
      weights[feature] -= (RATE * slope) / Math.sqrt(squares[feature]);
    }
  }
}
const positive = samples.filter((sample) => sample.target === 1).length;
const rows = [];
const numbers = [...weights].map((weight) => Math.round(weight * 1000));
for (let at = 0; at < numbers.length; at += 16) rows.push(`  ${numbers.slice(at, at + 16).join(', ')},`);
process.stdout.write(`/** The trained weights of name-features.ts, in thousandths, in the order of the features' numbers. Made by test/tools/train-names.mjs; don't edit. */
export const WEIGHTS: readonly number[] = [
${rows.join('\n')}
];
`);
process.stderr.write(`${samples.length} spans, ${positive} names\n`);
