/**
 * When a worker rests because the server labours. Read calls are taken in windows of 32, a call of more than a megabyte counted per megabyte. The usual
 * time of a call is the least mean of a window so far, let grow by 5 % with each window so that a server that has become slow for good is not shunned for
 * ever. While the last window's mean is above five times the usual and above 50 ms, the worker rests before each file for as long as it took to read the
 * file before, 5 s at most: the server then has at least half of the time to itself. Pure: it is told the times and waits for nothing itself.
 */

const WINDOW_CALLS = 32;
const SLOW_TIMES = 5;
/** A call of this length is no sign of anything: a disk that has to wake or seek takes tens of milliseconds. */
const SLOW_MS_MIN = 50;
const USUAL_GROWTH = 1.05;
const REST_MS_MAX = 5_000;
const MB = 1024 * 1024;

export class BackOff {
  private calls = 0;
  private windowMs = 0;
  private usualMs = Number.POSITIVE_INFINITY;
  private fileMs = 0;
  /** Whether reading is slow at present. */
  slow = false;

  after(bytes: number, ms: number): void {
    this.fileMs += ms;
    this.windowMs += ms / Math.max(1, bytes / MB);
    if (++this.calls < WINDOW_CALLS) return;
    const meanMs = this.windowMs / WINDOW_CALLS;
    this.slow = meanMs > SLOW_MS_MIN && meanMs > SLOW_TIMES * this.usualMs;
    this.usualMs = Math.min(meanMs, this.usualMs * USUAL_GROWTH);
    this.calls = 0;
    this.windowMs = 0;
  }

  /** How long to rest before the next file, in milliseconds; 0 when nothing is wrong. */
  restMs(): number {
    const ms = this.slow ? Math.min(REST_MS_MAX, this.fileMs) : 0;
    this.fileMs = 0;
    return ms;
  }
}
