/** Asks the readers of the program for a planted file and says of each place whether its marker came out. */

/** The readers: from dist/ in a proof, from src/ in a test. */
export async function lookForMarkers(file, { sniff, extractorsFor, memorySource, cellText }) {
  const found = { own: [], copies: [], problems: [], format: sniff(memorySource(file.name, file.bytes)).format };
  const put = (text, copy) => (copy ? found.copies : found.own).push(text);
  const read = async (source, depth) => {
    const { format } = sniff(source);
    for (const extractor of extractorsFor(format)) {
      const context = { format, passwords: [], problem: (code, detail) => found.problems.push(`${code}: ${detail}`), unpacked() {} };
      const before = found.own.length + found.copies.length;
      try {
        for await (const block of extractor.read(source, context)) {
          if (block.kind === 'text') put(block.text, block.copy);
          else if (block.kind === 'table') {
            for (const { rows } of block.rows) for (const row of rows) for (const cell of row) put(cellText(cell), block.copy);
          } else {
            // The names of members are looked at as well (scan/examine.ts).
            put(block.name, false);
            if (depth < 5) await read(block.source, depth + 1);
          }
        }
      } catch (error) {
        if (error.name !== 'FileProblem') throw error;
        found.problems.push(`${error.code}: ${error.detail}`);
      }
      if (found.own.length + found.copies.length > before) return;
    }
  };
  await read(memorySource(file.name, file.bytes), 0);
  const told = [...new Set(found.problems)];
  const places = file.places.map(({ place, marker, copy }) => {
    const times = (texts) => texts.reduce((sum, text) => sum + text.split(marker).length - 1, 0);
    const [own, copies] = [times(found.own), times(found.copies)];
    const state = own + copies > 0 ? 'read' : told.length > 0 ? 'told' : 'silent';
    // A marker stands once in a file, or is said to be a copy: else it would count twice.
    return { format: file.format, place, copy, state, twice: own > 1 || (copy && own > 0) };
  });
  return { format: found.format, places, problems: told };
}
