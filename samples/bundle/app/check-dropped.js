// `mimawari check` on what Explorer handed to check.cmd, from the command line of its shell (MIMAWARI_LINE): names with spaces stand in quotation marks, others
// as they are. Ends with 99 when that line does not start check.cmd.
import { main } from '../dist/program/cli/main.js';

const line = process.env.MIMAWARI_LINE ?? '';
delete process.env.MIMAWARI_LINE;
const start = /check\.cmd"?(?=\s|"|$)/iu.exec(line);
if (start === null) process.exitCode = 99;
else {
  // The shell itself is started with one more pair of marks around all.
  const rest = line.slice(start.index + start[0].length);
  const marks = (rest.match(/"/gu) ?? []).length;
  const names = (marks % 2 === 1 ? rest.replace(/"\s*$/u, '') : rest).match(/"[^"]+"|[^\s"]+/gu) ?? [];
  process.exitCode = await main(['check', ...names.map((name) => name.replaceAll('"', ''))]);
}
