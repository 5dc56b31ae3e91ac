/** Names pages as a person would: `page 2`, `pages 1-3, 7`. */

/** Ranges told in one problem. */
const RANGES_MAX = 8;

export function pageRanges(pages: readonly number[]): string {
  const parts: string[] = [];
  for (let at = 0; at < pages.length; ) {
    let end = at;
    while (pages[end + 1] === pages[end]! + 1) end += 1;
    if (parts.length === RANGES_MAX) {
      parts.push('…');
      break;
    }
    parts.push(end > at ? `${pages[at]}-${pages[end]}` : `${pages[at]}`);
    at = end + 1;
  }
  return `page${pages.length > 1 ? 's' : ''} ${parts.join(', ')}`;
}
