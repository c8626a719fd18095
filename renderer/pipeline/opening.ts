/** How a recipe comes onto the graph, in the place of what is there. */
import type { GraphOfRecipe } from '../../shared/ipc/forms';
import type { Pipeline } from '../../shared/model/pipeline';
import { navigate } from '../app/useRoute';
import { bridge } from '../live/connection';
import { requestOrTell } from '../live/request';
import type { LayoutWish } from '../graph/layout/layout';
import { confirm } from '../ui/confirm';
import { tellRefusal } from '../ui/tell';
import { cardSize } from './adding';
import { emptySketch, isEmptySketch } from './model/sketch';
import { sketchOf } from './model/written';
import { begin, isSaved, noteSaved, sketchNow } from './sketches';

/** Whether what is there may go. */
async function mayGo(): Promise<boolean> {
  if (isEmptySketch(sketchNow()) || isSaved()) return true;
  return confirm({
    title: 'Throw away this pipeline?',
    text: 'It has been neither submitted nor saved since it was changed. This cannot be undone.',
    yes: 'Throw it away',
    no: 'Keep it',
  });
}

/** Whether it was begun anew. */
export async function beginAnew(): Promise<boolean> {
  const may = await mayGo();
  if (may) begin(emptySketch);
  return may;
}

/** Nobody has said yet where its jobs stand. */
let isUntidy = false;

/** Once true after a pipeline was opened. */
export function takeUntidy(): boolean {
  const was = isUntidy;
  isUntidy = false;
  return was;
}

/** Whether it is there now. */
export async function openPipeline({ pipeline, folder }: Opened): Promise<boolean> {
  if (!(await mayGo())) return false;
  const known = await requestOrTell('open the recipe', 'preset.list', {});
  if (known === null) return false;
  begin(sketchOf(pipeline, folder, known.presets, placesInRow(pipeline)));
  noteSaved(sketchNow());
  isUntidy = true;
  return true;
}

type Opened = Extract<GraphOfRecipe, { kind: 'pipeline' }>;

/** One that says more than a graph can show is opened as any other recipe. */
export async function openRecipe(path: string): Promise<boolean> {
  const opened = await requestOrTell('open the recipe', 'form.open', { wish: { kind: 'file', path } });
  if (opened === null) return false;
  const graph: GraphOfRecipe =
    opened.kind === 'recipe' ? opened.graph : { kind: 'more', why: 'it has a form of its own' };
  if (graph.kind === 'pipeline') return openPipeline(graph);
  tellRefusal('show it as a graph', {
    message: `The graph shows jobs of presets and what they wait for. This is more: ${graph.why}. It is opened as it is.`,
  });
  navigate({ page: 'submit', wishes: [{ kind: 'file', path }] });
  return false;
}

export const chooseRecipe = (): Promise<string | null> =>
  bridge.choose({
    pick: 'file',
    title: 'Open a recipe',
    filters: [{ label: 'Recipes', patterns: ['*.yaml', '*.yml', '*.json', '*.drover'] }],
    from: null,
  });

/** Until they are laid out. */
const placesInRow = ({ jobs }: Pipeline): ReadonlyMap<string, { readonly x: number; readonly y: number }> =>
  new Map(jobs.map(({ name }, index) => [name, { x: index * (cardSize.width + 60), y: 0 }]));

export function layoutWish(): LayoutWish {
  const { jobs, edges } = sketchNow();
  return {
    nodes: jobs.map(({ id }) => ({ id, parent: null, ...cardSize })),
    edges: edges.map(({ id, from, to }) => ({ id, from, to })),
  };
}
