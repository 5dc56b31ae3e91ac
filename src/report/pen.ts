/** What a renderer for the console writes with: the words of one language, and colours or none. */
import type { ChalkInstance } from 'chalk';
import type { ConsoleWords } from '../words/console.js';
import type { Words } from '../words/words.js';

export interface Pen {
  readonly table: Words;
  readonly say: ConsoleWords;
  readonly paint: ChalkInstance;
}
