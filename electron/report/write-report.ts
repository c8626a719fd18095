/** The execution report of a batch: a JSON document for programs, a page for people. */
import { rename } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Gatherer, type Gathered } from './gather/gather';
import { reportPage } from './html/page';
import type { ReportInput } from './input';
import { jsonAttempt, jsonEnd, jsonOutput, jsonOutputsStart, jsonStart, jsonSums, startOf } from './json';
import { logEndsOf } from './log-ends';
import type { FoundOutputs } from './outputs/find-outputs';
import { hashed, outputsOf, picturesOf, type OutputReport } from './outputs/outputs';
import { attemptPlaces } from './places';
import type { Report } from './schema/report';
import { suggestions } from './suggest/suggestions';
import { createTextFile, type TextFile } from './text-file';

export interface Written {
  /** Of those that are listed, files whose hash is not told: there was no time for them, or they could not be read. */
  readonly notHashed: number;
}

/** All that follows from the attempts. */
export type Sums = Pick<Report, 'summary' | 'steps' | 'nodes' | 'failures' | 'failureGroups' | 'suggestions'>;

/** Of so many files the page tells. */
export const mostFilesShown = 200;

/** Under other names first: who opens a report finds a whole one, or the one before it. */
export async function writeReport(input: ReportInput): Promise<Written> {
  const { place, batch } = input;
  const files: TextFile[] = [];
  try {
    const begin = async (path: string): Promise<TextFile> => {
      const file = await createTextFile(join(dirname(path), `.${basename(path)}.${batch.id}.tmp`));
      files.push(file);
      return file;
    };
    const json = await begin(place.json);
    const start = startOf(input);
    for (const piece of jsonStart(start)) await json.write(piece);
    const gathered = await writeAttempts(input, json);
    const sums = await sumsOf(input, gathered);
    for (const piece of jsonSums(sums)) await json.write(piece);
    const found = await outputsOf(batch);
    const { outputs, shown, notHashed } = await writeOutputs(input, found, json);
    await json.finish();

    const html = await begin(place.html);
    const pictures = await picturesOf(batch, found.files);
    const page = {
      ...start,
      ...sums,
      outputs: { ...outputs, files: shown },
      details: input.jobs,
      place,
      timeline: gathered.timeline,
      pictures,
    };
    for (const piece of reportPage(page)) await html.write(piece);
    await html.finish();

    await rename(json.path, place.json);
    await rename(html.path, place.html);
    return { notHashed };
  } catch (error) {
    for (const file of files) await file.discard();
    throw new Error(
      `The report of "${batch.name}" could not be written to ${dirname(place.html)}: ${reason(error)}`,
      { cause: error },
    );
  }
}

async function writeAttempts(input: ReportInput, json: TextFile): Promise<Gathered> {
  const placeOf = attemptPlaces(input);
  const gatherer = new Gatherer(input);
  let isFirst = true;
  for await (const attempt of input.attempts) {
    const place = placeOf(attempt);
    gatherer.add(attempt, place);
    await json.write(jsonAttempt(attempt, place, isFirst));
    isFirst = false;
  }
  return gatherer.result();
}

async function sumsOf(input: ReportInput, gathered: Gathered): Promise<Sums> {
  const { summary, steps, nodes, failures, failureGroups } = gathered;
  const logs = await logEndsOf(failures, input.logEnd);
  return {
    summary,
    steps: steps.map(({ report }) => report),
    nodes,
    failures: failures.map((failure) => {
      const { attempt, place, how, isMended } = failure;
      return {
        attempt: attempt.id,
        job: place.jobName,
        step: place.stepName,
        task: attempt.task,
        label: place.label,
        node: place.nodeName,
        at: attempt.endedAt ?? attempt.assignedAt,
        how,
        isMended,
        log: logs.get(failure) ?? null,
      };
    }),
    failureGroups,
    suggestions: suggestions(gathered),
  };
}

/** All of them go into the document, some are kept for the page. */
async function writeOutputs(
  input: ReportInput,
  { files, ...found }: FoundOutputs,
  json: TextFile,
): Promise<{
  readonly outputs: Omit<Report['outputs'], 'files'>;
  readonly shown: readonly OutputReport[];
  readonly notHashed: number;
}> {
  const shown: OutputReport[] = [];
  let notHashed = 0;
  let isFirst = true;
  await json.write(jsonOutputsStart);
  for await (const file of hashed(input, files)) {
    await json.write(jsonOutput(file, isFirst));
    isFirst = false;
    if (file.sha256 === null) notHashed++;
    if (shown.length < mostFilesShown) shown.push(file);
  }
  const unlisted = found.found - files.length;
  const outputs = { folder: input.batch.output, ...found, notHashed: unlisted + notHashed };
  await json.write(jsonEnd(outputs));
  return { outputs, shown, notHashed };
}

function reason(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  switch (code) {
    case 'ENOENT':
      return 'the folder is not there any more';
    case 'ENOTDIR':
      return 'it is no folder';
    case 'ENOSPC':
    case 'EDQUOT':
      return 'the disk is full';
    case 'EACCES':
    case 'EPERM':
      return 'Drover may not write there';
    case 'EROFS':
      return 'the disk is read-only';
    default:
      return error instanceof Error ? error.message : String(error);
  }
}
