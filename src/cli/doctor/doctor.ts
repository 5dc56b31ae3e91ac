/** `mimawari doctor`: before the first night, what this host can and can't do with these folders, how long it may take, and what to mend. */
import type { Command } from 'commander';
import type { Lang } from '../../../detectors/contract.js';
import { noSource } from '../../access/registry.js';
import { departmentFinder } from '../../policy/department.js';
import type { Policy } from '../../policy/policy.js';
import type { Site } from '../../policy/site.js';
import { UsageError } from '../../problem.js';
import { showText } from '../../report/escape.js';
import { painter } from '../../report/layout.js';
import { showKey } from '../../walk/name.js';
import type { Root } from '../../walk/roots.js';
import { defaultWorkers } from '../compose.js';
import { type ComposedAccess, composeAccess } from '../compose-access.js';
import { wantsColor } from '../locale.js';
import { addOptions, type Given, numberOption } from '../options.js';
import { writeAll } from '../output.js';
import { defaultInventory } from '../paths.js';
import { paceOf } from '../policy-option.js';
import { cliWords } from '../words.js';
import { accessRuleLines } from './access-rules.js';
import { lookAtConfiguration } from './configuration.js';
import { spanText } from './figures.js';
import { lookAtHost } from './host.js';
import { exitOf, type Line, MARKS } from './line.js';
import { lookAtMail } from './mail.js';
import { lookAtPlaces } from './places.js';
import { lookAtRoot, type RootFindings, reachRoots } from './roots.js';
import { type Trial, tryReading } from './trial.js';
import { doctorWords } from './words.js';

/** For all roots together: counting, and reading a sample. */
const SURVEY_MS = 6_000;
const TRIAL_MS = 4_000;
const SAMPLE_READ_MAX = 120;

export function addDoctor(program: Command, lang: Lang, done: (code: number) => void): void {
  const say = cliWords(lang);
  const command = program.command('doctor').argument('[folder...]', say.foldersArgument).description(say.doctor);
  const names = ['config', 'inventory', 'key', 'policy', 'ocr', 'include', 'exclude', 'workers', 'json', 'lang'] as const;
  addOptions(command, names, lang);
  command.addHelpText('after', say.doctorExamples);
  command.action(async (folders: string[], given: Given) => done(await doctor(folders, given, lang)));
}

async function doctor(folders: readonly string[], raw: Given, lang: Lang): Promise<number> {
  const say = doctorWords(lang);
  const configured = lookAtConfiguration(raw, folders, lang);
  const { site, policy, given, lines: faults } = configured;
  const workers = numberOption('--workers', given.workers, 1, 256) ?? defaultWorkers();
  const host = await lookAtHost(workers, given.ocr === true, lang);
  const wanted = folders.length > 0 ? folders : site.roots;
  const { roots, lines: missing } = reachRoots(wanted, lang);
  if (wanted.length === 0 && faults.every((line) => line.mark === 'ok'))
    missing.push({ check: 'root', mark: 'bad', ...say.noRoots, effect: 'cannot-run' });
  const { composed, line } = accessOf(policy, roots, lang);
  if (line) missing.push(line);
  const source = composed?.source ?? noSource('-');
  const found = roots.map((root) => lookAtRoot(root, policy, source, SURVEY_MS / roots.length, lang));
  const jobs = found
    .flatMap((one) => one.jobs.slice(0, Math.ceil(SAMPLE_READ_MAX / found.length)))
    .map((job, at) => ({ ...job, id: at + 1 }));
  const trial = await tryReading(jobs, policy, workers, TRIAL_MS);
  host.push(workerLine(trial, lang));
  const files = found.reduce((sum, one) => sum + one.survey.files, 0);
  const inventory = given.inventory ?? defaultInventory();
  const { csv, jsonl, prometheus } = site.outputs;
  const outputs = { ...(csv ? { csv } : {}), ...(jsonl ? { jsonl } : {}), ...(prometheus ? { prometheus } : {}) };
  const places = lookAtPlaces(
    { inventory, key: given.key ?? `${inventory}.key`, ...outputs },
    roots.map((root) => root.path),
    files,
    lang,
  );
  const rules = composed === null ? [] : accessRuleLines(composed, policy, found, lang);
  const sums = [...rules, ...timeLines(found, trial, given, site, lang), ...departmentLines(site, found, lang)];
  const mail = await lookAtMail(site, lang);
  const { own, others } = configured.placed([...missing, ...places]);
  const sections: Section[] = [
    { title: say.host, lines: [...own, ...host] },
    ...others.slice(0, missing.length).map((line) => ({ title: line.place ?? '', lines: [line] })),
    ...found.map((one) => ({ title: showKey(one.root.path), lines: one.lines })),
    { title: '', lines: sums },
    { title: say.places, lines: [...others.slice(missing.length), ...mail] },
  ];
  return told(sections, given.json === true, lang);
}

