/** The human form and the JSON of `mimawari access`: who can read one file, through which gate, and what would close it. */
import type { Lang } from '../../detectors/contract.js';
import type { Access, Principal, Readers } from '../model.js';
import type { AccessTold, GateTold, NoRemedy, Remedy, WayTold } from '../parts.js';
import { type AccessWords, accessWords } from '../words/access.js';
import { accessReasonText } from '../words/access-reason.js';
import { consoleWords } from '../words/console.js';
import { words } from '../words/words.js';
import { showJson, showText } from './escape.js';
import { painter } from './layout.js';
import { passageText, peopleOf, unresolvedOf } from './passage.js';
import type { Pen } from './pen.js';
import { plainId } from './reach.js';
import { type RemedyText, remedyText } from './remedy.js';

export interface AccessInput {
  readonly path: string;
  /** The folder from which on gates count. */
  readonly root: string;
  readonly access: Access;
  /** Null where the source tells no gates. */
  readonly told: AccessTold | null;
  /** Folders above the root that do not let everybody through; from the outside in. */
  readonly above: readonly GateTold[];
  /** Null where the source can't say what would close a file. */
  readonly remedies: Remedies | null;
  shown(path: string | Buffer): string;
}

export interface Remedies {
  /** Null for a file that is not open, and where the source knows of none. */
  readonly file: Remedy | null;
  /** Only where every file below the folder is open. */
  readonly folder: { readonly remedy: Remedy; readonly files: number; readonly isRoot: boolean } | null;
  /** Why nothing is known to close it; null where something is. */
  readonly why: NoRemedy | null;
  /** The file's owner by name; null where nobody knows. */
  readonly owner: string | null;
  /** The commands are for the server on which the lists were exported. */
  readonly isExported: boolean;
  /** The shares that the file is reached through. */
  readonly shares: readonly string[];
  /** Digits and `-`: distinguishes backups. */
  readonly stamp: string;
  nameOf(id: string): string | null;
  shown(path: string | Buffer): string;
}

/** With a line break at its end. */
export function renderAccess(input: AccessInput, lang: Lang, color: boolean): string {
  const pen: Pen = { table: words(lang), say: consoleWords(lang), paint: painter(color) };
  const own = accessWords(lang);
  const { told, access } = input;
  const blocks = [
    headLines(input, own, pen),
    gateLines(input, own, pen),
    told === null ? [] : readerLines(told, own, pen),
    unknownLines(input, own, lang, pen),
    access.state === 'open' && input.remedies !== null ? remedyLines(input.remedies, lang, color) : [],
    [own.limits],
  ];
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n')}\n`;
}

/** The block about closing an open file; `explain` shows it too. */
export function remedyLines(
  { file, folder, why, owner: fileOwner, isExported, shares, stamp, nameOf, shown }: Remedies,
  lang: Lang,
  color: boolean,
): string[] {
  const own = accessWords(lang);
  const { bold, dim } = painter(color);
  const { comma, access, files } = words(lang);
  if (file === null && folder === null) {
    const text =
      why === 'share' ? own.noRemedyShares(shares.map(showText).join(comma)) : own.noRemedies[why ?? 'unknown'](showText(fileOwner ?? '?'));
    return [bold(own.close), `  ${text}`];
  }
  const who = (ids: readonly string[], owner: string | undefined): string =>
    ids
      .map((id) => {
        if (id === 'other') return own.others;
        const name = nameOf(id);
        if (name === null) return showText(plainId(id));
        return id === owner ? own.owner(showText(name)) : id.startsWith('g:') ? own.group(showText(name)) : showText(name);
      })
      .join(comma);
  const linesOf = (remedy: Remedy, title: string, notes: readonly string[]): string[] => {
    const { commands, restore } = backedUp(remedy, stamp);
    const owner = remedy.tool === 'posix' ? remedy.keeps[0] : undefined;
    return [
      `  ${title}`,
      ...notes.map((note) => `    ${note}`),
      `    ${own.removes}: ${who(remedy.removes, undefined)}  ${own.keeps}: ${who(remedy.keeps, owner)}`,
      `    ${own.afterwards(
        access[remedy.after.state],
        remedy.after.readers === null ? doubtOf(remedy.after, lang) : own.readersAfter(remedy.after.readers),
      )}`,
      ...commands.map((command) => `      ${command}`),
      `    ${own.restore}`,
      `      ${restore}`,
    ];
  };
  return [
    bold(own.close),
    `  ${dim(own.closeNote)}`,
    ...(isExported ? [`  ${dim(own.exportedNote)}`] : []),
    ...(file?.tool === 'icacls' && !isExported ? [`  ${dim(own.sambaNote)}`] : []),
    ...(folder === null
      ? []
      : linesOf(
          folder.remedy,
          own.closeFolder(showText(shown(folder.remedy.path)), files(folder.files)),
          folder.isRoot ? [own.closesRoot] : [],
        )),
    ...(file === null ? [] : linesOf(file, own.closeFile, [])),
  ];
}

/** Of a file and of its folder the backups lie beside each other. */
function backedUp(remedy: Remedy, stamp: string): RemedyText {
  return remedyText(remedy, remedy.target === 'folder' ? `${stamp}-folder` : stamp);
}

function doubtOf({ reason }: Access, lang: Lang): string {
  return showText(accessReasonText(reason, lang));
}

