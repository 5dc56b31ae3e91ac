/** Compares lines of JSONL with expected.json: counts a record, kind or state that agrees as a hit, one too many as false, one too few as missed. */
import { createFigures } from './score-figures.mjs';

const CLASSES = ['four', 'three', 'two', 'other'];
const KINDS = ['pension-number', 'name', 'birthdate', 'address', 'my-number'];

function compareFile(want, got, board) {
  const wrong = [];
  const told = (name, a, b, same) => same || wrong.push(`${name} ${a} → ${b}`);
  for (const name of CLASSES)
    told(
      name,
      want.records[name],
      got?.records?.[name] ?? 0,
      board.count(`records: ${name}`, want.records[name], got?.records?.[name] ?? 0),
    );
  for (const kind of KINDS) board.count(`kind: ${kind}`, want.kinds[kind] ?? 0, got?.kinds?.[kind] ?? 0);
  told('persons', want.persons, got?.persons ?? 0, board.count('persons', want.persons, got?.persons ?? 0));
  if (want.verdict === undefined) return wrong;
  const states = { verdict: got?.verdict, examined: got?.examined, password: got?.password?.state, access: got?.access?.state };
  for (const [name, state] of Object.entries(states)) told(name, want[name], state, board.state(name, state === want[name]));
  if (want.problem)
    told(
      'problem',
      want.problem,
      (got?.problems ?? []).map(({ code }) => code),
      board.state(
        'problem',
        (got?.problems ?? []).some(({ code }) => code === want.problem),
      ),
    );
  return wrong;
}

/** `24·0·0·0 / 24`: records by class and persons. */
const totals = (records, persons) => `${CLASSES.map((name) => records?.[name] ?? 0).join('·')} / ${persons ?? 0}`;

/**
 * Gives { figures: { name: { hits, falses, misses } }, layouts: a line of totals for each file, differences: one line for each file that is not as expected }.
 */
export function scoreSamples(expected, lines) {
  const board = createFigures();
  const byPath = new Map(lines.map((line) => [`${line.path}\n${line.member ?? ''}`, line]));
  const differences = [];
  const layouts = [];
  for (const file of expected.files) {
    const got = byPath.get(`${file.path}\n`);
    const [want, is] = [totals(file.records, file.persons), totals(got?.records, got?.persons)];
    layouts.push({ path: file.path, note: file.note, want, got: is, exact: want === is });
    const wrong = compareFile(file, got, board);
    if (wrong.length) differences.push(`${file.path}: ${wrong.join(', ')} (${file.note})`);
    for (const member of file.members ?? []) {
      // Members add nothing to the figures of their container's records; they must be lines of their own.
      const there = byPath.get(`${file.path}\n${member.name}`);
      const same = CLASSES.every((name) => there?.records?.[name] === member.records[name]);
      if (!board.state('members', same))
        differences.push(`${file.path} ${member.name}: ${there ? JSON.stringify(there.records) : 'no line'}`);
    }
  }
  const known = new Set(expected.files.map(({ path }) => path));
  for (const line of lines)
    if (line.member === null && !known.has(line.path)) differences.push(`${line.path}: not expected (${line.entry})`);
  return { figures: board.figures, layouts, differences };
}

/** Record totals of each layout: the sum of the exact ones first, then every file. */
export function printLayouts(layouts) {
  const exact = layouts.filter(({ exact }) => exact).length;
  console.log(`\nsamples/ by layout, records four·three·two·other / persons: ${exact} of ${layouts.length} exact`);
  for (const { path, note, want, got, exact } of layouts)
    console.log(`  ${exact ? 'exact' : 'WRONG'}  ${want.padEnd(18)}${exact ? '' : ` → ${got}`}  ${path} (${note})`);
}
