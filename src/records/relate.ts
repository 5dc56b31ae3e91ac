/** Turns the blocks of one document into records: tables, forms and prose alike. It reads no file and keeps no value longer than its record. */
import type { Trace } from '../../detectors/trace.js';
import type { Block, Row, TableBlock } from '../model.js';
import { labelsOf } from './label.js';
import { ProseReader } from './prose.js';
import type { Detectors, RelateSink } from './sink.js';
import { TableReader } from './table.js';

export type { FoundRecord, RelateSink } from './sink.js';

/** Raised when the same finds give other records or persons than before. */
export const RECORDS_VERSION = 4;

export interface Relation {
  /** Reads one block to its end. Errors of the block's own reader pass through. */
  block(block: Block): void;
  /** Ends the document: what prose was still open becomes records. */
  finish(): void;
}

/** One relation reads one document; make a new one for the next. */
export function createRelation(detectors: Detectors, sink: RelateSink): Relation {
  const labels = labelsOf(detectors);
  const { trace } = detectors;
  labels.begin();
  const prose = new ProseReader(detectors, labels, sink);
  let sheet: string | undefined;
  return {
    block(block) {
      if (block.kind === 'text') {
        trace?.text(block.text);
        prose.text(block);
        return;
      }
      // A workbook with a sheet for each person has the name on the tab, and the rest of the form below.
      if (block.where.sheet !== undefined && block.where.sheet !== sheet) {
        sheet = block.where.sheet;
        trace?.text(sheet);
        prose.text({ kind: 'text', where: { sheet, part: 'sheet-name' }, text: sheet });
      }
      readTable(block, new TableReader(detectors, labels, sink, block, prose.take()), trace);
    },
    finish() {
      prose.finish();
    },
  };
}

/** Rows read before a reader's error count too: the file is then partly read, not unread. */
function readTable(block: TableBlock, reader: TableReader, trace: Trace | undefined): void {
  try {
    for (const batch of block.rows) {
      const rows = batch.rows;
      for (let at = 0; at < rows.length; at += 1) {
        const row = rows[at]!;
        if (trace !== undefined) tell(trace, row);
        reader.row(batch.firstRow + at, row);
      }
    }
  } finally {
    reader.finish();
  }
}

/** Numbers as such are told by the roles that read their text: making it costs more than reading a row. */
function tell(trace: Trace, row: Row): void {
  for (let at = 0; at < row.length; at += 1) {
    const cell = row[at]!;
    if (typeof cell === 'string') trace.text(cell);
  }
}
