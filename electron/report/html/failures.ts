/** What failed, how, where, and what was printed last. */
import { workInWords } from '../places';
import { count, moment, thousands } from '../words';
import { escape } from './escape';
import type { PageContent } from './page-content';
import { note, section, soft, table } from './parts';

type Failure = PageContent['failures'][number];

const mostShown = 100;
const mostOpen = 5;
const groupsAtOnce = 6;
const mostGroups = 50;

export function* failureSection(content: PageContent): Generator<string> {
  if (content.failures.length > 0) yield* section('What failed', failures(content), 'failures');
}

function* failures({ failures, failureGroups, summary }: PageContent): Generator<string> {
  const all = summary.failed + summary.lost;
  if (failureGroups.length > 1 || all > failures.length) {
    yield* groupTable(failureGroups.slice(0, groupsAtOnce));
    const others = failureGroups.slice(groupsAtOnce, mostGroups);
    if (others.length > 0) {
      yield `<details class="more"><summary>${count(others.length, 'other kind of failure', 'other kinds of failure')}</summary>\n`;
      yield* groupTable(others);
      yield '</details>\n';
    }
  }
  // What still has no result is what people look for.
  const open = failures.filter(({ isMended }) => !isMended);
  const mended = failures.filter(({ isMended }) => isMended);
  const shown = open.slice(0, mostShown);
  yield* list(shown.toSorted(logsFirst), mostOpen);
  if (mended.length > 0) {
    yield `<details class="more"><summary>${count(mended.length, 'failed attempt')} at ${mended.length === 1 ? 'a task that was' : 'tasks that were'} completed later</summary>\n`;
    yield* list(mended.slice(0, mostShown).toSorted(logsFirst), 0);
    yield '</details>\n';
  }
  if (all > failures.length || open.length > shown.length)
    yield note(
      `Of ${count(all, 'failure')} the first ones of each kind are shown. Every attempt is in the JSON document.`,
    );
}

function groupTable(groups: PageContent['failureGroups']): Iterable<string> {
  return table(
    [
      { name: 'How' },
      { name: 'Job' },
      { name: 'Attempts', isNumber: true },
      { name: 'Completed later', isNumber: true },
      { name: 'Where' },
    ],
    groups.map((group) => [
      escape(group.how),
      escape(workInWords(group.job, group.step)),
      thousands(group.count),
      group.mended === 0 ? '' : thousands(group.mended),
      escape(group.nodes.join(', ')),
    ]),
    'groups',
  );
}

const logsFirst = (a: Failure, b: Failure): number => Number(a.log === null) - Number(b.log === null);

/** Of so many what was printed is seen at once. */
function* list(failures: readonly Failure[], open: number): Generator<string> {
  yield '<div class="failures">\n';
  for (const [index, failure] of failures.entries()) yield entry(failure, index < open);
  yield '</div>\n';
}

function entry(failure: Failure, isOpen: boolean): string {
  const { job, step, label, how, node, at, log } = failure;
  const work = workInWords(job, step);
  const head = `<b>${escape(label === '' ? work : `${work}, ${label}`)}</b> <span class="how">${escape(how)}</span><span class="where">${escape(node)}, ${escape(moment(at))}</span>`;
  if (log === null) return `<div class="failure">${head}</div>\n`;
  return `<details class="failure"${isOpen ? ' open' : ''}><summary>${head}</summary>${logOf(log)}</details>\n`;
}

function logOf(log: NonNullable<Failure['log']>): string {
  if (log.kind === 'missing') return note(`What it printed could not be read: ${log.why}.`);
  if (log.lines.length === 0) return note('It printed nothing, or what it printed is not kept any more.');
  const before = log.isCut ? soft('…') + '\n' : '';
  return `<pre>${before}${escape(log.lines.join('\n'))}</pre>`;
}
