/** The case of 2015 in the size of the leak: 1.25 million records of 1.01 million persons in 395 departments that declared "proper" four times. */
import { join } from 'node:path';
import { makeCase } from '../case-2015.mjs';
import { measureTree, megabytes } from '../measure.mjs';
import { PROGRAM } from '../run-program.mjs';

export const summary =
  '395 departments that declare "proper" four times, 1.25 million records: both tables to the record, ≤ 60 s CPU, ≤ 512 MB';

const QUIET_FILES = 100_000;

export async function prove({ scratch, check, say, scaled }) {
  const truth = await makeCase(scratch, 1_000_000 / scaled(1_000_000), scaled(QUIET_FILES));
  const inventory = ['--inventory', join(scratch, 'inventory.db')];
  const run = (parameters) => measureTree(process.execPath, [PROGRAM, ...parameters, ...inventory, '--json']);
  const declared = await run(['declared', join(scratch, 'answers.csv')]);
  const leak = await run(['leak']);
  const tables = { declared: JSON.parse(declared.stdout), leak: JSON.parse(leak.stdout) };
  const names = Object.keys(truth.departments);

  const days = truth.byDay.map((day) => JSON.stringify({ declaredFiles: 0, unchecked: 0, ...day }, Object.keys(tables.declared.byDay[0])));
  const sameDays = tables.declared.byDay.filter((day, at) => JSON.stringify(day) === days[at]).length;
  for (const { day, proper, contradicted, violationsThen } of tables.declared.byDay)
    say(`${day}: ${proper} declared proper, ${contradicted} of them with violations (${violationsThen} files)`);
  check('days as constructed', sameDays, truth.byDay.length, sameDays === truth.byDay.length);
  const sameDepartments = tables.declared.departments.filter(({ name, measured, declarations }) => {
    const { violationsThen, ...figures } = truth.departments[name];
    const then = declarations.map((one) => one.violationsThen);
    return Object.entries(figures).every(([key, value]) => measured[key] === value) && String(then) === String(violationsThen);
  }).length;
  check('departments as constructed', sameDepartments, names.length, sameDepartments === names.length);

  const { total, parts, sharedPersons } = tables.leak;
  say(
    `records of four ${total.records.four}, three ${total.records.three}, two ${total.records.two}; ${total.persons} persons; ${sharedPersons} times in one more department`,
  );
  const records = ['four', 'three', 'two', 'other'].every((klass) => total.records[klass] === truth.records[klass]);
  check('records by class', total.recordSum, 'as constructed', records);
  check('distinct persons', total.persons, truth.persons, total.persons === truth.persons);
  check('persons of more than one department', sharedPersons, truth.sharedPersons, sharedPersons === truth.sharedPersons);
  const sameParts = parts.filter(
    ({ name, persons, recordSum }) => truth.departments[name].persons === persons && truth.departments[name].records === recordSum,
  ).length;
  check('departments of the leak table', sameParts, parts.length, sameParts === parts.length);
  for (const [name, { cpuS, wallS, peakPssBytes }] of Object.entries({ declared, leak })) {
    say(`${name}: ${wallS.toFixed(1)} s`);
    check(`${name}: CPU`, `${cpuS.toFixed(1)} s`, '≤ 60 s', cpuS <= 60);
    check(`${name}: peak memory`, `${megabytes(peakPssBytes)} MB`, '≤ 512 MB', peakPssBytes <= 512 * 1048576);
  }
}
