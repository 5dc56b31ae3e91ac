/**
 * What the files given on the command line decide: the policy (`--policy`, else that of `--config`, else the built-in one, with the patterns of the
 * command line on top), and the site's settings, over which each option of the command line wins.
 */
import { readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Lang } from '../../detectors/contract.js';
import type { Pace } from '../parts.js';
import { DEFAULT_POLICY, type Policy } from '../policy/policy.js';
import type { Value } from '../policy/policy-values.js';
import { FULL_PACE, PRIORITIES, type Site } from '../policy/site.js';
import { readSite } from '../policy/site-file.js';
import { byteRateOf, fileRateOf } from '../policy/site-values.js';
import { UsageError } from '../problem.js';
import type { Given } from './options.js';
import { causeJa, codeOf } from './paths.js';

type Configuration = ReturnType<typeof readSite>;

/** Each file is read once: it may be a pipe (`--config <(…)`). */
const configurations = new Map<string, Configuration>();

export function policyFrom(given: Pick<Given, 'policy' | 'config' | 'include' | 'exclude'>): Policy {
  if (given.config !== undefined) configurationOf(given.config);
  const { policy: file, config } = given;
  const policy =
    file !== undefined
      ? configurationOf(file, '方針', 'policy').policy
      : config !== undefined
        ? configurationOf(config).policy
        : DEFAULT_POLICY;
  return { ...policy, include: [...policy.include, ...(given.include ?? [])], exclude: [...policy.exclude, ...(given.exclude ?? [])] };
}

/** The settings of `--config`; null without one. */
export function siteFrom(given: Pick<Given, 'config'>): Site | null {
  return given.config === undefined ? null : configurationOf(given.config).site;
}

/** What the command line says, and for the rest what the configuration does: for the options `names` that a command takes from it. */
export function withSite(given: Given, names: readonly (keyof Given)[]): Given {
  const site = siteFrom(given);
  if (site === null) return given;
  const set: Record<string, string | true> = {};
  const { inventory, key, passwords, workers, until, ocr, outputs } = site;
  const texts = { inventory, key, passwords, until, ...outputs, workers: workers === null ? null : String(workers) };
  for (const [name, value] of Object.entries(texts)) if (value !== null) set[name] = datedPlace(value, Date.now());
  if (ocr) set.ocr = true;
  // Both would stand on standard output: what was asked for on the command line does.
  if (given.json) delete set.log;
  const wanted = Object.entries(set).filter(([name]) => names.includes(name as keyof Given));
  return { ...(Object.fromEntries(wanted) as Given), ...given };
}

/** `{date}` becomes the local day of `ms`. */
function datedPlace(place: string, ms: number): string {
  const date = new Date(ms);
  const two = (value: number) => String(value).padStart(2, '0');
  return place.replaceAll('{date}', `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`);
}

export function paceFrom(given: Given): Pace {
  const { pace } = siteFrom(given) ?? { pace: FULL_PACE };
  const files = amount('--max-files-per-second', given.maxFilesPerSecond, fileRateOf);
  const bytes = amount('--max-bytes-per-second', given.maxBytesPerSecond, byteRateOf);
  const priority = PRIORITIES.find((word) => word === given.priority);
  if (given.priority !== undefined && priority === undefined)
    throw new UsageError({
      ja: `--priority ${given.priority}: low（低い）か normal（通常）を指定してください`,
      en: `--priority ${given.priority}: give low or normal`,
    });
  return {
    ...pace,
    ...(files === undefined ? {} : { filesPerSecond: files }),
    ...(bytes === undefined ? {} : { bytesPerSecond: bytes }),
    ...(priority === undefined ? {} : { priority }),
  };
}

/** The language that the configuration names, before anything else of the command line is understood; what is wrong with the file is told later. */
export function configuredLang(file: string | undefined): Lang | undefined {
  if (file === undefined) return undefined;
  try {
    return configurationOf(file).site.lang ?? undefined;
  } catch {
    return undefined;
  }
}

function configurationOf(file: string, nounJa = '設定', nounEn = 'configuration'): Configuration {
  let known = configurations.get(file);
  if (known === undefined) {
    const folder = folderOf(file);
    const { site, policy } = readSite(readText(file, nounJa, nounEn), file, folder);
    known = { site, policy: placed(policy, folder) };
    configurations.set(file, known);
  }
  return known;
}

/** Files and folders that a configuration names count from the folder that it lies in; of one that comes out of a pipe, from the working directory. */
function folderOf(file: string): string {
  return statSync(file, { throwIfNoEntry: false })?.isFile() ? dirname(resolve(file)) : process.cwd();
}

function placed(policy: Policy, folder: string): Policy {
  return {
    ...policy,
    directory: policy.directory.map((source) => ({ ...source, file: source.file === null ? null : resolve(folder, source.file) })),
    smbConf: policy.smbConf === null ? null : resolve(folder, policy.smbConf),
    accessFrom: policy.accessFrom.map((access) => ({
      ...access,
      root: resolve(folder, access.root),
      file: resolve(folder, access.file),
    })),
  };
}

function amount<T>(flag: string, text: string | undefined, read: (text: string) => Value<T>): T | undefined {
  if (text === undefined) return undefined;
  const result = read(text);
  if ('value' in result) return result.value;
  throw new UsageError({ ja: `${flag} ${text}: ${result.fault.ja}`, en: `${flag} ${text}: ${result.fault.en}` });
}

function readText(file: string, nounJa: string, nounEn: string): string {
  try {
    // A pipe will do (`--policy <(…)`); a device such as /dev/zero never ends.
    if (statSync(file).isCharacterDevice()) throw new UsageError({ ja: `${file}: ファイルではありません`, en: `${file}: is not a file` });
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const code = codeOf(error);
    throw new UsageError({
      ja: `${file}: ${nounJa}ファイルを読めません（${causeJa(code)}）`,
      en: `${file}: the ${nounEn} can't be read (${code})`,
    });
  }
}
