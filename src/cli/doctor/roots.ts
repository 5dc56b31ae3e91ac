/** What a sweep of one root can and can't see: its files by number, how many of a sample open, who can read them, and what reading leaves behind. */
import { readFileSync } from 'node:fs';
import type { Lang } from '../../../detectors/contract.js';
import { parseMountTypes } from '../../access/mounts.js';
import type { AccessSource } from '../../parts.js';
import type { Policy } from '../../policy/policy.js';
import { FileProblem, UsageError } from '../../problem.js';
import type { Job } from '../../scan/protocol.js';
import { openablePath, showKey } from '../../walk/name.js';
import { openSource } from '../../walk/open.js';
import { expandRoots } from '../../walk/pattern.js';
import { type Root, resolveRoots } from '../../walk/roots.js';
import { accessReasonText } from '../../words/access-reason.js';
import { cliWords } from '../words.js';
import { bytesText, percentText } from './figures.js';
import type { Line } from './line.js';
import { type SampledFile, type Survey, survey } from './survey.js';
import { type DoctorWords, doctorWords, type Said } from './words.js';

export interface RootFindings {
  readonly root: Root;
  readonly survey: Survey;
  readonly lines: readonly Line[];
  /** Of the sample, what can be read without moving its access time. */
  readonly jobs: readonly Job[];
}

/** The roots that are there, in their order, and a line for each that is not. */
export function reachRoots(given: readonly string[], lang: Lang): { readonly roots: readonly Root[]; readonly lines: Line[] } {
  const roots: Root[] = [];
  const lines: Line[] = [];
  for (const one of given) {
    try {
      const found = resolveRoots(expandRoots([one]));
      const file = found.find((root) => root.only !== null);
      if (file) throw new UsageError(cliWords(lang).fileAsRoot(file.path));
      roots.push(...found);
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      lines.push({ check: 'root', mark: 'bad', place: one, text: error.told[lang], effect: 'cannot-run' });
    }
  }
  return { roots: roots.length === 0 ? [] : resolveRoots(roots.map((root) => root.path)), lines };
}

export function lookAtRoot(root: Root, policy: Policy, access: AccessSource, budgetMs: number, lang: Lang): RootFindings {
  const found = survey(root, policy, access, budgetMs);
  const opened = openSample(root, found.sample);
  const say = doctorWords(lang);
  const place = showKey(root.path);
  const count = (value: number): string => roundedText(value, found.isExact);
  const lines: Line[] = [];
  const add = (check: string, mark: Line['mark'], { text, todo }: Said, effect?: Line['effect']): void => {
    lines.push({ check, mark, place, text, ...(todo === undefined ? {} : { todo }), ...(effect ? { effect } : {}) });
  };
  if (found.files === 0 && found.unreadFolders === 0) add('files', 'warn', say.noFiles);
  else add('files', 'ok', say.files(count(found.files), count(found.folders), bytesText(found.bytes), found.isExact));
  if (found.unreadFolders > 0) add('folders', 'warn', say.unreadFolders(String(found.unreadFolders)), 'unexamined');
  const type = fileSystemOf(found);
  if (type !== null) add('file-system', 'ok', say.fileSystem(type));
  if (found.sample.length > 0) {
    const isAll = opened.count === found.sample.length;
    add(
      'readable',
      isAll ? 'ok' : 'warn',
      say.readable(String(opened.count), String(found.sample.length), isAll),
      isAll ? undefined : 'unexamined',
    );
    addAccess(found, lang, add);
    if (opened.count > 0) add('access-times', opened.kept === 'moved' ? 'warn' : 'ok', say.accessTimes(movedHere(opened.kept)));
  }
  if (found.links + found.special > 0) add('links', 'ok', say.links(String(found.links), String(found.special)));
  return { root, survey: found, lines, jobs: opened.jobs };
}

type Add = (check: string, mark: Line['mark'], said: Said, effect?: Line['effect']) => void;

function addAccess({ sample, accessSource }: Survey, lang: Lang, add: Add): void {
  const say = doctorWords(lang);
  const unknown = new Map<string, number>();
  for (const { accessUnknown } of sample) if (accessUnknown !== null) unknown.set(accessUnknown, (unknown.get(accessUnknown) ?? 0) + 1);
  const sum = [...unknown.values()].reduce((a, b) => a + b, 0);
  if (sum < sample.length) add('access', 'ok', say.access(percentText(1 - sum / sample.length), accessSource));
  const [reason] = [...unknown].sort(([, a], [, b]) => b - a)[0] ?? [];
  if (reason !== undefined)
    add('access', 'warn', say.accessUnknown(percentText(sum / sample.length), accessReasonText(reason, lang)), 'unexamined');
}

/** Opens each file of the sample and reads nothing of it. */
function openSample(root: Root, sample: readonly SampledFile[]): { count: number; kept: 'asked' | 'mount' | 'moved'; jobs: Job[] } {
  const isQuiet = notesNoAccess(root.path);
  let count = 0;
  let allAsked = true;
  const jobs: Job[] = [];
  for (const [at, { path, stat }] of sample.entries()) {
    const openable = openablePath(root.path, path);
    try {
      const source = openSource(openable, stat, 'x');
      source.close();
      count++;
      allAsked &&= source.accessTimeKept;
      if (source.accessTimeKept || isQuiet)
        jobs.push({
          id: at + 1,
          path: openable,
          shown: 'x',
          name: showKey(path.slice(path.lastIndexOf('/') + 1)),
          expected: stat,
          sizeBytes: stat.sizeBytes,
        });
    } catch (error) {
      if (!(error instanceof FileProblem)) throw error;
    }
  }
  return { count, kept: allAsked ? 'asked' : isQuiet ? 'mount' : 'moved', jobs };
}

/** Whether the mount that a path lies on notes no access times: `noatime`, or read-only. Linux only. */
function notesNoAccess(path: string): boolean {
  let options = '';
  let longest = -1;
  for (const line of mountInfo().split('\n')) {
    const [, , , , point, own] = line.split(' ');
    const mount = point?.replace(/\\(\d{3})/gu, (_all, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
    if (mount === undefined || own === undefined || mount.length < longest) continue;
    if (path === mount || path.startsWith(mount.endsWith('/') ? mount : `${mount}/`)) [options, longest] = [own, mount.length];
  }
  return options.split(',').some((option) => option === 'noatime' || option === 'ro');
}

function fileSystemOf({ sample }: Survey): string | null {
  const dev = sample[0]?.stat.dev;
  return dev === undefined ? null : (parseMountTypes(mountInfo()).get(dev) ?? null);
}

function mountInfo(): string {
  try {
    return readFileSync('/proc/self/mountinfo', 'utf8');
  } catch {
    return '';
  }
}

/** Two figures are all that an estimate is worth. */
function roundedText(value: number, isExact: boolean): string {
  const rounded = isExact ? value : Number(value.toPrecision(2));
  return Math.round(rounded).toLocaleString('en-US');
}

/** What can be done about it is another thing on Windows. */
function movedHere(kept: 'asked' | 'mount' | 'moved'): Parameters<DoctorWords['accessTimes']>[0] {
  return kept === 'moved' && process.platform === 'win32' ? 'moved-windows' : kept;
}
