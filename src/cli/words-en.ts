import type { CliWords } from './words.js';

export const cliEn: CliWords = {
  description: 'Makes the rounds of shared folders: finds Japanese personal data, and says which files are unprotected or kept too long.',
  examples: `
Examples:
  mimawari scan /srv/share                      sweep a share and show the summary
  mimawari scan /srv/share --csv result.csv     … and write the evidence
  mimawari scan /srv/share --html result.html   … and a report for managers
  mimawari check "New folder"                   before storing a folder: is this all right?
  mimawari explain list.xlsx                    what was found in a file, where, and why
  mimawari access list.xlsx                     who can read a file, through which gate, and how to close it
  mimawari reach                                what leaks if one account is taken over
  mimawari doctor /srv/share                    what this host can and can't read there

Exit codes: 0 nothing in violation · 1 violations · 2 could not run · 3 some files not examined · 4 time limit · 130 interrupted`,
  seeHelp: '(mimawari <command> --help shows all options, with examples)',
  helpOption: 'show this help',
  helpCommand: 'show the help of a command',
  versionOption: 'show the versions of program, inventory, dictionaries and runtime',
  versionLines: (program, schema, dictionaries, runtime) => [
    `mimawari ${program}`,
    `inventory schema ${schema}`,
    `dictionaries ${dictionaries}`,
    `runtime ${runtime}`,
  ],
  helpTitles: { 'Usage:': 'Usage:', 'Arguments:': 'Arguments:', 'Options:': 'Options:', 'Commands:': 'Commands:' },
  scan: 'walk folders, examine and judge every file, keep the result in the inventory, show the summary',
  scanExamples: `
Examples:
  mimawari scan /srv/share
  mimawari scan /srv/share /srv/archive --exclude '**/node_modules/**' --csv result.csv --jsonl result.jsonl
  mimawari scan D:\\share --policy mimawari.yaml --quiet
  mimawari scan --config mimawari.yaml          folders, policy, outputs and mails as configured
  mimawari scan --config mimawari.yaml --max-bytes-per-second 20M --log json`,
  check: 'the same examination for staff: nothing is kept, plain words, what to do now',
  checkExamples: `
Examples:
  mimawari check list.xlsx
  mimawari check "New folder"                   every file in it
  mimawari check D:\\out --stamp D:\\ok.html     leave a stamp when all is in order

○ in order · × must not stay as it is · △ approved exception · ? could not be checked · - not applicable
Exit codes: 0 all in order · 1 some × · 2 could not run · 3 some ? · 130 interrupted`,
  report: 'write reports of the last sweep from the inventory, without touching the share',
  reportExamples: `
Examples:
  mimawari report                               the summary once more
  mimawari report --csv result.csv
  mimawari report --html result.html            a report for a browser, or for paper
  mimawari report --jsonl - | head`,
  diff: 'what became of the violations since an earlier run: new, continuing, resolved, recurred (the share is not touched)',
  diffExamples: `
Examples:
  mimawari diff                                 compared with the run before that reached its end
  mimawari diff --since 2026-04-01              … with the run of 1 April
  mimawari diff --since 12 --json               … with run 12, one line of JSON a file
  mimawari diff --trend                         violations (without exceptions) and exposed persons from run to run

Exit codes: 0 nothing new · 1 new or recurred violations · 2 could not run`,
  history: 'the story of one file: what it was at which run, and since when',
  historyExamples: `
Examples:
  mimawari history /srv/share/hr/list.xlsx
  mimawari history hr/list.xlsx                 its path below the swept folder will do (also for what is gone)`,
  historyArgument: 'the file, also one that is gone',
  noSuchEarlierRun: (run, from) =>
    `--since ${run}: can't be compared with; give the number of a run from ${from} up to the one before the last ('mimawari diff --trend' lists them)`,
  notInInventory: (file) => `${file}: not in the inventory; is it in a swept folder, and is its name right?`,
  isLeftOut: (pattern) =>
    pattern === null
      ? 'it is left out of the sweep: it fits no pattern of include'
      : `it is left out of the sweep by the pattern "${pattern}" of exclude`,
  duplicates: 'the same list in several places: copies byte for byte, and other files with the very same persons',
  duplicatesExamples: `
Examples:
  mimawari duplicates                           the lists that lie about most, with the oldest and the most widely readable copy
  mimawari duplicates --json > copies.jsonl     all of them, a line each`,
  explain: 'each finding of one file with its place, its reason and its confidence',
  explainExamples: `
Examples:
  mimawari explain list.xlsx
  mimawari explain list.xlsx --dropped          … and what was rejected
  mimawari explain list.xlsx --json --min-confidence weak`,
  access: 'who can read one file, and through which gate; for an open one, the commands that would close it (printed, never run)',
  accessExamples: `
Examples:
  mimawari access list.xlsx
  mimawari access /srv/share/HR/list.xlsx --root /srv/share     count the folders from the shared one on
  mimawari access list.xlsx --policy mimawari.yaml --json`,
  reach: 'how many files, records and persons each account can read: what leaks if it, or the terminal it uses, is taken over',
  reachExamples: `
Examples:
  mimawari reach                                the accounts that reach most persons
  mimawari reach --as taro                      one account, in detail
  mimawari reach --as soumu                     somebody who is in this group and in no other
  mimawari reach --json > reach.jsonl           all of them, a line each`,
  doctor: 'before the first night: what this host can read, how long a sweep may take, what to mend',
  doctorExamples: `
Examples:
  mimawari doctor /srv/share
  mimawari doctor --config mimawari.yaml        configuration, places and mail server too
  mimawari doctor --config mimawari.yaml --json

Exit codes: 0 all is well · 3 something will not be examined · 2 a sweep could not run`,
  init: 'write a commented configuration file to begin with',
  initExamples: `
Examples:
  mimawari init                                 writes mimawari.yaml (unless it is there)
  mimawari init /etc/mimawari/mimawari.yaml
  mimawari doctor --config mimawari.yaml        then try what you wrote`,
  foldersArgument: 'folders to sweep',
  pathsArgument: 'files or folders to check',
  fileArgument: 'the file to explain',
  policyArgument: 'name of the new file (default: mimawari.yaml; - for standard output)',
  accessFileArgument: 'the file to ask about',
  noSuchPrincipal: (asked, like) =>
    like.length > 0
      ? `--as ${asked}: nobody of that name was known to the last sweep. Known, and alike: ${like.join(', ')}`
      : `--as ${asked}: nobody of that name was known to the last sweep, as an account or as a group that a list names. Give a user or group name, u:UID, g:GID or a SID; 'mimawari reach --json' lists all`,
  notBelow: (file, root) => `--root ${root}: ${file} does not lie below it`,
  noFolder: "no folder was given, neither on the command line nor as 'roots' of a configuration (--config)",
  noSuchFile: 'no such file',
  noSuchPath: 'no such folder or file',
  emptyName: 'an empty name was given; give the name of a folder or file',
  namesStream: 'names an alternate data stream, which is not examined; name the file itself',
  noOcr: (archive) =>
    `--ocr: the OCR part is missing, so pictures and scans are not read; ${archive === null ? 'npm install tesseract.js-core @tesseract.js-data/jpn' : `unpack ${archive} over the folder of the program`}`,
  noNativeLibrary:
    'the native library (koffi) could not be loaded: who can read a file stays unknown, and files that are kept offline or in a cloud are not recognised, so that they would be fetched',
  nothingIncluded:
    "no file fits --include. A pattern without a folder fits only files directly in the swept folder: write '**/*.csv' for all below",
  nothingThere: 'nothing was found to look at',
  inventoryDiskFull:
    'the disk of the inventory is full. Make room, or name another place with --inventory; then run the same command again: nothing in it is lost, and it goes on where it stopped',
  inventoryUnreadable:
    "the disk of the inventory can't be read or written; check it and the way to it, then run the same command again: it goes on where it stopped",
  damagedInventory:
    'the inventory is damaged. The next mimawari scan puts it aside and makes a new one with what can be read of it; or restore it from a backup',
  putAside: (file, { aside, runs, entries, past, torn, begins }) =>
    [
      `${file}: the inventory was damaged; it is kept as ${aside}, and a new one was made`,
      `  taken over: ${runs} runs, ${entries} entries, ${past} earlier states of entries (exceptions stand in the policy file and are not lost)`,
      '  lost: what was found in files (this sweep reads all of them again), distinct persons until then',
      ...(begins === null
        ? []
        : [`  lost: the history before this sweep (run ${begins}); it is compared with no earlier one, as if it were the first`]),
      ...(torn.length > 0 ? [`  tables that could not be read whole: ${torn.join(', ')} (how much of them is lost is not known)`] : []),
    ].join('\n'),
  unknownGroups: (names) =>
    `broadGroups of the policy: nobody here knows ${names.map((name) => `"${name}"`).join(', ')}; no file counts as open by it. See to the name, or write its SID or gid`,
  wordsChanged: (files) =>
    files === 0
      ? "the policy's words (or the year) are others than last time, and touch no file: nothing is read again"
      : `the policy's words (or the year) are others than last time: ${files === 1 ? '1 file that they may touch is' : `${files} files that they may touch are`} read again, the others are not`,
  idleConcerned: (folder) =>
    `concerned of the policy: no swept folder fits "${folder}", so that its list of people holds nowhere (folders count from below the swept one; '**/NAME' fits at any depth)`,
  idlePattern: (pattern, isOption) =>
    `${isOption ? `--exclude ${pattern}` : `exclude of the configuration: "${pattern}"`} fits nothing ('**/NAME' fits in every folder below)`,
  rootMissing: (root) => `${root}: can't be reached now; the other folders are swept, and nothing of this one counts as gone`,
  rootUnread: (root, code) => (code === 'no-access' ? `${root}: no permission to read this folder` : `${root}: can't be read (${code})`),
  pathLost: (path) => `${path}: can't be reached any more; try again`,
  notAFile: 'this is no file (a folder, say); give one file in it',
  fault: 'a fault of the program itself; please report the lines below',
  fileAsRoot: (folder) => `scan takes folders, but a file of ${folder} was given; use 'mimawari check' for single files`,
  rootLost: (root) =>
    `${root}: missing or unreachable; other folders were swept, what was examined is kept, and nothing of it counts as gone`,
  rootReplaced: (root) =>
    `${root}: another folder stands here, with nothing of what was known. Is the share mounted? Nothing counts as gone. Mount it and run again; if it was replaced on purpose, add --accept-replaced`,
  runNotKept: (run) =>
    `--run ${run}: no report can be made of that run; only of the newest one that reached its end (last-complete) and of those after it. 'mimawari diff --trend' lists the runs`,
  noCompleteRun: (file) => `${file}: no sweep has reached its end yet`,
  noInventory: (file) => `${file}: no sweep is kept there yet; run 'mimawari scan' first, or name the inventory with --inventory`,
  policyExists: (file) => `${file}: exists already; give another name`,
  policyWritten: (file) => `${file}: written. Look through it, then: mimawari doctor --config ${file}, and mimawari scan --config ${file}`,
  mailFailed: (failed, all, server, codes) =>
    `${failed} of ${all} mails could not be sent (${server}: ${codes}). The result of the sweep is not touched by it: mimawari report shows it`,
  progress: ({ folders, entries, reused, examined, toExamine }, seconds) =>
    `${Math.floor(seconds)} s  folders ${folders}  entries ${entries}  unchanged ${reused}  examined ${examined}/${toExamine}`,
  checkProgress: ({ entries, examined, toExamine }, seconds) =>
    `checking … ${examined}/${toExamine} (${entries} files seen, ${Math.floor(seconds)} s)`,
  dryRun: (sums, excluded) =>
    [
      `would walk: ${sums.folders} folders, ${sums.files} files (${(sums.bytes / 1e6).toFixed(1)} MB), ${sums.links} links, ${sums.special} special files`,
      ...(sums.unread > 0 ? [`can't be listed: ${sums.unread} folders`] : []),
      ...Object.entries(excluded).map(([pattern, count]) => `left out by ${pattern}: ${count}`),
      '',
    ].join('\n'),
};
