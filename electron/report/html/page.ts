/** `report.html`: one page that has all with it, and runs nothing. */
import { pathToFileURL } from 'node:url';
import { basename, join } from 'node:path';
import { moment } from '../words';
import { addressBeside, escape, type AddressOf } from './escape';
import { failureSection } from './failures';
import { nodeSection } from './nodes';
import { outputSection, pictureSection } from './outputs';
import { header, overview } from './overview';
import type { PageContent } from './page-content';
import { recipeSection } from './recipe';
import { style } from './style';
import { suggestionSection } from './suggestions';
import { timelineSection } from './timeline';
import { workSection } from './work';

/** Nothing on the page may run, and nothing may be fetched. */
const policy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";
/** In seconds: a browser looks again for what was written meanwhile. */
const renewal = 30;

export function* reportPage(content: PageContent): Generator<string> {
  const { batch, drover, place, isFinal, writtenAt } = content;
  const renewed = place.isRenewed && !isFinal ? `<meta http-equiv="refresh" content="${renewal}">\n` : '';
  yield `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
${renewed}<title>${escape(batch.name)}: ${batch.state}</title>
<style>${style}</style>
</head>
<body>
<main>
`;
  const address: AddressOf = place.isBesideOutput
    ? addressBeside
    : (path) => escape(pathToFileURL(join(batch.output, path)).href);
  yield* header(content);
  yield* overview(content);
  // Who has a failed one before them looks for why.
  if (batch.state === 'FAILED') yield* failureSection(content);
  yield* pictureSection(content, address);
  yield* timelineSection(content);
  yield* workSection(content);
  yield* suggestionSection(content);
  if (batch.state !== 'FAILED') yield* failureSection(content);
  yield* nodeSection(content);
  yield* outputSection(content, address);
  yield* recipeSection(content);
  yield `<footer>Written on ${escape(moment(writtenAt))} by Drover ${escape(drover.version)} on ${escape(drover.runtime)}. Every attempt is in ${escape(basename(place.json))} beside this page.</footer>
</main>
</body>
</html>
`;
}
