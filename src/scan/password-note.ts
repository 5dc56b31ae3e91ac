/** Whether a text names a password: 「パスワードは…です」, `PW: …`. It says so and keeps nothing of it. */

/** Raised when another text may be said to name one: results that are kept hold the answer. */
export const PASSWORD_NOTE_VERSION = 2;

const WORD = /パスワード|ﾊﾟｽﾜｰﾄﾞ|password|passwd|暗証番号|[PＰ][WＷ]/i;
/** A value is Latin letters, digits and signs of either width; an address of a page where to get one is none. */
const NAMED =
  /(?:パスワード|ﾊﾟｽﾜｰﾄﾞ|password|passwd|暗証番号|(?<![A-Za-zＡ-Ｚａ-ｚ])[PＰ][WＷ])[^\n\r:：=＝]{0,12}?(?:は|[:：=＝])[ 　\t「『"'【[]{0,4}(?!https?:)[!-~！-～]{4,64}/i;
/** 「パスワードは以下のとおりです。」, `【パスワード】`, `PW:`: the value stands alone on the line below, with an empty one between at most. */
const BELOW =
  /(?:パスワード|ﾊﾟｽﾜｰﾄﾞ|password|passwd|暗証番号|(?<![A-Za-zＡ-Ｚａ-ｚ])[PＰ][WＷ])(?:[^\n\r]{0,20}?(?:以下|下記|次の(?:とお|通)り)[^\n\r]{0,20}|[^\n\r:：】」)）=＝]{0,12}[:：】」)）=＝][ 　\t]{0,4})(?:\r?\n[ 　\t]{0,20}){1,2}(?![!-~！-～]{0,64}[@＠／]|[!-~！-～]{0,64}\/\/)(?=[!-~！-～]{0,63}[A-Za-z0-9０-９Ａ-Ｚａ-ｚ])[!-~！-～]{4,64}[ 　\t]{0,20}(?:\r?\n|$)/i;

export function namesPassword(text: string): boolean {
  return WORD.test(text) && (NAMED.test(text) || BELOW.test(text));
}
