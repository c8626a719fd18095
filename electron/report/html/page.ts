/** `report.html`: one page that needs nothing beside it but the pictures it shows. */
import { amountInWords } from '../../../shared/model/amounts';
import { taskStates, totalOf } from '../../../shared/model/states';
import type { ReportInput } from '../input';
import { wallTime } from '../json';
import type { Pictures } from '../pictures';
import { mostFailures } from '../summary';
import type { Failure, JobSummary, Summary } from '../summary';
import type { UsageSum } from '../usage';
import { coreHours, count, duration, moment, thousands } from '../words';
import { address, escape } from './escape';
import { jobColours, style } from './style';
import { timelineDrawing } from './timeline';

const mostRows = 500;
/** Nothing on the page may run, and nothing may be fetched but the pictures beside it. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' file:";

export function* reportPage(input: ReportInput, summary: Summary, pictures: Pictures): Generator<string> {
  const { batch, spec, version } = input;
  yield `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(batch.name)}: ${batch.state}</title>
<style>${style}</style>
</head>
<body>
<main>
<header><h1>${escape(batch.name)}</h1><span class="state ${batch.state}">${batch.state}</span></header>
<p class="lead">${escape(batch.id)}, submitted by ${escape(batch.owner)} on ${escape(moment(batch.submittedAt))}</p>
`;
  yield facts(input, summary);
  yield* jobTable(input, summary.jobs);
  if (summary.attempts > 0) yield* timelineSection(summary);
  if (summary.failed > 0) yield* failureTable(summary);
  if (pictures.shown.length > 0) yield* pictureSection(pictures);
  const recipe = spec.recipe === null ? '' : ` Recipe: ${escape(spec.recipe)}.`;
  yield `<footer>Results: ${escape(batch.output)}.${recipe} Every attempt is in report.json. Written by Drover ${escape(version)}.</footer>
</main>
</body>
</html>
`;
}

function facts({ batch }: ReportInput, { attempts, failed, usage, jobs }: Summary): string {
  const wall = wallTime(batch);
  const busy = jobs.reduce((sum, job) => sum + job.totalMs, 0);
  const total = totalOf(batch.tasks);
  const { peakMemoryMiB: peak } = usage;
  const entries: [string, string][] = [
    ['Wall time', wall === null ? 'never started' : duration(wall)],
    ['Tasks completed', `${thousands(batch.tasks.COMPLETED)} of ${thousands(total)}`],
    ['Attempts', thousands(attempts)],
    ['Failed attempts', failed === 0 ? 'none' : thousands(failed)],
    ['Time of all attempts', duration(busy)],
  ];
  if (usage.attempts > 0) entries.push(['Core hours used', coreHours(usage.cpuMs)]);
  if (peak !== null) entries.push(['Most memory', memory(peak)]);
  const shares = taskStates
    .filter((state) => batch.tasks[state] > 0)
    .map(
      (state) =>
        `<span class="${state}" style="width:${((batch.tasks[state] / total) * 100).toFixed(2)}%" title="${thousands(batch.tasks[state])} ${state}"></span>`,
    );
  return `<section><dl>${entries.map(([name, value]) => `<div><dt>${name}</dt><dd>${escape(value)}</dd></div>`).join('')}</dl><div class="share">${shares.join('')}</div></section>\n`;
}

function* jobTable({ jobs }: ReportInput, summaries: readonly JobSummary[]): Generator<string> {
  yield '<section><h2>Jobs</h2><div class="wide"><table><tr><th>Job</th><th>State</th><th class="n">Tasks</th><th class="n">Failed</th><th class="n">Attempts</th><th class="n">Shortest</th><th class="n">Average</th><th class="n">Longest</th><th class="n">Wall time</th><th class="n">Core hours</th><th class="n">Cores busy</th><th class="n">Most memory</th></tr>\n';
  for (const [index, job] of jobs.slice(0, mostRows).entries()) {
    const summary = summaries[index];
    const { COMPLETED, FAILED } = job.tasks;
    const wall =
      job.startedAt === null || job.endedAt === null ? null : Math.max(0, job.endedAt - job.startedAt);
    const cells = [
      `${thousands(COMPLETED)} of ${thousands(totalOf(job.tasks))}`,
      FAILED === 0 ? '' : thousands(FAILED),
      thousands(summary?.attempts ?? 0),
    ];
    const times = [summary?.shortestMs, summary?.averageMs, summary?.longestMs, wall].map((time) =>
      time === null || time === undefined ? '' : duration(time),
    );
    yield `<tr><td class="name"><span class="dot j${index % jobColours}"></span>${escape(job.name)}</td><td${job.state === 'FAILED' ? ' class="bad"' : ''}>${job.state}</td>${[...cells, ...times, ...usageCells(summary?.usage)].map((cell) => `<td class="n">${escape(cell)}</td>`).join('')}</tr>\n`;
  }
  yield `</table></div>${more(jobs.length, mostRows, 'job')}</section>\n`;
}

/** Empty where nothing was measured. */
function usageCells(usage: UsageSum | undefined): readonly string[] {
  if (usage === undefined || usage.attempts === 0) return ['', '', ''];
  const { cpuMs, efficiency, peakMemoryMiB: peak } = usage;
  return [
    coreHours(cpuMs),
    efficiency === null ? '' : `${Math.round(efficiency * 100)} %`,
    peak === null ? '' : memory(peak),
  ];
}

const memory = (mebibytes: number): string => amountInWords('memoryMiB', Math.ceil(mebibytes));

function* timelineSection({ timeline, attempts }: Summary): Generator<string> {
  yield '<section><h2>Timeline</h2>';
  yield* timelineDrawing(timeline);
  const how = timeline.lanes.some(({ bars }) => bars === null)
    ? `How many of the ${thousands(attempts)} attempts each node ran at a time.`
    : 'One bar for each attempt, in the colour of its job; failed ones in red.';
  const others = timeline.more === 0 ? '' : ` ${count(timeline.more, 'node')} with fewer attempts not shown.`;
  yield `<p class="note">${how}${others}</p></section>\n`;
}

function* failureTable({ failures, failed }: Summary): Generator<string> {
  yield '<section><h2>Failures</h2><div class="wide"><table><tr><th>Task</th><th>How it ended</th><th>Node</th><th>When</th></tr>\n';
  for (const failure of failures) yield failureRow(failure);
  yield `</table></div>${more(failed, mostFailures, 'failure')}</section>\n`;
}

function failureRow({ what, node, at, how, mended }: Failure): string {
  const after = mended ? ' <span class="soft">(completed later)</span>' : '';
  return `<tr><td class="name">${escape(what)}</td><td>${escape(how)}${after}</td><td>${escape(node)}</td><td class="soft">${escape(moment(at))}</td></tr>\n`;
}

function* pictureSection({ shown, found }: Pictures): Generator<string> {
  yield '<section><h2>Pictures</h2><div class="pictures">\n';
  for (const path of shown) {
    yield `<figure><a href="${address(path)}"><img src="${address(path)}" alt="${escape(path)}" loading="lazy"></a><figcaption>${escape(path)}</figcaption></figure>\n`;
  }
  yield `</div>${found > shown.length ? `<p class="note">${shown.length} of ${thousands(found)} pictures.</p>` : ''}</section>\n`;
}

function more(all: number, shown: number, what: string): string {
  return all > shown ? `<p class="note">And ${count(all - shown, what)} more: see report.json.</p>` : '';
}
