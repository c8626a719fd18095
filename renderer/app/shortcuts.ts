/** The keyboard shortcuts that work everywhere, and those of the lists, as the dialog shows them. */
export interface Keystroke {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

export type ShortcutAction =
  | 'submit'
  | 'pipeline'
  | 'addNode'
  | 'queue'
  | 'nodes'
  | 'activity'
  | 'timeline'
  | 'checkpoints'
  | 'settings'
  | 'filter'
  | 'find'
  | 'palette'
  | 'shortcuts'
  | 'back'
  | 'forward';

interface Shortcut {
  readonly action: ShortcutAction;
  readonly keys: string;
  /** Held with it: the platform's command key, also with Shift, Alt, or none, which does not work while typing. */
  readonly with: 'command' | 'commandShift' | 'alt' | 'none';
  readonly words: string;
}

export const shortcuts: readonly Shortcut[] = [
  { action: 'palette', keys: 'k', with: 'command', words: 'Find anything' },
  { action: 'submit', keys: 'n', with: 'command', words: 'Submit' },
  { action: 'pipeline', keys: 'p', with: 'commandShift', words: 'Put a pipeline together' },
  { action: 'addNode', keys: 'n', with: 'commandShift', words: 'Add a node' },
  { action: 'queue', keys: '1', with: 'command', words: 'Go to the queue' },
  { action: 'nodes', keys: '2', with: 'command', words: 'Go to the nodes' },
  { action: 'activity', keys: '3', with: 'command', words: 'Go to the activity' },
  { action: 'timeline', keys: '4', with: 'command', words: 'Go to the timeline' },
  { action: 'checkpoints', keys: '5', with: 'command', words: 'Go to the checkpoints' },
  { action: 'settings', keys: ',', with: 'command', words: 'Open the settings' },
  { action: 'back', keys: 'ArrowLeft', with: 'alt', words: 'Back' },
  { action: 'forward', keys: 'ArrowRight', with: 'alt', words: 'Forward' },
  { action: 'filter', keys: '/', with: 'none', words: 'Filter the list' },
  { action: 'find', keys: 'f', with: 'command', words: 'Search in the log or the graph' },
  { action: 'shortcuts', keys: '?', with: 'none', words: 'Show the keyboard shortcuts' },
];

/** What works where the focus is, for the dialog. */
export const listShortcuts: readonly { readonly keys: readonly string[]; readonly words: string }[] = [
  { keys: ['↑', '↓'], words: 'Move through the rows' },
  { keys: ['→', '←'], words: 'Unfold and fold a batch, or the steps of a job' },
  { keys: ['Enter'], words: 'Open the selected row' },
  { keys: ['Shift', '↑', '↓'], words: 'Select several rows' },
  { keys: ['Space'], words: 'Select a row too, or no longer' },
  { keys: ['Ctrl', 'A'], words: 'Select all rows' },
  { keys: ['Delete'], words: 'Cancel what is selected' },
  { keys: ['R'], words: 'Retry what is selected' },
  { keys: ['H'], words: 'Pause what is selected, or let it go on' },
  { keys: ['Alt', '↑', '↓'], words: 'Move it before or after others of its priority' },
  { keys: ['Shift', 'F10'], words: 'All that can be done with it' },
];

/** As listShortcuts, in the graph of a batch. */
export const graphShortcuts: typeof listShortcuts = [
  { keys: ['←', '→', '↑', '↓'], words: 'Go from job to job along the dependencies' },
  { keys: ['Enter'], words: 'Open the job' },
  { keys: ['Space'], words: 'Show or hide its steps, or a stack' },
  { keys: ['Delete'], words: 'Remove the chosen dependency' },
  { keys: ['Ctrl', 'C'], words: 'Copy what the chosen dependency asks for; Ctrl+V gives it to another' },
  { keys: ['F'], words: 'Show all of it' },
  { keys: ['T'], words: 'Arrange it anew' },
];

/** The same, where a pipeline is put together. */
export const pipelineShortcuts: typeof listShortcuts = [
  { keys: ['Ctrl', 'Enter'], words: 'Submit it' },
  { keys: ['Ctrl', 'S'], words: 'Save it as a recipe' },
  { keys: ['Ctrl', 'C'], words: 'Copy the chosen jobs; Ctrl+X, Ctrl+V and Ctrl+D as everywhere' },
  { keys: ['Delete'], words: 'Remove what is chosen' },
  { keys: ['Enter'], words: 'Fill in the form of the chosen job' },
  { keys: ['F'], words: 'Show all of it' },
  { keys: ['T'], words: 'Arrange it anew' },
];

/** As listShortcuts, in the timeline. */
export const timelineShortcuts: typeof listShortcuts = [
  { keys: ['←', '→'], words: 'Go back and forward in time' },
  { keys: ['+', '−'], words: 'Show less and more time' },
  { keys: ['Home'], words: 'Show the present' },
];

/** The same, for the page of a job. */
export const jobShortcuts: typeof listShortcuts = [
  { keys: ['Shift', '→'], words: 'Select a range of tasks' },
  { keys: ['+', '−'], words: 'Make the cells of tasks larger and smaller' },
  { keys: ['Space'], words: 'Play the frames of the results' },
  { keys: ['C'], words: 'Compare the frame with others' },
];

export function isApple(platform: string): boolean {
  return platform === 'darwin';
}

export function actionOf(stroke: Keystroke, platform: string, isTyping: boolean): ShortcutAction | null {
  const command = isApple(platform) ? stroke.metaKey : stroke.ctrlKey;
  const other = isApple(platform) ? stroke.ctrlKey : stroke.metaKey;
  if (other || (command && stroke.altKey)) return null;
  const held = command ? (stroke.shiftKey ? 'commandShift' : 'command') : stroke.altKey ? 'alt' : 'none';
  // In a text field, Alt and an arrow move by words on some systems.
  if (isTyping && !command) return null;
  const key = stroke.key.length === 1 ? stroke.key.toLowerCase() : stroke.key;
  return shortcuts.find((shortcut) => shortcut.keys === key && shortcut.with === held)?.action ?? null;
}

/** The keys of a shortcut as they are written on the keyboard. */
export function keysInWords(shortcut: Shortcut, platform: string): readonly string[] {
  const arrows: Readonly<Record<string, string>> = { ArrowLeft: '←', ArrowRight: '→' };
  const key = arrows[shortcut.keys] ?? shortcut.keys.toUpperCase();
  if (shortcut.with === 'none') return [key];
  const names = isApple(platform)
    ? { command: ['⌘'], commandShift: ['⇧', '⌘'], alt: ['⌥'] }
    : { command: ['Ctrl'], commandShift: ['Ctrl', 'Shift'], alt: ['Alt'] };
  return [...names[shortcut.with], key];
}

/** `Ctrl+N`; nothing where there is no shortcut. */
export function keysFor(action: ShortcutAction, platform: string): string {
  const shortcut = shortcuts.find((one) => one.action === action);
  return shortcut === undefined ? '' : keysInWords(shortcut, platform).join('+');
}
