/**
 * Objects out of a JSON text of any length (`ConvertTo-Json`): those of one list, one alone, or one after another. Each is read by itself, so
 * that memory holds one at a time.
 */
import { limits } from '../../limits.js';
import { type ExportFile, exportFault, textOf, tooLong } from './text-file.js';

export interface JsonObject {
  /** Where it begins, counted from 1. */
  readonly line: number;
  readonly value: Readonly<Record<string, unknown>>;
}

/** Throws UsageError where the text is no JSON of that shape, or ends in the middle. */
export function* jsonObjects(file: ExportFile): Generator<JsonObject> {
  const splitter = new Splitter(file);
  for (const text of textOf(file)) yield* splitter.objectsOf(text);
  splitter.end();
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN = 0x7b;
const CLOSE = 0x7d;
const BLANKS = new Set([0x20, 0x09, 0x0a, 0x0d, 0xfeff]);

class Splitter {
  private line = 1;
  /** Lists that are open around the objects: one, in what PowerShell writes. */
  private listDepth = 0;
  private depth = 0;
  private isText = false;
  private isEscaped = false;
  /** Of the object that has begun, what earlier pieces held. */
  private held: string[] = [];
  private heldChars = 0;
  private firstLine = 1;

  constructor(private readonly file: ExportFile) {}

  *objectsOf(text: string): Generator<JsonObject> {
    let from = this.depth > 0 ? 0 : -1;
    for (let at = 0; at < text.length; at++) {
      const char = text.charCodeAt(at);
      if (char === 0x0a) this.line++;
      if (this.depth === 0) {
        if (char === OPEN) {
          from = at;
          this.depth = 1;
          this.firstLine = this.line;
        } else this.between(char);
      } else if (this.isText) {
        if (this.isEscaped) this.isEscaped = false;
        else if (char === BACKSLASH) this.isEscaped = true;
        else if (char === QUOTE) this.isText = false;
      } else if (char === QUOTE) this.isText = true;
      else if (char === OPEN) this.depth++;
      else if (char === CLOSE && --this.depth === 0) {
        yield this.parsed(text.slice(from, at + 1));
        from = -1;
      }
    }
    if (from < 0) return;
    this.held.push(text.slice(from));
    this.heldChars += text.length - from;
    if (this.heldChars > limits.exportEntryCharsMax) throw tooLong(this.file, this.firstLine);
  }

  end(): void {
    if (this.depth > 0 || this.listDepth > 0)
      throw exportFault(
        this.file,
        this.depth > 0 ? this.firstLine : this.line,
        'JSON が途中で切れています。書き出しが最後まで終わったか確かめて、もう一度書き出してください',
        'the JSON ends in the middle; see whether the export ran to its end, and export it again',
      );
  }

  private between(char: number): void {
    if (char === 0x5b && this.listDepth === 0) this.listDepth = 1;
    else if (char === 0x5d && this.listDepth === 1) this.listDepth = 0;
    else if (char !== 0x2c && !BLANKS.has(char)) throw this.noJson(this.line);
  }

  private parsed(tail: string): JsonObject {
    const text = this.held.join('') + tail;
    this.held = [];
    this.heldChars = 0;
    try {
      return { line: this.firstLine, value: JSON.parse(text) as Record<string, unknown> };
    } catch (error) {
      // A text of ours that is no JSON has this class; anything else is a fault of the program.
      if (!(error instanceof SyntaxError)) throw error;
      throw this.noJson(this.firstLine);
    }
  }

  private noJson(line: number): Error {
    return exportFault(
      this.file,
      line,
      'JSON として読めません。PowerShell の ConvertTo-Json か Export-Csv の結果を指定してください',
      "can't be read as JSON; give what ConvertTo-Json or Export-Csv of PowerShell wrote",
    );
  }
}
