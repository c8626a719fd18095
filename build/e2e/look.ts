/** How the window looks: its sizes, its colours, and what a person would call broken. */
import type { Page } from 'playwright/test';
import { expect, keepPicture, type Drover } from './app';

export const schemes = ['light', 'dark'] as const;
export type Scheme = (typeof schemes)[number];

export async function useScheme(page: Page, scheme: Scheme): Promise<void> {
  await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', scheme);
  await atRest(page);
}

/** Until what moves has come to rest, but for what never does. */
const atRest = (page: Page): Promise<unknown> =>
  page.evaluate(() =>
    Promise.allSettled(
      document
        .getAnimations()
        .filter(({ effect }) => effect?.getComputedTiming().iterations !== Infinity)
        .map(({ finished }) => finished),
    ),
  );

/** What a person would call broken: things that reach out of the window, or lie upon each other. */
export function findFaults(): readonly string[] {
  const faults: string[] = [];
  const { innerWidth } = window;
  for (const part of [
    document.documentElement,
    document.body,
    ...document.querySelectorAll('main, main *, [role="dialog"]'),
  ]) {
    if (part.scrollWidth > part.clientWidth + 1 && /auto|scroll/.test(getComputedStyle(part).overflowX))
      faults.push(`${part.className || part.tagName} scrolls sideways`);
  }
  if (document.body.getBoundingClientRect().width > innerWidth)
    faults.push('the page is wider than the window');
  const scope = document.querySelector('[role="dialog"]') ?? document;
  const parts = [...scope.querySelectorAll<HTMLElement>('button, a, input, h1, h2, h3')].filter((part) =>
    part.checkVisibility({ opacityProperty: true, visibilityProperty: true }),
  );
  /** What of it is not scrolled out of sight. */
  const inSight = (part: HTMLElement): DOMRect => {
    const whole = part.getBoundingClientRect();
    let { top, bottom } = whole;
    for (let outer = part.parentElement; outer !== null; outer = outer.parentElement) {
      if (getComputedStyle(outer).overflowY === 'visible') continue;
      const box = outer.getBoundingClientRect();
      top = Math.max(top, box.top);
      bottom = Math.min(bottom, box.bottom);
    }
    return new DOMRect(whole.left, top, whole.width, Math.max(0, bottom - top));
  };
  const boxes = parts
    .map((part) => ({ part, box: inSight(part) }))
    .filter(({ box }) => box.width > 1 && box.height > 1);
  const nameOf = (part: HTMLElement): string =>
    `${part.tagName.toLowerCase()} "${part.textContent || part.getAttribute('aria-label') || ''}"`;
  for (const { part, box } of boxes) {
    if (box.left < 0 || box.right > innerWidth + 1) faults.push(`${nameOf(part)} reaches out of the window`);
    const isCut =
      part.scrollWidth > part.clientWidth + 1 &&
      part.clientWidth > 0 &&
      !['INPUT'].includes(part.tagName) &&
      getComputedStyle(part).textOverflow !== 'ellipsis' &&
      getComputedStyle(part).overflowX !== 'visible';
    if (isCut) faults.push(`${nameOf(part)} is cut off`);
  }
  boxes.forEach((one, index) => {
    for (const other of boxes.slice(index + 1)) {
      if (one.part.contains(other.part) || other.part.contains(one.part)) continue;
      // Some fields have a button at their end.
      const field = one.part.closest('.mantine-Input-wrapper');
      if (field?.contains(other.part) === true) continue;
      const width = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
      const height = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
      if (width > 1 && height > 1) faults.push(`${nameOf(one.part)} lies upon ${nameOf(other.part)}`);
    }
  });
  return faults;
}

export async function resize({ app, page }: Drover, width: number, height: number): Promise<void> {
  await app.evaluate(({ BrowserWindow }, [w, h]) => BrowserWindow.getAllWindows()[0]?.setContentSize(w, h), [
    width,
    height,
  ] as const);
  await expect.poll(() => page.evaluate(() => [innerWidth, innerHeight])).toEqual([width, height]);
}

/** In both schemes, as small as it gets and as it usually is. */
export async function keepPictures(drover: Drover, view: string): Promise<void> {
  for (const scheme of schemes) {
    await useScheme(drover.page, scheme);
    for (const [width, height] of [
      [1024, 700],
      [1440, 900],
    ] as const) {
      await resize(drover, width, height);
      await keepPicture(drover.page, `${view}-${scheme}-${width}x${height}`);
    }
  }
}
