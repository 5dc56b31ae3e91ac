/** What the box for the era of a date holds on forms: a word, its code and word (`5.昭和`), or all eras with one of them marked (`1明 3大 ⑤昭 7平`). */

const ERA = '明治|大正|昭和|平成|令和|[明大昭平令]';
const CODED = new RegExp(`^[0-9０-９①-⑨][.．:：、・\\s　]*(${ERA})$`);
const EACH = new RegExp(`([①-⑨○◯〇●◎■☑✓✔レ])?[.．\\s　]*(${ERA})`, 'g');

/** The era that is meant; the text itself when it names none, or several and none of them marked. */
export function chosenEra(text: string): string {
  const trimmed = text.trim();
  const coded = CODED.exec(trimmed)?.[1];
  if (coded !== undefined) return coded;
  const eras = [...trimmed.matchAll(EACH)];
  if (eras.length < 2) return trimmed;
  const marked = eras.filter((era) => era[1] !== undefined);
  return marked.length === 1 ? marked[0]![2]! : trimmed;
}