interface Section {
  readonly title: string;
  readonly lines: readonly Line[];
}

/** Files of lists, directories and people concerned, which the policy names, may be missing: then nobody's access is known. */
function accessOf(policy: Policy, roots: readonly Root[], lang: Lang): { composed: ComposedAccess | null; line: Line | null } {
  try {
    const paths = roots.map((root) => root.path);
    return { composed: composeAccess(policy, paths), line: null };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return { composed: null, line: { check: 'access', mark: 'bad', text: error.told[lang], effect: 'cannot-run' } };
  }
}

function workerLine({ startMs, detail }: Trial, lang: Lang): Line {
  const say = doctorWords(lang);
  return startMs === null
    ? { check: 'worker', mark: 'bad', ...say.workerFails(detail), effect: 'cannot-run' }
    : { check: 'worker', mark: 'ok', ...say.worker(String(Math.round(startMs))) };
}

/** From the sample that was read: reading and walking together for the first sweep, walking alone for a later one in which nothing changed. */
function timeLines(found: readonly RootFindings[], trial: Trial, given: Given, site: Site, lang: Lang): Line[] {
  const say = doctorWords(lang);
  const files = found.reduce((sum, one) => sum + one.survey.files, 0);
  if (files === 0) return [];
  const bytes = found.reduce((sum, one) => sum + one.survey.bytes, 0);
  const walkS = found.reduce((sum, { survey }) => sum + ((survey.files + survey.folders) * survey.walkMsPerEntry) / 1000, 0);
  const lines: Line[] = [];
  const pace = paceOf(given, site.pace);
  if (trial.files === 0) lines.push({ check: 'time', mark: 'warn', ...say.timeUnknown });
  else {
    const readS = (files * trial.ms) / trial.files / 1000;
    lines.push({ check: 'time', mark: 'ok', ...say.time(spanText(readS + walkS, lang), spanText(walkS, lang), String(trial.files)) });
  }
  const boundS = Math.max(
    pace.filesPerSecond === null ? 0 : files / pace.filesPerSecond,
    pace.bytesPerSecond === null ? 0 : bytes / pace.bytesPerSecond,
  );
  if (boundS > 0) lines.push({ check: 'pace', mark: 'ok', ...say.rateBound(spanText(boundS, lang)) });
  return lines;
}

function departmentLines({ departments, notify }: Site, found: readonly RootFindings[], lang: Lang): Line[] {
  const say = doctorWords(lang);
  const lines: Line[] = [];
  const find = departmentFinder(departments);
  const met = new Set(found.flatMap(({ survey }) => survey.sample.map(({ path }) => find(showKey(path))?.name)));
  const names = (some: Site['departments']): string => some.map(({ name }) => showText(name)).join(lang === 'ja' ? '、' : ', ');
  const unmet = departments.filter(({ name }) => !met.has(name));
  if (unmet.length > 0 && found.length > 0) lines.push({ check: 'departments', mark: 'warn', ...say.departmentUnmatched(names(unmet)) });
  const silent = notify.departments ? departments.filter(({ manager }) => manager === null) : [];
  if (silent.length > 0) lines.push({ check: 'departments', mark: 'warn', ...say.managerMissing(names(silent)) });
  const unasked = notify.smtp !== null && notify.departments === null ? departments.filter(({ manager }) => manager !== null) : [];
  if (unasked.length > 0) lines.push({ check: 'departments', mark: 'warn', ...say.managersNotAsked(names(unasked)) });
  return lines;
}

function told(sections: readonly Section[], json: boolean, lang: Lang): number {
  const lines = sections.flatMap((section) => section.lines);
  const exit = exitOf(lines);
  if (json) {
    writeAll(1, Buffer.from(`${JSON.stringify({ schema: 'mimawari.doctor/1', exit, lines })}\n`));
    return exit;
  }
  const paint = painter(wantsColor(process.stdout));
  const colors = { note: (text: string) => text, ok: paint.green, warn: paint.yellow, bad: paint.red };
  const text = sections
    .filter((section) => section.lines.length > 0)
    .map(({ title, lines: own }) =>
      [
        ...(title === '' ? [] : [paint.bold(showText(title))]),
        ...own.map((line) => {
          const place = line.place !== undefined && line.place !== title ? `  ${showText(line.place)}` : '';
          const at = line.at === undefined ? '' : ` (${showText(line.at)})`;
          const todo = line.todo === undefined ? '' : `\n      → ${showText(line.todo)}`;
          return `  ${colors[line.mark](MARKS[line.mark])} ${showText(line.text)}${place}${at}${todo}`;
        }),
      ].join('\n'),
    )
    .join('\n\n');
  writeAll(1, Buffer.from(`${text}\n\n${doctorWords(lang).result[exit]}\n`));
  return exit;
}