/** `mimawari.access/1`, one line. Names are as they are; commands as they would be typed. */
export function accessJson(input: AccessInput): string {
  const { path, root, access, told, remedies, shown } = input;
  const { state, source, broad, readers, reason } = access;
  const gate = ({ gate: kind, of, permission, entries, passers, doubt, selfGiver }: GateTold): object => ({
    gate: kind,
    of: shown(of),
    permission,
    entries,
    passers: readersJson(passers),
    ...(selfGiver === undefined ? {} : { selfGiver }),
    doubt,
  });
  const remedy = (one: Remedy): object => ({
    target: one.target,
    path: shown(one.path),
    removes: one.removes,
    keeps: one.keeps,
    after: one.after.state,
    ...backedUp(one, remedies!.stamp),
  });
  const toClose = remedies === null ? [] : [remedies.folder?.remedy ?? null, remedies.file];
  const fields = {
    schema: 'mimawari.access/1',
    path,
    root,
    access: { state, source, broad, readers, reason },
    ways: told === null ? [] : told.ways,
    gates: told === null ? [] : told.gates.map(gate),
    notCounted: input.above.map(gate),
    readers: told === null ? null : readersJson(told.readers),
    doubt: told?.doubt ?? null,
    close: toClose.filter((one) => one !== null).map(remedy),
    noRemedy: remedies?.why ?? null,
  };
  return `${showJson(JSON.stringify(fields))}\n`;
}

function readersJson(readers: Readers): object {
  const certainty = (value: number): string => (value === 3 ? 'yes' : value === 0 ? 'no' : 'possible');
  const listed = (principals: readonly Principal[]): object[] => principals.map(({ id, kind, name }) => ({ id, kind, name }));
  return {
    everybody: certainty(readers.everybody),
    guests: certainty(readers.guests),
    proven: listed(peopleOf(readers, 3)),
    possible: listed(peopleOf(readers, 1)),
    shutOut: listed(peopleOf(readers, 0)),
    unresolved: listed(unresolvedOf(readers)),
  };
}

function headLines({ path, root, access, told }: AccessInput, own: AccessWords, { table, paint }: Pen): string[] {
  const state = table.access[access.state];
  const shown = access.state === 'restricted' ? state : paint.red(state);
  return [
    paint.bold(showText(path)),
    `${own.state}: ${shown}${own.because(access.source, showText(table.accessReason(access.reason)))}`,
    `${own.counted}: ${countedText(told?.ways ?? [], root, own)}`,
  ];
}

/** Ways from the top and from the shared folder each count their own folders, which are told with the ways. */
function countedText(ways: readonly WayTold[], root: string, own: AccessWords): string {
  const begins = new Set(ways.map(({ folders }) => (folders === 'top' ? '/' : root)));
  return begins.size > 1 ? own.countedByWay : own.countedFrom(showText([...begins][0] ?? root));
}

/** Where several ways lead to the file, each with its own gates. */
function wayLines(ways: readonly WayTold[], root: string, own: AccessWords): string[] {
  return ways.map(({ by, of, folders, ntList }) => {
    const gates = [
      ...(by === 'share' ? [own.gateNames.share] : []),
      ...(folders === 'none' ? [] : [own.foldersFrom(folders === 'top' ? '/' : showText(root))]),
      ...(ntList ? [own.ntList] : []),
      own.gateNames.file,
    ];
    return `  ${of === '?' ? own.unknownShare : own.way[by](showText(of ?? ''))}: ${gates.join(' + ')}`;
  });
}

function gateLines({ told, above, shown, root }: AccessInput, own: AccessWords, pen: Pen): string[] {
  if (told === null) return [own.noGates];
  const lines = told.gates.flatMap((gate) => {
    const verb = gate.gate === 'file' ? own.readsBy : own.passes;
    return [
      `  ${gate.gate === 'share' && gate.of === '?' ? own.unknownShare : `${own.gateNames[gate.gate]} ${showText(shown(gate.of))}`}  ${gate.permission === 'NT access list' ? own.ntList : showText(gate.permission)}`.trimEnd(),
      ...gate.entries.map((entry) => `      ${pen.paint.dim(showText(entry))}`),
      `    ${verb}: ${passageText(gate.passers, own, pen)}`,
      ...(gate.selfGiver === undefined ? [] : [`    ${own.selfGiver(showText(gate.selfGiver))}`]),
    ];
  });
  const aboveLines = above.map(
    (gate) => `  ${own.notCounted(showText(shown(gate.of)), showText(gate.permission), passageText(gate.passers, own, pen))}`,
  );
  const hasWays = told.ways.length > 1;
  return [
    pen.paint.bold(hasWays ? own.gatesOfWays : own.gates),
    ...(hasWays ? wayLines(told.ways, root, own) : []),
    ...lines,
    ...(above.length > 0 ? [own.notCountedNote, ...aboveLines] : []),
  ];
}

function readerLines({ readers }: AccessTold, own: AccessWords, pen: Pen): string[] {
  return [pen.paint.bold(own.readers), `  ${passageText(readers, own, pen)}`];
}

function unknownLines({ told, access }: AccessInput, own: AccessWords, lang: Lang, { paint }: Pen): string[] {
  const doubt = told?.doubt ?? (access.state === 'unknown' ? access.reason : null);
  return doubt === null ? [] : [paint.bold(own.unknown), `  ${showText(accessReasonText(doubt, lang))}`];
}
