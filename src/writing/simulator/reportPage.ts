import { type Html, html } from './html.ts';
import type { Interval } from './intervals.ts';
import { bar, curvePicture } from './reportPictures.ts';
import { reportStyle } from './reportStyle.ts';
import type { englishGroupNames, ReportText } from './reportTexts.ts';
import {
  type CurvePoint,
  leastForACurve,
  precisionCurve,
  type ShownExample,
  type ShownSuggestions,
} from './shownSuggestions.ts';
import type { SimulationPolicy } from './simulation.ts';
import type { GroupFigures, SimulationReport } from './simulationReport.ts';

type GroupName = keyof typeof englishGroupNames;

/** Texts and numbers in the person's language. */
export interface ReportLanguage {
  /** BCP 47 */
  readonly tag: string;
  say(text: ReportText, ...parts: readonly (string | number)[]): string;
  nameOf(group: GroupName): string;
}

export interface ReportContents {
  readonly report: SimulationReport;
  readonly shown: ShownSuggestions;
  /** the model's name, as the page tells it */
  readonly model: string;
  readonly conditions: ReportConditions;
}

/** How it was typed, where that is not the usual way. */
export interface ReportConditions {
  readonly policy: SimulationPolicy;
  readonly midLine: boolean;
  /** share of the letters that were mistyped */
  readonly slips: number;
  /** whose words were known; undefined: none were read */
  readonly ownFiles: number | undefined;
  /** of the writer's own settings, in the editor: what `showing` was */
  readonly showing?: readonly string[];
  /** that the model ran with, or that it refused */
  readonly adapter?: { readonly name: string; readonly isRefused: boolean } | undefined;
  /** the writer's suggestions come from a server, which was not asked */
  readonly hasServer?: boolean;
}

/** Beyond them files are told together. */
const mostFiles = 40;

/**
 * What a simulation found, for a writer, as one HTML document: no script, nothing loaded, light and dark. It holds passages of
 * the texts; whatever comes from files stands there as text.
 */
export function reportPage(contents: ReportContents, language: ReportLanguage): string {
  return new ReportPage(contents, language).document().source;
}

class ReportPage {
  readonly #contents: ReportContents;
  readonly #language: ReportLanguage;
  readonly #percent: (share: number | null) => string;
  readonly #count: (value: number) => string;

  constructor(contents: ReportContents, language: ReportLanguage) {
    this.#contents = contents;
    this.#language = language;
    const share = new Intl.NumberFormat(language.tag, { style: 'percent', maximumFractionDigits: 1 });
    const count = new Intl.NumberFormat(language.tag);
    this.#percent = (value) => (value === null ? '–' : share.format(value));
    this.#count = (value) => count.format(value);
  }

