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
import { lookAtSite, type SiteReading } from '../policy/site-file.js';
import { tellingParts } from '../policy/site-places.js';
import { byteRateOf, fileRateOf } from '../policy/site-values.js';
import { UsageError } from '../problem.js';
import type { Given } from './options.js';
import { causeJa, codeOf } from './paths.js';

/** Each file is read once: it may be a pipe (`--config <(…)`). */
const configurations = new Map<string, SiteReading>();

export function policyFrom(given: Pick<Given, 'policy' | 'config' | 'include' | 'exclude'>): Policy {
  if (given.config !== undefined) sound(configurationRead(given.config));
  const { policy: file, config } = given;
  const policy =
    file !== undefined
      ? sound(policyFileRead(file)).policy
      : config !== undefined
        ? sound(configurationRead(config)).policy
        : DEFAULT_POLICY;
  return { ...policy, include: [...policy.include, ...(given.include ?? [])], exclude: [...policy.exclude, ...(given.exclude ?? [])] };
}

/** The settings of `--config`; null without one. Throws UsageError for one with faults. */
export function siteFrom(given: Pick<Given, 'config'>): Site | null {
  return given.config === undefined ? null : sound(configurationRead(given.config)).site;
}

/** The same of a configuration that may have faults: only by what the end of a night is told. Null where there is none, or nothing of it can be read. */
export function tellingSite(given: Pick<Given, 'config'>): { readonly site: Site; readonly knowsRoots: boolean } | null {
  if (given.config === undefined) return null;
  try {
    const { site, faults } = configurationRead(given.config);
    return { site: faults.count === 0 ? site : tellingParts(site, faults), knowsRoots: faults.count === 0 || faults.isSound('roots') };
  } catch (error) {
    if (error instanceof UsageError) return null;
    throw error;
  }
}

/** What the command line says, and for the rest what the configuration does: for the options `names` that a command takes from it. */
export function withSite(given: Given, names: readonly (keyof Given)[]): Given {
  const site = siteFrom(given);
  return site === null ? given : withSettings(given, site, names);
}

/** The same of settings at hand, whether or not their configuration has faults elsewhere. */
export function withSettings(given: Given, site: Site, names: readonly (keyof Given)[]): Given {
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
  return paceOf(given, siteFrom(given)?.pace ?? FULL_PACE);
}

/** `pace` with what the command line says. */
export function paceOf(given: Given, pace: Pace): Pace {
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
    const { site, faults } = configurationRead(file);
    return tellingParts(site, faults).lang ?? undefined;
  } catch {
    return undefined;
  }
}

function sound(reading: SiteReading): SiteReading {
  reading.faults.throwIfAny();
  return reading;
}

export function policyFileRead(file: string): SiteReading {
  return configurationRead(file, '方針', 'policy');
}

/**
 * The configuration with its faults, which are not thrown.
 * @throws UsageError for a file that can't be read, or is no configuration at all
 */
export function configurationRead(file: string, nounJa = '設定', nounEn = 'configuration'): SiteReading {
  let known = configurations.get(file);
  if (known === undefined) {
    const folder = folderOf(file);
    const { site, policy, faults } = lookAtSite(readText(file, nounJa, nounEn), file, folder);
    known = { site, policy: placed(policy, folder), faults };
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
