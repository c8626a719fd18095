/** Where a job came from, and what it used. */
import type { JobAbout, JobOrigin } from '../../shared/ipc/job';
import type { RecipeSource } from '../../shared/model/submission';
import { stepUsage } from '../batch-report-usage';
import type { Store } from '../engine/ports';
import type { JobRecord } from '../engine/state';
import type { Preset } from '../submit/presets/preset';

/** As much of a Host as tells of it. */
export interface AboutFarm {
  readonly store: Pick<Store, 'attempts'>;
  now(): number;
  readonly presets: { shipped(): Promise<readonly Pick<Preset, 'name' | 'title'>[]> };
}

export async function jobAbout(farm: AboutFarm, job: JobRecord): Promise<JobAbout> {
  const { submission, batch } = job.batch;
  const steps = [];
  for (const record of job.steps) {
    const { name, parameters, request } = record.step;
    const asked = { cpu: request.cpu, memoryMiB: request.memoryMiB };
    steps.push({ name, parameters, asked, ...(await stepUsage(farm, record)) });
  }
  const source = submission?.source ?? null;
  return {
    origin: source === null ? recipeOf(batch.recipe) : await originOf(farm, source),
    given: submission?.parameters ?? {},
    steps,
  };
}

const recipeOf = (path: string | null): JobOrigin | null => (path === null ? null : { kind: 'file', path });

async function originOf(farm: AboutFarm, source: RecipeSource): Promise<JobOrigin> {
  switch (source.kind) {
    case 'preset': {
      const shipped = await farm.presets.shipped();
      const title = shipped.find(({ name }) => name === source.name)?.title ?? source.name;
      return { kind: 'preset', name: source.name, title };
    }
    case 'file':
      return { kind: 'file', path: source.path };
    case 'text':
      return { kind: 'text', name: source.name };
  }
}
