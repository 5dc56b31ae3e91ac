/** `mimawari explain`: every finding of one file with its place, reason and confidence. Values in the clear only on standard output, only when asked. */
import { randomBytes } from 'node:crypto';
import { basename, dirname, resolve } from 'node:path';
import type { Command } from 'commander';
import type { Lang, Strength } from '../../detectors/contract.js';
import { unpackContent } from '../inventory/packed.js';
import { limits } from '../limits.js';
import type { Content, Entry, Facts, Finding, JudgedFile, Listing } from '../model.js';
import { judge } from '../policy/judge.js';
import { judgeContainer } from '../policy/judge-members.js';
import { findPasswordBeside, isLocked } from '../policy/password-beside.js';
import type { Policy } from '../policy/policy.js';
import { riskFactors } from '../policy/risk.js';
import { UsageError } from '../problem.js';
import { remedyLines } from '../report/access.js';
import { type ExplainInput, renderExplain } from '../report/explain.js';
import { tellColumns } from '../report/explain-columns.js';
import { contentUnopened } from '../scan/entry-facts.js';
import type { DroppedFinding } from '../scan/findings.js';
import { Pool, readersBroken } from '../scan/pool.js';
import type { WorkerSetup } from '../scan/protocol.js';
import { findByLook } from '../walk/find-name.js';
import { openablePath, showKey } from '../walk/name.js';
import { walk } from '../walk/walk.js';
import { namesStream } from '../walk/windows-path.js';
import { poolOptions, workerSetup } from './compose.js';
import { composeAccess } from './compose-access.js';
import { findFile, gateOf, liveAccess } from './live-access.js';
import { wantsColor } from './locale.js';
import { tellMissingOcr } from './native-note.js';
import { addOptions, asOfOption, type Given } from './options.js';
import { writeAll } from './output.js';
import { passwordsFrom } from './passwords-option.js';
import { isThere } from './paths.js';
import { policyFrom, withSite } from './policy-option.js';
import { type SitePlace, type SiteRoots, siteRootsOf } from './site-roots.js';
import { cliWords } from './words.js';

const STRENGTHS: readonly Strength[] = ['certain', 'likely', 'weak'];

export function addExplain(program: Command, lang: Lang, done: (code: number) => void): void {
  const say = cliWords(lang);
  const command = program.command('explain').argument('<file>', say.fileArgument).description(say.explain);
  addOptions(command, ['dropped', 'minConfidence', 'unmask', 'json', 'config', 'policy', 'passwords', 'ocr', 'asOf', 'lang'], lang);
  command.addHelpText('after', say.explainExamples);
  command.action(async (file: string, given: Given) => done(await explain(file, withSite(given, ['passwords']), lang)));
}

