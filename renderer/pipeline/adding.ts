/** How jobs come onto the graph: from the shelf, and as files that are dropped. */
import type { Form, FormWish } from '../../shared/ipc/forms';
import { requestOrTell } from '../live/request';
import { tellRefusal } from '../ui/tell';
import { outputField } from './model/feeding';
import { withJob } from './model/sketch';
import type { Sketch } from './model/sketch';
import { change, sketchNow } from './sketches';

export interface Place {
  readonly x: number;
  readonly y: number;
}

export const cardSize = { width: 212, height: 64 } as const;
const gap = 88;

/** The id of the job that has been added; null: that could not be, and why has been told. */
export async function addJob(wish: FormWish, place: (sketch: Sketch) => Place): Promise<string | null> {
  const opened = await requestOrTell('add this', 'form.open', { wish });
  if (opened === null) return null;
  if (opened.kind !== 'form') {
    tellRefusal('add this', {
      message:
        opened.kind === 'choose'
          ? `Several presets are for ${opened.file}. Drag the one that is meant from the shelf, and choose the file in its form.`
          : 'It is a recipe of its own. Open it instead: then it takes the place of what is here.',
    });
    return null;
  }
  return addForm(opened.form, place);
}

function addForm(form: Form, place: (sketch: Sketch) => Place): string | null {
  const { title, kind, submission } = form;
  const { source, parameters, folder = '' } = submission;
  if (source.kind !== 'preset') {
    tellRefusal('add this', {
      message: `${title} is a template of its own, and jobs of a pipeline are made of presets. Submit it by itself, or name it in a recipe.`,
    });
    return null;
  }
  const output = outputField(form);
  const id = `j${sketchNow().nextId}`;
  change((sketch) => ({
    ...withJob(sketch, {
      ...{ preset: source.name, title, kind, values: parameters, ...place(sketch) },
      wanted: form.title,
      output: output !== null && parameters[output] === undefined ? output : null,
    }),
    folder: sketch.folder === '' ? folder : sketch.folder,
  }));
  return id;
}

/** Beside a job, or else behind all of them, where nothing stands yet. */
export function freePlace({ jobs }: Sketch, beside: string | null, middle: Place): Place {
  const right = jobs.toSorted((one, other) => other.x - one.x)[0];
  const near = jobs.find(({ id }) => id === beside) ?? right;
  if (near === undefined) return { x: middle.x - cardSize.width / 2, y: middle.y - cardSize.height / 2 };
  const x = near.x + cardSize.width + gap;
  let { y } = near;
  while (
    jobs.some((job) => Math.abs(job.x - x) < cardSize.width && Math.abs(job.y - y) < cardSize.height + 12)
  )
    y += cardSize.height + 28;
  return { x, y };
}
