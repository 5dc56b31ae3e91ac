/** What the elements of HTML mean for its text. Names are lower case. */

/** They begin and end a line. */
export const BLOCKS: ReadonlySet<string> = new Set(
  (
    'address article aside blockquote body button caption center dd details dialog dir div dl dt fieldset figcaption figure footer form frameset ' +
    'h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li main menu nav ol optgroup option p plaintext pre search section select summary table ' +
    'tbody td textarea tfoot th thead title tr ul xmp listing text tspan'
  ).split(' '),
);

/** White space in them is kept. */
export const PLAIN: ReadonlySet<string> = new Set(['pre', 'textarea', 'xmp', 'listing', 'plaintext']);

/** Programs and styles: no text. */
export const SILENT: ReadonlySet<string> = new Set(['script', 'style']);

/** Kinds of `input` whose value is not what somebody entered or reads. */
export const MUTE_INPUTS: ReadonlySet<string> = new Set([
  'checkbox',
  'radio',
  'button',
  'submit',
  'reset',
  'image',
  'file',
  'color',
  'range',
]);

/** Scripts that hold data. */
export const DATA_SCRIPT = /^(?:application|text)\/(?:[\w.+-]{0,40}\+)?json\b/i;
