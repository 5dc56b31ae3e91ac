/** Links of a Markdown text that lead to files. */
import { posix } from 'node:path';

/** Words, then the place without its anchor. */
export const LINK = /\[([^\]\n]{1,200})\]\(([^)#\s]{1,300})(?:#[^)\s]{0,100})?\)/gu;

/** Whether a link in the text `from` leads to one of `files` (paths as keys), to a folder that holds some, or out into the world. */
export function isLive(from, target, files) {
  if (/^[a-z]+:/u.test(target)) return true;
  const path = posix.normalize(posix.join(posix.dirname(from), target)).replace(/\/$/u, '');
  return files.has(path) || [...files.keys()].some((name) => name.startsWith(`${path}/`));
}

/** `from → target` for each dead link. `textOf`: the text of a path. */
export function deadLinks(paths, textOf) {
  const files = new Map(paths.map((path) => [path, true]));
  return paths
    .filter((path) => path.endsWith('.md'))
    .flatMap((path) =>
      [...textOf(path).matchAll(LINK)].filter(([, , target]) => !isLive(path, target, files)).map(([, , target]) => `${path} → ${target}`),
    );
}
