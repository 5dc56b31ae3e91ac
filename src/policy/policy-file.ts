/**
 * A policy file (YAML) to a Policy. Every key and value is checked before any file is read, all faults are told at once with their place,
 * and nothing unknown is skipped: a mistyped key would else leave a rule out in silence.
 */
import { type Kind, NO_SITE_WORDS, type SiteWords, type Strength } from '../../detectors/contract.js';
import { type LimitSettings, SETTABLE, type SettableName } from '../limits.js';
import { ACCESS_PATHS, PROBLEM_CODES } from '../model.js';
import { DEFAULT_POLICY, type PileBounds, type Policy } from './policy.js';
import { accessFileOf, concernedRuleOf, directorySourceOf } from './policy-access.js';
import { itemsOf, mapOf, PolicyFaults, type PolicyNode, pairsOf, readEach, readOne, textsOf, truthOf, wordIn } from './policy-nodes.js';
import { exceptionOf, retentionFromOf, retentionRuleOf } from './policy-rules.js';
import { amountIn, daysOf, globOf, type Value, wordOf, writtenOf } from './policy-values.js';

export type Writable<T> = { -readonly [K in keyof T]: T[K] };
export type KeyReader<T> = (node: PolicyNode, target: Writable<T>, faults: PolicyFaults) => void;

const READERS_MAX = 1_000_000;

/** In the type so that a kind added to the contract is a compile error here. */
const KINDS: Readonly<Record<Kind, true>> = {
  'pension-number': true,
  name: true,
  birthdate: true,
  address: true,
  'my-number': true,
  'resident-code': true,
  'employment-insurance': true,
  'health-insurance': true,
  'driving-licence': true,
  passport: true,
  'residence-card': true,
  phone: true,
  email: true,
  'bank-account': true,
};
const KIND_NAMES = Object.keys(KINDS) as Kind[];

const POLICY_KEYS: Readonly<Record<string, KeyReader<Policy>>> = {
  retentionDefault: (node, policy, faults) => {
    policy.retentionDefaultDays = readOne(node, faults, limitedDaysOf)?.value ?? policy.retentionDefaultDays;
  },
  retention: (node, policy, faults) => {
    policy.retention = itemsOf(node).flatMap((item) => retentionRuleOf(item, KIND_NAMES, faults) ?? []);
  },
  retentionFrom: (node, policy, faults) => {
    policy.retentionFrom = readOne(node, faults, retentionFromOf)?.value ?? policy.retentionFrom;
  },
  pile: (node, policy, faults) => {
    policy.pile = readKeys(node, PILE_KEYS, DEFAULT_POLICY.pile, faults);
  },
  announceExceptions: (node, policy, faults) => {
    policy.announceDays = readOne(node, faults, limitedDaysOf)?.value ?? policy.announceDays;
  },
  keepGone: (node, policy, faults) => {
    const days = readOne(node, faults, daysOf);
    if (days !== null) policy.keepGoneDays = days.value;
  },
  weakPasswordProtects: (node, policy, faults) => {
    policy.weakPasswordProtects = truthOf(node, faults) ?? policy.weakPasswordProtects;
  },
  tolerate: (node, policy, faults) => {
    policy.tolerate = readEach(node, faults, wordIn(PROBLEM_CODES, '原因のコード', 'problem code'));
  },
  readersMax: (node, policy, faults) => {
    policy.readersMax = readOne(node, faults, readersOf)?.value ?? policy.readersMax;
  },
  broadGroups: (node, policy, faults) => {
    policy.broadGroups = textsOf(node, faults);
  },
  directory: (node, policy, faults) => {
    policy.directory = itemsOf(node).flatMap((item) => directorySourceOf(item, faults) ?? []);
  },
  sameNameSamePerson: (node, policy, faults) => {
    policy.sameNameSamePerson = truthOf(node, faults) ?? policy.sameNameSamePerson;
  },
  accessFrom: (node, policy, faults) => {
    policy.accessFrom = itemsOf(node).flatMap((item) => accessFileOf(item, faults) ?? []);
  },
  concerned: (node, policy, faults) => {
    policy.concerned = itemsOf(node).flatMap((item) => concernedRuleOf(item, faults) ?? []);
  },
  accessPaths: (node, policy, faults) => {
    const paths = readEach(node, faults, wordIn(ACCESS_PATHS, '経路', 'way'));
    if (paths.length > 0) policy.accessPaths = paths;
    else if (itemsOf(node).length === 0)
      faults.add(node, {
        ja: '「accessPaths」が空です。smb、nfs、local のどれかを書いてください',
        en: '"accessPaths" is empty; write smb, nfs or local',
      });
  },
  smbConf: (node, policy, faults) => {
    policy.smbConf = readOne(node, faults, writtenOf)?.value ?? policy.smbConf;
  },
  include: (node, policy, faults) => {
    policy.include = readEach(node, faults, globOf);
  },
  exclude: (node, policy, faults) => {
    policy.exclude = readEach(node, faults, globOf);
  },
  words: (node, policy, faults) => {
    policy.site = readKeys(node, WORD_KEYS, NO_SITE_WORDS, faults);
  },
  exceptions: (node, policy, faults) => {
    policy.exceptions = itemsOf(node).flatMap((item) => exceptionOf(item, faults) ?? []);
  },
  bounds: (node, policy, faults) => {
    policy.bounds = boundsOf(node, faults);
  },
};