async function explain(path: string, given: Given, lang: Lang): Promise<number> {
  if (process.platform === 'win32' && namesStream(path)) throw new UsageError(`${path}: ${cliWords(lang).namesStream}`);
  if (!isThere(path) && findByLook(resolve(path)) === null) throw new UsageError(`${path}: ${cliWords(lang).noSuchFile}`);
  const least = strengthOption(given.minConfidence);
  const policy = policyFrom(given);
  const asOfMs = asOfOption(given.asOf, Date.now());
  const { file, content } = await examineAlone(path, policy, asOfMs, given, passwordsFrom(given), lang);
  const isWanted = (finding: Finding) => STRENGTHS.indexOf(finding.confidence) <= least;
  const color = wantsColor(process.stdout);
  const inside = content.members.map(({ name, sizeBytes, content: own }): Facts => ({ ...file, member: name, sizeBytes, content: own }));
  const [whole, ...members] = judgeContainer(file, inside, policy, asOfMs, Date.now()) as [JudgedFile, ...JudgedFile[]];
  const parts: [JudgedFile, readonly Finding[]][] = [[whole, content.findings]];
  for (const [at, member] of members.entries()) parts.push([member, content.members[at]!.content.findings]);
  for (const [one, all] of parts) {
    const dropped = all.filter(isDropped);
    const found = tellColumns(
      all.filter((finding) => !isDropped(finding)),
      dropped,
    );
    const findings = found.filter(isWanted);
    const rejected = given.dropped ? dropped : [];
    if (given.json)
      for (const finding of [...findings, ...rejected]) writeAll(1, Buffer.from(`${JSON.stringify(jsonFinding(finding, one.member))}\n`));
    else {
      // A hint that was not sure enough to be told was looked at and left out too.
      const hints = given.dropped ? found.filter((finding) => !isWanted(finding)).map(withoutContext) : [];
      const input: ExplainInput = {
        file: one,
        factors: riskFactors(one, one.retention),
        findings,
        foundInside: one === whole && content.members.some((member) => member.content.findings.some((inner) => !isDropped(inner))),
        rejected: [...rejected, ...hints],
        moreFindings: all.length >= limits.explainMax ? 'unknown' : 0,
      };
      writeAll(1, Buffer.from((one === whole ? '' : '\n') + renderExplain(input, lang, color)));
    }
  }
  if (!given.json && whole.reasons.includes('open-access')) tellRemedy(path, siteRootsOf(given), policy, lang);
  return content.examined === 'full' || content.examined === 'textless' ? 0 : 3;
}

/** What would close the file, as `mimawari access` says it. */
function tellRemedy(path: string, site: SiteRoots | null, policy: Policy, lang: Lang): void {
  const found = findFile(path);
  if (found === null) return;
  const { remedies } = liveAccess(found.listing, found.entry, site?.of(found.listing.root)?.root ?? null, policy, Date.now());
  if (remedies !== null) writeAll(1, Buffer.from(`\n${remedyLines(remedies, lang, wantsColor(process.stdout)).join('\n')}\n`));
}

function isDropped(finding: Finding): finding is DroppedFinding {
  return 'dropped' in finding;
}

function withoutContext(finding: Finding): Finding {
  return finding.confidence === 'weak' ? { ...finding, why: [...finding.why, 'no-context'] } : finding;
}

function jsonFinding(finding: Finding, member: string | null): object {
  const { fingerprint: _fingerprint, kind, where, ...rest } = finding;
  return { kind, where: member === null ? where : { member, ...where }, ...rest };
}

function strengthOption(text: string | undefined): number {
  const index = STRENGTHS.indexOf((text ?? 'likely') as Strength);
  if (index < 0)
    throw new UsageError({
      ja: `--min-confidence ${text}: certain（確実）、likely（有力）、weak（参考）のどれかを指定してください`,
      en: `--min-confidence ${text}: give certain, likely or weak`,
    });
  return index;
}

/** One file in a worker of its own, with its access as a sweep of its folder would see it. */
async function examineAlone(
  path: string,
  policy: Policy,
  asOfMs: number,
  given: Given,
  passwords: readonly string[],
  lang: Lang,
): Promise<{ file: JudgedFile; content: Content }> {
  const found = findFile(path);
  if (found === null) throw new UsageError(`${path}: ${cliWords(lang).notAFile}`);
  const { listing, entry } = found;
  const place = siteRootsOf(given)?.of(listing.root) ?? null;
  if (entry.problem) {
    const unopened = contentUnopened(entry)!;
    return { file: judgedFile(listing, place, entry.name, unopened, policy, asOfMs), content: unopened };
  }
  tellMissingOcr(given.ocr === true, lang);
  const wishes = { all: true, dropped: given.dropped === true, droppedCells: true, unmask: given.unmask === true };
  const setup = workerSetup(policy, randomBytes(32), asOfMs, wishes, passwords, given.ocr === true);
  const [content] = (await readAll(listing, [entry], setup, place)) as [Content];
  const passwordBeside = isLocked(content.password) ? await passwordBesideOf(entry, content, await siblingsOf(path), setup) : null;
  return { file: judgedFile(listing, place, entry.name, content, policy, asOfMs, passwordBeside), content };
}

