/** A worker process: picks the concrete parts, examines the files that it is handed one after the other, and answers with summaries. */
import { writeSync } from 'node:fs';
import { createDetectors } from '../../detectors/registry.js';
import { extractorsFor } from '../extract/registry.js';
import { sniff } from '../extract/sniff.js';
import { packContent } from '../inventory/packed.js';
import { openLexicon } from '../lexicon/open.js';
import { setLimits } from '../limits.js';
import type { PersonChunk } from '../model.js';
import type { ReadMeter } from '../parts.js';
import { checkPassword } from '../protect/registry.js';
import { BackOff } from '../scan/back-off.js';
import { type ExamineParts, examineFile } from '../scan/examine.js';
import { KeyedHash } from '../scan/keyed-hash.js';
import { residentBytes } from '../scan/memory.js';
import { BEGIN, type Done, type FromWorker, type Job, PROGRESS_FD, type ToWorker, type WorkerSetup } from '../scan/protocol.js';
import { ReadGate } from '../scan/read-gate.js';
import { shutIn } from '../scan/shut-in.js';
import { Places } from '../scan/sketch.js';
import { type FileSource, openSource } from '../walk/open.js';
import { ignoreStopSignals } from './stop-signals.js';

/** An answer goes out when it holds this many files, so that a batch with one slow file doesn't hold back the others for long. */
const ANSWER_MS = 200;

export function composeExamine(setup: WorkerSetup): ExamineParts {
  return {
    detectors: createDetectors({ lexicon: openLexicon(), site: setup.site, asOf: setup.asOf }),
    hash: new KeyedHash(setup.key),
    wishes: setup.wishes,
    passwords: setup.passwords,
    places: new Places(setup.key),
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
  let manners: Manners | null = null;
  let queue = Promise.resolve();
  process.on('disconnect', () => process.exit(0));
  ignoreStopSignals();
  process.on('message', (message: ToWorker) => {
    if (message.kind === 'setup') {
      setLimits(message.bounds);
      parts = adapt(composeExamine(message));
      manners = new Manners(message);
    } else queue = queue.then(() => examineBatch(message.jobs, parts!, manners!));
  });
  send({ kind: 'ready' });
}

async function examineBatch(jobs: readonly Job[], parts: ExamineParts, manners: Manners): Promise<void> {
  let done: Done[] = [];
  let since = performance.now();
  const answer = (): void => {
    send({ kind: 'done', done, rssBytes: residentBytes(), restedMs: manners.takeRestedMs() });
    done = [];
    since = performance.now();
  };
  for (const job of jobs) {
    await manners.beginFile();
    const path = typeof job.path === 'string' ? job.path : Buffer.from(job.path);
    let source: FileSource | null = null;
    const open = () => {
      source = openSource(path, job.expected, job.name, manners);
      return source;
    };
    const persons = new PersonPost(job.id);
    const { content, personRuns, sketch } = await examineFile(open, job.shown, parts, (run, seq, ids) => persons.take(run, seq, ids));
    const moved = (source as FileSource | null)?.accessTimeMoved ? { accessTimeMoved: true } : {};
    done.push({ id: job.id, content: { ...packContent(content), ...(sketch && { sketch }) }, personRuns, persons: persons.only, ...moved });
    if (performance.now() - since > ANSWER_MS) answer();
  }
  if (done.length > 0) answer();
}

/** How a worker behaves towards the server: it asks before it reads where the rate is bounded, and rests while reading is slow. */
class Manners implements ReadMeter {
  readonly callBytesMax: number;
  private readonly gate: ReadGate | null;
  private readonly backOff: BackOff | null;
  private restedMs = 0;

  constructor({ paced, backOff }: WorkerSetup) {
    this.gate = paced ? new ReadGate() : null;
    this.backOff = backOff ? new BackOff() : null;
    this.callBytesMax = this.gate?.callBytesMax ?? Number.POSITIVE_INFINITY;
  }

  async beginFile(): Promise<void> {
    const ms = this.backOff?.restMs() ?? 0;
    if (ms > 0) await new Promise((resolve) => setTimeout(resolve, ms));
    this.restedMs += ms;
    if (this.gate) this.gate.beginFile();
    else tellProgress();
  }

  before(bytes: number): void {
    this.gate?.before(bytes);
  }

  after(wanted: number, got: number, ms: number): void {
    this.gate?.after(wanted, got);
    this.backOff?.after(got, ms);
  }

  takeRestedMs(): number {
    const ms = this.restedMs;
    this.restedMs = 0;
    return ms;
  }
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
    writeSync(PROGRESS_FD, Buffer.of(BEGIN));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
  }
}
