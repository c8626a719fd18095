/** How many colours jobs have; then they come again. */
export const jobColours = 8;

export const style = `
:root {
  color-scheme: light dark;
  --page: #f6f7f9; --card: #fff; --line: #e3e6ea; --text: #1b1f24; --soft: #667080;
  --good: #2b8a57; --bad: #d1343f; --idle: #a9b1bc;
  --c0: #4c78dd; --c1: #e08a2e; --c2: #2fa394; --c3: #a565cf; --c4: #c9a227; --c5: #d9658f; --c6: #5b9bd1; --c7: #7a9a3a;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #14171b; --card: #1c2026; --line: #2d333b; --text: #e4e8ee; --soft: #93a0b0;
    --good: #4cba82; --bad: #f0656e; --idle: #5a6573;
    --c0: #6f9af5; --c1: #eda152; --c2: #4fc0b1; --c3: #bf8ae0; --c4: #dcbc52; --c5: #ea8aac; --c6: #82b8e6; --c7: #9cbd58;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 15px/1.5 Inter, system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; font-variant-numeric: tabular-nums; }
main { max-width: 1080px; margin: 0 auto; padding: 40px 24px 64px; }
h1 { margin: 0; font-size: 30px; line-height: 1.2; letter-spacing: -0.02em; overflow-wrap: anywhere; }
h2 { margin: 0 0 14px; font-size: 16px; letter-spacing: -0.01em; }
header { display: flex; flex-wrap: wrap; align-items: center; gap: 8px 14px; margin-bottom: 6px; }
.state { padding: 3px 11px; border-radius: 99px; font-size: 12px; font-weight: 600; letter-spacing: 0.04em; color: #fff; background: var(--idle); }
.state.COMPLETED { background: var(--good); } .state.FAILED { background: var(--bad); }
@media (prefers-color-scheme: dark) { .state { color: #10141a; } }
.lead, .note, footer { color: var(--soft); } .lead { margin: 0 0 24px; } .note { margin: 12px 0 0; font-size: 13px; }
section { margin-top: 20px; padding: 20px 22px; background: var(--card); border: 1px solid var(--line); border-radius: 12px; }
dl { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: 18px; margin: 0; }
dt { color: var(--soft); font-size: 13px; } dd { margin: 2px 0 0; font-size: 20px; font-weight: 600; letter-spacing: -0.01em; }
.share { display: flex; height: 8px; margin-top: 20px; overflow: hidden; border-radius: 99px; background: var(--line); }
.share .COMPLETED { background: var(--good); } .share .FAILED { background: var(--bad); } .share .CANCELLED { background: var(--idle); }
.wide { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; }
th { padding: 0 14px 8px 0; color: var(--soft); font-size: 13px; font-weight: 500; text-align: left; white-space: nowrap; }
td { padding: 9px 14px 9px 0; border-top: 1px solid var(--line); vertical-align: top; overflow-wrap: anywhere; }
th.n, td.n { text-align: right; white-space: nowrap; } th:last-child, td:last-child { padding-right: 0; }
td.name { min-width: 130px; font-weight: 600; } .bad { color: var(--bad); } .soft { color: var(--soft); }
.dot { display: inline-block; width: 9px; height: 9px; margin-right: 8px; border-radius: 3px; }
svg { display: block; width: 100%; height: auto; }
svg text { fill: var(--soft); font-size: 11px; } svg .node { fill: var(--text); font-size: 12px; }
svg .grid { stroke: var(--line); } svg .load { fill: var(--c0); opacity: 0.8; } svg rect.bad { fill: var(--bad); }
${Array.from({ length: jobColours }, (_, index) => `.j${index} { fill: var(--c${index}); background: var(--c${index}); }`).join('\n')}
.pictures { display: grid; grid-template-columns: repeat(auto-fill, minmax(150px, 1fr)); gap: 14px; }
figure { margin: 0; } figure a { display: block; border-radius: 8px; overflow: hidden; background: #0b0d10; }
img { display: block; width: 100%; aspect-ratio: 16 / 9; object-fit: contain; }
figcaption { margin-top: 4px; color: var(--soft); font-size: 12px; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
footer { margin-top: 28px; font-size: 13px; overflow-wrap: anywhere; }
@media print { body { background: #fff; } section { break-inside: avoid; } }
`;
