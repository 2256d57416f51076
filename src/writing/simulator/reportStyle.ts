import { html } from './html.ts';

/** Of the report's page: colors for light and dark, by what the reader's system or the editor says. */
export const reportStyle = html`
:root { color-scheme: light dark; --ink: light-dark(#222, #ddd); --quiet: light-dark(#5c5c5c, #a5a5a5); --paper: light-dark(#fdfcf8, #1e1e1e); --line: light-dark(#d8d5cb, #444); --good: light-dark(#0f6b3c, #6cc58f); --bad: light-dark(#a3321f, #f0907e); --mark: light-dark(#2b5c9e, #82b4f0); }
body.vscode-dark, body.vscode-high-contrast { color-scheme: dark; }
body.vscode-light, body.vscode-high-contrast-light { color-scheme: light; }
body { margin: 0; padding: 24px; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 860px; margin: 0 auto; }
h1 { font-size: 1.7em; } h2 { margin: 2em 0 0.3em; font-size: 1.25em; } h3 { margin: 0.8em 0 0.2em; font-size: 1em; }
.quiet { color: var(--quiet); font-size: 0.9em; }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(190px, 1fr)); gap: 16px; margin-top: 24px; }
.figure { padding: 12px 16px; border: 1px solid var(--line); border-radius: 6px; }
.figure h2 { margin: 0.4em 0 0.2em; font-size: 1em; } .figure p { margin: 0.3em 0; font-size: 0.9em; } .figure .value { font-size: 2em; font-weight: 600; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: 0.95em; }
th, td { padding: 3px 8px; border-bottom: 1px solid var(--line); text-align: right; font-weight: 400; }
th:first-child { min-width: 9em; text-align: left; overflow-wrap: anywhere; } td { white-space: nowrap; font-variant-numeric: tabular-nums; }
tr:first-child th { color: var(--quiet); }
.bars { width: 30%; } .bar { display: block; width: 100%; min-width: 80px; height: 10px; }
.track { fill: var(--line); } .fill { fill: var(--mark); }
svg[role] { width: 100%; } svg text { fill: var(--quiet); font-size: 12px; }
.grid { stroke: var(--line); } .curve { fill: none; stroke: var(--mark); stroke-width: 2.5; stroke-linejoin: round; } .dot { fill: var(--mark); }
ul { padding-left: 1.2em; } li { margin: 0.6em 0; overflow-wrap: anywhere; }
.passage { font-family: Georgia, serif; }
ins { color: var(--good); text-decoration: underline; } del { color: var(--bad); text-decoration: line-through; }
`;
