import { createTheme, rem } from '@mantine/core';
import type { CSSVariablesResolver, MantineColorsTuple } from '@mantine/core';
import type { JobState } from '../../shared/model/states';

const iris: MantineColorsTuple = [
  '#f1f0ff',
  '#e2e0fe',
  '#c7c4fa',
  '#a9a5f3',
  '#918dee',
  '#7672e2',
  '#5d58d3',
  '#4d48bd',
  '#413d9f',
  '#2f2c78',
];
const gray: MantineColorsTuple = [
  '#f7f8f9',
  '#f1f2f4',
  '#e6e8ec',
  '#d8dbe0',
  '#c3c8cf',
  '#848b96',
  '#626974',
  '#4b515b',
  '#343941',
  '#1d2026',
];
const dark: MantineColorsTuple = [
  '#dfe2e7',
  '#b9bec7',
  '#979eaa',
  '#747b88',
  '#3d424c',
  '#2d313a',
  '#22262d',
  '#17191e',
  '#121418',
  '#0d0e11',
];

/** The colours of a scheme that Mantine has no name for. */
interface Palette {
  readonly navigation: string;
  readonly raised: string;
  readonly sunken: string;
  readonly line: string;
  readonly hover: string;
  readonly selected: string;
  readonly track: string;
  readonly placeholder: string;
}

/** The lines of a chart: told apart by their lightness too. */
const chartColours: Readonly<Record<Scheme, readonly string[]>> = {
  light: ['#5d58d3', '#b26a00'],
  dark: ['#918dee', '#e0a13c'],
};
export type Scheme = 'light' | 'dark';

const palettes: Readonly<Record<Scheme, Palette>> = {
  light: {
    navigation: '#f4f5f7',
    raised: '#ffffff',
    sunken: '#f7f8f9',
    line: '#e6e8ec',
    hover: '#f4f5f8',
    selected: '#eceafd',
    track: '#e6e8ec',
    placeholder: '#6c737e',
  },
  dark: {
    navigation: '#111317',
    raised: '#1c1f25',
    sunken: '#121418',
    line: '#292d35',
    hover: '#1e2127',
    selected: '#282a4a',
    track: '#2d313a',
    placeholder: '#878e9a',
  },
};

/**
 * Told apart by people who see colours differently: blue, green and vermilion differ in lightness
 * too, and wherever a state is shown, a shape and mostly a word go with it.
 */
export const stateColours: Readonly<Record<Scheme, Readonly<Record<JobState, string>>>> = {
  light: {
    PENDING: '#868d98',
    QUEUED: '#6a717d',
    RUNNING: '#0a76c4',
    PAUSED: '#966400',
    COMPLETED: '#068563',
    FAILED: '#c64a08',
    CANCELLED: '#87608f',
  },
  dark: {
    PENDING: '#727986',
    QUEUED: '#99a0ac',
    RUNNING: '#4aa8ec',
    PAUSED: '#dea32a',
    COMPLETED: '#2cb48b',
    FAILED: '#f27a38',
    CANCELLED: '#ab87b7',
  },
};

/** Areas filled with a state's colour; the waiting ones step back behind those where something happens. */
export const cellColours: Readonly<Record<Scheme, Readonly<Record<JobState, string>>>> = {
  light: {
    ...stateColours.light,
    PENDING: '#d8dbe0',
    QUEUED: '#b3b9c2',
    COMPLETED: '#2c9c7b',
    RUNNING: '#1e88d6',
    CANCELLED: '#bda4c4',
  },
  dark: {
    ...stateColours.dark,
    PENDING: '#343942',
    QUEUED: '#535965',
    COMPLETED: '#23906f',
    CANCELLED: '#6d5876',
  },
};

function variablesOf(scheme: Scheme): Record<string, string> {
  const variables: Record<string, string> = {
    '--mantine-color-placeholder': palettes[scheme].placeholder,
    '--mantine-color-error': stateColours[scheme].FAILED,
  };
  for (const [name, colour] of Object.entries(palettes[scheme])) variables[`--drover-${name}`] = colour;
  for (const [index, colour] of chartColours[scheme].entries()) variables[`--chart-${index + 1}`] = colour;
  for (const [state, colour] of Object.entries(stateColours[scheme]))
    variables[`--state-${state.toLowerCase()}`] = colour;
  for (const [state, colour] of Object.entries(cellColours[scheme]))
    variables[`--cell-${state.toLowerCase()}`] = colour;
  return variables;
}

export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: { ...variablesOf('light'), '--mantine-color-dimmed': gray[6], '--mantine-color-text': gray[9] },
  dark: { ...variablesOf('dark'), '--mantine-color-dimmed': dark[2], '--mantine-color-text': dark[0] },
});

export const theme = createTheme({
  colors: { iris, gray, dark },
  primaryColor: 'iris',
  primaryShade: { light: 6, dark: 6 },
  fontFamily: "'Inter Variable', system-ui, sans-serif",
  fontFamilyMonospace:
    "ui-monospace, 'SF Mono', 'Cascadia Mono', 'DejaVu Sans Mono', Menlo, Consolas, monospace",
  fontSizes: { xs: rem(12), sm: rem(13), md: rem(14), lg: rem(16), xl: rem(20) },
  headings: { fontWeight: '600' },
  defaultRadius: 'md',
  radius: { xs: rem(3), sm: rem(4), md: rem(6), lg: rem(10), xl: rem(16) },
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: {
    Button: { defaultProps: { size: 'xs' } },
    ActionIcon: { defaultProps: { size: 'md', variant: 'subtle', color: 'gray' } },
    TextInput: { defaultProps: { size: 'xs' } },
    SegmentedControl: { defaultProps: { size: 'xs' } },
    Tooltip: { defaultProps: { openDelay: 400, withArrow: false, transitionProps: { duration: 80 } } },
    Modal: { defaultProps: { radius: 'lg', transitionProps: { duration: 120, transition: 'fade' } } },
  },
});
