/**
 * The peer of the detection bench: kuromoji's tokenizer, that most would build on, over the lines of a text. `node bench-kuromoji.mjs FOLDER FILE BYTES`, FOLDER
 * being where its package lies; the text's first BYTES suffice, since it takes each line as long as any other. Prints JSON: { bytes, cpuS, wallS, tokens }.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const [folder, file, bytesMax] = process.argv.slice(2);
const kuromoji = createRequire(join(folder, 'package.json'))('kuromoji');
const text = readFileSync(file).subarray(0, Number(bytesMax)).toString('utf8');
const lines = text.slice(0, text.lastIndexOf('\n')).split('\n');
const tokenizer = await new Promise((done, fail) => {
  kuromoji
    .builder({ dicPath: join(folder, 'node_modules', 'kuromoji', 'dict') })
    .build((error, built) => (error ? fail(error) : done(built)));
});
const run = (some) => some.reduce((tokens, line) => tokens + tokenizer.tokenize(line).length, 0);
run(lines.slice(0, Math.ceil(lines.length / 4)));
const [cpu, wall] = [process.cpuUsage(), performance.now()];
const tokens = run(lines);
const used = process.cpuUsage(cpu);
console.log(
  JSON.stringify({
    bytes: Buffer.byteLength(lines.join('\n')),
    cpuS: (used.user + used.system) / 1e6,
    wallS: (performance.now() - wall) / 1000,
    tokens,
    peakBytes: process.resourceUsage().maxRSS * 1024,
  }),
);
