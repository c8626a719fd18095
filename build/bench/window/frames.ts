/** How even the frames of a window come. */
import type { Page } from 'playwright';

const frames = 240;

/** Times between frames while a list is scrolled by so many pixels with each; 0: it stands still. */
export const framesOf = (page: Page, selector: string, pixels: number): Promise<readonly number[]> =>
  page.evaluate(
    ([list, by, count]) =>
      new Promise<readonly number[]>((done, failed) => {
        const element = document.querySelector(list);
        if (element === null) return failed(new Error(`there is no ${list}`));
        const gaps: number[] = [];
        let last: number | null = null;
        const step = (now: number): void => {
          if (last !== null) gaps.push(now - last);
          last = now;
          element.scrollTop += by;
          if (gaps.length < count) requestAnimationFrame(step);
          else done(gaps);
        };
        requestAnimationFrame(step);
      }),
    [selector, pixels, frames] as const,
  );

/** Times between frames while something is done. */
export async function framesDuring(page: Page, act: () => Promise<void>): Promise<readonly number[]> {
  const recorder = await page.evaluateHandle(() => {
    const recorded = { times: [] as number[], isOn: true };
    const note = (time: number): void => {
      recorded.times.push(time);
      if (recorded.isOn) requestAnimationFrame(note);
    };
    requestAnimationFrame(note);
    return recorded;
  });
  await act();
  const times = await recorder.evaluate((recorded) => {
    recorded.isOn = false;
    return recorded.times;
  });
  return times.slice(1).map((time, index) => time - (times[index] ?? time));
}
