/**
 * Tables that are handed on while they are still being read, so that a table of any length is never held whole. A reader that is told of its format's
 * elements as they come fills them; whoever reads the blocks makes it go on.
 */
import { limits } from '../limits.js';
import type { Block, MemberBlock, RowBatch, Where } from '../model.js';
import { FileProblem } from '../problem.js';

/** Batches that wait in one table while another one is being read: a table inside of a table that is as long. */
const WAITING_BATCHES_MAX = 500;

/** A table that is filled batch by batch. */
export class LiveTable {
  closed = false;
  /** True once it was handed on. */
  told = false;
  readonly #batches: RowBatch[] = [];

  get size(): number {
    return this.#batches.length;
  }

  push(batch: RowBatch): void {
    if (this.#batches.length >= WAITING_BATCHES_MAX) {
      throw new FileProblem('too-large', `a table of more than ${WAITING_BATCHES_MAX * limits.batchRows} rows inside of another`);
    }
    this.#batches.push(batch);
  }

  /** What is there now. */
  *take(): Generator<RowBatch, void, undefined> {
    for (let batch = this.#batches.shift(); batch; batch = this.#batches.shift()) yield batch;
  }

  /** What is there, and what comes as long as `pump` brings more. */
  *rows(pump: () => boolean): Generator<RowBatch, void, undefined> {
    while (true) {
      const batch = this.#batches.shift();
      if (batch) yield batch;
      else if (this.closed || (!pump() && this.#batches.length === 0)) return;
    }
  }
}

/** Blocks in the order in which they became known. */
export class BlockQueue {
  #waiting: (Block | MemberBlock | { readonly table: LiveTable; readonly where: Where })[] = [];

  add(block: Block | MemberBlock): void {
    this.#waiting.push(block);
  }

  /** Hands on a table that may go on growing. */
  addTable(table: LiveTable, where: Where): void {
    table.told = true;
    this.#waiting.push({ table, where });
  }

  /** All blocks; `pump` reads a piece of the file and says whether there was one. */
  *drain(pump: () => boolean): Generator<Block | MemberBlock, void, undefined> {
    let more = true;
    while (more || this.#waiting.length > 0) {
      if (this.#waiting.length === 0) more = pump();
      const ready = this.#waiting;
      this.#waiting = [];
      for (const block of ready) {
        if (!('table' in block)) yield block;
        else {
          yield { kind: 'table', where: block.where, rows: block.table.rows(pump) };
          // What nobody asked for is passed over, so that it does not pile up.
          for (const _batch of block.table.rows(pump));
        }
      }
    }
  }
}
