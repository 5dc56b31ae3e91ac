/** What the control words of RTF mean for its text (Rich Text Format specification 1.9.1). Words that are not named here change its looks only. */

/** Where a group's text goes to. */
export type Destination = 'text' | 'fonts' | 'code' | 'property' | 'author' | 'field' | 'wide' | 'picture' | 'object' | 'box' | 'skip';

/** Words that begin a destination. Groups that begin with `\*` and a word that is not here are passed over, as the specification wants. */
export const DESTINATIONS: ReadonlyMap<string, Destination> = new Map<string, Destination>([
  ...all<Destination>('text', 'shpinst nesttableprops do info userprops shppict rtf ud'),
  ...all<Destination>('fonts', 'fonttbl'),
  ...all<Destination>('code', 'fldinst'),
  ...all<Destination>('property', 'title subject author manager company operator category keywords comment doccomm staticval'),
  ...all<Destination>('author', 'atnauthor revtbl'),
  // What fields hold beside what they show, variables, entries of an index, queries of form letters.
  ...all<Destination>('field', 'docvar formfield ffdeftext ffl ffhelptext ffstattext xe tc mmquery mmconnectstr'),
  // Names and values of settings: somebody's text where they go beyond ASCII.
  ...all<Destination>('wide', 'sv bkmkstart propname linkval objname template hlinkbase atnid protusertbl'),
  ...all<Destination>('picture', 'pict'),
  ...all<Destination>('object', 'objdata'),
  ...all<Destination>('box', 'header headerl headerr headerf footer footerl footerr footerf footnote annotation shptxt dptxbxtext'),
  ...all<Destination>('skip', 'colortbl stylesheet nonshppict nonesttables shprslt tcn rxe pntxta pntxtb filetbl'),
  ...all<Destination>(
    'skip',
    'ftnsep ftnsepc ftncn aftnsep aftnsepc aftncn creatim revtim printim buptim objclass sn ffname ffformat ffentrymcr ffexitmcr',
  ),
]);

/** What a box is; the rest are text boxes. */
export const BOX_PARTS: ReadonlyMap<string, string> = new Map([
  ...all('header', 'header headerl headerr headerf'),
  ...all('footer', 'footer footerl footerr footerf'),
  ...all('note', 'footnote'),
  ...all('comment', 'annotation'),
]);

/** Words and symbols that stand for text. Optional hyphens and marks of writing direction are none. */
export const CHARACTERS: ReadonlyMap<string, string> = new Map([
  ['line', '\n'],
  ['lbr', '\n'],
  ['softline', '\n'],
  ['column', '\n'],
  ['tab', '\t'],
  ['emdash', '—'],
  ['endash', '–'],
  ['emspace', ' '],
  ['enspace', ' '],
  ['qmspace', ' '],
  ['bullet', '•'],
  ['lquote', '‘'],
  ['rquote', '’'],
  ['ldblquote', '“'],
  ['rdblquote', '”'],
  ['\\', '\\'],
  ['{', '{'],
  ['}', '}'],
  ['~', '\u00a0'],
  ['_', '-'],
]);

function all<T>(meaning: T, words: string): [string, T][] {
  return words.split(' ').map((word) => [word, meaning]);
}
