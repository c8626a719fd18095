/** The files that came of it, and pictures among them. */
import type { Picture } from '../outputs/outputs';
import { count, fileSize, thousands } from '../words';
import { escape, type AddressOf } from './escape';
import type { PageContent } from './page-content';
import { note, section, table } from './parts';

export function* pictureSection(
  { pictures }: Pick<PageContent, 'pictures'>,
  address: AddressOf,
): Generator<string> {
  if (pictures.shown.length > 0) yield* section('Pictures', gallery(pictures, address), 'pictures');
}

function* gallery({ shown, found }: PageContent['pictures'], address: AddressOf): Generator<string> {
  yield '<div class="pictures">\n';
  for (const picture of shown) yield figure(picture, address);
  yield '</div>\n';
  if (found > shown.length) yield note(`${shown.length} of ${thousands(found)} pictures, made small.`);
}

function figure({ path, width, height, type, base64 }: Picture, address: AddressOf): string {
  return `<figure><a href="${address(path)}"><img src="data:${type};base64,${base64}" width="${width}" height="${height}" alt="${escape(path)}"></a><figcaption title="${escape(path)}">${escape(path)}</figcaption></figure>\n`;
}

const atOnce = 12;

function* fileTable(files: PageContent['outputs']['files'], address: AddressOf): Generator<string> {
  yield* table(
    [{ name: 'File' }, { name: 'Size', isNumber: true }, { name: 'SHA-256' }],
    files.map(({ path, bytes, sha256 }) => [
      `<a href="${address(path)}">${escape(path)}</a>`,
      escape(fileSize(bytes)),
      sha256 === null ? '' : `<code>${sha256}</code>`,
    ]),
    'files',
  );
}

export function* outputSection(
  { outputs, batch }: Pick<PageContent, 'outputs' | 'batch'>,
  address: AddressOf,
): Generator<string> {
  if (batch.startedAt !== null) yield* section('Results', files(outputs, address), 'outputs');
}

function* files(outputs: PageContent['outputs'], address: AddressOf): Generator<string> {
  const { files, found, bytes, older, notHashed, remarks } = outputs;
  const where = `in ${outputs.folder}`;
  if (found === 0) yield note(`No files were made or changed ${where}.`);
  else {
    yield `<p>${escape(`${count(found, 'file')}, ${fileSize(bytes)}, ${where}`)}</p>\n`;
    yield* fileTable(files.slice(0, atOnce), address);
    if (files.length > atOnce) {
      yield `<details class="more"><summary>${count(files.length - atOnce, 'file')} more</summary>\n`;
      yield* fileTable(files.slice(atOnce), address);
      yield '</details>\n';
    }
  }
  if (found > files.length)
    yield note(`The first ${thousands(files.length)} are shown; the JSON document has more.`);
  if (notHashed > 0)
    yield note(
      `${count(notHashed, 'file')} without a hash: there was no time for ${notHashed === 1 ? 'it' : 'them'}, or ${notHashed === 1 ? 'it' : 'they'} could not be read.`,
    );
  if (older > 0)
    yield note(
      `${count(older, 'file')} that ${older === 1 ? 'was' : 'were'} there before ${older === 1 ? 'is' : 'are'} not listed.`,
    );
  for (const remark of remarks) yield note(remark);
}
