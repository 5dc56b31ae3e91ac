/**
 * How text from outside (names of files, sheets, owners) is shown: characters that steer a terminal, turn the direction of text or
 * can't be seen are written out. It never drops or shortens a name: it is the address of the work to do.
 */

/**
 * C0 and C1 controls with DEL, U+061C, U+200B, U+200E/F, U+2028–E, U+2060–9, U+FEFF, interlinear marks, tag characters and lone
 * surrogates (Unicode 16, categories Cc, Cf, Zl, Zp, Cs). U+200C/D stay: emoji and some scripts are spelled with them.
 */
const UNSEEN = /[\x00-\x1f\x7f-\x9f\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}\p{Cs}]/gu;

/** A quick look by code units that passes nearly every text: it also stops at surrogate pairs, which UNSEEN then looks at as characters. */
const SUSPECT = /[\x00-\x1f\x7f-\x9f\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]/;

/** `\u{202e}` for each unseen character. A backslash that would read as such an escape is itself written as one, so that the form is unambiguous. */
export function showText(text: string): string {
  if (!SUSPECT.test(text) && !text.includes('\\u{')) return text;
  return text.replaceAll('\\u{', '\\u{5c}u{').replace(UNSEEN, (char) => `\\u{${char.codePointAt(0)!.toString(16)}}`);
}

/** Makes a sentence safe in which names may have passed `showText` already: it does not write a backslash anew. Line ends stay. */
export function showSentence(text: string): string {
  return text.replace(UNSEEN, (char) => (char === '\n' ? char : `\\u{${char.codePointAt(0)!.toString(16)}}`));
}

/** Makes finished JSON safe to show without changing its meaning: unseen characters become \uXXXX, which stand only inside strings. */
export function showJson(json: string): string {
  if (!SUSPECT.test(json)) return json;
  return json.replace(UNSEEN, (char) =>
    Array.from({ length: char.length }, (_, index) => `\\u${char.charCodeAt(index).toString(16).padStart(4, '0')}`).join(''),
  );
}
