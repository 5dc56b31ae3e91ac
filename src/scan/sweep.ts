/**
 * The line: walk → access → (unchanged? keep : examine) → keep. Branching lives here; the parts it calls do one thing.
 * Verdicts are not its business: they are judged from what it keeps, whenever a report is made.
 */
import { basename } from 'node:path';
import { NO_CONTENT } from '../inventory/contents.js';
import type { KnownEntry } from '../inventory/entries.js';
import type { EntryFacts } from '../inventory/entry-reader.js';
import { packContent } from '../inventory/packed.js';
import type { ReaderSets } from '../inventory/readers.js';
import { limits } from '../limits.js';
import type { Access, Entry, Listing, Problem, Readers } from '../model.js';
import type { AccessSource, FolderGate } from '../parts.js';
import { RootProblem } from '../problem.js';
import { contentUnopened, FactsOfEntries } from './entry-facts.js';
import { Examination, type ExaminationManners, type ExaminationParts } from './examination.js';
import type { Mounts } from './mounts.js';
import { type OpenPlace, type Place, PlaceQueue } from './place-queue.js';
import type { Job } from './protocol.js';
import { dueIn, type Rereading } from './rereading.js';
import { contentOf, isFolderState, stateOf, UNSETTLED } from './state.js';
import { isLine, type LostRoot, progressOf, type SweepEnd, type SweepProgress } from './sweep-words.js';
import { type Step, Trail } from './trail.js';

export interface SweepParts extends ExaminationParts {
  /** Tells of roots that are lost on the way, and goes on with the others. */
  listings(lost: (root: LostRoot) => void): Iterable<Listing>;
  readonly access: AccessSource;
  readonly mounts: Mounts;
  readonly readers: ReaderSets;
  /** Changes whenever the same bytes may give another content, but for changes of words: `prepareReuse` knows which files they touch. */
  readonly partsVersion: string;
  /** Marks what is known and may come out otherwise by words that have changed. */
  prepareReuse?(): void;
  /** Changes whenever other passwords are tried on what is locked. */
  readonly passwordsVersion: string;
  /** Whether this sweep reads pictures by OCR. */
  readonly ocr: boolean;
  /** Changes with the bounds of reading. */
  readonly boundsVersion: string;
  /** Files that are read again though they look unchanged; left out: none. */
  readonly rereads?: Rereading | undefined;
  readersOf(access: Access): Readers;
  ownerName(uid: number): string | null;
  /** Where a root lies inside the site's: who passes the folders from that one down to it, and its readable path from that one's own name on. */
  above?(root: string): { readonly gate: FolderGate; readonly shown: string } | null;
  openable(root: string, key: string): string | Buffer;
  /** A key path as a person reads it. */
  shown(key: string): string;
  nowMs(): number;
  /** Told now and then: the first folder that is not finished, for the case that the sweep is killed. */
  reached?(place: Place): void;
}

/** The event loop gets a turn at least this often: workers' answers come in there. */
const TURN_MS = 15;
/** How far it has come is noted this often. */
const REACHED_MS = 2_000;

export class Sweep {
  readonly progress: SweepProgress;
  /** Roots that were walked as such: one inside another is part of that other. */
  readonly walkedRoots = new Set<string>();
  private readonly examination: Examination;
  private readonly facts: FactsOfEntries;
  private readonly places = new PlaceQueue();
  /** Lines of the report that this sweep looked at, or is going to. */
  private lines = 0;
  /** Whether any folder differed from what was known: else there is nothing to clear away. */
  changed = false;
  /** What lies below them is neither present nor gone. */
  readonly lost: LostRoot[] = [];
  private stopped: SweepEnd | null = null;
  private graceEndMs = 0;
  private here: Place | null = null;

  constructor(private readonly parts: SweepParts) {
    this.examination = new Examination(parts, (place) => this.places.done(place));
    this.facts = new FactsOfEntries(parts);
    this.progress = progressOf(this.examination);
  }

  /**
   * Ends the sweep early; what was examined so far is kept. At a time limit the files in hand may still be finished within `limits.stopGraceMs`;
   * what is not is put back, as after an interruption, and is examined by the next sweep.
   */
  stop(why: 'interrupted' | 'time-limit'): void {
    if (this.stopped !== 'interrupted') this.stopped = why;
    this.graceEndMs = why === 'time-limit' ? performance.now() + limits.stopGraceMs : 0;
    this.examination.halt();
  }

