/** The sentences of the console summary and of explain in English. */
import type { ConsoleWords } from './console.js';

const AGE_FROM = {
  modified: 'the last change',
  'business-year': 'the end of the business year',
  document: "the document's last saving",
} as const;

const inDays = (days: string) => (days === '1' ? '1 day' : `${days} days`);

export const consoleEn: ConsoleWords = {
  title: 'Result of the round',
  roots: 'Swept',
  started: 'Started',
  asOf: 'As of',
  state: 'State',
  complete: 'complete',
  stopped: {
    interrupted: 'interrupted: some files have not been looked at yet',
    'time-limit': 'stopped at its time limit: some files have not been looked at yet',
    'root-lost': 'a folder became unreachable: some files have not been looked at yet',
    unknown: 'not complete: some files have not been looked at yet',
  },
  coverage: 'Looked at',
  sentenceEnd: '. ',
  coverageUnknown: 'how far it came is not known',
  lookedAt: (looked, known, percent, atMost) =>
    atMost ? `${looked} of the ${known} files known so far (at most ${percent} %)` : `${looked} of ${known} known files (${percent} %)`,
  lookedAtKnown: (looked, known, isRootLost) =>
    `${looked} of ${known} known files; ${isRootLost ? 'a folder to be swept was not reached, and' : 'it did not come to the end, and'} how many more lie there is not known`,
  unopenedFolders: (count) => `; besides, folders never opened yet: ${count}`,
  earlierResults: (run, started) =>
    `the rest as earlier runs found it; the last complete one began ${started} (run ${run}: mimawari report --run last-complete)`,
  earlierParts: 'no run has been complete yet: of the rest, only what earlier runs looked at is in the counts below',
  noEarlierResults: 'no run has been complete yet: what was not looked at is in no count below',
  took: (seconds) =>
    seconds < 60
      ? `took ${seconds} s`
      : seconds < 3600
        ? `took ${Math.floor(seconds / 60)} min ${seconds % 60} s`
        : `took ${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`,
  byVerdict: 'By verdict',
  byExamined: 'By what could be examined',
  byProblem: 'Why something was not read, or only in part',
  byProblemNote: 'One file can have several causes.',
  sum: 'total',
  sumIsEnumerated: (enumerated) => `(equals the ${enumerated} found)`,
  sumSoFar: '(so far: files not yet looked at are not in it)',
  sumWithEarlier: '(the rest as earlier runs found it; what no run has looked at yet is not in it)',
  staleByDocument: (files) =>
    `within their retention by their last change, past it by the document's own day (files with personal data): ${files}`,
  sumDiffers: (enumerated) => `(differs from the ${enumerated} found: a fault of the program)`,
  members: (count) => `besides, files inside archives, mails and documents: ${count}`,
  excepted: (count) => `of which approved exceptions: ${count}`,
  leak: 'If this leaked tonight',
  records: 'records',
  exposedRecords: 'of which unprotected',
  persons: 'distinct persons',
  nothingFound: 'No personal data was found.',
  nothingFoundSoFar: 'Nothing so far; the round is not complete.',
  worstFolders: 'Folders with the highest risk',
  worstFiles: 'Files with the highest risk',
  risk: 'risk',
  folder: 'folder',
  file: 'file',
  violations: 'violations',
  reasons: 'reasons',
  moreFiles: (count) => `and ${count} more violations (all of them: mimawari report --csv FILE)`,
  rootFolder: '(directly in the swept folder)',
  days: (days) => `${days} days`,
  excluded: 'Left out of the round',
  manners: 'Effects on the share',
  accessTimesMoved: (files) => `the access times of ${files} moved when they were read: this user may not keep them (see mimawari doctor).`,
  readAgain: (files) => `${files} in use were read once more at the end.`,
  rested: (seconds) => `rested ${seconds} s in all, because reading had become slow.`,
  next: 'What to do next',
  nextStopped: 'Run the same command again: it goes on where it stopped.',
  nextViolations:
    'From the highest risk down: delete, set a password, or move to a folder that only the people concerned can read. Details: mimawari explain FILE.',
  nextNotExamined:
    'Some files could not be read or judged. This is not yet "no violation". Which ones, and why: mimawari report --csv FILE, columns "Reasons" and "Why not examined".',
  nextExcepted: (files) =>
    `Violations: ${files}, all of them exceptions that the policy approves. Clear them up before the exceptions end.`,
  nextClean: 'No violation was found.',
  explain: {
    verdict: 'Verdict',
    found: 'Found',
    nothing: 'No personal data was found.',
    unread: 'Its content could not be read, so nobody can say whether it holds personal data.',
    nothingInPart: 'No personal data was found in what could be read; the rest is not known.',
    inMembers: 'Found in the files inside; they follow.',
    dropped: 'Looked alike and rejected',
    place: 'place',
    kind: 'kind',
    confidence: 'confidence',
    value: 'value',
    why: 'why',
    factors: { records: 'records', kinds: 'kinds', password: 'password', access: 'access', age: 'age' },
    riskInside: 'the highest risk of what is inside',
    documentDates: (created, saved) => `document: made ${created || 'unknown'}, last saved ${saved || 'unknown'}`,
    age: (days, basis, limit, rule, state) =>
      `${days === null ? 'age unknown (no time of the last change, or one in the future)' : `age ${inDays(days)} (from ${AGE_FROM[basis]})`}, retention ${
        limit === null ? 'forever' : inDays(limit)
      } (rule: ${rule}): ${state}`,
    businessYear: (year, by) => `business year told by names: ${year} (by the ${by})`,
    staleByDocument:
      "By the document's last saving it is past its retention: perhaps an old list that was copied or restored (the policy may judge by it: retentionFrom: document)",
    retentionInside: (member) => `its retention and age are those of the file inside: ${member}`,
    more: (count) => `and ${count} more`,
    moreUnknown: 'The list ends at its bound here; there may be more.',
  },
};
