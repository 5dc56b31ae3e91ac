/** The signals that end a sweep in order, with everything kept that was examined. */

/**
 * Ctrl-C, a request to terminate, and on Windows Ctrl-Break and the closing of the console's window (which leaves a few seconds; elsewhere a
 * terminal that closes ends the program at once, as it always did).
 */
const SIGNALS: readonly NodeJS.Signals[] =
  process.platform === 'win32' ? ['SIGINT', 'SIGTERM', 'SIGBREAK', 'SIGHUP'] : ['SIGINT', 'SIGTERM'];

/** Calls `stop` at each of them. Returns the call that gives them their usual meaning again. */
export function onStopSignal(stop: () => void): () => void {
  for (const signal of SIGNALS) process.on(signal, stop);
  return () => {
    for (const signal of SIGNALS) process.off(signal, stop);
  };
}

/** For a worker: the console sends them to the whole group of processes, and the parent decides. A request to terminate is meant for it alone. */
export function ignoreStopSignals(): void {
  for (const signal of SIGNALS) if (signal !== 'SIGTERM') process.on(signal, () => {});
}
