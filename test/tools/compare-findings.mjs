/** What one build finds and another does not, file by file. Values are compared by their keyed fingerprints and shown by their masks. */
import { findingsOf } from './examine-files.mjs';

const placeOf = ({ member, where }) => JSON.stringify([member, where]);
const keyOf = (finding) => `${finding.kind}\n${placeOf(finding)}\n${finding.start}-${finding.end}\n${finding.fingerprint}`;
const CLASSES = ['four', 'three', 'two', 'other'];

/** Findings by key; equal ones (a text kept twice) are counted, so that one of two lost is seen. */
function countByKey(findings) {
  const counts = new Map();
  for (const finding of findings) {
    const key = keyOf(finding);
    const entry = counts.get(key);
    if (entry) entry.count++;
    else counts.set(key, { finding, count: 1 });
  }
  return counts;
}

function createDifference() {
  return { won: [], lost: [], surer: [], lessSure: [] };
}

const STRENGTHS = ['weak', 'likely', 'certain'];

/** Differences of one file: lists of { path, finding, from, to }. */
function compareFile(path, old, fresh, into) {
  const before = countByKey(findingsOf(old));
  const after = countByKey(findingsOf(fresh));
  const note = (list, finding, times, more = {}) => {
    for (let time = 0; time < times; time++) list.push({ path, finding, ...more });
  };
  for (const [key, { finding, count }] of after) {
    const was = before.get(key);
    if (was === undefined) note(into.won, finding, count);
    else if (was.count < count) note(into.won, finding, count - was.count);
    if (was === undefined || was.finding.confidence === finding.confidence) continue;
    const [from, to] = [was.finding.confidence, finding.confidence];
    const list = STRENGTHS.indexOf(to) > STRENGTHS.indexOf(from) ? into.surer : into.lessSure;
    note(list, finding, Math.min(was.count, count), { from, to });
  }
  for (const [key, { finding, count }] of before) note(into.lost, finding, Math.max(0, count - (after.get(key)?.count ?? 0)));
}

/** The figures of a file that reports show, as one text to compare. */
function totalsOf({ records, persons, examined, format }) {
  const persons_ = Object.values(persons).reduce((sum, count) => sum + count, 0);
  return `${CLASSES.map((name) => `${name} ${records[name]}`).join(', ')}, persons ${persons_}; ${format} ${examined}`;
}

/** Two maps of path to content, of the same paths. Gives { won, lost, surer, lessSure, totals: [{ path, before, after }] }. */
export function compareFindings(old, fresh) {
  const difference = createDifference();
  const totals = [];
  for (const [path, content] of fresh) {
    const was = old.get(path);
    compareFile(path, was, content, difference);
    const [before, after] = [totalsOf(was), totalsOf(content)];
    if (before !== after) totals.push({ path, before, after });
  }
  return { ...difference, totals };
}

/** Counts by kind: { 'name': { won, lost, surer, lessSure } }. */
export function countByKind(difference) {
  const kinds = {};
  for (const name of Object.keys(createDifference()))
    for (const { finding } of difference[name]) {
      kinds[finding.kind] ??= { won: 0, lost: 0, surer: 0, lessSure: 0 };
      kinds[finding.kind][name]++;
    }
  return kinds;
}