/** The listing of the folder in which a file lies. */
async function siblingsOf(path: string): Promise<Listing | null> {
  for (const listing of walk([dirname(resolve(path))], { include: [], exclude: [], excluded: new Map() })) return listing;
  return null;
}

/** Names of the whole folder are looked at; of contents only those of small files, the first hundred of them: a note is short. */
const NOTE_BYTES_MAX = 256 * 1024;
const NOTES_MAX = 100;

/** As a sweep of the folder would see it. */
async function passwordBesideOf(locked: Entry, content: Content, folder: Listing | null, setup: WorkerSetup): Promise<string | null> {
  const others = (folder?.entries ?? []).filter(({ sort, name }) => sort === 'file' && showKey(name) !== showKey(locked.name));
  const bare = { name: showKey(locked.name), content };
  const named = findPasswordBeside(
    bare,
    others.map(({ name }) => ({ name: showKey(name), content: null })),
  );
  if (named !== null || folder === null) return named;
  const notes = others.filter(({ stat, problem }) => stat && !problem && stat.sizeBytes <= NOTE_BYTES_MAX).slice(0, NOTES_MAX);
  const contents = await readAll(folder, notes, setup);
  return findPasswordBeside(
    bare,
    notes.map(({ name }, at) => ({ name: showKey(name), content: contents[at]! })),
  );
}

/** Contents of files of one folder, in their order, read by a worker of their own. The names of folders are looked at too where the folder's place is known. */
async function readAll(
  listing: Listing,
  entries: readonly Entry[],
  setup: WorkerSetup,
  place: SitePlace | null = null,
): Promise<Content[]> {
  const above = place === null ? [] : [basename(place.root), ...(place.way === '' ? [] : [place.way])];
  const jobs = entries.map(({ name, stat }, id) => {
    const shown = showKey([...above, name].join('/'));
    return { id, path: openablePath(listing.root, name), shown, name: showKey(name), expected: null, sizeBytes: stat!.sizeBytes };
  });
  const contents: Content[] = [];
  let left = jobs.length;
  if (left === 0) return contents;
  return new Promise((done, fail) => {
    const workers: Pool = new Pool(poolOptions(setup, 1), {
      persons: () => {},
      restart: () => {},
      done: (answer) => {
        contents[answer.id] = unpackContent(answer.content);
        if (--left > 0) return;
        workers.close();
        done(contents);
      },
      broken: (detail) => fail(readersBroken(detail)),
    });
    void workers.run(jobs);
  });
}

/** @param place of the folder in the site; null where it is not known, and the folder's own permission is taken for the first. */
function judgedFile(
  listing: Listing,
  place: SitePlace | null,
  name: string,
  content: Content,
  policy: Policy,
  asOfMs: number,
  passwordBeside: string | null = null,
): JudgedFile {
  const stat = listing.entries.find((entry) => entry.name === name)!.stat!;
  const { source, ownerName } = composeAccess(policy, [listing.root]);
  const gate =
    place === null ? source.folder(openablePath(listing.root, ''), listing.stat, null) : gateOf(source, place.root, listing.root);
  const access = source.file(() => openablePath(listing.root, name), stat, gate);
  const facts = {
    root: listing.root,
    path: showKey(name),
    ...(place && { siteFolder: showKey(place.way) }),
    pathBytes: null,
    member: null,
    entry: 'file' as const,
    sizeBytes: stat.sizeBytes,
    modifiedMs: stat.modifiedMs,
    accessedMs: stat.accessedMs,
    owner: source.ownerOf ? source.ownerOf(access) : ownerName(stat.uid),
    content,
    access,
    passwordBeside,
  };
  return { ...facts, ...judge(facts, policy, asOfMs, Date.now()) };
}
