/** Sheets of a flat OpenDocument spreadsheet (ODF 1.3 part 3, 9.1), as LibreOffice writes it: of each cell its type and what it holds. */
import { Parser } from 'htmlparser2';

/** More repeated empty rows or columns than this are the rest of the sheet. */
const REPEAT_MAX = 1_000;

/** @returns {{ name: string, rows: { type: 'string' | 'float' | 'date' | '', value: string | number }[][] }[]} */
export function readFods(xml) {
  const sheets = [];
  let rows = null;
  let row = null;
  let cell = null;
  let paragraphs = 0;
  let inText = 0;
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        if (name === 'table:table') {
          rows = [];
          sheets.push({ name: attributes['table:name'], rows });
        } else if (name === 'table:table-row') row = { cells: [], repeat: Number(attributes['table:number-rows-repeated'] ?? 1) };
        else if (name === 'table:table-cell' || name === 'table:covered-table-cell') {
          cell = {
            type: attributes['office:value-type'] ?? '',
            text: '',
            attributes,
            repeat: Number(attributes['table:number-columns-repeated'] ?? 1),
          };
          paragraphs = 0;
        } else if (cell && name === 'text:p') {
          if (paragraphs++ > 0) cell.text += '\n';
          inText++;
        } else if (cell && name === 'text:s') cell.text += ' '.repeat(Number(attributes['text:c'] ?? 1));
        else if (cell && name === 'text:tab') cell.text += '\t';
        else if (cell && name === 'text:line-break') cell.text += '\n';
      },
      ontext(text) {
        if (cell && inText > 0) cell.text += text;
      },
      onclosetag(name) {
        if (name === 'text:p' && inText > 0) inText--;
        else if (cell && (name === 'table:table-cell' || name === 'table:covered-table-cell')) {
          const { type, text, attributes, repeat } = cell;
          if (!(type === '' && repeat > REPEAT_MAX)) {
            const value = type === 'float' ? Number(attributes['office:value']) : type === 'date' ? attributes['office:date-value'] : text;
            for (let at = 0; at < repeat; at++) row.cells.push({ type, value, formula: attributes['table:formula'] });
          }
          cell = null;
        } else if (name === 'table:table-row') {
          const blank = row.cells.every(({ type }) => type === '');
          if (!(blank && row.repeat > REPEAT_MAX)) for (let at = 0; at < row.repeat; at++) rows.push(row.cells);
        } else if (name === 'table:table') while (rows.at(-1)?.every(({ type }) => type === '')) rows.pop();
      },
    },
    { xmlMode: true, decodeEntities: true },
  );
  parser.end(xml);
  return sheets;
}
