/**
 * The text of 900 mixed files, side by side in one run and on one core: the program's readers, the native tools of Debian (a process or two a file, started by a shell),
 * and officeparser and textract where MIMAWARI_PEERS names a folder in which they are installed. Program and tools take turns, so that a busy machine slows both.
 * Starting is counted with each; of 300 such files it would be a third of the program's time (modules, PDFium's code), of a night's it is nothing, so there are more.
 * What a library reads is in the caller's hands; what the tools read is written to a file for each, as a shell does.
 * Files are made here by the project's own writers: a marker found shows that the plumbing works, not how well a reader knows a format.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { folded, makeMarked } from '../make-marked.mjs';
import { measureTree, megabytes } from '../measure.mjs';

export const summary = '900 mixed files on one core: every marker found, not slower than pdftotext, catdoc, xls2csv, unzip';

const COUNTS = { xlsx: 150, xls: 120, docx: 180, pdf: 120, doc: 90, pptx: 60, csv: 90, txt: 90 };
const ROUNDS = 3;
const SAMPLE_MS = 500;
const PEERS = ['officeparser', 'textract'];
const PACKAGES = { pdftotext: 'poppler-utils', catdoc: 'catdoc', xls2csv: 'catdoc', unzip: 'unzip', perl: 'perl', iconv: 'libc-bin' };
/** Where poppler looks for what names the characters of fonts that are not embedded. */
const CMAPS = '/usr/share/poppler/cMap';

const TOOLS = 'native tools';
const PEERS_FOLDER = process.env.MIMAWARI_PEERS ?? '';

const TEXT_OF_XML =
  's/<[^>]*>//g; s/&#x([0-9a-f]+);/chr hex $1/gie; s/&#(\\d+);/chr $1/ge; s/&lt;/</g; s/&gt;/>/g; s/&quot;/"/g; s/&amp;/&/g';
/** A tool that is missing fails for its files only. unzip has a status of its own for patterns without a file. */
const TOOLS_SCRIPT = `
untag() { perl -CSD -pe '${TEXT_OF_XML}'; }
cd "$1"
for file in *; do
  case $file in
    *.xlsx) unzip -p "$file" xl/sharedStrings.xml 'xl/worksheets/*.xml' | untag ;;
    *.docx) unzip -p "$file" 'word/*.xml' | untag ;;
    *.pptx) unzip -p "$file" 'ppt/slides/*.xml' | untag ;;
    *.xls) xls2csv -d utf-8 "$file" ;;
    *.doc) catdoc -d utf-8 "$file" ;;
    *.pdf) pdftotext "$file" - ;;
    *) iconv -f cp932 -t utf-8 "$file" ;;
  esac > "$2/$file" 2> /dev/null
done
exit 0`;

const EXTRACT = fileURLToPath(new URL('../extract-texts.mjs', import.meta.url));

const installed = (tool) => spawnSync('/bin/sh', ['-c', `command -v ${tool}`]).status === 0;
const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];

/** Names of the files whose marker is in what the tools wrote. */
const foundInFiles = (made, out) =>
  made.filter(({ name, marker }) => folded(readFileSync(join(out, name), 'utf8')).includes(marker)).map(({ name }) => name);

/** `36 xls, 2 pdf`: what was missed, by format. */
function listMissed(made, found) {
  const missed = new Map();
  for (const { name } of made.filter((each) => !found.has(each.name))) {
    const format = name.slice(name.lastIndexOf('.') + 1);
    missed.set(format, (missed.get(format) ?? 0) + 1);
  }
  return [...missed].map(([format, count]) => `${count} ${format}`).join(', ');
}

export async function prove({ scratch, check, say, scaled }) {
  const folder = join(scratch, 'files');
  const counts = Object.fromEntries(Object.entries(COUNTS).map(([format, count]) => [format, scaled(count)]));
  const made = makeMarked(folder, counts);
  say(`${made.length} files, ${(made.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) / 1e6).toFixed(1)} MB`);
  const absent = Object.keys(PACKAGES).filter((tool) => !installed(tool));
  for (const tool of absent) say(`absent: ${tool} (package ${PACKAGES[tool]})`);
  if (!existsSync(CMAPS)) say('absent: the character maps of poppler (package poppler-data); pdftotext finds no Japanese without them');

  const list = join(scratch, 'list.json');
  writeFileSync(list, JSON.stringify(made.map((each) => ({ ...each, path: join(folder, each.name) }))));
  const out = join(scratch, 'out');
  mkdirSync(out);

  const run = async (who) => {
    const command =
      who === TOOLS ? ['/bin/sh', '-c', TOOLS_SCRIPT, 'sh', folder, out] : [process.execPath, EXTRACT, who, list, PEERS_FOLDER];
    const { wallS, cpuS, peakPssBytes, stdout, exitCode } = await measureTree('taskset', ['-c', '0', ...command], { sampleMs: SAMPLE_MS });
    if (exitCode !== 0) throw new Error(`${who} ended with ${exitCode}`);
    // A library may write to the console; the answer is the last line.
    const found = new Set(who === TOOLS ? foundInFiles(made, out) : JSON.parse(stdout.trim().split('\n').at(-1)));
    const missed = listMissed(made, found);
    say(
      `${who.padEnd(13)}${(made.length / wallS).toFixed(0).padStart(4)} files/s, CPU ${cpuS.toFixed(2)} s, peak ${megabytes(peakPssBytes)} MB, markers ${found.size} of ${made.length}${missed && ` (missed: ${missed})`}`,
    );
    return { found: found.size, filesPerS: made.length / wallS, cpuS };
  };

  const runs = { program: [], [TOOLS]: [] };
  for (let round = 0; round < ROUNDS; round++)
    for (const who of round % 2 ? [TOOLS, 'program'] : ['program', TOOLS]) runs[who].push(await run(who));
  for (const name of PEERS) {
    if (PEERS_FOLDER && existsSync(join(PEERS_FOLDER, 'node_modules', name))) await run(name);
    else say(`absent: ${name} (MIMAWARI_PEERS names no folder with it in node_modules)`);
  }

  const found = Math.min(...runs.program.map((each) => each.found));
  check("markers found by the program's readers", found, made.length, found === made.length);
  const [own, tools] = ['program', TOOLS].map((who) => median(runs[who].map(({ filesPerS }) => filesPerS)));
  const cpu = (who) => median(runs[who].map(({ cpuS }) => cpuS)).toFixed(2);
  check(
    'files/s (medians)',
    `${own.toFixed(0)} (CPU ${cpu('program')} s)`,
    `≥ ${tools.toFixed(0)}, the tools' (CPU ${cpu(TOOLS)} s)`,
    own >= tools,
  );
  check('native tools present', Object.keys(PACKAGES).length - absent.length, Object.keys(PACKAGES).length, absent.length === 0);
}
