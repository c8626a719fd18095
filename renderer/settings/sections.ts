/** The parts of the settings, in their order, with what else they are found by. */
export const sectionIds = [
  'nodes',
  'tenants',
  'limits',
  'order',
  'failures',
  'notifications',
  'appearance',
  'keys',
  'data',
] as const;
export type SectionId = (typeof sectionIds)[number];

export interface Section {
  readonly id: SectionId;
  readonly title: string;
  readonly text: string;
  /** What is found in it, for the palette. */
  readonly words: string;
  /** farm: the same for everybody who uses this farm. window: of this window and machine alone. */
  readonly of: 'farm' | 'window';
}

export const sections: readonly Section[] = [
  {
    id: 'nodes',
    title: 'Nodes',
    text: 'The machines that do the work. Each has settings of its own.',
    words: 'machines labels pools give way cores add',
    of: 'farm',
  },
  {
    id: 'tenants',
    title: 'Tenants and shares',
    text: 'Clients, projects or groups whose work is kept apart, and how the farm is shared between them.',
    words: 'weight fair share guaranteed clients projects groups',
    of: 'farm',
  },
  {
    id: 'limits',
    title: 'Quotas and limits',
    text: 'How much one tenant or one person may use at once, and what there is only so much of.',
    words: 'most running queued licences locks per person user submissions',
    of: 'farm',
  },
  {
    id: 'order',
    title: 'Order',
    text: 'What comes first when not everything can run at once, and on which nodes it runs.',
    words: 'strategy priority ageing deadline preempt packed spread rotating cheap reserve wide scheduling',
    of: 'farm',
  },
  {
    id: 'failures',
    title: 'Failures',
    text: 'When something keeps failing, Drover stops trying before it costs a night.',
    words: 'set aside held lost attempts rules health',
    of: 'farm',
  },
  {
    id: 'notifications',
    title: 'Notifications',
    text: 'What this machine tells you, and when it leaves you alone.',
    words: 'quiet hours tell done failed cancelled keep awake sleep',
    of: 'window',
  },
  {
    id: 'appearance',
    title: 'Appearance',
    text: 'How this window looks.',
    words: 'theme dark light scale size zoom',
    of: 'window',
  },
  {
    id: 'keys',
    title: 'Keys',
    text: 'What the keyboard does.',
    words: 'shortcuts keyboard',
    of: 'window',
  },
  {
    id: 'data',
    title: 'Data and diagnostics',
    text: 'Where everything is kept, and what helps when something is wrong.',
    words: 'folder size version diagnostics bundle support export about',
    of: 'window',
  },
];
