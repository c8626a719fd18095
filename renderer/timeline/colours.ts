/** The colours of the timeline: one for each job out of a few, told apart by their lightness and names too. */
import type { JobId } from '../../shared/model/ids';
import { stateColours } from '../app/theme';
import type { Scheme } from '../app/theme';

export interface TimelineColours {
  readonly background: string;
  readonly stripe: string;
  readonly line: string;
  readonly dayLine: string;
  readonly text: string;
  readonly now: string;
  readonly moment: string;
  readonly deadline: string;
  readonly failed: string;
  readonly onFailed: string;
  readonly running: string;
  readonly jobs: readonly JobColour[];
}

export interface JobColour {
  readonly fill: string;
  readonly edge: string;
  readonly text: string;
}

const light: readonly JobColour[] = [
  ['#c5d3fa', '#4d6fd0'],
  ['#b4e2d6', '#1f8a72'],
  ['#f3dca8', '#a87a14'],
  ['#e0cdf3', '#8a5bb8'],
  ['#bfdff2', '#2f80ad'],
  ['#d8e6b0', '#6f8a26'],
  ['#f4c9d6', '#b2557a'],
  ['#d5dae2', '#6c7686'],
].map(([fill = '', edge = '']) => ({ fill, edge, text: '#22262d' }));

const dark: readonly JobColour[] = [
  ['#344782', '#7f9bf0'],
  ['#1f5e52', '#4dbfa6'],
  ['#6b5218', '#dfb252'],
  ['#573d70', '#b990df'],
  ['#275b78', '#6db7e0'],
  ['#4c5c22', '#a8c45f'],
  ['#703a50', '#e08cab'],
  ['#464d59', '#9aa4b3'],
].map(([fill = '', edge = '']) => ({ fill, edge, text: '#e6e9ee' }));

export const colours: Readonly<Record<Scheme, TimelineColours>> = {
  light: {
    background: '#ffffff',
    stripe: '#f9fafb',
    line: '#eceef1',
    dayLine: '#cfd4db',
    text: '#626974',
    now: '#5d58d3',
    moment: '#1d2026',
    deadline: stateColours.light.FAILED,
    failed: stateColours.light.FAILED,
    onFailed: '#ffffff',
    running: stateColours.light.RUNNING,
    jobs: light,
  },
  dark: {
    background: '#17191e',
    stripe: '#1b1e24',
    line: '#24282f',
    dayLine: '#3d424c',
    text: '#979eaa',
    now: '#918dee',
    moment: '#dfe2e7',
    deadline: stateColours.dark.FAILED,
    failed: stateColours.dark.FAILED,
    onFailed: '#17191e',
    running: stateColours.dark.RUNNING,
    jobs: dark,
  },
};

const grey: JobColour = { fill: '#d5dae2', edge: '#6c7686', text: '#22262d' };

/** The same for the same job, in every window. */
export function colourOf(job: JobId, { jobs }: TimelineColours): JobColour {
  let hash = 7;
  for (let at = 0; at < job.length; at++) hash = (Math.imul(hash, 31) + job.charCodeAt(at)) | 0;
  const mixed = Math.imul(hash, 0x9e3779b1);
  return jobs[((mixed ^ (mixed >>> 15)) >>> 0) % jobs.length] ?? grey;
}
