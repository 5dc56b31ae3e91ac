/**
 * Puts together what older Word formats give one after the other: text, marks that end a paragraph, a cell, a row. Cells are only known when
 * they end. It knows no bytes.
 */
import { limits } from '../limits.js';
import type { DocxStory } from './docx-story.js';
import { GridTable } from './grid-table.js';

/** Tables inside each other; Word refuses more. */
const LEVELS_MAX = 16;

interface Level {
  lines: string[];
  cells: string[];
  readonly table: GridTable;
}

export class ParagraphFlow {
  readonly #story: DocxStory;
  readonly #levels: Level[] = [];
  #line = '';

  constructor(story: DocxStory) {
    this.#story = story;
  }

  get atLineStart(): boolean {
    return this.#line === '';
  }

  add(text: string): void {
    this.#line += text;
    if (this.#line.length > limits.lineCharsMax) this.endParagraph(this.#levels.length);
  }

  /** `depth`: in how many tables the paragraph stands. */
  endParagraph(depth: number): void {
    const line = this.#takeLine();
    if (depth <= 0) {
      this.#closeAbove(0);
      this.#story.add(line);
      this.#story.endParagraph();
      return;
    }
    this.#level(depth).lines.push(line);
  }

  endCell(depth: number): void {
    const level = this.#level(Math.max(1, depth));
    const lines = [...level.lines, this.#takeLine()].filter((line) => line !== '');
    level.lines = [];
    if (level.cells.length < limits.columnsMax) level.cells.push(lines.join('\n'));
  }

  /** `edges`: right edges of the row's cells in twips; empty when unknown. */
  endRow(depth: number, edges: readonly number[]): void {
    const level = this.#level(Math.max(1, depth));
    if (this.#line !== '' || level.lines.length > 0) this.endCell(depth);
    if (level.cells.length === 0) return;
    level.table.add(level.cells, edges);
    level.cells = [];
  }

  /** The text ends here: tables are closed, and what has no end mark is a paragraph. */
  end(): void {
    this.#closeAbove(0);
    if (this.#line === '') return;
    this.#story.add(this.#takeLine());
    this.#story.endParagraph();
  }

  #takeLine(): string {
    const line = this.#line;
    this.#line = '';
    return line;
  }

  #level(depth: number): Level {
    const wanted = Math.min(depth, LEVELS_MAX);
    this.#closeAbove(wanted);
    while (this.#levels.length < wanted) this.#levels.push({ lines: [], cells: [], table: new GridTable() });
    return this.#levels[wanted - 1]!;
  }

  #closeAbove(depth: number): void {
    while (this.#levels.length > depth) {
      const { lines, cells, table } = this.#levels.pop()!;
      if (lines.length > 0) cells.push(lines.filter((line) => line !== '').join('\n'));
      if (cells.some((cell) => cell !== '')) table.add(cells, []);
      if (!table.empty) this.#story.addTable(table.take());
    }
  }
}
