/** The parameters of a tool, by node:util parseArgs: `--help` prints the usage, and what does not fit is told with it in a line and ends with 2. */
import { parseArgs } from 'node:util';

export function readParameters(usage, config) {
  let read;
  try {
    read = parseArgs({ ...config, options: { ...config.options, help: { type: 'boolean', short: 'h' } } });
  } catch (error) {
    refuse(error.message.split('. ')[0], usage);
  }
  if (read.values.help) {
    console.log(usage);
    process.exit(0);
  }
  return read;
}

export function refuse(what, usage) {
  console.error(`${what}\n${usage}`);
  process.exit(2);
}
