import { jobColours } from '../gather/timeline';

const light = `--page: #f7f8fa; --card: #fff; --line: #e6e8ec; --text: #1c2128; --soft: #6a7484; --track: #edeff3;
  --good: #2f8f5b; --bad: #cf3b45; --idle: #a7b0bc; --run: #3f78d8; --note: #eef3fd; --noteText: #2b4a80;
  --c0: #5b86de; --c1: #df9440; --c2: #38a697; --c3: #a874cf; --c4: #c6a63a; --c5: #d9729a; --c6: #6aa6d4; --c7: #86a24a;`;
const dark = `--page: #14171b; --card: #1b1f25; --line: #2b3139; --text: #e3e7ed; --soft: #929eae; --track: #282e37;
  --good: #51b985; --bad: #ee6d75; --idle: #5c6674; --run: #79a3f2; --note: #1d2737; --noteText: #aec6f2;
  --c0: #7a9fee; --c1: #e6a55e; --c2: #57bfb1; --c3: #bd92de; --c4: #d6bb5d; --c5: #e692b1; --c6: #8bbce2; --c7: #a0bb68;`;

const colours = Array.from(
  { length: jobColours },
  (_, index) => `.j${index} { fill: var(--c${index}); background: var(--c${index}); }`,
).join('\n');

