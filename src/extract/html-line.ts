/** Lines of text as a browser would put them together from pieces of HTML: white space collapses, line ends between Japanese characters vanish. */

/** Characters that stand next to each other without spaces, so that a line end between them is none (CSS Text 3, 4.1.3). */
const WIDE = /[\u2e80-\ua4cf\uf900-\ufaff\uff00-\uff60\uffe0-\uffe6]/u;

export class HtmlLine {
  #text = '';
  /** Its last character; asking the text itself would copy it each time. */
  #last = '';
  /** White space that shows only when something follows: '' for none, ' ' or a line end of the source. */
  #space: '' | ' ' | '\n' = '';

  get length(): number {
    return this.#text.length;
  }

  add(source: string): void {
    const text = source.includes('\u00a0') ? source.replaceAll('\u00a0', ' ') : source;
    if (!/[ \t\n\r\f]/.test(text)) {
      this.#put(text);
      return;
    }
    for (const piece of text.split(/([ \t\n\r\f]+)/)) {
      if (piece === '') continue;
      if (!/^[ \t\n\r\f]/.test(piece)) this.#put(piece);
      else if (this.#space !== ' ') this.#space = /[\n\r]/.test(piece) ? '\n' : ' ';
    }
  }

  /** Text as it stands, line ends too (`pre`, values of fields). */
  addPlain(text: string): void {
    this.#put(text.replaceAll('\r\n', '\n').replaceAll('\r', '\n').replaceAll('\0', ' '));
  }

  /** A space that is there whatever stands around it: two fields beside each other. */
  addSpace(): void {
    this.#space = ' ';
  }

  take(): string {
    const text = this.#text;
    this.#text = '';
    this.#last = '';
    this.#space = '';
    return text;
  }

  #put(text: string): void {
    if (text === '') return;
    if (this.#space !== '' && this.#text !== '') {
      if (this.#space === ' ' || !WIDE.test(this.#last) || !WIDE.test(text[0] ?? '')) this.#text += ' ';
    }
    this.#space = '';
    this.#last = text.at(-1) ?? '';
    this.#text += text.includes('\0') ? text.replaceAll('\0', ' ') : text;
  }
}
