/** What managers of renders have in common: frames, priorities, and how programs are started for them. */
import { parseFrames } from '../values/frames';
import { accepted, refused, type Parsed } from '../document/parsed';
import type { JobFields } from '../schema/recipe';

/** `1-10`, `1-100x5`, `1-100step5`, `1..10`, with commas or spaces between them, as recipes say it. */
export function framesText(text: string): Parsed<string> {
  const pieces = text
    .trim()
    .replaceAll(/\s*(?:x|step|by|every|:)\s*(?=-?\d)/gi, 'x')
    .replaceAll(/\s*(?:-|\.\.)\s*(?=-?\d)/g, (sign, at, whole: string) =>
      typeof at === 'number' && /\d\s*$/.test(whole.slice(0, at)) ? '-' : sign.trim(),
    )
    .split(/[\s,;]+/)
    .filter((piece) => piece !== '');
  if (pieces.length === 0) return refused('there are no frames');
  const frames = pieces.join(',');
  const parsed = parseFrames([frames]);
  return parsed.ok ? accepted(frames) : refused(parsed.mistakes[0]?.message ?? '');
}

/** Of numbers from 0 to 100, of which 50 is usual; null: it is no number. */
export function priorityOf(text: string): NonNullable<JobFields['priority']> | null {
  if (!/^-?\d{1,9}$/.test(text.trim())) return null;
  const number = Number(text);
  return number < 40 ? 'low' : number > 60 ? 'high' : 'medium';
}

export interface BlenderRender {
  /** These are texts of a recipe: with placeholders where they have some. */
  readonly program: string;
  readonly scene: string;
  readonly output: string | null;
  readonly format: string | null;
  /** Before the frames. */
  readonly more: readonly string[];
  /** Several frames a task. */
  readonly chunked: boolean;
  /** After `--`, for its add-ons. */
  readonly last?: readonly string[];
}

/** In the order in which Blender wants it: it does one after the other. */
export const blenderCommand = (render: BlenderRender): string[] => [
  render.program,
  '-b',
  render.scene,
  ...(render.output === null ? [] : ['-o', render.output]),
  ...(render.format === null ? [] : ['-F', render.format]),
  ...render.more,
  ...(render.chunked
    ? ['-s', '{{FirstFrame}}', '-e', '{{LastFrame}}', '-j', '{{FrameStep}}', '-a']
    : ['-f', '{{Frame}}']),
  ...(render.last ?? []),
];

/** Paths with slashes and with backslashes. */
export const folderOf = (path: string): string => /^(.*)[/\\][^/\\]*$/.exec(path)?.[1] ?? '.';
