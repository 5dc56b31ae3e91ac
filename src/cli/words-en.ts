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

Exit codes: 0 nothing in violation · 1 violations · 2 could not run · 3 some files not examined · 4 time limit · 130 interrupted`,
  seeHelp: '(mimawari <command> --help shows all options, with examples)',
  helpOption: 'show this help',
  helpCommand: 'show the help of a command',
  versionOption: 'show the version',
  helpTitles: {},
  scan: 'walk folders, examine and judge every file, keep the result in the inventory, show the summary',
  scanExamples: `
Examples:
  mimawari scan /srv/share
  mimawari scan /srv/share /srv/archive --exclude '**/node_modules/**' --csv result.csv --jsonl result.jsonl
  mimawari scan D:\\share --policy mimawari.yaml --quiet`,
  check: 'the same examination for staff: nothing is kept, plain words, what to do now',
  checkExamples: `
Examples:
  mimawari check list.xlsx
  mimawari check "New folder"`,
  report: 'write reports of the last sweep from the inventory, without touching the share',
  reportExamples: `
Examples:
  mimawari report                               the summary once more
  mimawari report --csv result.csv
  mimawari report --html result.html            a report for a browser, or for paper
  mimawari report --jsonl - | head`,
  explain: 'each finding of one file with its place, its reason and its confidence',
  explainExamples: `
Examples:
  mimawari explain list.xlsx
  mimawari explain list.xlsx --dropped          … and what was rejected
  mimawari explain list.xlsx --json --min-confidence weak`,
  init: 'write a commented policy file to begin with',
  foldersArgument: 'folders to sweep',
  pathsArgument: 'files or folders to check',
  fileArgument: 'the file to explain',
  policyArgument: 'name of the new file (default: mimawari.yaml)',
  noSuchFile: 'no such file',
  noSuchPath: 'no such folder or file',
  emptyName: 'an empty name was given; give the name of a folder or file',
  namesStream: 'names an alternate data stream, which is not examined; name the file itself',
  noNativeLibrary:
    'the native library (koffi) could not be loaded: who can read a file stays unknown, and files that are kept offline or in a cloud are not recognised, so that they would be fetched',
  nothingIncluded:
    "no file fits --include. A pattern without a folder fits only files directly in the swept folder: write '**/*.csv' for all below",
  nothingThere: 'nothing was found to look at',
  inventoryDiskFull:
    'the disk of the inventory is full. Make room, or name another place with --inventory; then run the same command again: it goes on where it stopped',
  damagedInventory: 'the inventory is damaged. Move it away, or restore it from a backup; the next sweep makes a new one',
  idlePattern: (pattern) => `--exclude ${pattern} fits nothing ('**/NAME' fits in every folder below)`,
  rootUnread: (root, code) => (code === 'no-access' ? `${root}: no permission to read this folder` : `${root}: can't be read (${code})`),
  pathLost: (path) => `${path}: can't be reached any more; try again`,
  notAFile: 'not a file that can be explained; give one file',
  fault: 'a fault of the program itself; please report the lines below',
  fileAsRoot: (folder) => `scan takes folders, but a file of ${folder} was given; use 'mimawari check' for single files`,
  rootLost: (root) => `${root}: missing or unreachable; the run has ended, what was examined is kept, and nothing counts as gone`,
  noInventory: (file) => `${file}: no sweep is kept there yet; run 'mimawari scan' first, or name the inventory with --inventory`,
  policyExists: (file) => `${file}: exists already; give another name`,
  policyWritten: (file) => `${file}: written. Look through it, then: mimawari scan FOLDER --policy ${file}`,
  progress: ({ folders, entries, reused, examined, toExamine }, seconds) =>
    `${Math.floor(seconds)} s  folders ${folders}  entries ${entries}  unchanged ${reused}  examined ${examined}/${toExamine}`,
  dryRun: (sums, excluded) =>
    [
      `would walk: ${sums.folders} folders, ${sums.files} files (${(sums.bytes / 1e6).toFixed(1)} MB), ${sums.links} links, ${sums.special} special files`,
      ...(sums.unread > 0 ? [`can't be listed: ${sums.unread} folders`] : []),
      ...Object.entries(excluded).map(([pattern, count]) => `left out by ${pattern}: ${count}`),
      '',
    ].join('\n'),
};
