/** Whether a step's files are copied to the node that does its tasks, and which of them. */
import { everything, isWithin, sharedFiles, type FileRule } from '../../../shared/model/files';
import type { Path } from '../document/document';
import { isPassable, unpassable } from '../document/locate';
import { accepted, refused } from '../document/parsed';
import type { Parsed } from '../document/parsed';
import { innermost, problemAt, readList } from './scope';
import type { Scope } from './scope';
import { quote } from '../document/words';

export const mostFilePatterns = 50;

export function resolveFiles(scope: Scope, levels: readonly Path[]): FileRule {
  const path = innermost(scope, levels, ['files']);
  if (path === null || scope.document.isText(path)) return sharedFiles;
  const read = (field: 'send' | 'fetch'): readonly string[] =>
    readList(scope, [...path, field], {
      code: 'bad-file',
      most: mostFilePatterns,
      parse: (text) => parsePattern(text, places[field]),
      mayBeEmpty: true,
    });
  if (!scope.document.has([...path, 'send'])) {
    problemAt(
      scope,
      'missing-field',
      path,
      'send is missing: which files of the folder does the step need? An empty list stands for none of them',
    );
    return sharedFiles;
  }
  const fetch = scope.document.has([...path, 'fetch']) ? read('fetch') : everything;
  return { kind: 'staged', send: read('send'), fetch };
}

const places = { send: "the step's folder", fetch: 'its output' } as const;

export function parsePattern(text: string, place: string): Parsed<string> {
  if (text.trim() === '') return refused('the file has no name');
  if (!isPassable(text)) return refused(`the file's name ${unpassable}`);
  return isWithin(text)
    ? accepted(text)
    : refused(
        `${quote(text)} may lie outside of ${place}; allowed are names and patterns inside, such as textures/*.png`,
      );
}
