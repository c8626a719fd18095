/** What to ask for next time, why, and by which rules that is found. */
import { workInWords } from '../places';
import { escape } from './escape';
import type { PageContent } from './page-content';
import { rest, section, table } from './parts';

const mostShown = 30;

export function* suggestionSection({ suggestions }: PageContent): Generator<string> {
  if (suggestions.length > 0) yield* section('Next time', suggestionTable(suggestions), 'suggestions');
}

function* suggestionTable(suggestions: PageContent['suggestions']): Generator<string> {
  const shown = suggestions.slice(0, mostShown);
  yield* table(
    [{ name: 'Work' }, { name: 'Suggestion' }, { name: 'What was seen' }],
    shown.map(({ job, step, node, what, why }) => [
      `<span class="name">${escape(job === null ? (node ?? '') : workInWords(job, step ?? ''))}</span>`,
      escape(what),
      `<span class="soft">${escape(why)}</span>`,
    ]),
    'stack',
  );
  yield rest(suggestions.length, mostShown, 'suggestions');
  const rules = [...new Set(shown.map(({ rule }) => rule))];
  yield `<details class="rules"><summary>How these are found</summary><ul>${rules.map((rule) => `<li>${escape(rule)}</li>`).join('')}</ul></details>\n`;
}