  /** The first folder that is not finished; null when all is. */
  get until(): Place | null {
    return this.places.first();
  }

  /** Lines that were looked at, and files found by it that no line can tell of yet. */
  get looked(): { readonly lines: number; readonly waiting: number } {
    const { all, unknown } = this.examination.waiting;
    return { lines: this.lines - all, waiting: unknown };
  }

  /** What the sweep found of the server's manners and its own: files in use that were read again, and rests because reading was slow. */
  get manners(): ExaminationManners {
    return this.examination.manners;
  }

  /** Whether nothing but lost roots is left to be done. */
  get isElseDone(): boolean {
    return this.stopped === null;
  }

  /** Throws the first of `lost` in the end, when all else is done or the sweep was stopped; everything that was examined is kept. */
  async run(): Promise<SweepEnd> {
    const { entries, store } = this.parts;
    const { examination } = this;
    try {
      this.parts.prepareReuse?.();
      entries.unsettleLocked(this.parts.passwordsVersion);
      entries.unsettlePictures(this.parts.ocr);
      entries.unsettleBounded(this.parts.boundsVersion);
      await this.walk();
      if (!this.stopped) await examination.drain();
      if (!this.ends) await examination.readAgain();
      if (this.stopped === 'time-limit') await examination.drain(this.graceEndMs);
      // Stopped at its last files, and they were finished in time.
      if (this.stopped === 'time-limit' && this.places.isDone) this.stopped = null;
      const isLost = (root: string) => this.isLost(root);
      if (!this.ends) examination.keepVanished(isLost);
      examination.keepFirstAnswers(isLost);
      if (examination.failure) throw examination.failure;
    } finally {
      examination.close();
      if (!examination.failure) store.commit();
    }
    if (this.lost[0]) throw this.lost[0];
    return this.stopped ?? 'complete';
  }

  private async walk(): Promise<void> {
    const trail = new Trail(
      this.parts.access,
      (parent, name) => this.parts.entries.visitFolder(parent, name),
      (root, key) => this.parts.openable(root, key),
      (root) => this.parts.above?.(root)?.gate ?? null,
    );
    let turnMs = performance.now();
    let reachedMs = turnMs;
    for (const listing of this.parts.listings((root) => this.lose(root))) {
      if (this.ends) return;
      if (this.isLost(listing.root)) continue;
      this.here = listing;
      this.walkedRoots.add(listing.root);
      const step = trail.enter(listing);
      if (listing.again) this.folderAgain(listing, step);
      else await this.folder(listing, step);
      if (performance.now() - turnMs > TURN_MS) {
        await nextTurn();
        turnMs = performance.now();
        if (turnMs - reachedMs > REACHED_MS) {
          reachedMs = turnMs;
          this.tellReached();
        }
        this.parts.store.commitWhenDue(turnMs);
      }
      if (this.ends) return;
    }
    await this.examination.flush();
    if (!this.ends) this.places.end();
  }

  /** Where it was lost stays open: there the next sweep begins. */
  private lose(lost: LostRoot): void {
    this.lost.push(lost);
    this.places.enter({ root: lost.root, folder: this.here?.root === lost.root ? this.here.folder : '' });
  }

  private isLost(root: string): boolean {
    return this.lost.some((lost) => lost.root === root);
  }

  private get ends(): boolean {
    return this.stopped !== null || this.examination.failure !== null;
  }

  private tellReached(): void {
    const place = this.places.first();
    if (place) this.parts.reached?.(place);
  }

  private async folder(listing: Listing, step: Step): Promise<void> {
    this.progress.folders++;
    const place = this.places.enter(listing);
    const problem = listing.problem ?? this.parts.mounts.problemOf(listing, step, this.parts.entries);
    if (problem) this.unreadFolder(listing, step, problem);
    else await this.readFolder(listing, step, place);
    // Stopped in the middle of it: it stays open.
    if (!this.ends) this.places.done(place);
  }

  /** On its way to what lies below: what the walk found out about it before still holds. */
  private folderAgain(listing: Listing, step: Step): void {
    const problem = listing.problem ?? this.parts.mounts.problemOf(listing, step, this.parts.entries);
    if (problem && step.parent) this.parts.entries.markUnread(step.id);
  }