/** Calm, readable from a telephone to paper, in the colours that the reader prefers. */
export const style = `
:root { color-scheme: light dark; ${light} }
@media (prefers-color-scheme: dark) { :root { ${dark} } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 15px/1.55 Inter, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; font-variant-numeric: tabular-nums; -webkit-text-size-adjust: 100%; }
main { max-width: 1120px; margin: 0 auto; padding: 44px 28px 72px; }
h1 { margin: 0; font-size: 30px; font-weight: 650; line-height: 1.2; letter-spacing: -0.02em; overflow-wrap: anywhere; }
h2 { margin: 0 0 16px; font-size: 15px; font-weight: 650; letter-spacing: -0.005em; }
header { display: flex; flex-wrap: wrap; align-items: center; gap: 10px 14px; margin-bottom: 6px; }
.state { padding: 3px 11px; border-radius: 99px; font-size: 11.5px; font-weight: 650; letter-spacing: 0.05em; color: #fff; background: var(--idle); }
.state.COMPLETED { background: var(--good); } .state.FAILED { background: var(--bad); } .state.RUNNING { background: var(--run); }
@media (prefers-color-scheme: dark) { .state { color: #10141a; } }
.lead, .note, .soft, small, footer { color: var(--soft); }
.lead { margin: 0 0 22px; overflow-wrap: anywhere; }
.live { margin: -8px 0 22px; padding: 10px 16px; border-radius: 10px; background: var(--note); color: var(--noteText); font-size: 14px; }
.note { margin: 14px 0 0; font-size: 13px; overflow-wrap: anywhere; }
section { margin-top: 18px; padding: 22px 24px; background: var(--card); border: 1px solid var(--line); border-radius: 14px; }
h2 + p { margin-top: 0; overflow-wrap: anywhere; }
a { color: inherit; text-decoration-color: var(--line); text-underline-offset: 3px; } a:hover { text-decoration-color: currentColor; }
small { display: block; font-size: 12.5px; font-weight: 400; line-height: 1.45; letter-spacing: 0; overflow-wrap: anywhere; }
code, pre { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: 12.5px; }
pre { margin: 10px 0 0; padding: 12px 14px; max-height: 420px; overflow: auto; border-radius: 8px; background: var(--page); line-height: 1.5; white-space: pre-wrap; overflow-wrap: anywhere; }
.figures { display: grid; grid-template-columns: repeat(auto-fill, minmax(150px, 1fr)); gap: 20px 18px; margin: 0; }
.figures dt { color: var(--soft); font-size: 13px; } .figures dd { margin: 1px 0 0; font-size: 21px; font-weight: 620; letter-spacing: -0.015em; line-height: 1.35; }
.share { display: flex; gap: 2px; height: 8px; margin-top: 24px; overflow: hidden; border-radius: 99px; background: var(--track); } .share span { min-width: 3px; }
.share .COMPLETED, .legend .COMPLETED { background: var(--good); } .share .FAILED, .legend .FAILED { background: var(--bad); }
.share .RUNNING, .legend .RUNNING { background: var(--run); } .share .CANCELLED, .legend .CANCELLED { background: var(--idle); }
.legend .PENDING, .legend .QUEUED { background: var(--track); box-shadow: inset 0 0 0 1px var(--idle); }
.legend { display: flex; flex-wrap: wrap; gap: 4px 18px; margin: 12px 0 0; color: var(--soft); font-size: 13px; overflow-wrap: anywhere; }
.legend i, .name i { display: inline-block; width: 9px; height: 9px; margin-right: 7px; border-radius: 3px; }
details.more, details.rules { margin-top: 14px; } details.more > summary, details.rules > summary { color: var(--soft); font-size: 13.5px; } details.more[open] > summary { margin-bottom: 14px; }
.rules ul { margin: 10px 0 0; padding-left: 18px; color: var(--soft); font-size: 13px; } .rules li { margin: 4px 0; }
.wide { overflow-x: auto; margin: 0 -4px; padding: 0 4px; }
table { width: 100%; border-collapse: collapse; font-size: 14px; }
th { padding: 0 16px 8px 0; color: var(--soft); font-size: 12.5px; font-weight: 500; text-align: left; white-space: nowrap; } th[title] { cursor: help; }
td { padding: 9px 16px 9px 0; border-top: 1px solid var(--line); vertical-align: top; overflow-wrap: break-word; }
th.n, td.n { text-align: right; white-space: nowrap; } th:last-child, td:last-child { padding-right: 0; }
td:first-child { min-width: 150px; } td:has(.meter) { white-space: nowrap; } .name { font-weight: 600; } .bad, td .FAILED { color: var(--bad); } td .COMPLETED { color: var(--good); } td .RUNNING { color: var(--run); }
td > span.COMPLETED, td > span.FAILED, td > span.RUNNING, td > span.PENDING, td > span.QUEUED, td > span.PAUSED, td > span.CANCELLED { font-size: 12.5px; white-space: nowrap; }
.groups { margin-bottom: 20px; } .groups td:first-child, .groups td:last-child, .files td:first-child { min-width: 200px; overflow-wrap: anywhere; }
.files td { padding-top: 5px; padding-bottom: 5px; } .files code { font-size: 11.5px; color: var(--soft); overflow-wrap: anywhere; } .files td:nth-child(3) { min-width: 200px; }
.meter { display: inline-block; width: 84px; height: 6px; margin-right: 8px; vertical-align: 2px; overflow: hidden; border-radius: 99px; background: var(--track); } .meter i { display: block; height: 100%; border-radius: 99px; background: var(--c0); } .meter .over { background: var(--bad); }
.lane, .strip { display: grid; grid-template-columns: 150px minmax(0, 1fr); gap: 0 18px; align-items: center; }
.lane { padding: 8px 0; border-top: 1px solid var(--line); } .lane.axis { padding: 0 0 2px; border: 0; }
.node, .strip .what { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; font-size: 14px; font-weight: 600; } .node small { font-weight: 400; }
.ticks { position: relative; height: 20px; overflow: hidden; } .ticks span { position: absolute; top: 0; padding-left: 5px; border-left: 1px solid var(--line); height: 20px; color: var(--soft); font-size: 11.5px; line-height: 15px; white-space: nowrap; }
svg { display: block; width: 100%; } svg .bad, .strip .bad { fill: var(--bad); } svg .pale { opacity: 0.45; }
svg path { opacity: 0.85; }
${colours}
.strips { display: grid; gap: 10px; } .strip { grid-template-columns: 150px minmax(0, 1fr) 210px; } .strip .value { font-size: 13.5px; text-align: right; white-space: nowrap; }
.track { position: relative; height: 14px; } .track i { position: absolute; top: 0; bottom: 0; }
.track .range { top: 6px; bottom: 6px; min-width: 2px; border-radius: 2px; background: var(--idle); } .track .box { top: 2px; bottom: 2px; min-width: 4px; border-radius: 3px; background: var(--c0); opacity: 0.75; } .track .mark { width: 2px; margin-left: -1px; background: var(--text); }
.failure { padding: 10px 0; border-top: 1px solid var(--line); } .failure:first-child { border-top: 0; padding-top: 0; } .failure .how { color: var(--bad); } .failure .where { display: block; color: var(--soft); font-size: 12.5px; }
summary { cursor: pointer; overflow-wrap: anywhere; } summary::marker { color: var(--soft); }
div.failure { padding-left: 17px; } details.job { padding: 10px 0; border-top: 1px solid var(--line); } details.job[open] summary { margin-bottom: 10px; }
.facts { display: grid; grid-template-columns: 110px minmax(0, 1fr); gap: 3px 18px; margin: 0 0 12px; font-size: 14px; } .facts dt { color: var(--soft); } .facts dd { margin: 0; overflow-wrap: anywhere; }
.pictures { display: grid; grid-template-columns: repeat(auto-fill, minmax(150px, 1fr)); gap: 14px; } figure { margin: 0; min-width: 0; } figure a { display: block; border-radius: 9px; overflow: hidden; background: #0b0d10; }
img { display: block; width: 100%; height: auto; aspect-ratio: 16 / 9; object-fit: contain; } figcaption { margin-top: 5px; color: var(--soft); font-size: 12px; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
footer { margin-top: 26px; font-size: 13px; overflow-wrap: anywhere; }
@media (max-width: 680px) {
  main { padding: 28px 16px 48px; } h1 { font-size: 25px; } section { padding: 18px 16px; border-radius: 12px; }
  .figures { grid-template-columns: repeat(2, minmax(0, 1fr)); } .figures dd { font-size: 18px; }
  .lane, .strip { grid-template-columns: minmax(0, 1fr); gap: 5px; } .node small { display: inline; margin-left: 8px; } .strip .value { text-align: left; }
  .ticks span:nth-child(even) { display: none; } .facts { grid-template-columns: minmax(0, 1fr); gap: 0; } .facts dd { margin-bottom: 6px; }
  .pictures { grid-template-columns: repeat(2, minmax(0, 1fr)); }
  .stack thead { display: none; } .stack tr { display: block; padding: 10px 0; border-top: 1px solid var(--line); } .stack tr:first-child { border-top: 0; padding-top: 0; } .stack td { display: block; padding: 1px 0; border: 0; }
}
@media print {
  :root { color-scheme: light; ${light} --page: #fff; }
  body { font-size: 12px; } main { max-width: none; padding: 0; } section { padding: 14px 0; border-width: 1px 0 0; border-radius: 0; } tr, figure, .failure, .lane, .strip { break-inside: avoid; } h2 { break-after: avoid; }
  table, th, .facts, .node, .strip .what { font-size: 11px; } th, td { padding-right: 9px; } td:first-child { min-width: 0; } .state { color: #fff; } .figures { grid-template-columns: repeat(5, 1fr); } .pictures { grid-template-columns: repeat(6, 1fr); } figcaption { font-size: 9px; }
  .wide, pre { overflow: visible; max-height: none; } details::details-content { content-visibility: visible; display: block; } * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`;
