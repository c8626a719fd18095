/** What failed, how, where, and what was printed last. */
import { workInWords } from '../places';
import { count, moment, thousands } from '../words';
import { escape } from './escape';
import type { PageContent } from './page-content';
import { note, section, soft, table } from './parts';

type Failure = PageContent['failures'][number];

const mostShown = 200;
const mostGroups = 50;

export function* failureSection(content: PageContent): Generator<string> {
  if (content.failures.length > 0) yield* section('What failed', failures(content), 'failures');
}

function* failures({ failures, failureGroups, summary }: PageContent): Generator<string> {
  const all = summary.failed + summary.lost;
  if (failureGroups.length > 1 || all > failures.length) {
    yield* table(
      [
        { name: 'How' },
        { name: 'Job' },
        { name: 'Attempts', isNumber: true },
        { name: 'Completed later', isNumber: true },
        { name: 'Where' },
      ],
      failureGroups
        .slice(0, mostGroups)
        .map((group) => [
          escape(group.how),
          escape(workInWords(group.job, group.step)),
          thousands(group.count),
          group.mended === 0 ? '' : thousands(group.mended),
          escape(group.nodes.join(', ')),
        ]),
      'groups',
    );
  }
  yield '<div class="failures">\n';
  // What still has no result is what people look for.
  const shown = failures.toSorted((a, b) => rank(a) - rank(b)).slice(0, mostShown);
  for (const failure of shown) yield entry(failure);
  yield '</div>\n';
  if (all > shown.length)
    yield note(
      `${count(shown.length, 'failure')} of ${thousands(all)} are shown: of each kind the first ones. Every attempt is in the JSON document.`,
    );
}

const rank = ({ isMended, log }: Failure): number => (isMended ? 2 : 0) + (log === null ? 1 : 0);

function entry(failure: Failure): string {
  const { job, step, label, how, node, at, isMended, log } = failure;
  const work = workInWords(job, step);
  const after = isMended ? soft(' completed later') : '';
  const head = `<b>${escape(label === '' ? work : `${work}, ${label}`)}</b> <span class="how">${escape(how)}</span>${after}<span class="where">${escape(node)}, ${escape(moment(at))}</span>`;
  if (log === null) return `<div class="failure">${head}</div>\n`;
  const open = isMended ? '' : ' open';
  return `<details class="failure"${open}><summary>${head}</summary>${logOf(log)}</details>\n`;
}

function logOf(log: NonNullable<Failure['log']>): string {
  if (log.kind === 'missing') return note(`What it printed could not be read: ${log.why}.`);
  if (log.lines.length === 0) return note('It printed nothing, or what it printed is not kept any more.');
  const before = log.isCut ? soft('…') + '\n' : '';
  return `<pre>${before}${escape(log.lines.join('\n'))}</pre>`;
}
