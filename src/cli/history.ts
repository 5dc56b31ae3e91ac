/** `mimawari history`: the story of one file, run by run, also of one that is gone. From the inventory alone. */
import { realpathSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { Command } from 'commander';
import type { Lang } from '../../detectors/contract.js';
import type { EntryState, FolderPast, History } from '../inventory/history.js';
import type { RunRow } from '../inventory/runs.js';
import { Store } from '../inventory/store.js';
import type { Policy } from '../policy/policy.js';
import { UsageError } from '../problem.js';
import { eventLine, renderStory, type Story, type StoryEvent } from '../report/story.js';
import { findByLook } from '../walk/find-name.js';
import { bytesOfKey, keyOfBytes, showKey } from '../walk/name.js';
import { composeInventory, type Inventory } from './compose.js';
import { type LeftOut, leftOutBy } from './left-out.js';
import { type Lifeline, Lives } from './lifelines.js';
import { wantsColor } from './locale.js';
import { addOptions, type Given } from './options.js';
import { writeAll } from './output.js';
import { defaultInventory, isThere } from './paths.js';
import { policyFrom, withSite } from './policy-option.js';
import { lookedAt } from './report-run.js';
import { cliWords } from './words.js';

export function addHistory(program: Command, lang: Lang, done: (code: number) => void): void {
  const say = cliWords(lang);
  const command = program.command('history').argument('<file>', say.historyArgument).description(say.history);
  addOptions(command, ['inventory', 'config', 'policy', 'json', 'lang'], lang);
  command.addHelpText('after', say.historyExamples);
  command.action((path: string, given: Given) => done(story(path, withSite(given, ['inventory']), lang)));
}

function story(path: string, given: Given, lang: Lang): number {
  const say = cliWords(lang);
  const file = given.inventory ?? defaultInventory();
  const policy = policyFrom(given);
  if (!isThere(file)) throw new UsageError(say.noInventory(file));
  const store = Store.open(file);
  try {
    const inventory = composeInventory(store);
    const { runs, history } = inventory;
    const states = findStates(history, path);
    if (!states) {
      const leftOut = whyUnknown(inventory, path, policy);
      throw new UsageError(leftOut ? `${path}: ${say.isLeftOut(leftOut.pattern)}` : say.notInInventory(path));
    }
    const { root, folder } = history.placeOf(states[0]!.folderId);
    const all = runs.all().filter((run) => run.id >= runs.historyBegins() && run.roots.includes(root));
    const newest = all.at(-1) ?? runs.last();
    if (!newest) throw new UsageError(say.noInventory(file));
    const lives = new Lives(inventory, policy, all);
    const place = { root, folder, folderId: states[0]!.folderId, unread: isBelowUnread(history, root, states[0]!.folderId) };
    const last = states.at(-1)!;
    const events = allEvents(place, states, lives, history);
    const seen = !place.unread && !last.leftOut && (lookedAt(newest, place) || isToldBy(newest, events.at(-1)));
    const below = folder === '' ? last.name : `${folder}/${last.name}`;
    const told: Story = {
      path: pathOf(history, last),
      root: showKey(root),
      events,
      newest,
      lostBefore: runs.historyLost(),
      seen,
      leftOut: !seen && last.until === null ? leftOutBy(below, newest, policy, last.leftOut) : null,
      runOf: (id) => all.find((run) => run.id >= id) ?? newest,
    };
    if (given.json) for (const event of told.events) writeAll(1, Buffer.from(eventLine(event, told)));
    else writeAll(1, Buffer.from(renderStory(told, lang, wantsColor(process.stdout))));
    return 0;
  } finally {
    store.close();
  }
}

/** A run that stopped may have found it gone or changed in a folder that it did not finish. Age alone tells of no look. */
function isToldBy({ id }: RunRow, last: StoryEvent | undefined): boolean {
  return last !== undefined && last.run === id && last.event !== 'aged';
}

/** By its whole path, real or as it was given, or by its path below a swept folder; null when the inventory knows no such file. */
function findStates(history: History, given: string): EntryState[] | null {
  for (const { root, path } of inRoots(history, given)) {
    for (const key of [path, path.normalize('NFC'), path.normalize('NFD')]) {
      const slash = key.lastIndexOf('/');
      const folderId = history.folderAt(root, slash < 0 ? '' : key.slice(0, slash));
      const states = folderId === null ? [] : history.states(folderId, key.slice(slash + 1));
      if (states.length > 0) return states;
    }
  }
  return null;
}

/** What may be meant, by root and path below it. */
function inRoots(history: History, given: string): { readonly root: string; readonly path: string; readonly isWhole: boolean }[] {
  const whole = realPath(resolve(given));
  return history.roots().flatMap((root) => {
    const base = root.endsWith('/') ? root : `${root}/`;
    const below = [whole, resolve(given)].flatMap((path) => (path.startsWith(base) ? [path.slice(base.length)] : []));
    return [...below.map((path) => ({ root, path, isWhole: true })), { root, path: given, isWhole: false }];
  });
}

/** The pattern by which the newest sweep never came to know a file: of one that lies below a root, or is written as its path there. */
function whyUnknown({ history, runs }: Inventory, given: string, policy: Policy): LeftOut | null {
  const places = inRoots(history, given).filter(({ path, isWhole }) => isWhole || !/^(?:\.{0,2}[\\/]|[a-z]:)/iu.test(path));
  for (const { root, path } of places.toSorted((a, b) => Number(b.isWhole) - Number(a.isWhole))) {
    const newest = runs.all().findLast((run) => run.roots.includes(root));
    const why = newest ? leftOutBy(path, newest, policy, false) : null;
    if (why) return why;
  }
  return null;
}

/** Without the links on the way; of what is gone, as far as the way is still there. */
function realPath(path: string): string {
  const meant = findByLook(path);
  try {
    return keyOfBytes(realpathSync.native(meant === null ? path : bytesOfKey(meant), 'buffer'));
  } catch {
    const above = dirname(path);
    return above === path ? path : join(realPath(above), basename(path));
  }
}

function isBelowUnread(history: History, root: string, folderId: number): boolean {
  for (const place of history.folders([root])) if (place.folderId === folderId) return place.unread;
  return false;
}

function pathOf(history: History, { folderId, name }: Pick<EntryState, 'folderId' | 'name'>): string {
  const { folder } = history.placeOf(folderId);
  return showKey(folder === '' ? name : `${folder}/${name}`);
}

/** Of every file that had this name, one after the other; what was moved away and came back again is one file, and told once. */
function allEvents(place: FolderPast, states: readonly EntryState[], lives: Lives, history: History): StoryEvent[] {
  const files = history.lineage.files(states).map((own) => lives.lifeline(place, own));
  const told = (file: Lifeline): boolean =>
    files.some((later) => later !== file && later.states.some((state) => isSameState(state, file.states.at(-1)!)));
  return files.filter((file) => !told(file)).flatMap((file) => eventsOf(file, lives, history));
}

function isSameState(a: EntryState, b: EntryState): boolean {
  return a.folderId === b.folderId && a.name === b.name && a.since === b.since;
}

/** What happened at which run: each state by what is different in it from the one before, and what age alone brought. */
function eventsOf({ stretches }: Lifeline, lives: Lives, history: History): StoryEvent[] {
  const events: StoryEvent[] = [];
  let before: EntryState | null = null;
  let wasGone = false;
  for (const [at, { since, standing, state }] of stretches.entries()) {
    if (standing === 'gone' || state === null) {
      const moved = before && history.lineage.movedFrom(before.folderId, before.name, before.since, stretches[at + 1]?.since);
      events.push({ event: 'gone', run: since, file: null, before: null, movedFrom: null, movedTo: moved ? pathOf(history, moved) : null });
      wasGone = true;
      continue;
    }
    const file = lives.judge(state, since);
    const isSame = before === state;
    const isMoved: boolean = before !== null && (before.folderId !== state.folderId || before.name !== state.name);
    events.push({
      event: isSame ? 'aged' : isMoved ? 'moved' : before === null ? 'found' : wasGone ? 'returned' : 'changed',
      run: since,
      file,
      before: before && lives.judge(before, since),
      movedFrom: isMoved && before ? pathOf(history, before) : null,
      movedTo: null,
    });
    before = state;
    wasGone = false;
  }
  return events;
}
