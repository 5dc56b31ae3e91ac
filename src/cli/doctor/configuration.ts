/** What the configuration says and what is wrong with it: its own lines, and the place in it of what other lines tell. */
import type { Lang } from '../../../detectors/contract.js';
import { DEFAULT_POLICY, type Policy } from '../../policy/policy.js';
import { DEFAULT_SITE, type Site } from '../../policy/site.js';
import { UsageError } from '../../problem.js';
import { faultsOf, type PlaceFault, placeFaults } from '../configured.js';
import type { Given } from '../options.js';
import { configurationRead, policyFileRead, withSettings } from '../policy-option.js';
import type { Line } from './line.js';
import { doctorWords } from './words.js';

/** All that a sweep would take from it. */
const NAMES = ['inventory', 'key', 'passwords', 'csv', 'jsonl', 'xlsx', 'html', 'byDepartment', 'sign', 'prometheus'] as const;

export interface Configured {
  readonly site: Site;
  readonly policy: Policy;
  readonly given: Given;
  readonly lines: readonly Line[];
  /** Those of `lines` with what concerns places that no other line tells of, and the other lines with where they stand in the configuration. */
  placed(others: readonly Line[]): { readonly own: readonly Line[]; readonly others: readonly Line[] };
}

/** A configuration with faults doesn't keep the rest from being looked at: what has one counts as not written. */
export function lookAtConfiguration(raw: Given, folders: readonly string[], lang: Lang): Configured {
  const { config, policy: policyFile } = raw;
  const bad = (text: string): Line => ({
    check: 'configuration',
    mark: 'bad',
    ...doctorWords(lang).configurationFaults(text),
    effect: 'cannot-run',
  });
  const lines: Line[] = [];
  const reading = orLines(() => (config === undefined ? null : configurationRead(config)), lines, bad, lang);
  const own = orLines(() => (policyFile === undefined ? null : policyFileRead(policyFile)), lines, bad, lang);
  for (const one of [reading, own]) if (one) lines.push(...faultsOf(one.faults, lang).map(bad));
  if (config !== undefined && lines.length === 0)
    lines.push({ check: 'configuration', mark: 'ok', ...doctorWords(lang).configuration(config) });
  const site = reading && !reading.faults.isBroken ? reading.site : DEFAULT_SITE;
  const ruling = own ?? reading;
  const policy = ruling && !ruling.faults.isBroken ? ruling.policy : DEFAULT_POLICY;
  const misplaced = reading ? placeFaults(reading, raw, folders, NAMES, lang) : [];
  return {
    site,
    policy: { ...policy, include: [...policy.include, ...(raw.include ?? [])], exclude: [...policy.exclude, ...(raw.exclude ?? [])] },
    given: withSettings(raw, site, ['inventory', 'key', 'ocr', 'workers']),
    lines,
    placed(others) {
      const at = (fault: PlaceFault): string => reading!.faults.placeOf(...fault.path);
      const untold = misplaced.filter((fault) => !others.some((line) => isAbout(line, fault)));
      const told = others.map((line) => {
        const fault = misplaced.find((one) => isAbout(line, one));
        return fault ? { ...line, at: at(fault) } : line;
      });
      const kept = untold.length > 0 ? lines.filter(({ mark }) => mark !== 'ok') : lines;
      return {
        own: [...kept, ...untold.map((fault) => ({ ...bad(`${at(fault)}: ${fault.told[lang]}`), place: fault.place }))],
        others: told,
      };
    },
  };
}

function isAbout(line: Line, { path, place }: PlaceFault): boolean {
  if (line.mark !== 'bad') return false;
  return (
    line.check === path.at(-1) || (line.check === 'root' && line.place === place) || (line.check === 'access' && line.text.includes(place))
  );
}

function orLines<T>(read: () => T, lines: Line[], bad: (text: string) => Line, lang: Lang): T | null {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    lines.push(...error.told[lang].split('\n').map(bad));
    return null;
  }
}