  document(): Html {
    const { report, model } = this.#contents;
    const say = this.#language.say;
    const [characters, files] = [this.#count(report.characters), this.#count(report.files.length)];
    const typed =
      report.files.length === 1 ? say('typedOne', characters, model) : say('typed', characters, files, model);
    return html`<!DOCTYPE html>
<html lang="${this.#language.tag}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="${reportGenerator}">
<title>${say('title')}</title>
<style>${reportStyle}</style>
</head>
<body>
<main>
<h1>${say('title')}</h1>
<p>${typed}</p>
${this.#conditions()}<p class="quiet">${say('pageIsAlone')}</p>
${this.#headline()}
${this.#curve()}
${this.#groups('byKind', report.byCaretKind)}
${this.#groups('byZone', report.byZone)}
${this.#files()}
${this.#examples()}
<section><h2>${say('how')}</h2><p>${say('howMeans')}</p></section>
</main>
</body>
</html>
`;
  }

  #conditions(): readonly Html[] {
    const { policy, midLine, slips, ownFiles, showing, adapter, hasServer } = this.#contents.conditions;
    const { say } = this.#language;
    const sentences = [
      ...(hasServer ? [say('notTheServer')] : []),
      ...(adapter ? [say(adapter.isRefused ? 'adapterRefused' : 'withAdapter', adapter.name)] : []),
      ...(showing ? [say('asSet', showing.join(', '))] : []),
      ...(ownFiles === undefined ? [] : [say('knowsOwnWords', this.#count(ownFiles))]),
      ...(policy === 'always' ? [say('isAlways')] : []),
      ...(slips > 0 ? [say('hasSlips', this.#percent(slips))] : []),
      ...(midLine ? [say('isMidLine')] : []),
    ];
    return sentences.map(
      (sentence) => html`<p>${sentence}</p>
`,
    );
  }

  #headline(): Html {
    const { report } = this.#contents;
    const { say } = this.#language;
    const count = this.#count;
    const right = Math.round((report.precisionWhenShown ?? 0) * report.shown);
    const figure = (name: ReportText, value: number | null, means: string, interval: Interval) =>
      html`<div class="figure"><h2>${say(name)}</h2><p class="value">${this.#percent(value)}</p><p>${means}</p>${
        interval ? html`<p class="quiet">${say('interval', ...interval.map(this.#percent))}</p>` : []
      }</div>
`;
    const { keystrokesSaved, netKeystrokesSaved, precisionWhenShown, wrongShow } = report.intervals;
    return html`<section class="figures">
${figure('saved', report.keystrokesSaved, say('savedMeans', count(report.keys), count(report.keysAlone)), keystrokesSaved)}${figure('net', report.netKeystrokesSaved, say('netMeans'), netKeystrokesSaved)}${figure('right', report.precisionWhenShown, say('rightMeans', count(right), count(report.shown)), precisionWhenShown)}${figure('wrong', report.wrongShow, say('wrongMeans', count(report.carets), count(report.shown - right)), wrongShow)}</section>`;
  }

  #curve(): Html {
    const { say } = this.#language;
    const points = precisionCurve(this.#contents.shown.odds, this.#contents.report.carets);
    const labels = { title: say('curve'), across: say('curveAcross'), up: say('curveUp'), percent: this.#percent };
    const picture =
      points.length === 0
        ? html`<p>${say('curveEmpty', leastForACurve)}</p>`
        : html`<p>${say('curveMeans')}</p>
${curvePicture(points, labels)}
<details><summary>${say('asNumbers')}</summary>${this.#curveTable(points)}</details>`;
    return html`<section><h2>${say('curve')}</h2>
${picture}
</section>`;
  }

  #curveTable(points: readonly CurvePoint[]): Html {
    const { say } = this.#language;
    const every = Math.max(1, Math.floor(points.length / 10));
    const told = points.filter((_, i) => i === points.length - 1 || i % every === 0);
    return html`<table><tr><th>${say('curveAcross')}</th><th>${say('curveUp')}</th></tr>
${told.map(
  ({ shown, right }) => html`<tr><td>${this.#percent(shown)}</td><td>${this.#percent(right)}</td></tr>
`,
)}</table>`;
  }

  #groups(title: 'byKind' | 'byZone', groups: Readonly<Partial<Record<GroupName, GroupFigures>>>): Html {
    const { say, nameOf } = this.#language;
    const rows = (Object.entries(groups) as [GroupName, GroupFigures][])
      .toSorted(([, a], [, b]) => (b.keystrokesSaved ?? 0) - (a.keystrokesSaved ?? 0) || b.carets - a.carets)
      .map(([name, figures]) => ({ name: html`${nameOf(name)}`, asked: figures.carets, ...figures }));
    return html`<section><h2>${say(title)}</h2>
<p>${say(`${title}Means`)}</p>
${this.#bars([say('place'), say('places')], rows)}
</section>`;
  }

  #files(): Html {
    const { say } = this.#language;
    const files = this.#contents.report.files.toSorted((a, b) => b.characters - a.characters);
    const rows = files
      .slice(0, mostFiles)
      .map((file) => ({ name: quoted(file.path), asked: file.characters, ...file }));
    const more = files.length - rows.length;
    return html`<section><h2>${say('byFile')}</h2>
<p>${say('byFileMeans')}</p>
${this.#bars([say('file'), say('characters')], rows)}
${more > 0 ? html`<p class="quiet">${say('moreFiles', this.#count(more))}</p>` : []}
</section>`;
  }

  #bars(
    [first, second]: readonly [string, string],
    rows: readonly (GroupFigures & { readonly name: Html; readonly asked: number })[],
  ): Html {
    const { say } = this.#language;
    const most = Math.max(0, ...rows.map(({ keystrokesSaved }) => keystrokesSaved ?? 0));
    return html`<div class="wide"><table>
<tr><th>${first}</th><th>${second}</th><th>${say('shown')}</th><th>${say('right')}</th><th colspan="2">${say('saved')}</th></tr>
${rows.map(
  ({ name, asked, shown, precisionWhenShown, keystrokesSaved }) =>
    html`<tr><th scope="row">${name}</th><td>${this.#count(asked)}</td><td>${this.#count(shown)}</td><td>${this.#percent(precisionWhenShown)}</td><td>${this.#percent(keystrokesSaved)}</td><td class="bars">${bar(keystrokesSaved ?? 0, most)}</td></tr>
`,
)}</table></div>`;
  }

  #examples(): Html {
    const { say } = this.#language;
    const { right, wrong } = this.#contents.shown;
    const list = (title: ReportText, examples: readonly ShownExample[]) => html`<h3>${say(title)}</h3>
${
  examples.length === 0
    ? html`<p>${say('noExamples')}</p>`
    : html`<ul>
${examples.map((example) => this.#example(example))}</ul>`
}
`;
    return html`<section><h2>${say('examples')}</h2>
<p>${say('examplesMeans')}</p>
${list('examplesRight', right)}${list('examplesWrong', wrong)}</section>`;
  }

  #example({ path, line, before, taken, rest, typed }: ShownExample): Html {
    const { say } = this.#language;
    return html`<li><bdi class="passage">…${before}${taken === '' ? [] : html`<ins>${taken}</ins>`}${
      rest === '' ? [] : html`<del>${rest}</del>`
    }</bdi>${rest === '' ? [] : html` <span class="quiet">${say('wrote')}</span> <bdi class="passage">${typed}…</bdi>`}<br><bdi class="quiet">${say('line', path, line)}</bdi></li>
`;
  }
}

const quoted = (text: string): Html => html`<bdi>${text}</bdi>`;

/** By this a file is known as a report of ours. */
export const reportGenerator = 'inkling simulate';
