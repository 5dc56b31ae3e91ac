import { spawnSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';

const module = pathToFileURL('dist/src/scan/shut-in.js').href;
const TRIES = {
  net: `(await import('node:net')).connect(9, '127.0.0.1')`,
  http: `(await import('node:http')).get('http://127.0.0.1:8099/')`,
  https: `(await import('node:https')).get('https://127.0.0.1:8099/')`,
  fetch: `await fetch('http://127.0.0.1:8099/').catch(({ cause }) => { throw cause; })`,
  dns: `(await import('node:dns')).lookup('example.jp', () => {})`,
  udp: `(await import('node:dgram')).createSocket('udp4').send('a', 9, '127.0.0.1')`,
};

describe('a worker', () => {
  it('reaches no network and leaves nothing of its memory in a core dump', () => {
    const tries = Object.entries(TRIES).map(
      ([name, code]) => `try { ${code}; told.push('${name} got out'); } catch (error) { told.push(error.message); }`,
    );
    const script = `import { shutIn } from '${module}'; import { readFileSync } from 'node:fs'; shutIn(); const told = []; ${tries.join('\n')}
      console.log(JSON.stringify([told, process.platform === 'linux' ? readFileSync('/proc/self/coredump_filter', 'utf8').trim() : '0']));`;
    const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
    expect(stderr).toBe('');
    const [told, filter] = JSON.parse(stdout) as [string[], string];
    expect(told).toEqual(Object.keys(TRIES).map(() => 'a worker has no network'));
    expect(Number.parseInt(filter, 16)).toBe(0);
  });
});