  private async readFolder(listing: Listing, step: Step, place: OpenPlace): Promise<void> {
    this.progress.entries += listing.entries.length;
    const accesses = listing.entries.map((entry) => this.facts.access(listing, entry, step.gate));
    const states = listing.entries.map((entry, i) => stateOf(entry, accesses[i]!, this.parts.partsVersion));
    const again = dueIn(listing, this.parts.rereads);
    if (
      again.size === 0 &&
      this.parts.entries.isAsKnown(step.id, listing.entries.map((entry, i) => `${entry.name}/${states[i]}`).join('/'))
    ) {
      this.progress.reused += listing.entries.length;
      for (const entry of listing.entries) if (isLine(entry)) this.lines++;
      return;
    }
    await this.changedFolder(listing, step, place, accesses, states, again);
  }

  private async changedFolder(
    listing: Listing,
    step: Step,
    place: OpenPlace,
    accesses: readonly (number | null)[],
    states: readonly string[],
    again: ReadonlySet<string>,
  ): Promise<void> {
    this.changed = true;
    const known = this.parts.entries.known(step.id);
    for (const [i, entry] of listing.entries.entries()) {
      const before = known.get(entry.name);
      known.delete(entry.name);
      const state = states[i]!;
      if (isLine(entry)) this.lines++;
      const isDue = again.has(entry.name);
      if (before?.state === state && before.goneRun === null && !before.leftOut && !isDue) {
        this.progress.reused++;
        continue;
      }
      await this.changedEntry(listing, step, place, this.facts.of(entry, state, accesses[i]!), entry, before, isDue);
      if (this.ends) return;
    }
    for (const before of known.values()) this.missing(listing, step, before);
  }

  /** What is known and is not among the entries: gone, or there and left out by a pattern, which says nothing of it. */
  private missing({ leftOut }: Listing, step: Step, { name, goneRun, leftOut: wasLeftOut }: KnownEntry): void {
    if (goneRun !== null) return;
    const { entries, nowMs } = this.parts;
    if (!leftOut?.has(name)) entries.markGone(step.id, name, nowMs());
    else if (!wasLeftOut) entries.markLeftOut(step.id, name, nowMs());
  }

  private async changedEntry(
    listing: Listing,
    step: Step,
    place: OpenPlace,
    facts: EntryFacts,
    entry: Entry,
    before: KnownEntry | undefined,
    isDue: boolean,
  ): Promise<void> {
    const { entries } = this.parts;
    const isThere = before?.goneRun === null;
    // A folder that has become a file or a link takes with it what lay in it.
    if (isThere && entry.sort !== 'folder' && isFolderState(before.state)) entries.markBelowGone(step.id, entry.name, this.parts.nowMs());
    if (entry.problem || entry.sort !== 'file') {
      const content = contentUnopened(entry);
      entries.put(step.id, facts, content ? this.parts.contents.keep(packContent(content), null) : NO_CONTENT, before);
      return;
    }
    if (isThere && !isDue && before.outcome !== null && contentOf(before.state) === contentOf(facts.state)) {
      this.progress.reused++;
      entries.put(step.id, facts, before, before);
      return;
    }
    this.places.reopen(place);
    await this.examination.offer({ job: this.jobOf(listing, entry), folder: step.id, facts, before, place });
  }

  private unreadFolder(listing: Listing, step: Step, problem: Problem): void {
    if (!step.parent) {
      this.lose(new RootProblem(listing.root, problem.code));
      return;
    }
    const { entries, contents } = this.parts;
    entries.markUnread(step.id);
    this.lines++;
    const name = listing.folder.slice(listing.folder.lastIndexOf('/') + 1);
    const entry: Entry = { name, sort: 'folder', stat: { ...listing.stat, sizeBytes: 0 }, problem };
    const content = contents.keep(packContent(contentUnopened(entry)!), null);
    entries.put(step.parent.id, this.facts.of(entry, UNSETTLED, null), content, entries.knownOne(step.parent.id, name));
  }

  private jobOf(listing: Listing, entry: Entry): Omit<Job, 'id'> {
    const key = listing.folder === '' ? entry.name : `${listing.folder}/${entry.name}`;
    const { dev, ino, sizeBytes, modifiedMs } = entry.stat!;
    const { openable, shown, above } = this.parts;
    return {
      path: openable(listing.root, key),
      // The root's own name is part of what a person reads.
      shown: `${above?.(listing.root)?.shown ?? shown(basename(listing.root))}/${shown(key)}`,
      name: shown(entry.name),
      expected: { dev, ino, sizeBytes, modifiedMs },
      sizeBytes,
    };
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
