/** Runs on Windows: what it costs to ask for attributes and descriptors, beside the look that Node takes at each file. Writes JSON into a file. */
import { lstatSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { attributeReader } from '../../dist/src/windows/attributes.js';
import { descriptorReader } from '../../dist/src/windows/descriptor-bytes.js';
import { loadWindows } from '../../dist/src/windows/library.js';

const [folder, out] = process.argv.slice(2);
const ROUNDS = 10;
const OWNER_AND_DACL = 5;
const FILE_OBJECT = 1;

const files = readdirSync(folder).map((name) => join(folder, name));
const { koffi, advapi32, kernel32 } = loadWindows();
const named = advapi32.func(
  'uint32_t __stdcall GetNamedSecurityInfoW(str16 name, int type, uint32_t what, _Out_ void **owner, void *group, _Out_ void **dacl, void *sacl, _Out_ void **descriptor)',
);
const lengthOf = advapi32.func('uint32_t __stdcall GetSecurityDescriptorLength(void *descriptor)');
const free = kernel32.func('void * __stdcall LocalFree(void *block)');
const descriptors = descriptorReader();
const attributes = attributeReader();

function readNamed(path) {
  const descriptor = [null];
  if (named(path, FILE_OBJECT, OWNER_AND_DACL, [null], null, [null], null, descriptor) !== 0) throw new Error('GetNamedSecurityInfoW');
  const bytes = Buffer.from(koffi.decode(descriptor[0], koffi.array('uint8_t', lengthOf(descriptor[0]), 'Typed')));
  free(descriptor[0]);
  return bytes;
}

/** Microseconds a file. */
function costOf(act) {
  act();
  const since = performance.now();
  for (let i = 0; i < ROUNDS; i++) act();
  return Math.round(((performance.now() - since) * 1e4) / (files.length * ROUNDS)) / 10;
}

const figures = {
  files: files.length,
  equal: files.every((file) => Buffer.compare(Buffer.from(descriptors.read(file)), readNamed(file)) === 0),
  lstat: costOf(() => files.map((file) => lstatSync(file))),
  GetFileSecurityW: costOf(() => files.map((file) => descriptors.read(file))),
  GetNamedSecurityInfoW: costOf(() => files.map(readNamed)),
  FindFirstFileExW: costOf(() => attributes.inFolder(folder)),
  GetFileAttributesW: costOf(() => files.map((file) => attributes.of(file))),
};
writeFileSync(out, JSON.stringify(figures));
