// Speaks a worker's protocol without reading anything: tells each file as begun, and answers them all at the end of a batch, as a worker does that needs little time
// for each. What it does at a file is the file's name.
import { writeSync } from 'node:fs';
import { PROGRESS_FD } from '../../dist/src/scan/protocol.js';

process.on('disconnect', () => process.exit(0));
process.on('message', (message) => {
  if (message.kind !== 'batch') return;
  let done = [];
  const answer = () => {
    process.send({ kind: 'done', done, rssBytes: 0 });
    done = [];
  };
  for (const { id, name } of message.jobs) {
    writeSync(PROGRESS_FD, '.');
    if (name === 'die') process.kill(process.pid, 'SIGKILL');
    while (name === 'hang') Math.sqrt(2);
    done.push({ id });
    if (name === 'answer') answer();
  }
  if (done.length > 0) answer();
});
