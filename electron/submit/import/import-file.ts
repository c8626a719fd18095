/** From a file of another manager of work to a recipe. */
import { basename, extname, resolve } from 'node:path';
import { didYouMean } from '../document/suggest';
import { isPassable, unpassable } from '../document/locate';
import { startOfFile, type Problem } from '../document/problems';
import { largestFile, tooLarge } from '../document/read';
import { resolveRecipe } from '../recipe/recipe';
import { readDeadline } from './deadline';
import type { ImportedFile } from './draft';
import { readFlamenco } from './flamenco';
import { readHyperQueue } from './hyperqueue';
import { gatherNotes, type Remark } from './notes';
import { readParallel } from './parallel';
import { formatInWords, importFormats, recogniseImport, type ImportFormat } from './recognise';
import { readSbatch } from './sbatch';
import type { ImportOptions, Reader } from './source';
import { readTable } from './table';
import { writeRecipe } from './write-recipe';

export type ImportedRecipe =
  | {
      readonly ok: true;
      readonly format: ImportFormat;
      readonly name: string;
      readonly recipe: string;
      readonly notCarried: readonly Remark[];
      readonly assumed: readonly Remark[];
    }
  | { readonly ok: false; readonly problems: readonly Problem[] };

const readers: Readonly<Record<ImportFormat, Reader>> = {
  sbatch: readSbatch,
  flamenco: readFlamenco,
  deadline: readDeadline,
  hyperqueue: readHyperQueue,
  parallel: readParallel,
  table: readTable,
};

/** The first file is what is imported, the others are what it needs: a plugin info file, lists of values. */
export function importFile(
  files: readonly [ImportedFile, ...ImportedFile[]],
  options: ImportOptions = {},
): ImportedRecipe {
  const unfit = files.flatMap(problemWithText);
  if (unfit.length > 0) return { ok: false, problems: unfit };
  const [file, ...others] = files.map(({ name, text }) => ({ name, text: plainText(text) }));
  if (file === undefined) return { ok: false, problems: [] };
  const remarks: Remark[] = [];
  const notes = gatherNotes(file.name, remarks);
  const format = options.from ?? recogniseAny(files) ?? (isTable(file, options) ? 'table' : null);
  if (format === null) {
    notes.refuse(startOfFile, 'unknown-form', whyUnknown(file));
    return { ok: false, problems: notes.problems.list() };
  }
  if (format !== 'table' && file.text.length > longestJob) {
    notes.refuse(
      startOfFile,
      'too-large',
      `the file is larger than ${longestJob / 1024 / 1024} MiB; no job is`,
    );
    return { ok: false, problems: notes.problems.list() };
  }
  const draft = readers[format]({ file, others, notes, options });
  if (draft === null || !notes.problems.none) return { ok: false, problems: notes.problems.list() };
  const recipe = writeRecipe(draft, {
    schema: options.schema ?? null,
    comments: [`Made from ${basename(file.name)}, ${formatInWords[format]}.`, ...lostInWords(remarks)],
  });
  const mistakes = mistakesOf(recipe, files);
  if (mistakes.length > 0) {
    for (const { message, path } of mistakes)
      notes.refuse(
        startOfFile,
        'cannot-say',
        `a recipe cannot say this${path === '' ? '' : ` (${path})`}: ${message}`,
      );
    return { ok: false, problems: notes.problems.list() };
  }
  const of = (kind: Remark['kind']): readonly Remark[] =>
    remarks
      .filter((remark) => remark.kind === kind)
      .toSorted(
        (a, b) =>
          Number(a.file !== file.name) - Number(b.file !== file.name) ||
          a.line - b.line ||
          a.column - b.column,
      );
  return { ok: true, format, name: draft.name, recipe, notCarried: of('notCarried'), assumed: of('assumed') };
}

/** Lines end in one way, wherever they were written. */
const plainText = (text: string): string => text.replace(/^\uFEFF/, '').replaceAll(/\r\n?/g, '\n');

/** A list that a command needs, or a plugin info file, may come first. */
function recogniseAny(files: readonly ImportedFile[]): ImportFormat | null {
  const found = files.map(({ text }) => recogniseImport(text)).filter((format) => format !== null);
  return found[0] ?? null;
}

/** Tables may be longer. */
const longestJob = 1024 * 1024;

const isTable = ({ name }: ImportedFile, { run }: ImportOptions): boolean =>
  run !== undefined || /\.(?:csv|tsv)$/i.test(name);

function problemWithText({ name, text }: ImportedFile): readonly Problem[] {
  const problem = (code: string, message: string): readonly Problem[] => [
    { code, file: name, ...startOfFile, path: '', message },
  ];
  if (text.length > largestFile) return problem('too-large', tooLarge);
  if (text.trim() === '') return problem('empty', 'the file is empty');
  return isPassable(text) ? [] : problem('bad-character', `the file ${unpassable}`);
}

function whyUnknown({ name, text }: ImportedFile): string {
  if (/^\s*["']?drover["']?\s*:/m.test(text))
    return 'this is a recipe already: drover check FILE, or drover run FILE';
  const [, other] = /^#(PBS|BSUB|\$) /m.exec(text) ?? [];
  if (other !== undefined)
    return `this is a script for ${other === 'PBS' ? 'PBS' : other === 'BSUB' ? 'LSF' : 'Grid Engine'}; Drover reads those of Slurm, with #SBATCH lines`;
  const forms = Object.values(formatInWords).join(', ');
  const hint =
    extname(name).toLowerCase() === '.json' ? '; a table needs --run "command {{Column}}" as well' : '';
  return `this is not recognised as any of ${forms}${hint}; --from FORMAT says which it is`;
}

/** Of a word for --from; null: it is one. */
export function problemWithFormat(word: string): string | null {
  return importFormats.some((format) => format === word)
    ? null
    : `there is no form ${JSON.stringify(word)}${didYouMean(word, importFormats)}; allowed are ${importFormats.join(', ')}`;
}

const mostInHead = 20;

/** For whoever reads the recipe later. */
function lostInWords(remarks: readonly Remark[]): readonly string[] {
  const lost = remarks.filter(({ kind }) => kind === 'notCarried');
  if (lost.length === 0) return [];
  const lines = lost
    .slice(0, mostInHead)
    .map(({ line, what, message }) => `  line ${line}, ${what}: ${message}`);
  const more = lost.length - lines.length;
  return ['Not carried over:', ...lines, ...(more > 0 ? [`  and ${more} more`] : [])];
}

/** What is made must be right: whoever gets it can check and run it. */
function mistakesOf(text: string, files: readonly ImportedFile[]): readonly Problem[] {
  const folder = resolve('/');
  const beside = new Map(files.map((file) => [resolve(folder, basename(file.name)), file.text]));
  const resolved = resolveRecipe({ text, file: 'recipe.yaml', folder, recipe: null }, {}, [], beside);
  return resolved.ok ? [] : resolved.problems;
}