const WORD_KEYS: Readonly<Record<string, KeyReader<SiteWords>>> = {
  labels: (node, site, faults) => {
    const found = mapOf(node, KIND_NAMES, faults);
    if (found !== null) site.labels = Object.fromEntries([...found].map(([kind, labels]) => [kind, textsOf(labels, faults)]));
  },
  names: (node, site, faults) => {
    site.names = readEach(node, faults, wordOf);
  },
  places: (node, site, faults) => {
    site.places = readEach(node, faults, wordOf);
  },
  known: (node, site, faults) => {
    site.known = readEach(node, faults, writtenOf);
  },
  off: (node, site, faults) => {
    site.off = readEach(node, faults, wordIn(KIND_NAMES, '種類', 'kind'));
  },
  thresholds: (node, site, faults) => {
    const found = mapOf(node, KIND_NAMES, faults);
    const strengthOf = wordIn(STRENGTHS, '確からしさ', 'strength');
    if (found !== null)
      site.thresholds = Object.fromEntries(
        [...found].flatMap(([kind, value]) => {
          const strength = value === null ? null : readOne(value, faults, strengthOf);
          return strength === null ? [] : [[kind, strength.value]];
        }),
      );
  },
};

const PILE_KEYS: Readonly<Record<string, KeyReader<PileBounds>>> = {
  folder: (node, pile, faults) => {
    pile.folder = readOne(node, faults, personsOf)?.value ?? null;
  },
  reader: (node, pile, faults) => {
    pile.reader = readOne(node, faults, personsOf)?.value ?? null;
  },
};

const STRENGTHS: readonly Strength[] = ['certain', 'likely', 'weak'];

/**
 * Reads the text of a policy file; what is not written keeps its default. `fileName` stands in the messages.
 * Throws UsageError with one line for each fault: `file:line:column: what is wrong`.
 */
export function readPolicy(text: string, fileName: string): Policy {
  const faults = new PolicyFaults(fileName);
  const policy = policyOf(faults.parse(text), faults);
  faults.throwIfAny();
  return policy;
}

/** The policy of a tree that may hold other keys as well (site-file.ts): those go to their own readers. */
export function policyOf(top: PolicyNode, faults: PolicyFaults, others: Readonly<Record<string, (node: PolicyNode) => void>> = {}): Policy {
  const beside = Object.fromEntries(Object.entries(others).map(([key, read]): [string, KeyReader<Policy>] => [key, (node) => read(node)]));
  return readKeys(top, { ...POLICY_KEYS, ...beside }, DEFAULT_POLICY, faults);
}

/** Each key by its own reader over a copy of the defaults; a key without a value keeps its default. */
export function readKeys<T extends object>(
  node: PolicyNode,
  readers: Readonly<Record<string, KeyReader<T>>>,
  defaults: T,
  faults: PolicyFaults,
): T {
  const target: Writable<T> = { ...defaults };
  const found = node === null ? null : pairsOf(node, Object.keys(readers), faults);
  for (const [key, value] of found ?? []) if (value !== null) readers[key]?.(value, target, faults);
  return target;
}

function boundsOf(node: PolicyNode, faults: PolicyFaults): LimitSettings {
  const found = mapOf(node, Object.keys(SETTABLE), faults);
  const settings: Partial<Record<SettableName, number>> = {};
  for (const [name, value] of (found ?? []) as Iterable<[SettableName, PolicyNode]>) {
    const { min, max } = SETTABLE[name];
    const read = value === null ? null : readOne(value, faults, amountIn(min, max));
    if (read !== null) settings[name] = read.value;
  }
  return settings;
}

/** The default must end: files that fall under no rule would else never be stale. */
function limitedDaysOf(text: string): Value<number> {
  const days = daysOf(text);
  if ('fault' in days) return days;
  return days.value === null
    ? {
        fault: {
          ja: '既定値には期限が要ります。無期限で残すものは「retention」の規則に書いてください',
          en: 'the default needs a limit; use a rule under "retention" for what is kept forever',
        },
      }
    : { value: days.value };
}

function personsOf(text: string): Value<number> {
  return /^[1-9]\d{0,8}$/.test(text)
    ? { value: Number(text) }
    : { fault: { ja: '人数を 1 以上の整数で書いてください', en: 'expected a number of persons, a whole number from 1' } };
}

function readersOf(text: string): Value<number> {
  const readers = /^\d{1,7}$/.test(text) ? Number(text) : 0;
  return readers >= 1 && readers <= READERS_MAX
    ? { value: readers }
    : { fault: { ja: `1 から ${READERS_MAX} までの整数を書いてください`, en: `expected a whole number from 1 to ${READERS_MAX}` } };
}
