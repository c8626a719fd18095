import { setTimeout } from 'node:timers/promises';
import type { ResultFile, ResultFiles, ResultFilesDelta } from '../../../shared/ipc/results';
import { resultsOf } from '../../batch-outputs';
import type { BatchRecord } from '../../engine/state';
import type { Changes } from '../../engine/reduce/changes';
import type { Fact } from '../../engine/facts';
import type { LiveView } from './view';

/** In milliseconds. A folder of which the search takes long is searched the more rarely. */
const shortestPause = 400;
const partOfTime = 10;

/** The files that a batch has made: looked for again when something of it has happened. */
export class ResultsView implements LiveView {
  private known = new Map<string, ResultFile>();
  private sent = '';
  private notBefore = 0;

  constructor(private readonly batch: BatchRecord) {}

  async picture(): Promise<ResultFiles> {
    const picture = await this.look();
    this.known = new Map(picture.files.map((file) => [file.path, file]));
    this.sent = JSON.stringify({ ...picture, files: [] });
    return picture;
  }

  note(_facts: readonly Fact[], changes: Changes): boolean {
    return changes.batches.has(this.batch.id);
  }

  async delta(): Promise<ResultFilesDelta | null> {
    await setTimeout(Math.max(0, this.notBefore - performance.now()), undefined, { ref: false });
    const before = this.known;
    const about = this.sent;
    const { files, ...rest } = await this.picture();
    const changed = files.filter(({ path, bytes, changedAt }) => {
      const file = before.get(path);
      return file?.bytes !== bytes || file.changedAt !== changedAt;
    });
    const gone = [...before.keys()].filter((path) => !this.known.has(path));
    const isNews = changed.length > 0 || gone.length > 0 || about !== this.sent;
    return isNews ? { ...rest, files: changed, gone } : null;
  }

  again(): null {
    return null;
  }

  private async look(): Promise<ResultFiles> {
    const begun = performance.now();
    const { files, found, bytes, remarks } = await resultsOf(this.batch);
    const now = performance.now();
    this.notBefore = now + Math.max(shortestPause, partOfTime * (now - begun));
    return { files, found, bytes, remarks };
  }
}
