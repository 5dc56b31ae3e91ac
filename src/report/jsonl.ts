/**
 * One line of JSON a file or member, and one of the run at the end (CONTRACT.md, "One line of JSONL a file"). Field names, their order
 * and the codes are public: scripts rest on them. Values of findings never come here.
 */
import { type DocumentDates, type JudgedFile, PERSON_BASES, PROBLEM_CODES, RECORD_CLASSES, VERDICTS } from '../model.js';
import type { Coverage, ReportForm, RunInfo, RunTotals } from '../parts.js';
import { inChunks } from './chunk.js';
import { showJson } from './escape.js';
import { countedInOrder, countsInOrder, EXAMINED_ORDER, KIND_ORDER, percentOf } from './order.js';
import { localIso } from './time.js';

export const jsonlForm: ReportForm = {
  id: 'jsonl',
  *write(files, run, totals) {
    yield* inChunks(lines(files, run, totals));
  },
};

function* lines(files: Iterable<JudgedFile>, run: RunInfo, totals: RunTotals): Generator<string> {
  for (const file of files) yield jsonLine(fileFields(file));
  yield jsonLine(runFields(run, totals));
}

function jsonLine(fields: object): string {
  return `${showJson(JSON.stringify(fields))}\n`;
}

/** The fields of `mimawari.file/1`. */
export function fileFields(file: JudgedFile): object {
  const { content, access, retention } = file;
  return {
    schema: 'mimawari.file/1',
    root: file.root,
    path: file.path,
    ...(file.pathBytes === null ? {} : { pathBytes: file.pathBytes.toString('base64') }),
    member: file.member,
    entry: file.entry,
    format: content.format,
    sizeBytes: file.sizeBytes,
    modifiedAt: localIso(file.modifiedMs),
    accessedAt: localIso(file.accessedMs),
    owner: file.owner,
    contentHash: content.contentHash,
    examined: content.examined,
    problems: content.problems.map(({ stage, code, detail }) => ({ stage, code, detail })),
    kinds: countedInOrder(KIND_ORDER, content.kinds),
    records: countsInOrder(RECORD_CLASSES, content.records),
    persons: PERSON_BASES.reduce((sum, basis) => sum + content.persons[basis], 0),
    personsBy: countsInOrder(PERSON_BASES, content.persons),
    password: { state: content.password.state, scheme: content.password.scheme },
    ...(file.passwordBeside == null ? {} : { passwordBeside: file.passwordBeside }),
    access: { state: access.state, source: access.source, broad: access.broad, readers: access.readers, reason: access.reason },
    retention: {
      state: retention.state,
      ageDays: retention.ageDays,
      limitDays: retention.limitDays,
      basis: retention.basis,
      ...(retention.businessYear && { businessYear: retention.businessYear }),
      ...(retention.documentDates && { documentDates: datesFields(retention.documentDates) }),
      ...(retention.staleByDocument && { staleByDocument: true }),
      ...(retention.member !== undefined && { member: retention.member }),
      rule: retention.rule,
    },
    verdict: file.verdict,
    reasons: file.reasons,
    risk: file.risk,
    ...(file.department === undefined ? {} : { department: file.department }),
    ...(file.exception === undefined ? {} : { exception: file.exception }),
    ...(file.lookedAt === false ? { lookedAt: false } : {}),
  };
}

/** As `retention.documentDates`, which events tell too. */
export function datesFields({ created, saved }: DocumentDates): object {
  return { created: localIso(created), saved: localIso(saved) };
}

/** Only for a run that did not reach its end. `stopped` is null for one that was killed, and so is what is then not known. */
function coverageFields(coverage: Coverage): object {
  const { stopped, looked, known, unopenedFolders, lastComplete } = coverage;
  return {
    stopped,
    lookedAt: { files: looked, known, percent: percentOf(coverage), unopenedFolders },
    lastComplete: lastComplete && { run: lastComplete.id, started: localIso(lastComplete.startedMs) },
  };
}

/** The fields of `mimawari.run/1`. `enumerated` is the sum of `byVerdict` and of `byExamined`: all lines with `member: null`. */
export function runFields(run: RunInfo, totals: RunTotals): object {
  return {
    schema: 'mimawari.run/1',
    handling: 'confidential',
    roots: run.roots,
    started: localIso(run.startedMs),
    ended: localIso(run.endedMs),
    version: run.version,
    policyHash: run.policyHash,
    asOf: localIso(run.asOfMs),
    complete: run.complete,
    ...(run.coverage && coverageFields(run.coverage)),
    enumerated: totals.enumerated,
    byVerdict: countsInOrder(VERDICTS, totals.byVerdict),
    byExamined: countsInOrder(EXAMINED_ORDER, totals.byExamined),
    byProblem: countedInOrder(PROBLEM_CODES, totals.byProblem),
    members: totals.members,
    excluded: countedInOrder([], run.excluded),
    records: countsInOrder(RECORD_CLASSES, totals.records),
    persons: totals.persons,
    personsBy: countsInOrder(PERSON_BASES, totals.personsBy),
    ...(totals.piles && { piles: totals.piles }),
    ...(totals.exceptions && { exceptions: totals.exceptions }),
  };
}
