/** What a person does with the mouse. */
import type { Locator, Page } from 'playwright/test';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export async function middleOf(part: Locator): Promise<Point> {
  const box = await part.boundingBox();
  if (box === null) throw new Error(`${part.toString()} is not in sight`);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** Not in one leap: what lies between is told of it too. */
export async function drag(
  page: Page,
  from: Point,
  to: Point,
  meanwhile = async (): Promise<void> => undefined,
): Promise<void> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 4 });
  await page.mouse.move(to.x, to.y, { steps: 6 });
  await meanwhile();
  await page.mouse.up();
}
