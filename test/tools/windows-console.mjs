/** Runs on Windows, on a console: gives it the code page of Japanese Windows, then starts the program as its own entry does. */
import { createRequire } from 'node:module';

const koffi = createRequire(import.meta.url)('koffi');
const kernel32 = koffi.load('kernel32.dll');
if (kernel32.func('int __stdcall SetConsoleOutputCP(uint32_t codePage)')(932) === 0) throw new Error('the console keeps its code page');
await import('../../bin/mimawari.js');
