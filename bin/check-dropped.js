// `mimawari check` on what check.cmd was given (src/cli/check-dropped.ts).
try {
  const { checkDropped, main } = await import('../dist/program/cli/main.js');
  process.exitCode = await checkDropped(main);
} catch (error) {
  console.error(`mimawari: ${error?.name ?? 'error'} while starting`);
  process.exitCode = 70;
}
