/** Packs archives with 7-Zip itself, for tests. */
import sevenZip, { type SevenZipModuleFactory } from '7z-wasm';

/** `switches`: as on 7-Zip's command line, `-t7z`, `-psecret`, `-mhe=on`. Several calls in `steps` add to one archive. */
export async function packArchive(
  files: Readonly<Record<string, string | Uint8Array>>,
  ...steps: readonly (readonly string[])[]
): Promise<Buffer> {
  const module = await (sevenZip as unknown as SevenZipModuleFactory)({ print: () => {}, printErr: () => {}, quit: () => {} });
  const { exitCode } = process;
  module.FS.mkdir('/w');
  module.FS.chdir('/w');
  for (const [name, content] of Object.entries(files)) module.FS.writeFile(name, content);
  for (const step of steps.length > 0 ? steps : [Object.keys(files)]) {
    const isSwitch = (word: string): boolean => word.startsWith('-');
    // The dot at the end: no ending is added to the name.
    module.callMain(['a', '-mmt=off', ...step.filter(isSwitch), '/packed.', ...step.filter((word) => !isSwitch(word))]);
  }
  process.exitCode = exitCode;
  const name = module.FS.readdir('/').find((entry) => entry.startsWith('packed'));
  return Buffer.from(module.FS.readFile(`/${name}`));
}
