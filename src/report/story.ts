/** The story of one file: a line for each run at which something about it changed that a verdict depends on. */
import type { Lang } from '../../detectors/contract.js';
import { type JudgedFile, RECORD_CLASSES } from '../model.js';
import { type ChangesWords, changesWords } from '../words/changes.js';
import { type Words, words } from '../words/words.js';
import type { RunMark } from './changes.js';
import { showJson, showText } from './escape.js';
import { datesFields } from './jsonl.js';
import { painter } from './layout.js';
import { localIso, localStamp } from './time.js';

export interface StoryEvent {
  /** `aged`: nothing changed but its age. */
  readonly event: 'found' | 'changed' | 'aged' | 'moved' | 'returned' | 'gone';
  readonly run: number;
  /** As it stood from that run on; null when it was gone. */
  readonly file: JudgedFile | null;
  /** As it had been until then, judged as on the same day; null for what was found for the first time. */
  readonly before: JudgedFile | null;
  readonly movedFrom: string | null;
  /** Of what is gone: where it is now. */
  readonly movedTo: string | null;
}

export interface Story {
  readonly path: string;
  readonly root: string;
  readonly events: readonly StoryEvent[];
  readonly newest: RunMark;
  /** Whether the newest run looked at it, or found it gone. */
  readonly seen: boolean;
  /** It was not looked at because patterns leave it out: the one of `exclude`, or null for what fits none of `include`. */
  readonly leftOut: { readonly pattern: string | null } | null;
  /** The run of that number; the oldest known one for what is older. */
  runOf(id: number): RunMark;
}

export function renderStory(story: Story, lang: Lang, color: boolean): string {
  const say = changesWords(lang);
  const table = words(lang);
  const paint = painter(color);
  const lines = [paint.bold(`${showText(story.path)}  (${showText(story.root)})`)];
  for (const event of story.events) {
    const { id, startedMs } = story.runOf(event.run);
    lines.push(`  ${event.run === 0 ? say.story.before : say.story.run(id, localStamp(startedMs))}`);
    for (const text of textsOf(event, say, table)) lines.push(`    ${text}`);
  }
  const { id, startedMs } = story.newest;
  const last = story.events.at(-1);
  lines.push(`  ${say.story.now}: ${say.story.run(id, localStamp(startedMs))}`);
  lines.push(`    ${last?.file ? verdictText(last.file, say, table) : say.story.gone}`);
  const basis = last?.file ? basisText(last.file, say) : '';
  if (basis !== '') lines.push(`    ${basis}`);
  if (story.leftOut) lines.push(`    ${say.story.leftOut(story.leftOut.pattern === null ? null : showText(story.leftOut.pattern))}`);
  if (!story.seen) lines.push(`    ${say.story.notSeenNow}`);
  if (story.events.every(({ file }) => file === null || recordsOf(file) === 0)) lines.push(`    ${say.story.quiet}`);
  return `${lines.join('\n')}\n`;
}

function textsOf({ event, file, before, movedFrom, movedTo }: StoryEvent, say: ChangesWords, table: Words): string[] {
  if (file === null) return [movedTo === null ? say.story.gone : say.story.movedTo(showText(movedTo))];
  const isUnread = file.content.examined === 'none' && file.verdict === 'undetermined';
  const wasUnread = before !== null && before.content.examined === 'none' && before.verdict === 'undetermined';
  const heads = {
    found: say.story.found,
    changed: '',
    aged: say.story.aged,
    moved: say.story.moved(showText(movedFrom ?? '')),
    returned: say.story.returned,
  };
  const changes = before === null || isUnread ? [] : differences(before, file, say, table);
  const texts = [
    event === 'gone' ? '' : heads[event],
    isUnread ? say.story.unread : wasUnread ? say.story.readAgain : '',
    ...(event === 'changed' && changes.length === 0 && !isUnread && !wasUnread ? [say.story.changed] : changes),
    before === null && recordsOf(file) > 0 ? table.records(recordsOf(file)) : '',
    before === null && recordsOf(file) > 0 ? savedText(file, say) : '',
    before === null || event === 'aged' ? basisText(file, say) : '',
  ].filter((text) => text !== '');
  return [...(texts.length > 0 ? [texts.join(table.comma)] : []), verdictText(file, say, table)];
}

function differences(before: JudgedFile, now: JudgedFile, say: ChangesWords, table: Words): string[] {
  const [was, is] = [recordsOf(before), recordsOf(now)];
  const [locked, lock] = [before.content.password.state, now.content.password.state];
  return [
    was === is ? '' : say.story.records(table.count(was), table.count(is)),
    before.access.state === now.access.state ? '' : say.story.access(table.access[before.access.state], table.access[now.access.state]),
    locked === lock ? '' : say.story.password(table.passwords[locked], table.passwords[lock]),
    savedOf(before) === savedOf(now) ? '' : savedText(now, say),
    basisText(before, say) === basisText(now, say) ? '' : basisText(now, say) || say.story.countedFrom('modified', ''),
    before.modifiedMs === now.modifiedMs || recordsOf(now) === 0 ? '' : say.story.modified(localStamp(now.modifiedMs).slice(0, 10)),
  ].filter((text) => text !== '');
}

function savedOf({ retention }: JudgedFile): number | null {
  return retention.documentDates?.saved ?? null;
}

/** Evidence beside the time of the last change; '' without one. */
function savedText(file: JudgedFile, say: ChangesWords): string {
  const saved = savedOf(file);
  if (saved === null) return '';
  return say.story.documentSaved(localStamp(saved).slice(0, 10), file.retention.staleByDocument === true);
}

/** What the age was counted from where that is not the last change, and the age counts at all; else ''. */
function basisText(file: JudgedFile, say: ChangesWords): string {
  const { basis, businessYear } = file.retention;
  if (basis === 'modified' || (recordsOf(file) === 0 && !file.reasons.includes('sealed-stale'))) return '';
  return say.story.countedFrom(basis, basis === 'document' ? localStamp(savedOf(file)).slice(0, 10) : String(businessYear?.year ?? ''));
}

function verdictText(file: JudgedFile, say: ChangesWords, table: Words): string {
  return say.story.verdict(table.verdicts[file.verdict], file.reasons.map((reason) => table.reasons[reason]).join(table.comma));
}

function recordsOf({ content }: JudgedFile): number {
  return RECORD_CLASSES.reduce((sum, recordClass) => sum + content.records[recordClass], 0);
}

/** `mimawari.event/1`. */
export function eventLine({ event, run, file, movedFrom, movedTo }: StoryEvent, story: Story): string {
  const fields = {
    schema: 'mimawari.event/1',
    root: story.root,
    path: file?.path ?? story.path,
    run: run === 0 ? null : story.runOf(run).id,
    started: run === 0 ? null : localIso(story.runOf(run).startedMs),
    event,
    ...(movedFrom === null ? {} : { movedFrom }),
    ...(movedTo === null ? {} : { movedTo }),
    verdict: file?.verdict ?? null,
    reasons: file?.reasons ?? [],
    records: file?.content.records ?? null,
    password: file?.content.password.state ?? null,
    access: file?.access.state ?? null,
    ...(file && { basis: file.retention.basis }),
    ...(file?.retention.businessYear && { businessYear: file.retention.businessYear }),
    ...(file?.retention.documentDates && { documentDates: datesFields(file.retention.documentDates) }),
  };
  return `${showJson(JSON.stringify(fields))}\n`;
}
