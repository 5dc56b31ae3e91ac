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

export function renderDuplicates(input: DuplicatesInput, lang: Lang, color: boolean): string {
  const say = duplicateWords(lang);
  const table = words(lang);
  const paint = painter(color);
  const place = (file: JudgedFile) => showText(input.hasManyRoots ? `${file.root}/${file.path}` : file.path);
  const lines = [paint.bold(say.title), ...(input.complete ? [] : [paint.red(say.incomplete)])];
  if (input.sets.length === 0) return `${[...lines, '', `  ${say.none}`].join('\n')}\n`;
  for (const { count, persons, contents, files, oldest, widest } of input.sets) {
    const same = contents === 1 ? say.sameContent : say.samePersons(table.count(contents));
    const rest = files.filter((file) => file !== oldest && file !== widest);
    const named = new Set([oldest, widest]).size;
    lines.push(
      '',
      `${paint.bold(say.group(table.files(count), persons > 0 ? table.persons(persons) : null))}  ${same}`,
      `  ${say.oldest}: ${place(oldest)}  (${localStamp(oldest.modifiedMs)})`,
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
    access: { state: file.access.state, readers: file.access.readers },
    verdict: file.verdict,
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
