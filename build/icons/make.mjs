// Makes every PNG icon: the large ones from drover.svg, the small ones from simpler shapes drawn
// on a grid of 16, since seven dots run together at that size. Run by make.sh.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const icons = join(here, '../../resources/icons');

function draw(svg, size, path) {
  execFileSync('rsvg-convert', ['--width', size, '--height', size, '--output', path], { input: svg });
  console.log(`${path} ${size}x${size}`);
}

const svg = (body) => `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">${body}</svg>`;
const dot = (x, y, radius, fill) => `<circle cx="${x}" cy="${y}" r="${radius}" fill="${fill}"/>`;

// ---- the app

const whole = readFileSync(join(icons, 'drover.svg'));
draw(whole, 1024, join(here, 'icon.png'));
for (const size of [512, 256, 64]) draw(whole, size, join(icons, `drover-${size}.png`));

const simple = svg(`
  <defs><linearGradient id="dusk" x1="0" y1="0" x2="1" y2="1">
    <stop offset="0" stop-color="#433a9f"/><stop offset="0.55" stop-color="#2b3f88"/><stop offset="1" stop-color="#12707a"/>
  </linearGradient></defs>
  <rect width="16" height="16" rx="3.6" fill="url(#dusk)"/>
  ${dot(11.3, 4.7, 2.6, '#f4f8f5')}${dot(5.1, 5.1, 2.6, '#53cbbb')}${dot(10.9, 10.9, 2.6, '#53cbbb')}
  ${dot(4.5, 11.5, 2.6, '#ffb454')}`);
for (const size of [32, 16]) draw(simple, size, join(icons, `drover-${size}.png`));

// ---- the tray: three of the herd, and at the lower left, where the driver is, the state.
// Each state has a shape of its own beside its colour. All colours hold on dark and light panels.

const herd = (fill) => dot(12.4, 3.6, 3.1, fill) + dot(4.7, 4.2, 3.1, fill) + dot(11.8, 11.3, 3.1, fill);
const grey = '#8595a8';
const teal = '#17a697';
const amber = '#f0982c';
const coral = '#e5484d';
const ring = (color) =>
  `<circle cx="4.1" cy="11.9" r="2.35" fill="none" stroke="${color}" stroke-width="1.5"/>`;
const bars = (color) =>
  `<g fill="${color}"><rect x="0.9" y="8.6" width="2.5" height="6.8" rx="0.9"/><rect x="4.9" y="8.6" width="2.5" height="6.8" rx="0.9"/></g>`;
const alarm = (color) =>
  `${dot(3.95, 12.05, 3.95, color)}<rect x="3.2" y="9.5" width="1.5" height="3" rx="0.7" fill="#fff"/>${dot(3.95, 13.9, 0.9, '#fff')}`;

const states = {
  idle: herd(grey) + ring(grey),
  working: herd(teal) + dot(4.1, 11.9, 3.1, amber),
  attention: herd(grey) + alarm(coral),
  paused: herd(grey) + bars(amber),
};
for (const [state, body] of Object.entries(states)) {
  draw(svg(body), 32, join(icons, `tray-${state}.png`));
  draw(svg(body), 64, join(icons, `tray-${state}@2x.png`));
}

// macOS colours a template image itself and wants it 16 points wide.
const template = svg(herd('#000') + ring('#000'));
draw(template, 16, join(icons, 'trayTemplate.png'));
draw(template, 32, join(icons, 'trayTemplate@2x.png'));
