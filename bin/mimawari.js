#!/usr/bin/env node
// Starts the compiled program and sets the exit code. A program that can't even be loaded must not end with 1, which means "violations found".
try {
  const { main } = await import('../dist/program/cli/main.js');
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const missing = error?.code === 'ERR_MODULE_NOT_FOUND';
  console.error(
    missing
      ? 'mimawari: not built, or installed in part. Run: npm ci && npm run build'
      : `mimawari: ${error?.name ?? 'error'} while starting`,
  );
  process.exitCode = 70;
}
