/** Moving among cards with the arrow keys, by where they are on the screen. */
import type { KeyboardEvent } from 'react';

const directions: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

const centre = (box: DOMRect): readonly [number, number] => [
  box.left + box.width / 2,
  box.top + box.height / 2,
];

/** Within the element that it is put on, among what has `data-arrows`. In a text only up and down leave it. */
export function moveByArrows(event: KeyboardEvent<HTMLElement>): void {
  const direction = directions[event.key];
  const from = event.target;
  if (direction === undefined || !(from instanceof HTMLElement)) return;
  const [x, y] = direction;
  if (from instanceof HTMLInputElement && y === 0) return;
  const isText = from instanceof HTMLInputElement;
  const start = from.getBoundingClientRect();
  // From a text one comes to the beginning of what is below it.
  const [left, top] = isText ? [start.left, start.bottom] : centre(start);
  let nearest: HTMLElement | null = null;
  let shortest = Infinity;
  for (const other of event.currentTarget.querySelectorAll<HTMLElement>('[data-arrows]')) {
    const [right, bottom] = centre(other.getBoundingClientRect());
    const ahead = (right - left) * x + (bottom - top) * y;
    if (other === from || ahead < 4) continue;
    // What lies to the side is farther away than what lies ahead.
    const aside = Math.abs((right - left) * y) + Math.abs((bottom - top) * x);
    const distance = ahead + (isText ? aside / 100 : 2 * aside);
    if (distance < shortest) [shortest, nearest] = [distance, other];
  }
  if (nearest === null) return;
  event.preventDefault();
  nearest.focus();
}
