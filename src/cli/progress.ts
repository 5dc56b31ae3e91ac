/** A line on standard error that is written over and over while a sweep runs; only on a terminal. */
import type { Lang } from '../../detectors/contract.js';
import type { SweepProgress } from '../scan/sweep.js';
import { cliWords } from './words.js';

const EVERY_MS = 500;

/** Returns the call that ends it and leaves the line empty. */
export function showProgress(progress: SweepProgress, lang: Lang, say = cliWords(lang).progress): () => void {
  if (!process.stderr.isTTY) return () => {};
  const startedMs = performance.now();
  const show = (): void => {
    const seconds = (performance.now() - startedMs) / 1000;
    process.stderr.write(`\r\x1b[K${say(progress, seconds)}`);
  };
  const timer = setInterval(show, EVERY_MS);
  timer.unref();
  return () => {
    clearInterval(timer);
    process.stderr.write('\r\x1b[K');
  };
}
