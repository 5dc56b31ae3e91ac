/**
 * Compound files that are no document of their own: objects that Office documents embed, with a file packed inside. One that holds no such file is
 * refused, since its streams are a program's own.
 */
import { openOle } from '../container/ole.js';
import type { MemberBlock } from '../model.js';
import type { Extractor } from '../parts.js';
import { FileProblem } from '../problem.js';
import { readOleMembers } from './ole-embedded.js';

export const oleObjectExtractor: Extractor = {
  id: 'ole-object',
  version: 2,
  formats: ['ole'],
  *read(source, context): Generator<MemberBlock> {
    let members = 0;
    for (const member of readOleMembers(openOle(source), '', context)) {
      members++;
      yield member;
    }
    if (members === 0) throw new FileProblem('unsupported', 'ole: no file inside');
  },
};
