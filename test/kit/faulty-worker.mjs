// A worker like the real one, but files that begin with a certain word make it crash, hang or swallow memory: native faults on demand.
import { serve } from '../../dist/src/cli/worker.js';

const FAULTS = {
  'FAULT-SEGV': () => process.kill(process.pid, 'SIGSEGV'),
  'FAULT-LOOP': () => {
    for (;;) Math.sqrt(2);
  },
  'FAULT-HOG': () => {
    const held = [];
    for (let i = 0; i < 64; i++) held.push(Buffer.alloc(64 * 1024 * 1024, 1));
    return held.length;
  },
  'FAULT-HEAP': () => {
    const held = [];
    for (;;) held.push(new Array(1000).fill(held.length));
  },
  'FAULT-EXIT': () => process.exit(7),
};

serve((parts) => ({
  ...parts,
  sniff(source) {
    const word = source.read(0, 10).toString('latin1').trim();
    FAULTS[word]?.();
    return parts.sniff(source);
  },
}));
