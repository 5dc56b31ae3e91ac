/**
 * Files that somebody had open or locked, or wrote to, while they were read: they get one more go when everything else is done, because most are closed
 * again by then. What is still in use stays `changing`, and the next sweep tries again.
 */
import { limits } from '../limits.js';
import type { Done, Job } from './protocol.js';

export class SecondGo {
  private readonly jobs: Job[] = [];
  /** First answers, by job: kept where the sweep ends before the second one has come. */
  private readonly firsts = new Map<number, Done>();
  private readonly had = new Set<number>();
  private lastMs = 0;

  get count(): number {
    return this.had.size;
  }

  /** True when the file will be read again. */
  takes(done: Done, job: Job, nowMs: number): boolean {
    if (!done.content.problems.includes('changing') || this.had.has(done.id) || this.jobs.length >= limits.secondGoFilesMax) return false;
    this.had.add(done.id);
    this.jobs.push(job);
    this.firsts.set(done.id, done);
    this.lastMs = nowMs;
    return true;
  }

  /** The second answer has come: the first one is void. */
  forget(id: number): void {
    this.firsts.delete(id);
  }

  /** Answers to which no second one has come. */
  leftOver(): Done[] {
    const left = [...this.firsts.values()];
    this.firsts.clear();
    return left;
  }

  /** Whom to read again, and how long to wait before: whoever had the file open gets a moment to close it, also in a short sweep. */
  release(nowMs: number): { readonly jobs: readonly Job[]; readonly waitMs: number } {
    const jobs = this.jobs.splice(0);
    return { jobs, waitMs: jobs.length === 0 ? 0 : Math.max(0, this.lastMs + limits.secondGoWaitMs - nowMs) };
  }
}
