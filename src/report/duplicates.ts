/** The same list in several places, in words and as lines of JSON (`mimawari.duplicates/1`): how often, which copy is oldest, which most can read. */
import type { Lang } from '../../detectors/contract.js';
import { type AccessState, type JudgedFile, RECORD_CLASSES } from '../model.js';
import { duplicateWords } from '../words/duplicates.js';
import { words } from '../words/words.js';
import { showJson, showText } from './escape.js';
import { painter } from './layout.js';
import { localIso, localStamp } from './time.js';

export interface DuplicateSet {
  /** All of them, and the distinct persons in each. */
  readonly count: number;
  readonly persons: number;
  readonly contents: number;
  /** In the order of paths, as many as are held. */
  readonly files: readonly JudgedFile[];
  readonly oldest: JudgedFile;
  readonly widest: JudgedFile;
}

export interface DuplicatesInput {
  readonly complete: boolean;
  readonly sets: readonly DuplicateSet[];
  /** Sets that are not shown. */
  readonly more: number;
  readonly hasManyRoots: boolean;
}

/** Other copies that are named. */
const OTHERS_SHOWN = 12;

const WIDTH: Readonly<Record<AccessState, number>> = { restricted: 0, unknown: 1, open: 2 };

/** Positive when `a` can be read by more people than `b`: open to more than unknown, that to more than restricted; then by readers. */
export function compareWidth(a: JudgedFile, b: JudgedFile): number {
  const readers = ({ access }: JudgedFile) => access.readers ?? (access.state === 'restricted' ? 0 : Number.POSITIVE_INFINITY);
  const byState = WIDTH[a.access.state] - WIDTH[b.access.state];
  return byState !== 0 ? byState : readers(a) === readers(b) ? 0 : readers(a) - readers(b);
}

/** Positive when `a` is older than `b`: by the earlier of its last change and the day on which the document says it was saved, which copying leaves alone. */
export function compareAge(a: JudgedFile, b: JudgedFile): number {
  const changed = ({ modifiedMs }: JudgedFile) => modifiedMs ?? Number.POSITIVE_INFINITY;
  const born = (file: JudgedFile) => Math.min(changed(file), savedMs(file) ?? Number.POSITIVE_INFINITY);
  const [earlier, later] = [born(a), born(b)];
  if (earlier !== later) return earlier < later ? 1 : -1;
  return changed(a) === changed(b) ? 0 : changed(a) < changed(b) ? 1 : -1;
}

const savedMs = (file: JudgedFile): number | null => file.retention.documentDates?.saved ?? null;

export function renderDuplicates(input: DuplicatesInput, lang: Lang, color: boolean): string {
  const say = duplicateWords(lang);
  const table = words(lang);
  const paint = painter(color);
  const place = (file: JudgedFile) => {
    const path = showText(input.hasManyRoots ? `${file.root}/${file.path}` : file.path);
    return file.reasons.includes('excepted') ? `${path} [${table.reasons.excepted}]` : path;
  };
  const days = (file: JudgedFile) => [
    `${table.retentionBases.modified} ${localStamp(file.modifiedMs)}`,
    ...(savedMs(file) === null ? [] : [`${table.retentionBases.document} ${localStamp(savedMs(file))}`]),
  ];
  const lines = [paint.bold(say.title), ...(input.complete ? [] : [paint.red(say.incomplete)])];
  if (input.sets.length === 0) return `${[...lines, '', `  ${say.none}`].join('\n')}\n`;
  for (const { count, persons, contents, files, oldest, widest } of input.sets) {
    const same = contents === 1 ? say.sameContent : say.samePersons(table.count(contents));
    const rest = files.filter((file) => file !== oldest && file !== widest);
    const named = new Set([oldest, widest]).size;
    lines.push(
      '',
      `${paint.bold(say.group(table.files(count), persons > 0 ? table.persons(persons) : null))}  ${same}`,
      `  ${say.oldest}: ${place(oldest)}  (${days(oldest).join(table.comma)})`,
      `  ${say.widest}: ${place(widest)}  (${table.access[widest.access.state]}: ${showText(table.accessReason(widest.access.reason))})`,
      ...rest.slice(0, OTHERS_SHOWN).map((file, at) => `  ${at === 0 ? `${say.others}: ` : '  '}${place(file)}`),
    );
    const hidden = count - named - Math.min(rest.length, OTHERS_SHOWN);
    if (hidden > 0) lines.push(`    ${say.more(table.files(hidden))}`);
  }
  if (input.more > 0) lines.push('', say.moreGroups(table.count(input.more)));
  return `${[...lines, '', say.next].join('\n')}\n`;
}

export function* duplicatesJson({ sets, complete }: DuplicatesInput): Generator<string> {
  const short = (file: JudgedFile) => ({
    root: file.root,
    path: file.path,
    modifiedAt: localIso(file.modifiedMs),
    ...(savedMs(file) === null ? {} : { documentSavedAt: localIso(savedMs(file)) }),
    access: { state: file.access.state, readers: file.access.readers },
    verdict: file.verdict,
    ...(file.reasons.includes('excepted') ? { excepted: true } : {}),
    contentHash: file.content.contentHash,
  });
  for (const { count, persons, contents, files, oldest, widest } of sets) {
    const records = RECORD_CLASSES.reduce((sum, klass) => sum + oldest.content.records[klass], 0);
    const line = {
      schema: 'mimawari.duplicates/1',
      complete,
      same: contents === 1 ? 'content' : 'persons',
      ...{ files: count, contents, persons, records },
      oldest: short(oldest),
      widest: short(widest),
      copies: files.map(short),
    };
    yield `${showJson(JSON.stringify(line))}\n`;
  }
}
