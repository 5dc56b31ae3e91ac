/** Words beside a name that tell what it is: honorifics and titles, and the words that make a company or place of it. */

/** Honorifics that follow a name at once, unless they open a word (様式, 氏名, 殿下, 君主). */
const HONORIFIC =
  /^ ?(?:様(?![式々子相態])|さま(?![ざ])|殿(?![下堂様])|氏(?![名族神子家])|さん(?![ざか])|ちゃん|くん|君(?![主臨が代])|先生|先輩|夫妻|夫人|御夫妻|両氏|嬢(?!さ)|女史|被告|容疑者|受刑者|選手|監督|投手|捕手|教授|准教授|助教|博士|社長|会長|課長|部長|係長|局長|所長|室長|次長|主任|主事|主査|理事|支店長|支部長|校長|園長|院長|議員|大臣|知事|市長|町長|村長|区長|首相|総理|大統領|巡査|警部|弁護士|医師|看護師|司法書士|税理士|社労士|社会保険労務士|記者|アナ|プロ|名人|九段|八段|七段|六段|五段|四段)/;

/** Titles and trades that stand before a name without a space: 監督の, 俳優. Read from the left rest of a run of kanji, longest last. */
const TITLE_END =
  /(?:社長|会長|課長|部長|係長|局長|所長|室長|次長|主任|主査|理事長|理事|取締役|代表|監督|教授|博士|医師|弁護士|俳優|女優|歌手|作家|画家|漫画家|小説家|作曲家|作詞家|写真家|建築家|評論家|学者|詩人|脚本家|脚本|作曲|作詞|編曲|演出|主演|出演|司会|原作|監修|著者|選手|投手|捕手|首相|総理|大臣|大統領|議員|知事|市長|町長|村長|区長|大名|藩主|武将|将軍|棋士|力士|記者|声優|芸人|氏名|名前|担当者?|担任|申請者|届出人|世帯主|被保険者|受給者|請求者|配偶者|妻|夫|長男|次男|三男|長女|次女|三女|父|母|兄|弟|姉|妹|息子|娘|故|同じく|責任者|代理人|患者|会員|住民|職員|社員|本人|講師|助教|院長|校長|園長|被告|容疑者|元|前|現|新)$/;

/** What makes a company, school or place of a name before it. */
const ORG_START =
  /^(?:株式|有限|商店|商事|商会|工業|産業|建設|製作|製薬|製菓|酒造|医院|病院|歯科|内科|外科|眼科|小児科|クリニック|学園|学院|大学|高校|中学|小学|高等|女子大|銀行|信金|証券|生命|保険|電機|電気|電鉄|鉄道|自動車|重工|書店|書房|出版|新聞|放送|印刷|旅館|ホテル|ビル|薬局|美術館|記念館|博物館|図書館|神社|駅|町|市|県|区|村|郡|川|山|島|港|城|橋|通|線|寺|家|氏|族|派|流|内閣|政権|財閥|文庫|賞|杯|店|社|組|部|隊|藩|班|式)/;

export function honorificAt(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  // All of them begin above the digits and Latin letters: most places need no pattern.
  return (unit > 0x3000 || unit === 0x20) && HONORIFIC.test(text.slice(at, at + 9));
}

export function endsInTitle(text: string, from: number, to: number): boolean {
  return TITLE_END.test(text.slice(Math.max(from, to - 5), to));
}

export function startsOrg(text: string, at: number): boolean {
  return ORG_START.test(text.slice(at, at + 4));
}

/** Particles and signs after which a name may stand, or that may follow one. */
export const PARTICLES = 'はがをにのともやへでから';
