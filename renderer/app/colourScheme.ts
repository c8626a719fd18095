import { localStorageColorSchemeManager } from '@mantine/core';

export const colourSchemes = localStorageColorSchemeManager({ key: 'drover-colour-scheme' });

/** Before the first paint; Mantine's own way is an inline script, which the page's policy forbids. */
export function showColourSchemeAtOnce(): void {
  const wished = colourSchemes.get('auto');
  const isDark =
    wished === 'dark' || (wished === 'auto' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset['mantineColorScheme'] = isDark ? 'dark' : 'light';
}
