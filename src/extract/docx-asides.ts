/** What stands beside a document's lines: ruby above them, deleted text, descriptions of pictures. Each becomes a block of its own at the part's end. */
import type { Block } from '../model.js';

export class DocxAsides {
  readonly #ruby: string[] = [];
  readonly #deleted: string[] = [];
  readonly #descriptions: string[] = [];
  readonly #fields: string[] = [];
  #deletedLine = '';
  #rubyJoins = false;

  openRuby(): void {
    if (!this.#rubyJoins) this.#ruby.push('');
    this.#rubyJoins = true;
  }

  addRuby(text: string): void {
    this.#ruby[this.#ruby.length - 1] += text;
  }

  /** Ruby over neighbouring characters is one reading; a space between them, as between two names, parts it only by a space. */
  partRuby(between: string): void {
    if (!this.#rubyJoins) return;
    if (between.trim() === '') this.addRuby(' ');
    else this.#rubyJoins = false;
  }

  addDeleted(text: string): void {
    this.#deletedLine += text;
  }

  describe(text: string): void {
    if (text !== '') this.#descriptions.push(text);
  }

  /** What a field holds beside what it shows: its code, its default, what may be chosen. */
  addField(text: string): void {
    if (text.trim() !== '') this.#fields.push(text.trim());
  }

  endParagraph(inCell: boolean): void {
    this.#rubyJoins = false;
    if (this.#deletedLine !== '' && inCell) this.#deletedLine += '\t';
    if (!inCell) this.endLine();
  }

  /** What was deleted of one paragraph or one row is one line. */
  endLine(): void {
    if (this.#deletedLine !== '') this.#deleted.push(this.#deletedLine.trimEnd());
    this.#deletedLine = '';
  }

  *blocks(): Generator<Block> {
    this.endLine();
    if (this.#ruby.length > 0) yield { kind: 'text', where: { line: 1, part: 'ruby' }, text: this.#ruby.join('\n') };
    if (this.#descriptions.length > 0) yield { kind: 'text', where: { line: 1, part: 'description' }, text: this.#descriptions.join('\n') };
    if (this.#fields.length > 0) yield { kind: 'text', where: { line: 1, part: 'field' }, text: this.#fields.join('\n'), copy: true };
    if (this.#deleted.length > 0) yield { kind: 'text', where: { line: 1, part: 'deleted' }, text: this.#deleted.join('\n'), copy: true };
  }
}
