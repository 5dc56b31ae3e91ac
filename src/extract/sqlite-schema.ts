/** The columns of a table by the words that made it (`CREATE TABLE …`), as they stand in its records. It reads names and keys, and knows no other SQL. */

export interface SqliteColumns {
  /** In the order in which they were written. */
  readonly names: readonly string[];
  /** For each value of a record its column: a table without row ids keeps its key first, and computed columns are not kept. */
  readonly order: readonly number[];
  /** The column that is the row's id, and is null in the record; -1 without one. */
  readonly rowId: number;
}

interface Column {
  readonly name: string;
  readonly words: readonly string[];
}

const COLUMNS_MAX = 32_767;
/** Strings and names in quotes, comments, numbers and words, and single signs. */
const TOKEN = /'(?:[^']|'')*'|"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]]*\]|--[^\n]*|\/\*[\s\S]*?\*\/|[\w$\u0080-\uffff]+|[^\s]/g;
const CONSTRAINT = /^(?:CONSTRAINT|PRIMARY|UNIQUE|CHECK|FOREIGN)$/i;

export function readCreateTable(sql: string): SqliteColumns {
  const tokens = (sql.match(TOKEN) ?? []).filter((token) => !token.startsWith('--') && !token.startsWith('/*'));
  const open = tokens.indexOf('(');
  if (open < 0) return { names: [], order: [], rowId: -1 };
  const { parts, end } = splitParts(tokens, open);
  const columns: Column[] = [];
  let key: string[] = [];
  for (const part of parts) {
    if (part.length === 0) continue;
    if (columns.length > 0 && CONSTRAINT.test(part[0]!)) key = key.length > 0 ? key : keyOf(part);
    else if (columns.length < COLUMNS_MAX)
      columns.push({ name: unquote(part[0]!), words: part.slice(1).map((word) => word.toUpperCase()) });
  }
  const inline = columns.find((column) => column.words.includes('PRIMARY'));
  if (inline) key = [inline.name];
  const keys = key.map((name) => columns.findIndex((column) => column.name.toLowerCase() === name.toLowerCase())).filter((at) => at >= 0);
  const tail = tokens.slice(end + 1).map((token) => token.toUpperCase());
  const withoutRowId = tail.some((token, at) => token === 'WITHOUT' && tail[at + 1] === 'ROWID');
  const kept = columns.map((_, at) => at).filter((at) => !isComputed(columns[at]!));
  const order = withoutRowId ? [...new Set(keys), ...kept.filter((at) => !keys.includes(at))] : kept;
  const single = keys.length === 1 ? keys[0]! : -1;
  const rowId = !withoutRowId && single >= 0 && columns[single]!.words[0] === 'INTEGER' ? single : -1;
  return { names: columns.map((column) => column.name), order, rowId };
}

/** What stands between the commas of the outermost brackets. */
function splitParts(tokens: readonly string[], open: number): { parts: string[][]; end: number } {
  const parts: string[][] = [[]];
  let depth = 0;
  for (let at = open; at < tokens.length; at++) {
    const token = tokens[at]!;
    if (token === '(') depth++;
    if (token === ')' && --depth === 0) return { parts, end: at };
    if (token === ',' && depth === 1) parts.push([]);
    else if (at > open) parts.at(-1)!.push(token);
  }
  return { parts, end: tokens.length };
}

/** The columns of a key that is told for the whole table; none for another constraint. */
function keyOf(part: readonly string[]): string[] {
  const primary = part.findIndex((token) => token.toUpperCase() === 'PRIMARY');
  if (primary < 0) return [];
  const { parts } = splitParts(part, part.indexOf('(', primary));
  return parts.flatMap((one) => (one[0] === undefined ? [] : [unquote(one[0])]));
}

/** `GENERATED ALWAYS AS (…)`, or `AS (…)` alone, is computed when it is asked for, but for one that is told as `STORED`. */
function isComputed({ words }: Column): boolean {
  return words.some((word, at) => word === 'AS' && words[at + 1] === '(') && !words.includes('STORED');
}

function unquote(token: string): string {
  const first = token[0]!;
  if (first === '[') return token.slice(1, -1);
  return first === '"' || first === '`' || first === "'" ? token.slice(1, -1).replaceAll(first + first, first) : token;
}
