/** Rates, rests and second goes, with a clock of their own. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { limits } from '../../src/limits.js';
import { BackOff } from '../../src/scan/back-off.js';
import { Pacer } from '../../src/scan/pacer.js';
import { ASK_BYTES, BEGIN, type Done, type Job, READ_QUANTUM_BYTES } from '../../src/scan/protocol.js';
import { ReadGate } from '../../src/scan/read-gate.js';
import { SecondGo } from '../../src/scan/second-go.js';

beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => vi.useRealTimers());

const MB = 1024 * 1024;

/** Asks again as soon as it is answered, for `seconds`; how much was granted. */
function greedy(pacer: Pacer, files: number, bytes: number, seconds: number): { files: number; bytes: number } {
  const got = { files: 0, bytes: 0 };
  const more = (): void =>
    pacer.ask(files, bytes, () => {
      got.files += files;
      got.bytes += bytes;
      setTimeout(more, 0);
    });
  more();
  vi.advanceTimersByTime(seconds * 1000);
  pacer.close();
  return got;
}

describe('a pacer', () => {
  it.each([
    [20 * MB, MB],
    [5 * MB, READ_QUANTUM_BYTES],
    [300_000, MB],
  ])('grants %i bytes a second in pieces of %i, over a minute within 2 %% and one piece', (rate, piece) => {
    const { bytes } = greedy(new Pacer({ filesPerSecond: null, bytesPerSecond: rate }), 0, piece, 60);
    expect(bytes).toBeGreaterThan(60 * rate * 0.98 - piece);
    expect(bytes).toBeLessThan(60 * rate * 1.02 + piece);
  });

  it.each([0.5, 7, 400])('begins %f files a second', (rate) => {
    const { files } = greedy(new Pacer({ filesPerSecond: rate, bytesPerSecond: null }), 1, 0, 60);
    expect(Math.abs(files - 60 * rate)).toBeLessThanOrEqual(1 + 0.01 * 60 * rate);
  });

  it('holds both bounds, and shares them among all who ask, in their order', () => {
    const pacer = new Pacer({ filesPerSecond: 10, bytesPerSecond: MB });
    const order: string[] = [];
    for (const who of ['a', 'b', 'c']) pacer.ask(1, 2 * MB, () => order.push(who));
    expect(order).toEqual(['a']);
    vi.advanceTimersByTime(1_900);
    expect(order).toEqual(['a']);
    vi.advanceTimersByTime(200);
    expect(order).toEqual(['a', 'b']);
    pacer.close();
    vi.advanceTimersByTime(10_000);
    expect(order).toEqual(['a', 'b']);
  });

  it('takes what the processes read besides the share from the same bytes', () => {
    const pacer = new Pacer({ filesPerSecond: null, bytesPerSecond: MB });
    pacer.seen(30 * MB);
    // Seen twice is paid once; what was granted is no overhead.
    pacer.seen(30 * MB);
    expect(greedy(pacer, 0, MB, 60).bytes / MB).toBeCloseTo(31, 0);
  });

  it('does not save up more than half a second', () => {
    const pacer = new Pacer({ filesPerSecond: null, bytesPerSecond: 10 * MB });
    vi.advanceTimersByTime(60_000);
    const { bytes } = greedy(pacer, 0, MB, 1);
    expect(bytes).toBeLessThanOrEqual(16 * MB);
  });
});

it('a gate asks for whole quanta, keeps what is left of them, and gets back what was not read', () => {
  const asked: Buffer[] = [];
  const gate = new ReadGate((bytes) => asked.push(bytes));
  gate.beginFile();
  gate.before(10);
  gate.after(10, 10);
  gate.before(READ_QUANTUM_BYTES - 10);
  gate.after(READ_QUANTUM_BYTES - 10, 0);
  gate.before(100);
  gate.before(MB);
  expect(asked.map((bytes) => [bytes[0], bytes.length])).toEqual([
    [BEGIN, 1],
    [ASK_BYTES, 1],
    [ASK_BYTES, 64],
  ]);
});

describe('back-off', () => {
  const read = (backOff: BackOff, calls: number, ms: number, bytes = 1000): void => {
    for (let i = 0; i < calls; i++) backOff.after(bytes, ms);
  };

  it('rests as long as the file before took while reading is slow, and no more when it is over', () => {
    const backOff = new BackOff();
    read(backOff, 64, 2);
    expect([backOff.slow, backOff.restMs()]).toEqual([false, 0]);
    read(backOff, 32, 80);
    expect(backOff.slow).toBe(true);
    backOff.restMs();
    read(backOff, 10, 80);
    expect(backOff.restMs()).toBe(800);
    read(backOff, 200, 80);
    expect(backOff.restMs()).toBe(5_000);
    read(backOff, 64, 3);
    expect([backOff.slow, backOff.restMs()]).toEqual([false, 0]);
  });

  it('takes no offence at a slow server, at large calls, or at what is slow by a little', () => {
    const slow = new BackOff();
    read(slow, 320, 300);
    expect(slow.slow).toBe(false);
    const large = new BackOff();
    read(large, 64, 10, MB);
    read(large, 64, 800, 64 * MB);
    expect(large.slow).toBe(false);
    const little = new BackOff();
    read(little, 64, 1);
    read(little, 64, 45);
    expect(little.slow).toBe(false);
  });

  it('gets used to a server that has become slow for good', () => {
    const backOff = new BackOff();
    read(backOff, 32, 10);
    let windows = 0;
    do read(backOff, 32, 60);
    while (backOff.slow && ++windows < 50);
    expect(windows).toBeGreaterThan(3);
    expect(windows).toBeLessThan(20);
  });
});

it('a file in use gets one more go, no earlier than two seconds later', () => {
  const second = new SecondGo();
  const done = (id: number, ...problems: string[]) => ({ id, content: { problems } }) as unknown as Done;
  const job = (id: number) => ({ id }) as Job;
  expect([second.takes(done(1, 'damaged'), job(1), 0), second.takes(done(2, 'changing'), job(2), 1_000)]).toEqual([false, true]);
  expect(second.release(1_500)).toEqual({ jobs: [job(2)], waitMs: limits.secondGoWaitMs - 500 });
  expect(second.takes(done(2, 'changing'), job(2), 3_000)).toBe(false);
  expect([second.count, second.release(4_000)]).toEqual([1, { jobs: [], waitMs: 0 }]);
});
