/**
 * The stamp of `mimawari check`: that a folder was in order when it was checked, for a department to keep. It names folders and counts, never files or what
 * they hold. `filesHash` is the same as long as the same files with the same content lie there; the digest shows a slip or a careless change of the
 * stamp itself, not one by somebody who makes a new digest.
 */
import { createHash } from 'node:crypto';
import { basename, extname } from 'node:path';
import type { Lang } from '../../detectors/contract.js';
import { type JudgedFile, NOT_INCLUDED } from '../model.js';
import { type StampWords, stampWords } from '../words/stamp.js';
import { words } from '../words/words.js';
import type { MarkCounts } from './check.js';
import { showJson, showText } from './escape.js';
import { html, type Markup, outside, trusted } from './html/markup.js';
import { widthOf } from './layout.js';
import { countedInOrder } from './order.js';
import { localIso, localStamp } from './time.js';

export const STAMP_SCHEMA = 'mimawari.stamp/1';

export interface StampInput {
  readonly checkedMs: number;
  /** Folders as they are shown; `only`: the files of it that were checked, null for all. */
  readonly folders: readonly { readonly folder: string; readonly only: readonly string[] | null }[];
  readonly counts: MarkCounts;
  /** Of those in order, files with a password that nobody looked into. */
  readonly sealed: number;
  /** Patterns to which the check was narrowed; those that were left out, with how many. */
  readonly included: readonly string[];
  readonly excluded: Readonly<Record<string, number>>;
  readonly version: string;
  readonly policyHash: string;
  readonly filesHash: string;
}

type StampForm = 'text' | 'html' | 'json';

const FORMS: Readonly<Record<string, StampForm>> = { '': 'text', '.txt': 'text', '.html': 'html', '.htm': 'html', '.json': 'json' };

/** By the ending of its name; null for one that means something else. */
export function stampFormOf(file: string): StampForm | null {
  return FORMS[extname(basename(file)).toLowerCase()] ?? null;
}

/** Of the files of a check, in the order of their paths: their paths, sizes and contents. What was not read whole counts by its time. */
export class FilesHash {
  private readonly hash = createHash('sha256');

  add({ path, sizeBytes, modifiedMs, content }: Pick<JudgedFile, 'path' | 'sizeBytes' | 'modifiedMs' | 'content'>): void {
    this.hash.update(`${JSON.stringify([path, sizeBytes, content.contentHash ?? modifiedMs])}\n`);
  }

  result(): string {
    return `sha256:${this.hash.digest('hex')}`;
  }
}

/** Nothing may stand against it: no file that must not stay, none that could not be looked at, and at least one file. */
export function passes(counts: MarkCounts): boolean {
  return counts.bad === 0 && counts.unknown === 0 && counts.good + counts.excepted + counts.none > 0;
}

export function renderStamp(input: StampInput, form: StampForm, lang: Lang): string {
  if (form === 'json') return jsonStamp(input);
  const say = stampWords(lang);
  const lines = linesOf(input, say, lang);
  if (form === 'html') return htmlStamp(lines, say, lang);
  const width = Math.max(...lines.map(([name]) => widthOf(name)));
  const body = lines.flatMap(([name, values]) =>
    values.map((value, at) => `${at === 0 ? name + ' '.repeat(width - widthOf(name)) : ' '.repeat(width)}  ${value}`),
  );
  return `${[`${say.title}  ${say.passed}`, '', ...body, '', ...say.notes].join('\n')}\n`;
}

function linesOf(
  { checkedMs, folders, counts, sealed, included, excluded, version, policyHash, filesHash }: StampInput,
  say: StampWords,
  lang: Lang,
): Line[] {
  const table = words(lang);
  const files = counts.good + counts.excepted + counts.none;
  const places = folders.flatMap(({ folder, only }) =>
    only === null ? [showText(folder)] : only.map((name) => showText(`${folder}/${name}`)),
  );
  const excepted = counts.excepted > 0 ? [say.excepted(table.count(counts.excepted))] : [];
  const textless = counts.none > 0 ? [say.textless(table.count(counts.none))] : [];
  const locked = sealed > 0 ? [say.sealed(table.count(sealed))] : [];
  const leftOut = Object.entries(countedInOrder([], excluded));
  return [
    [say.checked, [localStamp(checkedMs)]],
    [say.place, places],
    [say.files, [table.files(files), ...locked, ...excepted, ...textless]],
    ...(included.length > 0 ? [[say.included, included.map(showText)] as const] : []),
    ...(leftOut.length > 0
      ? [
          [
            say.excluded,
            leftOut.map(
              ([pattern, count]) => `${pattern.startsWith(NOT_INCLUDED) ? say.notIncluded : showText(pattern)}: ${table.count(count)}`,
            ),
          ] as const,
        ]
      : []),
    [say.program, [`mimawari ${version}`]],
    [say.policy, [policyHash]],
    [say.content, [filesHash]],
  ];
}

type Line = readonly [name: string, values: readonly string[]];

function jsonStamp({ checkedMs, folders, counts, sealed, included, excluded, version, policyHash, filesHash }: StampInput): string {
  const { good, excepted, none } = counts;
  const fields = {
    schema: STAMP_SCHEMA,
    result: 'passed',
    checked: localIso(checkedMs),
    folders,
    counts: { files: good + excepted + none, inOrder: good, sealed, excepted, textless: none },
    included,
    excluded: countedInOrder([], excluded),
    program: { name: 'mimawari', version },
    policyHash,
    filesHash,
  };
  const body = JSON.stringify(fields, null, 2).split('\n').map(showJson).join('\n');
  const digest = createHash('sha256').update(body).digest('hex');
  return `${body.slice(0, -2)},\n  "digest": "sha256:${digest}"\n}\n`;
}

const STYLE = `body{font-family:system-ui,"Noto Sans JP","Yu Gothic UI",Meiryo,sans-serif;color:#1d2733;background:#fff;margin:2rem;line-height:1.6}
main{max-width:44rem;margin:auto;border:3px double #1f6f43;padding:1.5rem 2rem}
h1{font-size:1.4rem;margin:0 0 1rem}h1 strong{color:#1f6f43}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.4rem 1.5rem;margin:0}
dt{color:#4a5665}dd{margin:0;grid-column:2;overflow-wrap:anywhere}
p{font-size:.9rem;color:#4a5665}
@media (max-width:40rem){body{margin:.5rem}main{padding:1rem}dl{display:block}dd{margin:0 0 .6rem}}
@page{size:A4;margin:20mm}`;

/** One page that loads nothing, to be kept or printed. */
function htmlStamp(lines: readonly Line[], say: StampWords, lang: Lang): string {
  const policy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`;
  const list: Markup[] = lines.map(([name, values]) => html`<dt>${name}</dt>${values.map((value) => html`<dd>${outside(value)}</dd>`)}`);
  return html`<!doctype html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${trusted(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${say.title}</title>
<style>${trusted(STYLE)}</style>
</head>
<body>
<main>
<h1>${say.title} <strong>${say.passed}</strong></h1>
<dl>${list}</dl>
${say.notes.map((note) => html`<p>${note}</p>`)}
</main>
</body>
</html>
`.text;
}
