/** How `drover openjd run` tells what happened. */
import type { RunResult } from '../submit/openjd/run/run-job';
import { inFormat, type OutputFormat } from './openjd';
import type { TimestampFormat } from './openjd-run-arguments';

/** What stands before each line of the log. */
export function timestamps(format: TimestampFormat): () => string {
  const start = performance.now();
  switch (format) {
    case 'relative':
      return () => sinceStart(performance.now() - start);
    case 'local':
      return () => localTime(new Date());
    case 'utc':
      return () => new Date().toISOString().replace('Z', '+00:00');
  }
}

/** `0:01:02.345678` */
export function sinceStart(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const micro = Math.floor((ms % 1000) * 1000);
  return `${hours}:${padded(minutes, 2)}:${padded(seconds % 60, 2)}.${padded(micro, 6)}`;
}

/** With its distance to UTC: `2026-11-01T22:30:00.000+01:00`. */
function localTime(time: Date): string {
  const minutes = -time.getTimezoneOffset();
  const local = new Date(time.getTime() + minutes * 60_000).toISOString().slice(0, -1);
  const distance = Math.abs(minutes);
  return `${local}${minutes < 0 ? '-' : '+'}${padded(Math.floor(distance / 60), 2)}:${padded(distance % 60, 2)}`;
}

const padded = (value: number, digits: number): string => String(value).padStart(digits, '0');

export interface ToldResult extends RunResult {
  readonly job: string;
  /** Null: all of the job's. */
  readonly chosenStep: string | null;
  /** Null: it is gone. */
  readonly preserved: string | null;
}

export function resultText(result: ToldResult, format: OutputFormat): string {
  const document = {
    status: statuses[result.state],
    message: messageOf(result),
    job_name: result.job,
    ...(result.chosenStep === null ? {} : { step_name: result.chosenStep }),
    duration: result.seconds,
    tasks_run: result.tasksRun,
    ...(result.preserved === null ? {} : { working_directory: result.preserved }),
  };
  switch (format) {
    case 'json':
    case 'yaml':
      return inFormat(document, format);
    case 'human-readable':
      return [
        '',
        '--- Results of local session ---',
        '',
        document.message,
        ...(result.preserved === null ? [] : [`Working directory preserved at: ${result.preserved}`]),
        '',
        `Job: ${result.job}`,
        ...(result.chosenStep === null ? [] : [`Step: ${result.chosenStep}`]),
        `Duration: ${result.seconds.toFixed(3)} seconds`,
        `Tasks run: ${result.tasksRun}`,
      ].join('\n');
  }
}

const statuses = { succeeded: 'success', failed: 'failed', canceled: 'canceled' } as const;

function messageOf({ state, step }: RunResult): string {
  const where = step === null ? '' : ` in step ${step}`;
  switch (state) {
    case 'succeeded':
      return 'Session ended successfully';
    case 'failed':
      return `Session failed${where}: an action did not succeed; its output tells more`;
    case 'canceled':
      return `Session was canceled${where}`;
  }
}
