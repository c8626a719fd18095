/** Recipes that are put together from several files: `include`. */
import { basename, dirname, join, resolve } from 'node:path';
import { pathInWords, textDocument } from '../document/document';
import type { Located, LocatedMap, Path, TextDocument } from '../document/document';
import { isPassable, unpassable } from '../document/locate';
import { merged, shifted, without } from './merge';
import { accepted, refused } from '../document/parsed';
import type { Parsed } from '../document/parsed';
import { inFile, startOfFile } from '../document/problems';
import type { Place, Problems } from '../document/problems';
import { largestFile, parseLocated, tooManyValues } from '../document/read';
import type { LocatedText } from '../document/read';
import type { Reading } from './reading';
import type { RecipeText } from './recipe';
import { versionIsRight } from './validate';
import { quote } from '../document/words';

/** A recipe as one document, however many files it is in. */
export interface Sources {
  readonly document: TextDocument;
  /** A file that is read with the one in which something stands lies beside that. */
  besideOf(this: void, place: Place, name: string): Beside;
}

export interface Beside {
  readonly path: string;
  /** For messages. */
  readonly file: string;
}

export const recipeSort = {
  noun: 'recipe',
  start: 'a recipe starts with "drover: 1", an OpenJD template with "specificationVersion"',
};
const mostFiles = 20;

/** Null when there is nothing to go on with; why, is among the problems. */
export function* readSources(input: RecipeText, problems: Problems): Reading<Sources | null> {
  const main: Beside = { path: resolve(input.folder, basename(input.file)), file: input.file };
  const texts = new Texts();
  const root = yield* readSource({ source: main, text: input.text, problems, texts, open: [main] });
  if (root === null || !problems.none) return null;
  const large = tooManyValues(root, recipeSort.noun);
  if (large !== null) {
    problems.add({ code: 'too-large', place: startOfFile, path: '', message: large });
    return null;
  }
  return {
    document: textDocument(texts.whole, root, (offset) => texts.placeOf(offset)),
    besideOf: (place, name) => beside(texts.sourceOf(place) ?? main, name),
  };
}

const beside = ({ path, file }: Beside, name: string): Beside => ({
  path: resolve(dirname(path), name),
  file: join(dirname(file), name),
});

/** All texts one after the other, as one long text; the first is the recipe itself. */
class Texts {
  whole = '';
  private readonly parts: {
    readonly from: number;
    readonly source: Beside;
    readonly located: LocatedText;
  }[] = [];

  get count(): number {
    return this.parts.length;
  }

  /** Its values, where they are in the long text. */
  add(source: Beside, located: LocatedText): Located {
    const from = this.whole.length;
    this.parts.push({ from, source, located });
    this.whole += `${located.text}\n`;
    return from === 0 ? located.root : shifted(located.root, from);
  }

  placeOf(offset: number): Place {
    const index = this.parts.findLastIndex(({ from }) => from <= offset);
    const part = this.parts[index];
    if (part === undefined) return startOfFile;
    const place = part.located.placeOf(offset - part.from);
    return index === 0 ? place : { ...place, file: part.source.file };
  }

  sourceOf({ file }: Place): Beside | undefined {
    const part = file === undefined ? this.parts[0] : this.parts.find(({ source }) => source.file === file);
    return part?.source;
  }
}

interface Reader {
  readonly source: Beside;
  readonly text: string;
  readonly problems: Problems;
  readonly texts: Texts;
  /** Those that include it, from the recipe on, and itself. */
  readonly open: readonly Beside[];
}

function* readSource({ source, text, problems, texts, open }: Reader): Reading<Located | null> {
  const located = parseLocated(text, recipeSort, problems);
  if (located === null) return null;
  const root = texts.add(source, located);
  const isIncluded = open.length > 1;
  const includes = root.kind === 'map' && root.entries.has('include');
  if (!isIncluded && !includes) return root;
  const document = textDocument(located.text, located.root, located.placeOf);
  if (isIncluded && !versionIsRight(document, problems)) return null;
  if (root.kind !== 'map' || !includes) return root;
  let base: LocatedMap | null = null;
  for (const path of document.items(['include']) ?? [['include']]) {
    const found = yield* readInclude(document, path, { source, text, problems, texts, open });
    if (found !== null) base = base === null ? found : merged(base, found);
  }
  return base === null ? root : merged(base, root);
}

function* readInclude(document: TextDocument, path: Path, including: Reader): Reading<LocatedMap | null> {
  const { source, problems, texts, open } = including;
  const refuse = (code: string, message: string): null => {
    problems.add({ code, place: document.place(path), path: pathInWords(path), message });
    return null;
  };
  if (!document.isText(path))
    return refuse('wrong-type', 'found no name of a file; allowed is one such as common.yaml');
  const name = parseIncludeName(document.textAt(path));
  if (!name.ok) return refuse('bad-file', name.message);
  const file = beside(source, name.value);
  const again = open.findIndex((each) => each.path === file.path);
  if (again !== -1) {
    const circle = [...open.slice(again), file].map((each) => each.file).join(' -> ');
    return refuse('include-cycle', `these files include each other, so there is no end to it: ${circle}`);
  }
  if (texts.count >= mostFiles)
    return refuse('too-many', `a recipe is put together from up to ${mostFiles} files, and here are more`);
  const content = yield file.path;
  if (content.text === null) return refuse(content.code, `${quote(name.value)}: ${content.message}`);
  if (texts.whole.length + content.text.length > largestFile)
    return refuse('too-large', `with this file the recipe is larger than ${largestFile / 1024 / 1024} MiB`);
  const root = yield* readSource({
    source: file,
    text: content.text,
    problems: inFile(problems, file.file),
    texts,
    open: [...open, file],
  });
  return root?.kind === 'map' ? without(root, ['drover', 'include']) : null;
}

/** Upwards only at its start, and never from the root: what it names is part of the same work. */
function parseIncludeName(text: string): Parsed<string> {
  if (text.trim() === '') return refused('the file has no name');
  if (!isPassable(text)) return refused(`the file's name ${unpassable}`);
  const isRelative = !/^([\\/~]|[A-Za-z][A-Za-z0-9+.-]*:)/.test(text);
  const steps = text.split(/[\\/]/);
  const isTidy = !steps.slice(steps.findIndex((step) => step !== '..')).includes('..');
  if (!isRelative || !isTidy)
    return refused(
      `${quote(text)} is no name of a file beside this one; allowed are names such as common.yaml, looks/night.yaml and ../show.yaml`,
    );
  return /\.(ya?ml|json|drover)$/i.test(text)
    ? accepted(text)
    : refused(`${quote(text)} is no recipe by its name; allowed are .yaml, .yml, .json and .drover`);
}
