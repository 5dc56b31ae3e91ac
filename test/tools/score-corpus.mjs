/**
 * Scores the built detectors on the labelled text of the corpus beside the project: full names in prose on the lines with an odd number, which no training saw, and
 * addresses as people write them, one a line. Counts as the corpus' own score.py does ("full only").
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createDetectors } from '../../dist/detectors/registry.js';
import { openLexicon } from '../../dist/src/lexicon/open.js';
import { PROJECT } from './run-program.mjs';
import { bestStrength, createStrengths } from './score-figures.mjs';

const CORPUS = join(PROJECT, '..', 'shared', 'corpus');
const NAMES = join(CORPUS, 'names');
const ADDRESSES = join(CORPUS, 'addresses', 'addresses.txt');
export const namesAreThere = () => existsSync(join(NAMES, 'labels.jsonl'));
export const addressesAreThere = () => existsSync(ADDRESSES);

export const openDetectors = () =>
  createDetectors({
    lexicon: openLexicon(),
    site: { labels: {}, names: [], places: [], known: [], off: [], thresholds: {} },
    asOf: { year: 2026, month: 11, day: 21 },
  });

export const linesOf = (file) => readFileSync(file, 'utf8').split('\n');
/** Labels count code points, matches UTF-16 units. */
const unitsOf = (text, points) => [...text].slice(0, points).join('').length;

function readLabels() {
  const labels = new Map();
  for (const line of linesOf(join(NAMES, 'labels.jsonl')).filter(Boolean)) {
    const label = JSON.parse(line);
    labels.set(label.line, [...(labels.get(label.line) ?? []), label]);
  }
  return labels;
}

/** `parity` 1: the odd lines, for reports; 0: the even ones, which were tuned on. */
export function scoreNames(detectors, parity = 1) {
  const labels = readLabels();
  const strengths = createStrengths();
  linesOf(join(NAMES, 'data', 'wiki_stockmark.txt')).forEach((text, index) => {
    if ((index + 1) % 2 !== parity) return;
    const names = (labels.get(index + 1) ?? []).map((label) => ({
      start: unitsOf(text, label.start),
      end: unitsOf(text, label.end),
      full: label.form === 'full',
    }));
    const matches = detectors.find(text).filter(({ kind }) => kind === 'name');
    const touch = (match, name) => match.start < name.end && name.start < match.end;
    for (const name of names.filter(({ full }) => full))
      strengths.label('name', bestStrength(matches.filter((match) => touch(match, name)).map(({ strength }) => strength)));
    for (const match of matches) {
      const touched = names.filter((name) => touch(match, name));
      // A family name alone is neither asked for nor wrong.
      if (touched.length === 0 || touched.some(({ full }) => full)) strengths.finding('name', match.strength, touched.length > 0);
    }
  });
  return strengths;
}

/** Every line is one address. Gives { strengths, lines, mostlyCovered }: lines of which nine tenths and more are told at likely or better. */
export function scoreAddresses(detectors) {
  const strengths = createStrengths();
  const lines = linesOf(ADDRESSES).filter(Boolean);
  let mostlyCovered = 0;
  for (const line of lines) {
    const matches = detectors.find(line).filter(({ kind }) => kind === 'address');
    strengths.label('address', bestStrength(matches.map(({ strength }) => strength)));
    for (const { strength } of matches) strengths.finding('address', strength, true);
    const covered = matches.filter(({ strength }) => strength !== 'weak').reduce((sum, { start, end }) => sum + end - start, 0);
    if (covered >= 0.9 * line.length) mostlyCovered++;
  }
  return { strengths, lines: lines.length, mostlyCovered };
}
