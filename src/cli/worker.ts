/** A worker process: picks the concrete parts, examines the files that it is handed one after the other, and answers with summaries. */
import { writeSync } from 'node:fs';
import { createDetectors } from '../../detectors/registry.js';
import { extractorsFor } from '../extract/registry.js';
import { sniff } from '../extract/sniff.js';
import { packContent } from '../inventory/packed.js';
import { openLexicon } from '../lexicon/open.js';
import type { PersonChunk } from '../model.js';
import { checkPassword } from '../protect/registry.js';
import { type ExamineParts, examineFile } from '../scan/examine.js';
import { KeyedHash } from '../scan/keyed-hash.js';
import { type Done, type FromWorker, type Job, PROGRESS_FD, type ToWorker, type WorkerSetup } from '../scan/protocol.js';
import { shutIn } from '../scan/shut-in.js';
import { openSource } from '../walk/open.js';
import { ignoreStopSignals } from './stop-signals.js';

/** An answer goes out when it holds this many files, so that a batch with one slow file doesn't hold back the others for long. */
const ANSWER_MS = 200;

export function composeExamine(setup: WorkerSetup): ExamineParts {
  return {
    detectors: createDetectors({ lexicon: openLexicon(), site: setup.site, asOf: setup.asOf }),
    hash: new KeyedHash(setup.key),
    wishes: setup.wishes,
    passwords: setup.passwords,
    ...(setup.ocr ? { ocr: setup.ocr } : {}),
    sniff,
    extractorsFor,
    checkPassword,
  };
}

/** Listens until the parent goes away. `adapt` lets a test put a faulty part in place of a real one. */
export function serve(adapt: (parts: ExamineParts) => ExamineParts = (parts) => parts): void {
  shutIn();
  // A promise of a library that nobody waits for must not cost the file: what counts is awaited, and told there.
  process.on('unhandledRejection', () => {});
  let parts: ExamineParts | null = null;
  let queue = Promise.resolve();
  process.on('disconnect', () => process.exit(0));
  ignoreStopSignals();
  process.on('message', (message: ToWorker) => {
    if (message.kind === 'setup') parts = adapt(composeExamine(message));
    else queue = queue.then(() => examineBatch(message.jobs, parts!));
  });
  send({ kind: 'ready' });
}

async function examineBatch(jobs: readonly Job[], parts: ExamineParts): Promise<void> {
  let done: Done[] = [];
  let since = performance.now();
  for (const job of jobs) {
    tellProgress();
    const path = typeof job.path === 'string' ? job.path : Buffer.from(job.path);
    const open = () => openSource(path, job.expected, job.name);
    const persons = new PersonPost(job.id);
    const { content, personRuns } = await examineFile(open, job.shown, parts, (run, seq, ids) => persons.take(run, seq, ids));
    done.push({ id: job.id, content: packContent(content), personRuns, persons: persons.only });
    if (performance.now() - since > ANSWER_MS) {
      send({ kind: 'done', done, rssBytes: process.memoryUsage.rss() });
      done = [];
      since = performance.now();
    }
  }
  if (done.length > 0) send({ kind: 'done', done, rssBytes: process.memoryUsage.rss() });
}

/** Persons of one file on their way: a first chunk waits for a second, and goes with the file's answer when none comes. */
class PersonPost {
  /** The one chunk that there is; null when there is none, or when it was sent. */
  only: PersonChunk | null = null;
  #isFirst = true;

  constructor(private readonly id: number) {}

  take(run: number, seq: number, ids: PersonChunk): void {
    if (this.#isFirst && run === 0 && seq === 0) this.only = ids;
    else {
      if (this.only !== null) send({ kind: 'persons', id: this.id, run: 0, seq: 0, ids: this.only });
      this.only = null;
      send({ kind: 'persons', id: this.id, run, seq, ids });
    }
    this.#isFirst = false;
  }
}

function send(message: FromWorker): void {
  process.send?.(message);
}

/** One byte when a file begins. The pipe is missing only when the worker is not started by the pool. */
function tellProgress(): void {
  try {
    writeSync(PROGRESS_FD, '.');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
  }
}
