/**
 * A headless Chromium for proofs, driven by the DevTools protocol over a pipe: no package, no port, no download. `CHROMIUM` names another one than those that
 * are looked for; without one the proof says so and is skipped.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'microsoft-edge'];
const ANSWER_MS = 120_000;

/** Null where there is none. */
export function findBrowser() {
  if (process.env.CHROMIUM) return existsSync(process.env.CHROMIUM) ? process.env.CHROMIUM : null;
  return NAMES.find((name) => spawnSync('which', [name]).status === 0) ?? null;
}

/** `profile`: an empty folder for what it writes. Call `close` at the end. */
export async function openBrowser(program, profile) {
  const flags = [
    '--headless=new',
    '--no-sandbox',
    '--disable-gpu',
    '--no-first-run',
    '--disable-background-networking',
    '--remote-debugging-pipe',
  ];
  const child = spawn(program, [...flags, `--user-data-dir=${profile}`, 'about:blank'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
  });
  const waiting = new Map();
  const listeners = new Set();
  let lastId = 0;
  let rest = '';
  child.stdio[4].setEncoding('utf8').on('data', (text) => {
    const messages = (rest + text).split('\0');
    rest = messages.pop();
    for (const message of messages.map((one) => JSON.parse(one))) {
      const answer = waiting.get(message.id);
      waiting.delete(message.id);
      if (answer) message.error ? answer.reject(new Error(`${answer.method}: ${message.error.message}`)) : answer.resolve(message.result);
      else for (const listener of listeners) listener(message);
    }
  });
  const ended = new Promise((resolve) => child.on('exit', resolve));
  const send = (method, params = {}, sessionId = undefined) =>
    new Promise((resolve, reject) => {
      const id = ++lastId;
      const late = setTimeout(() => reject(new Error(`${method}: no answer within ${ANSWER_MS / 1000} s`)), ANSWER_MS);
      const settle = (how) => (value) => {
        clearTimeout(late);
        how(value);
      };
      waiting.set(id, { method, resolve: settle(resolve), reject: settle(reject) });
      child.stdio[3].write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    });
  const close = async () => {
    const gone = await Promise.race([
      send('Browser.close').then(() => ended),
      new Promise((resolve) => setTimeout(resolve, 5_000, 'late')),
    ]);
    if (gone === 'late') child.kill('SIGKILL');
    await ended;
  };
  return { newPage: () => newPage(send, listeners), close };
}

/** A tab that notes what it asks for and what goes wrong in it. */
async function newPage(send, listeners) {
  const { targetId } = await send('Target.createTarget', { url: 'about:blank' });
  const { sessionId } = await send('Target.attachToTarget', { targetId, flatten: true });
  const page = (method, params) => send(method, params, sessionId);
  const seen = { requests: [], exceptions: [], entries: [] };
  const waitingFor = new Map();
  const listener = ({ method, params, sessionId: from }) => {
    if (from !== sessionId) return;
    if (method === 'Network.requestWillBeSent') seen.requests.push(params.request.url);
    if (method === 'Runtime.exceptionThrown')
      seen.exceptions.push(params.exceptionDetails.exception?.description ?? params.exceptionDetails.text);
    if (method === 'Log.entryAdded') seen.entries.push(params.entry.text);
    waitingFor.get(method)?.(params);
  };
  listeners.add(listener);
  for (const domain of ['Page', 'Network', 'Runtime', 'Log']) await page(`${domain}.enable`);
  await page('Performance.enable', { timeDomain: 'threadTicks' });
  const once = (method) => new Promise((resolve) => waitingFor.set(method, resolve));
  /** The value of an expression in the page; promises are waited for. */
  const evaluate = async (expression) => {
    const { result, exceptionDetails } = await page('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  };
  return {
    seen,
    send: page,
    evaluate,
    /** Runs before anything else in every page that is opened. */
    before: (source) => page('Page.addScriptToEvaluateOnNewDocument', { source }),
    open: async (url) => {
      const loaded = once('Page.loadEventFired');
      await page('Page.navigate', { url });
      await loaded;
    },
    resize: (width, height) => page('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 1, mobile: false }),
    media: (features) =>
      page('Emulation.setEmulatedMedia', { features: Object.entries(features).map(([name, value]) => ({ name, value })) }),
    key: async (key, code = key, windowsVirtualKeyCode = 0) => {
      for (const type of ['rawKeyDown', 'keyUp']) await page('Input.dispatchKeyEvent', { type, key, code, windowsVirtualKeyCode });
    },
    /** CPU seconds that the page's main thread took for it so far. */
    cpuSeconds: async () => {
      const { metrics } = await page('Performance.getMetrics');
      return metrics.find(({ name }) => name === 'TaskDuration').value;
    },
    /** PNG of the window, or of the whole page. */
    picture: async (whole = false) => {
      const { data } = await page('Page.captureScreenshot', { format: 'png', captureBeyondViewport: whole });
      return Buffer.from(data, 'base64');
    },
    pdf: async () => {
      const { data } = await page('Page.printToPDF', { printBackground: false, preferCSSPageSize: true });
      return Buffer.from(data, 'base64');
    },
    close: async () => {
      listeners.delete(listener);
      await send('Target.closeTarget', { targetId });
    },
  };
}
