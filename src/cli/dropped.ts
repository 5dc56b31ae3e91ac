/**
 * What check.cmd was given. Explorer puts no quotation marks around a name without a space, so that the shell would cut `R&D.xlsx` at its `&`; the line that
 * started the console has it whole. But that line may be anything: it is believed only when it started that very file and nothing else (Explorer's form,
 * `cmd.exe /c ""FILE" NAME…"`), all names in it are whole paths of what is there, and they are what the file was handed, as far as the shell leaves names as they are.
 */
export interface Given {
  /** `%~f0` of check.cmd. */
  readonly self: string;
  /** `%*` of check.cmd. */
  readonly own: string;
  /** `%CMDCMDLINE%`. */
  readonly line: string;
}

export interface Dropped {
  readonly args: readonly string[];
  /** Behind a name the shell would start what it took for the next command: the console must end with the check. */
  readonly hasCutName: boolean;
  /** The line is as long as the shell takes them: names may be lost. */
  readonly isCut: boolean;
}

/** Characters of a line of cmd.exe (https://learn.microsoft.com/troubleshoot/windows-client/shell-experience/command-line-string-limitation). */
const LINE_MAX = 8191;
/** The line is cut somewhere before its bound, by the shell's own path and switches. */
const LINE_SLACK = 16;

/** `isThere`: whether a whole path exists. */
export function droppedArguments({ self, own, line }: Given, isThere: (path: string) => boolean): Dropped {
  const isCut = Math.max(line.length, own.length) >= LINE_MAX - LINE_SLACK;
  const args = wordsOf(own);
  const tail = tailOfDrop(line, self);
  if (tail === null) return { args, hasCutName: false, isCut };
  const names = wordsOf(tail);
  const handed = asHandedOn(tail);
  const isOurs = handed !== null && (hasVariable(tail) || equal(wordsOf(handed), args));
  if (!isOurs || names.length === 0 || !names.every((name) => isWhole(name) && isThere(name))) return { args, hasCutName: false, isCut };
  return { args: names, hasCutName: handed.length < tail.length && hasOpenAmpersand(tail), isCut };
}

/** What stands behind the name of check.cmd in a line of Explorer's form; null for any other line. */
function tailOfDrop(line: string, self: string): string | null {
  const shell = /^\s{0,9}(?:"[^"]{0,300}\\cmd\.exe"|[^"\s]{0,300}cmd(?:\.exe)?)[ \t]{1,9}\/c[ \t]{1,9}""/iu.exec(line);
  const end = line.trimEnd();
  if (shell === null || !end.endsWith('"') || end.length <= shell[0].length) return null;
  const inner = end.slice(shell[0].length, -1);
  const close = inner.indexOf('"');
  if (close < 0 || inner.slice(0, close).toLowerCase() !== self.toLowerCase()) return null;
  const tail = inner.slice(close + 1);
  return tail === '' || /^[ \t]/u.test(tail) ? tail : null;
}

/** Cut at spaces and tabs outside of quotation marks, which are dropped. No other space parts names: U+3000 is a letter of theirs. */
export function wordsOf(text: string): string[] {
  return [...text.matchAll(/(?:"[^"]*"?|[^" \t])+/gu)].map(([word]) => word.replaceAll('"', '')).filter((word) => word !== '');
}

/** What cmd.exe makes of it before it starts the file; null where it would turn a stream. */
function asHandedOn(tail: string): string | null {
  let handed = '';
  let inMarks = false;
  for (let at = 0; at < tail.length; at++) {
    const sign = tail[at]!;
    if (sign === '"') inMarks = !inMarks;
    if (!inMarks && '<>|'.includes(sign)) return null;
    if (!inMarks && sign === '&') return handed;
    if (!inMarks && sign === '^') at++;
    handed += tail[at] ?? '';
  }
  return handed;
}

function hasOpenAmpersand(tail: string): boolean {
  return tail.split('"').some((piece, at) => at % 2 === 0 && piece.includes('&'));
}

/** The shell may have put a variable's value in place of its name. */
function hasVariable(tail: string): boolean {
  return tail.indexOf('%') !== tail.lastIndexOf('%');
}

function isWhole(name: string): boolean {
  return /^(?:[a-z]:\\|\\\\[^\\])/iu.test(name);
}

function equal(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((one, at) => one === b[at]);
}
