import type { WrittenPage } from './blocks.ts';

const raw = String.raw;
const words = 'In order to begin, we really need to utilize the boat. It is very nice.';
/** `¶` stands for the words that may be changed. */
const page = (languageId: string, drawn: string, ...stays: readonly string[]): WrittenPage => ({
  languageId,
  text: drawn.replaceAll('¶', words),
  stays,
  words: [words],
});

/** Pages of rarer markup, written with what must stay before they were tried. */
export const longTailPages: readonly WrittenPage[] = [
  // MyST, Quarto, R Markdown, Pandoc
  page('markdown', '(a-label)=\n# Boat\n\n¶\n', '(a-label)=', '# Boat'),
  page(
    'markdown',
    '¶\n\n```{code-cell} python\n# in order to utilize it\n```\n',
    '```{code-cell} python\n# in order to utilize it\n```',
  ),
  page(
    'markdown',
    '¶\n\n```{list-table}\n* - In order to\n  - utilize\n```\n',
    '```{list-table}\n* - In order to\n  - utilize\n```',
  ),
  page('markdown', '¶\n\n```{math}\n:label: a\nx = 1\n```\n', '```{math}\n:label: a\nx = 1\n```'),
  page('markdown', ':::{figure} a.png\n:name: fig-a\n:::\n\n¶\n', ':::{figure} a.png\n:name: fig-a\n:::'),
  page('markdown', '% In order to utilize a comment\n\n¶\n', '% In order to utilize a comment'),
  page('markdown', '¶\n\n+++ {"a": "in order to"}\n\nMore.\n', '+++ {"a": "in order to"}'),
  page(
    'markdown',
    '¶\n\n```{eval-rst}\n.. note:: In order to utilize\n```\n',
    '```{eval-rst}\n.. note:: In order to utilize\n```',
  ),
  page('quarto', '---\ntitle: "In order to utilize"\n---\n\n¶\n', '---\ntitle: "In order to utilize"\n---'),
  page('quarto', '```{r}\n#| fig-cap: "In order to utilize"\nplot(x)\n```\n\n¶\n', '#| fig-cap: "In order to utilize"'),
  page('quarto', '::: {.callout-note}\n¶\n:::\n', '::: {.callout-note}', '\n:::'),
  page(
    'quarto',
    '::: {.panel-tabset}\n\n## R\n\n¶\n\n## Python\n\n```python\nx\n```\n\n:::\n',
    '## R',
    '## Python',
    '```python\nx\n```',
    '::: {.panel-tabset}',
  ),
  page('quarto', '{{< include _in-order-to.qmd >}}\n\n¶\n', '{{< include _in-order-to.qmd >}}'),
  page('rmd', '¶\n\n```{r, echo=FALSE}\n# in order to utilize it\n```\n', '# in order to utilize it'),
  page('markdown', '  Right   Left\n-------  ------\n in order utilize\n\n¶\n', ' in order utilize'),
  page(
    'markdown',
    '+--------+---------+\n| In     | utilize |\n+========+=========+\n| really | very    |\n+--------+---------+\n\n¶\n',
    '| In     | utilize |\n+========+=========+\n| really | very    |',
  ),
  page(
    'markdown',
    '-------------------------------\n Right   In order to\n-------  ----------------------\n 12      utilize the boat\n\n 13      it is very nice\n-------------------------------\n\n¶\n',
    ' 12      utilize the boat',
    ' 13      it is very nice',
  ),
  page('markdown', '~~~ {.python .numberLines}\n# in order to utilize it\n~~~\n\n¶\n', '# in order to utilize it'),
  page('markdown', ':::: {.columns}\n::: {.column}\n¶\n:::\n::::\n', ':::: {.columns}\n::: {.column}\n'),
  page('markdown', '¶\n\n```{=html}\n<p>in order to utilize</p>\n```\n', '<p>in order to utilize</p>'),
  page('markdown', '% In order\n% Anna\n% 2024\n\n¶\n', '% In order\n% Anna\n% 2024'),
  page('markdown', raw`\newcommand{\a}{in order to}` + '\n\n¶\n', raw`\newcommand{\a}{in order to}`),
  // Hugo, Jekyll, Docusaurus, Obsidian, GitHub
  page('markdown', '+++\ntitle = "In order to utilize"\n+++\n\n¶\n', 'title = "In order to utilize"'),
  page(
    'markdown',
    '{{< highlight go >}}\n// in order to utilize it\n{{< /highlight >}}\n\n¶\n',
    '// in order to utilize it',
  ),
  page(
    'markdown',
    '{{< figure src="a.png" title="In order to" >}}\n\n¶\n',
    '{{< figure src="a.png" title="In order to" >}}',
  ),
  page(
    'markdown',
    '{% highlight ruby %}\n# in order to utilize it\n{% endhighlight %}\n\n¶\n',
    '# in order to utilize it',
  ),
  page(
    'markdown',
    '{% include note.html content="In order to" %}\n\n¶\n',
    '{% include note.html content="In order to" %}',
  ),
  page('markdown', '* TOC\n{:toc}\n\n¶\n{: .lead}\n', '{:toc}', '{: .lead}'),
  page(
    'markdown',
    ':::tip[My tip]\n\n¶\n\n```js title="in order to"\nx\n```\n\n:::\n',
    ':::tip[My tip]',
    '```js title="in order to"\nx\n```',
  ),
  page('markdown', '> [!warning]+ The lid\n> ¶\n', '[!warning]+', '> [!warning]+ The lid\n'),
  page('markdown', '![[in order to.png|300]]\n\n¶\n', '[[in order to.png|300]]'),
  page('markdown', '%%\nIn order to utilize\n%%\n\n¶\n', '%%\nIn order to utilize\n%%'),
  page('markdown', '```dataview\nTABLE in order to utilize\n```\n\n¶\n', 'TABLE in order to utilize'),
  page('markdown', '¶ ^in-order-to\n', '^in-order-to'),
  page('markdown', '> [!IMPORTANT]\n> ¶\n', '> [!IMPORTANT]\n'),
  page(
    'markdown',
    '<details>\n<summary>In order to</summary>\n\n¶\n\n</details>\n',
    '<details>\n<summary>',
    '</summary>',
    '</details>',
  ),
  page(
    'markdown',
    '- item\n\n  <p align="center">\n    <img src="in order to.png">\n  </p>\n\n  ¶\n',
    '<p align="center">\n    <img src="in order to.png">\n  </p>',
  ),
  page(
    'markdown',
    '- item\n\n  | a | b |\n  |---|---|\n  | in order to | utilize |\n\n  ¶\n',
    '  | a | b |\n  |---|---|\n  | in order to | utilize |',
  ),
  page('markdown', '- item\n\n      in order to utilize\n\n  ¶\n', '      in order to utilize'),
  page('markdown', '1. item\n\n   $$\n   x\n   $$\n\n   ¶\n', '   $$\n   x\n   $$'),
  page('markdown', '```mermaid\ngraph TD; A[in order to]-->B\n```\n\n¶\n', 'graph TD; A[in order to]-->B'),
  page('markdown', '¶\n\n[a]: https://a.b "In order to"\n[^n]: A note.\n', '[a]: https://a.b "In order to"'),
  page('markdown', '*[HTML]: In order to\n\n¶\n', '*[HTML]: In order to'),
  page(
    'markdown',
    '## [1.2.0] - 2024-01-01\n\n¶\n\n[1.2.0]: https://a.b/in-order\n',
    '## [1.2.0] - 2024-01-01',
    '[1.2.0]: https://a.b/in-order',
  ),
  page('mdx', 'import A from "./in-order-to"\n\n¶\n', 'import A from "./in-order-to"'),
  page('mdx', 'export const a = {\n  b: "in order to",\n}\n\n¶\n', 'export const a = {\n  b: "in order to",\n}'),
  page('mdx', '<Tabs items={["in order to"]}>\n\n¶\n\n</Tabs>\n', '<Tabs items={["in order to"]}>', '</Tabs>'),
  page('mdx', '{/* in order to utilize */}\n\n¶\n', '{/* in order to utilize */}'),
  // LaTeX
  page(
    'latex',
    raw`\begin{frame}[fragile]{In order to}` +
      '\n¶\n' +
      raw`\begin{verbatim}` +
      '\nin order to utilize\n' +
      raw`\end{verbatim}` +
      '\n' +
      raw`\end{frame}` +
      '\n',
    'in order to utilize',
    raw`\begin{frame}[fragile]{In order to}`,
  ),
  page(
    'latex',
    '¶\n\n' +
      raw`\begin{tikzpicture}` +
      '\n' +
      raw`\node {in order to utilize};` +
      '\n' +
      raw`\end{tikzpicture}` +
      '\n',
    raw`\node {in order to utilize};`,
  ),
  page(
    'latex',
    '¶\n\n' +
      raw`\begin{algorithm}[H]` +
      '\n' +
      raw`\KwIn{in order to}` +
      '\n' +
      raw`\While{x}{utilize}` +
      '\n' +
      raw`\end{algorithm}` +
      '\n',
    raw`\KwIn{in order to}`,
  ),
  page(
    'latex',
    '¶\n\n' +
      raw`\begin{algorithmic}[1]` +
      '\n' +
      raw`\State in order to utilize` +
      '\n' +
      raw`\end{algorithmic}` +
      '\n',
    raw`\State in order to utilize`,
  ),
  page(
    'latex',
    '¶\n\n' +
      raw`\begin{lstlisting}[caption={In order to}]` +
      '\n// in order to utilize\n' +
      raw`\end{lstlisting}` +
      '\n',
    '// in order to utilize',
    raw`[caption={In order to}]`,
  ),
  page(
    'latex',
    '¶\n\n' + raw`\begin{minted}[linenos]{python}` + '\n# in order to utilize\n' + raw`\end{minted}` + '\n',
    '# in order to utilize',
  ),
  page(
    'latex',
    '¶\n\n' + raw`\begin{tabular}{ll}` + '\n' + raw`in order to & utilize \\` + '\n' + raw`\end{tabular}` + '\n',
    raw`in order to & utilize \\`,
  ),
  page(
    'latex',
    '¶\n\n' + raw`\begin{align}` + '\n' + raw`x &= \text{in order to}` + '\n' + raw`\end{align}` + '\n',
    raw`x &= \text{in order to}`,
  ),
  page(
    'latex',
    raw`\documentclass{article}` +
      '\n' +
      raw`\newglossaryentry{a}{name=a,description={in order to utilize}}` +
      '\n' +
      raw`\begin{document}` +
      '\n¶\n' +
      raw`\end{document}` +
      '\n',
    raw`description={in order to utilize}}`,
  ),
  page(
    'latex',
    raw`\section{In order to}\label{sec:in-order}` + '\n¶\n',
    raw`\section{In order to}\label{sec:in-order}`,
  ),
  page('latex', '% in order to utilize\n¶\n', '% in order to utilize'),
  page(
    'latex',
    '¶\n\n' + raw`\begin{axis}[xlabel={in order to}]` + '\n' + raw`\addplot {x};` + '\n' + raw`\end{axis}` + '\n',
    raw`\begin{axis}[xlabel={in order to}]` + '\n' + raw`\addplot {x};`,
  ),
  page(
    'latex',
    '¶\n\n' +
      raw`\begin{filecontents}{a.bib}` +
      '\n@book{a, title={In order to utilize}}\n' +
      raw`\end{filecontents}` +
      '\n',
    '@book{a, title={In order to utilize}}',
  ),
  page(
    'latex',
    '¶\n\n' +
      raw`\begin{thebibliography}{9}` +
      '\n' +
      raw`\bibitem{a} A. Smith. In order to utilize.` +
      '\n' +
      raw`\end{thebibliography}` +
      '\n',
    raw`\bibitem{a}`,
  ),
  // reStructuredText
  page('restructuredtext', '.. _in-order-to:\n\nBoat\n====\n\n¶\n', '.. _in-order-to:\n\nBoat\n===='),
  page(
    'restructuredtext',
    '¶\n\n.. code-block:: python\n   :caption: In order to\n\n   # in order to utilize\n',
    '   :caption: In order to\n\n   # in order to utilize',
  ),
  page(
    'restructuredtext',
    '¶\n\n.. list-table::\n\n   * - In order to\n     - utilize\n',
    '   * - In order to\n     - utilize',
  ),
  page(
    'restructuredtext',
    '¶\n\n+-------------+---------+\n| In order to | utilize |\n+-------------+---------+\n',
    '| In order to | utilize |',
  ),
  page(
    'restructuredtext',
    '¶\n\n===========  =======\nin order to  utilize\n===========  =======\nvery nice    really\n===========  =======\n',
    'in order to  utilize',
    'very nice    really',
  ),
  page('restructuredtext', '¶\n\n.. |a| replace:: in order to\n', '.. |a| replace:: in order to'),
  page(
    'restructuredtext',
    '¶\n\n.. toctree::\n   :caption: In order to\n\n   in-order-to\n',
    '   :caption: In order to\n\n   in-order-to',
  ),
  page('restructuredtext', '¶\n\n.. math::\n\n   x = \\text{in order to}\n', '   x = \\text{in order to}'),
  page('restructuredtext', '¶\n\n.. parsed-literal::\n\n   in order to utilize\n', '   in order to utilize'),
  page('restructuredtext', '¶ ::\n\n   in order to utilize\n', '   in order to utilize'),
  page(
    'restructuredtext',
    '.. note::\n\n   ¶\n\n   .. code-block:: c\n\n      in order to utilize\n',
    '      in order to utilize',
    '.. note::\n\n   ',
  ),
  page(
    'restructuredtext',
    '¶\n\n>>> print("in order to utilize")\nin order to utilize\n',
    '>>> print("in order to utilize")\nin order to utilize',
  ),
  page('restructuredtext', '.. in order to utilize a comment\n\n¶\n', '.. in order to utilize a comment'),
  page('restructuredtext', ':Author: In order to\n:Version: 1\n\n¶\n', ':Author: In order to'),
  page('restructuredtext', '¶\n\n.. image:: a.png\n   :alt: In order to utilize\n', '   :alt: In order to utilize'),
  page('restructuredtext', '¶\n\n.. csv-table:: Boats\n\n   "in order to", "utilize"\n', '   "in order to", "utilize"'),
  page('restructuredtext', '¶\n\n.. raw:: html\n\n   <p>in order to utilize</p>\n', '   <p>in order to utilize</p>'),
  // AsciiDoc
  page('asciidoc', '= Boat\n:description: In order to utilize\n\n¶\n', ':description: In order to utilize'),
  page('asciidoc', '¶\n\n[source,ruby]\n----\nx # in order to <1>\n----\n<1> One.\n', 'x # in order to <1>'),
  page(
    'asciidoc',
    '¶\n\n|===\n|In order to |utilize\n\na|\n* very nice\n|really\n|===\n',
    '|In order to |utilize',
    '* very nice\n|really',
  ),
  page('asciidoc', 'ifdef::in-order[]\n¶\nendif::[]\n', 'ifdef::in-order[]', 'endif::[]'),
  page('asciidoc', 'include::in-order-to.adoc[]\n\n¶\n', 'include::in-order-to.adoc[]'),
  page('asciidoc', '¶\n\n++++\n<p>in order to utilize</p>\n++++\n', '<p>in order to utilize</p>'),
  page('asciidoc', '¶\n\n[stem]\n++++\nx = "in order to"\n++++\n', 'x = "in order to"'),
  page('asciidoc', '////\nin order to utilize\n////\n\n¶\n', 'in order to utilize'),
  page('asciidoc', '[plantuml]\n....\nin order -> utilize\n....\n\n¶\n', 'in order -> utilize'),
  page('asciidoc', '[NOTE]\n====\n¶\n====\n', '[NOTE]\n====\n'),
  page('asciidoc', '* item\n+\n----\nin order to utilize\n----\n+\n¶\n', '----\nin order to utilize\n----'),
  page('asciidoc', '[verse, Author]\n____\nIn order to utilize\n____\n\n¶\n', 'In order to utilize'),
  page(
    'asciidoc',
    '[[in-order-to]]\n.In order to\nimage::in-order-to.png[In order to]\n\n¶\n',
    '[[in-order-to]]',
    'image::in-order-to.png[In order to]',
  ),
  // Typst, Org
  page('typst', '#import "in-order-to.typ": *\n\n¶\n', '#import "in-order-to.typ": *'),
  page('typst', '#let a = "in order to utilize"\n\n¶\n', '#let a = "in order to utilize"'),
  page('typst', '¶\n\n```py\n# in order to utilize\n```\n', '# in order to utilize'),
  page(
    'typst',
    '¶\n\n#figure(\n  table(columns: 2, "in order to", "utilize"),\n)\n',
    'table(columns: 2, "in order to", "utilize")',
  ),
  page('typst', '// in order to utilize\n¶\n', '// in order to utilize'),
  page('typst', '= In order to <in-order>\n\n¶\n', '= In order to <in-order>'),
  page('org', '#+OPTIONS: in order to\n\n¶\n', '#+OPTIONS: in order to'),
  page('org', '* Head\n:PROPERTIES:\n:A: in order to\n:END:\n¶\n', ':PROPERTIES:\n:A: in order to\n:END:'),
  page(
    'org',
    '¶\n\n#+begin_src sh :results output\n# in order to utilize\n#+end_src\n\n#+RESULTS:\n: in order to\n',
    '# in order to utilize',
    ': in order to',
  ),
  page(
    'org',
    '¶\n\n| in order to | utilize |\n|-------------+---------|\n| very nice   | really  |\n',
    '| in order to | utilize |',
  ),
  page(
    'org',
    '¶\n\n' + raw`\begin{align}` + '\nx &= \\text{in order to}\n' + raw`\end{align}` + '\n',
    raw`x &= \text{in order to}`,
  ),
  page('org', '# in order to utilize\n\n¶\n', '# in order to utilize'),
  // mail and other texts without markup
  page(
    'html',
    '<!-- in order to utilize -->\n<p>¶</p>\n<pre>in order to utilize</pre>\n',
    '<!-- in order to utilize -->',
    '<pre>in order to utilize</pre>',
  ),
  page('html', '<script type="application/ld+json">{"a": "in order to"}</script>\n<p>¶</p>\n', '{"a": "in order to"}'),
];
