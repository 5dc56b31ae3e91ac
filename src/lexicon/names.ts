/** The packed files: the first under permissive licences, the second with the share-alike data of ENAMDICT alone. */
export const LEXICON_FILES = ['lexicon.bin', 'lexicon-enamdict.bin'] as const;

/** Beside them: the versions of all parts of this build (src/cli/parts-list.ts). */
export const PARTS_FILE = 'parts.json';
