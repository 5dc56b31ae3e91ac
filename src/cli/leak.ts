/** `mimawari leak`: what would leak, from the inventory alone, for the whole share, a folder or a department, with parts that add up. */
import { realpathSync } from 'node:fs';
import { resolve, sep } from 'node:path';
import type { Command } from 'commander';
import type { Lang } from '../../detectors/contract.js';
import type { RunInfo } from '../parts.js';
import type { Policy } from '../policy/policy.js';
import { UsageError } from '../problem.js';
import { type LeakInput, leakCsv, leakJson, renderLeak } from '../report/leak.js';
import { showKey } from '../walk/name.js';
import type { Inventory } from './compose.js';
import { type Departments, knownDepartment, type Place } from './departments.js';
import { judgedFindings } from './judged.js';
import { type LastRun, withLastRun } from './last-run.js';
import { LeakSums, type Parting } from './leak-sums.js';
import { wantsColor } from './locale.js';
import { addOptions, type Given } from './options.js';
import { writeAll } from './output.js';
import { withSite } from './policy-option.js';
import { departmentAt, placeOf, quietPlaces } from './quiet-files.js';
import { hasEarlier } from './report-run.js';
import { leakByDepartment } from './reports.js';
import { checkTable, writeTable } from './table-report.js';
import { evidenceCliWords } from './words-evidence.js';

export function addLeak(program: Command, lang: Lang, done: (code: number) => void): void {
  const say = evidenceCliWords(lang);
  const command = program.command('leak').description(say.leak);
  addOptions(command, ['folder', 'department', 'csv', 'sign', 'json', 'inventory', 'config', 'policy', 'asOf', 'lang'], lang);
  command.addHelpText('after', say.leakExamples);
  command.action((given: Given) => done(leak(withSite(given, ['inventory']), lang)));
}

function leak(given: Given, lang: Lang): number {
  if (given.folder !== undefined && given.department !== undefined) throw new UsageError(evidenceCliWords(lang).folderOrDepartment);
  return withLastRun(given, lang, (last) => {
    checkTable(given, last.run.roots);
    const input = tableOf(last, given, lang);
    if (given.csv !== undefined) writeTable('leak', leakCsv(input, lang), last, given, lang, input.scope);
    if (given.csv === '-') return 0;
    writeAll(1, Buffer.from(given.json ? leakJson(input) : renderLeak(input, lang, wantsColor(process.stdout))));
    return 0;
  });
}

function tableOf(last: LastRun, given: Given, lang: Lang): LeakInput {
  const { inventory, run, policy, departments } = last;
  const shown = { ...run, roots: run.roots.map(showKey) };
  const earlier = hasEarlier(inventory, run);
  if (given.folder === undefined && given.department === undefined) {
    return {
      table: leakByDepartment({ inventory, run, policy, departments }),
      run: shown,
      scope: null,
      by: 'department',
      unknown: unknownDepartments(last),
      earlier,
    };
  }
  const { parting, scope } =
    given.folder !== undefined
      ? partsOfFolder(given.folder, inventory, run.roots, lang)
      : partsOfDepartment(given.department!, departments, inventory, run, policy);
  const sums = new LeakSums(policy, inventory.persons, parting);
  for (const one of judgedFindings(inventory, run.roots, policy, run.asOfMs)) sums.add(one);
  for (const { place, isNotExamined } of quietPlaces(inventory, run.roots, policy, run.asOfMs))
    if (isNotExamined) sums.addNotExamined(place);
  const unknown = given.department === undefined ? [] : unknownDepartments(last).filter((name) => name === scope);
  return { table: sums.result(), run: shown, scope, by: 'folder', unknown, earlier };
}

/**
 * The folders directly in it; '' for its own files. A file is its own only part. A path that is given from a root's top fits below any root.
 * @throws UsageError for what no sweep has seen: a slip, or a folder that was left out, is not an answer of 0
 */
function partsOfFolder(wanted: string, inventory: Inventory, keys: readonly string[], lang: Lang): { parting: Parting; scope: string } {
  const roots = keys.map(showKey);
  const full = showKey(realOf(wanted)).normalize('NFC');
  const root = roots.find((one) => isWithin(full, one.normalize('NFC')));
  const below = (root === undefined ? wanted : full.slice(root.normalize('NFC').length))
    .split(sep === '\\' ? /[\\/]/u : '/')
    .filter((part) => part !== '' && part !== '.')
    .join('/')
    .normalize('NFC');
  const unknown = () => new UsageError(evidenceCliWords(lang).noSuchFolder(wanted, roots));
  if (root === undefined && resolve(wanted) === wanted) throw unknown();
  const prefix = below === '' ? '' : `${below}/`;
  /** The path of what it is itself or what lies in it. */
  const within = ({ root: one, path }: Place): string | null => {
    const text = path.normalize('NFC');
    return (root === undefined || one === root) && (text === below || text.startsWith(prefix)) ? text : null;
  };
  const partOf = (place: Place): string | null => {
    const text = within(place);
    if (text === null) return null;
    if (text === below) return text.slice(text.lastIndexOf('/') + 1);
    const rest = text.slice(prefix.length);
    return rest.slice(0, Math.max(0, rest.indexOf('/')));
  };
  const scope = root === undefined ? below : `${root}${below === '' ? '' : `/${below}`}`;
  if (below === '') return { parting: { partOf, byFolder: true }, scope };
  for (const entry of inventory.entries.all(keys)) {
    const place = placeOf(entry);
    const text = within(place);
    if (text !== null) return { parting: { partOf, byFolder: text !== below || place.entry === 'folder' }, scope };
  }
  throw unknown();
}

/** Configured departments of which no file and no folder is known: their paths may be wrong, or nobody could read so far. */
function unknownDepartments({ inventory, run, departments }: LastRun): string[] {
  if (departments.names === null) return [];
  const unknown = new Set(departments.names);
  for (const entry of inventory.entries.all(run.roots)) {
    unknown.delete(departmentAt(departments, placeOf(entry)));
    if (unknown.size === 0) break;
  }
  return [...unknown];
}

/** The folders in which its files lie, as far down as two names. */
function partsOfDepartment(
  wanted: string,
  departments: Departments,
  inventory: Inventory,
  run: RunInfo,
  policy: Policy,
): { parting: Parting; scope: string } {
  const names = departments.names ?? leakByDepartment({ inventory, run, policy, departments }).parts.map(({ name }) => name);
  const department = knownDepartment(wanted, names);
  const partOf = (file: Place): string | null =>
    departments.of(file) === department ? file.path.split('/').slice(0, -1).slice(0, 2).join('/') : null;
  return { parting: { partOf, byFolder: departments.byFolder }, scope: department };
}

function isWithin(path: string, root: string): boolean {
  return path === root || path.startsWith(root.endsWith(sep) ? root : root + sep);
}

function realOf(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    return resolve(path);
  }
}
