/**
 * Runs commands of the program one after the other in one process, so that a test which is not about a process does not wait for one to start. What a command
 * writes to standard output and standard error is caught where it is written; its workers are processes as ever.
 * Reads a line of JSON a command from the pipe that is its first argument, and answers with a line on the second; ends with the first.
 */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { createInterface } from 'node:readline';

const [, , questions, answers] = process.argv;
/** Of collecting garbage. */
const ROUNDS_MAX = 20;
const write = fs.writeSync;
const caught = { 1: [], 2: [] };
/** Only bytes, with or without a range, ever go to these two. */
fs.writeSync = (fd, data, offset = 0, length = data.length - offset, ...rest) => {
  if (!(fd in caught)) return typeof data === 'string' ? write(fd, data) : write(fd, data, offset, length, ...rest);
  caught[fd].push(Buffer.from(data).subarray(offset, offset + length));
  return length;
};
syncBuiltinESMExports();

const { main } = await import('../../dist/program/cli/main.js');
const to = fs.openSync(answers, 'w');
const answer = (value) => {
  const bytes = Buffer.from(`${JSON.stringify(value)}\n`);
  for (let at = 0; at < bytes.length; ) at += write(to, bytes, at);
};

/** libsql holds a database that was closed until its statements have been collected; a process of its own would be over. */
async function letGoOfInventories() {
  for (let round = 0; round < ROUNDS_MAX; round++) {
    globalThis.gc();
    await new Promise((resolve) => setImmediate(resolve));
    if (round > 0 && !holdsInventory()) return;
  }
}

function holdsInventory() {
  const folder = '/proc/self/fd';
  return (
    fs.existsSync(folder) &&
    fs.readdirSync(folder).some((fd) => {
      try {
        return /\.db(?:-\w+)?$/.test(fs.readlinkSync(`${folder}/${fd}`));
      } catch {
        return false;
      }
    })
  );
}

for await (const line of createInterface({ input: fs.createReadStream(questions), crlfDelay: Number.POSITIVE_INFINITY })) {
  const { args, env } = JSON.parse(line);
  for (const name of Object.keys(process.env)) if (!(name in env)) delete process.env[name];
  Object.assign(process.env, env);
  const code = await main(args);
  await letGoOfInventories();
  const [stdout, stderr] = [1, 2].map((fd) => Buffer.concat(caught[fd].splice(0)).toString());
  answer({ code, stdout, stderr });
}
