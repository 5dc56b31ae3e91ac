/**
 * The policy: what an organisation has decided (how long files are kept, what counts as protected, who approved which exception).
 * Plain data and its hash; reading it from a file is policy-file.ts, applying it judge.ts.
 */
import { createHash } from 'node:crypto';
import { type Kind, NO_SITE_WORDS, type SiteWords } from '../../detectors/contract.js';
import type { LimitSettings } from '../limits.js';
import type { AccessPath, ProblemCode, RetentionBasis } from '../model.js';

/** The first rule that fits a file decides; where none fits, `Policy.retentionDefaultDays` does. */
export interface RetentionRule {
  /** Shown as `retention.rule`. */
  readonly name: string;
  /** Globs on the path below the root (micromatch syntax); one must match. Empty: any, where another condition is given. */
  readonly paths: readonly string[];
  /** Formats as in reports (`xlsx`, `pdf`, …); empty: any. */
  readonly formats: readonly string[];
  /** Kinds of which one must stand in a record of the file; left out or empty: any. */
  readonly kinds?: readonly Kind[];
  /** Names of `Policy.departments` of which the file must belong to one; left out or empty: any. */
  readonly departments?: readonly string[];
  /** From when the age is counted; left out: as `Policy.retentionFrom` says. */
  readonly from?: RetentionBasis;
  /** Whole days since the last change; null: kept without limit. */
  readonly limitDays: number | null;
}

/** An approved breach: the verdict stays, it does not raise exit code 1. */
export interface PolicyException {
  /** Glob on the path below the root; null where it is for one content. */
  readonly path: string | null;
  /** `sha256:` and hex as in reports: this very content, wherever it lies. */
  readonly hash?: string;
  readonly reason: string;
  readonly approver: string;
  /** `YYYY-MM-DD`, the last day on which it holds. There is no exception without an end. */
  readonly expires: string;
}

/** Forms of files that tell accounts and groups; `host`: this host's own, without a file. */
export const DIRECTORY_FORMS = ['host', 'passwd', 'group', 'ldif', 'table'] as const;
/** Forms of files that tell access lists. */
export const ACCESS_FORMS = ['getfacl', 'icacls', 'get-acl', 'get-smbshare'] as const;

export interface DirectorySource {
  readonly form: (typeof DIRECTORY_FORMS)[number];
  /** Null for `host` alone. */
  readonly file: string | null;
  /** Domains (`S-1-5-21-…`) that are in the file as a whole, or `unix`. */
  readonly complete: readonly string[];
}

/** Access lists of a scanned folder that were taken elsewhere. */
export interface AccessFile {
  /** The scanned folder. */
  readonly root: string;
  readonly file: string;
  readonly form: (typeof ACCESS_FORMS)[number];
  /** What the folder was called where the lists were taken; null: the same. */
  readonly exportedAs: string | null;
  /** The domain of abbreviated SIDs; null: any. */
  readonly domain: string | null;
}

/** Who alone may read a folder and what lies below it; the innermost rule decides. */
export interface ConcernedRule {
  /** Glob on the path of the folder below the root; '' for the root itself. */
  readonly folder: string;
  /** Groups and accounts, by name or id. */
  readonly readers: readonly string[];
}

/** How many persons may be in one place, even where every file obeys the rules; null: not asked. */
export interface PileBounds {
  /** Directly in one folder. */
  readonly folder: number | null;
  /** In all that one account or group can read. */
  readonly reader: number | null;
}

export interface DepartmentPaths {
  readonly name: string;
  readonly paths: readonly string[];
}

export interface Policy {
  readonly retention: readonly RetentionRule[];
  readonly retentionDefaultDays: number;
  readonly retentionFrom: RetentionBasis;
  /** Whose folder is whose, where a rule of retention goes by departments. */
  readonly departments: readonly DepartmentPaths[];
  readonly pile: PileBounds;
  /** Exceptions that end within so many days are announced. */
  readonly announceDays: number;
  /** How long it is remembered that a file was there, and what files were before; null: for ever. */
  readonly keepGoneDays: number | null;
  /** False: XOR, 40-bit RC4 and ZipCrypto are taken for no password. */
  readonly weakPasswordProtects: boolean;
  /** Problems that do not raise exit code 3; they are counted all the same. */
  readonly tolerate: readonly ProblemCode[];
  /** More known readers than this, and a file is open. */
  readonly readersMax: number;
  /** Groups that stand for the whole organisation, by name or id, besides the built-in ones. */
  readonly broadGroups: readonly string[];
  /** Where accounts and groups come from; empty: this host alone. */
  readonly directory: readonly DirectorySource[];
  /** Accounts of one name in two of these files are one person. */
  readonly sameNameSamePerson: boolean;
  readonly accessFrom: readonly AccessFile[];
  readonly concerned: readonly ConcernedRule[];
  /** Who counts as a reader: the worse of these ways decides. */
  readonly accessPaths: readonly AccessPath[];
  /** The settings of the Samba that serves the folders (smbd -s); null: those that it takes by default. */
  readonly smbConf: string | null;
  /** Globs in fast-glob's syntax; empty: everything. */
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly site: SiteWords;
  readonly exceptions: readonly PolicyException[];
  /** Bounds of reading that differ from the program's own. */
  readonly bounds: LimitSettings;
}

/** 365 days and 30 readers: CONTRACT.md "Verdict of a file" and the access rules' default. 400 days: a year's review can look back a whole year. */
export const DEFAULT_POLICY: Policy = {
  retention: [],
  retentionDefaultDays: 365,
  retentionFrom: 'modified',
  departments: [],
  pile: { folder: null, reader: null },
  announceDays: 30,
  keepGoneDays: 400,
  weakPasswordProtects: true,
  tolerate: [],
  readersMax: 30,
  broadGroups: [],
  directory: [],
  sameNameSamePerson: false,
  accessFrom: [],
  concerned: [],
  accessPaths: ['smb'],
  smbConf: null,
  include: [],
  exclude: [],
  site: NO_SITE_WORDS,
  exceptions: [],
  bounds: {},
};

/**
 * `sha256:` and hex: equal for equal policies, whatever the order of their keys. The known values of `site.known` enter only by their
 * number: a plain hash of a ten-digit number could be found by trying them all, and this one is printed in reports.
 */
export function policyHash(policy: Policy): string {
  const { site, ...rest } = policy;
  const text = canonicalJson({ ...rest, site: { ...site, known: site.known.length } });
  return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}

function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
