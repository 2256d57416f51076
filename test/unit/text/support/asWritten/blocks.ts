/** A page of which `stays` must not be touched by any action (each a line or more), and of which `words` are a person's. */
export interface WrittenPage {
  readonly languageId: string;
  readonly text: string;
  readonly stays: readonly string[];
  readonly words: readonly string[];
}

const raw = String.raw;
const page = (languageId: string, text: string, stays: readonly string[], words: readonly string[]): WrittenPage => ({
  languageId,
  text,
  stays,
  words,
});

export const writtenPages: readonly WrittenPage[] = [
  page(
    'markdown',
    '# Boat\n\n[![npm](https://img.shields.io/npm/v/boat.svg)](https://www.npmjs.com/package/boat)\n[![ci](https://ci/x.svg)](https://ci)\n\nBoat reads the tide tables.\n\n## Install\n\n```console\n$ npm install boat\n```\n',
    ['[![npm](https://img.shields.io/npm/v/boat.svg)](https://www.npmjs.com/package/boat)', '$ npm install boat'],
    ['Boat reads the tide tables.'],
  ),
  page(
    'markdown',
    '1. Install it:\n\n   ```sh\n   make\n   ```\n\n2. Run it.\n\n       ./boat --help\n\n   It waits.\n',
    ['   make', './boat --help'],
    ['Install it:', 'Run it.', 'It waits.'],
  ),
  page(
    'markdown',
    'Text above.\n\n<div class="note">\n\nThe words within the element.\n\n</div>\n\n<img src="a.png" width="300">\n',
    ['<div class="note">', '</div>', '<img src="a.png" width="300">'],
    ['Text above.', 'The words within the element.'],
  ),
  page(
    'markdown',
    '| Name | What |\n|:-----|-----:|\n| keel | wood |\n\nBelow the table.\n\n[a]: https://a.example "A"\n[^1]: A note.\n',
    ['|:-----|-----:|', '| keel | wood |', '[a]: https://a.example "A"'],
    ['Below the table.', 'A note.'],
  ),
  page(
    'markdown',
    '---\ntitle: Boats\ntags:\n  - sea\n---\n\nWords.\n\n---\n\nMore words.\n',
    ['title: Boats', '  - sea'],
    ['Words.', 'More words.'],
  ),
  page(
    'markdown',
    '> [!WARNING]\n> The key is shown once.\n>\n> ```sh\n> make key\n> ```\n',
    ['[!WARNING]', '> make key'],
    ['The key is shown once.'],
  ),
  page(
    'markdown',
    '````{tab-set}\n```{tab-item} Linux\nOpen a terminal.\n```\n```{tab-item} macOS\nOpen the app.\n```\n````\n',
    ['````{tab-set}', '```{tab-item} Linux'],
    ['Open a terminal.', 'Open the app.'],
  ),
  page(
    'markdown',
    '```{code-cell}\n:tags: [a]\nx = 1\n```\n\n(target)=\n\nSee {ref}`target`.\n\n% a comment of MyST\n\n+++\n\nThe next cell.\n',
    [':tags: [a]', 'x = 1', '(target)='],
    ['The next cell.'],
  ),
  page(
    'markdown',
    'The sum is\n\n$$\n\\sum_i x_i\n$$\n\nand it is $n$ long.\n\n\\begin{align}\na &= b\n\\end{align}\n',
    [raw`\sum_i x_i`, 'a &= b', raw`\begin{align}`],
    ['The sum is'],
  ),
  page(
    'markdown',
    '{% highlight ruby %}\nputs "The boat"\n{% endhighlight %}\n\nThe words below.\n\n{% include a.html %}\n\n![Boat](a.png){: .wide }\n',
    ['puts "The boat"', '{% include a.html %}', '{% highlight ruby %}'],
    ['The words below.'],
  ),
  page(
    'markdown',
    '{{< tabs >}}\n{{% tab "Linux" %}}\nOpen a terminal.\n{{% /tab %}}\n{{< /tabs >}}\n\n{{< youtube w7Ft2ymGmfc >}}\n',
    ['{{< tabs >}}', '{{% tab "Linux" %}}', '{{< youtube w7Ft2ymGmfc >}}'],
    ['Open a terminal.'],
  ),
  page(
    'markdown',
    'Notes of the day\n================\n\nWe met at noon.\n\nNext\n----\n\n* * *\n\nThe end.\n',
    ['================', '----', '* * *'],
    ['We met at noon.', 'The end.'],
  ),
  page(
    'markdown',
    '<details>\n<summary>More</summary>\n\n- one\n- two\n\n<pre><code>make all\n\nmake test\n</code></pre>\n\n</details>\n',
    ['make all', 'make test', '<details>'],
    ['one', 'two'],
  ),
  page(
    'markdown',
    'See [[Boats|the boats]] and ![[boat.png]].\n\nA thought. ^id-1\n\n```tasks\nnot done\n```\n\n- [ ] Ask. 📅 2024-01-01\n',
    ['not done', '- [ ] '],
    ['A thought.', 'Ask.'],
  ),
  page(
    'markdown',
    'Keel\n: The long piece of wood.\n\n    ```sh\n    make keel\n    ```\n\nRudder\n: It steers.\n',
    ['make keel'],
    ['The long piece of wood.', 'It steers.'],
  ),
  page(
    'markdown',
    '<!-- prettier-ignore-start -->\n| a | b |\n|---|---|\n<!-- prettier-ignore-end -->\n\nWords.\n\n<!-- markdownlint-disable -->\n',
    ['<!-- prettier-ignore-start -->', '| a | b |', '<!-- markdownlint-disable -->'],
    ['Words.'],
  ),
  page(
    'markdown',
    '- one\n\n      code in an item\n\n- two\n\n  | a | b |\n  |---|---|\n  | 1 | 2 |\n',
    ['      code in an item', '  | 1 | 2 |'],
    ['one', 'two'],
  ),
  page(
    'markdown',
    '第一章\n\n```python\n# 这是注释。\n```\n\n船很大。它在港口里。\n\n| 名 | 义 |\n|---|---|\n| 龙骨 | 木头。 |\n',
    ['# 这是注释。', '|---|---|'],
    ['船很大。它在港口里。'],
  ),
  page(
    'quarto',
    '---\ntitle: Tides\n---\n\n```{r}\n#| fig-cap: "The tide."\nplot(x)\n```\n\n::: {.callout-note}\nThe words of the note.\n:::\n\n{{< pagebreak >}}\n',
    ['#| fig-cap: "The tide."', 'plot(x)', '::: {.callout-note}', '{{< pagebreak >}}', 'title: Tides'],
    ['The words of the note.'],
  ),
  page(
    'quarto',
    'The mean is `r mean(x)`. See @fig-a.\n\n: The caption of a table {#tbl-a}\n\n| a |\n|---|\n| 1 |\n\n[^1]: A note.\n',
    ['| 1 |'],
    ['A note.'],
  ),
  page(
    'rmd',
    '```{r setup, include=FALSE}\nknitr::opts_chunk$set(echo = TRUE)\n```\n\n## R Markdown\n\nThis is a document.\n\n\\newpage\n',
    ['knitr::opts_chunk$set(echo = TRUE)', raw`\newpage`],
    ['This is a document.'],
  ),
  page(
    'mdx',
    "import A from './a'\nimport B from './b'\n\nexport const meta = {\n  title: 'Hello there. It is late.',\n}\n\n# Hello\n\nWords of the page.\n\n<A prop={1} />\n\n<B>\n  The words in it.\n</B>\n",
    ["import A from './a'", "  title: 'Hello there. It is late.',", '<A prop={1} />', '<B>'],
    ['Words of the page.', 'The words in it.'],
  ),
  page(
    'mdx',
    '{/* A comment. It is long. */}\n\nWords.\n\n{items.map((x) => (\n  <li key={x}>{x}. Then</li>\n))}\n\nMore words.\n',
    ['<li key={x}>{x}. Then</li>'],
    ['Words.', 'More words.'],
  ),
  page(
    'html',
    '<!DOCTYPE html>\n<html>\n<head>\n<meta charset="utf-8">\n<script>\nvar s = "Hello. You.";\n</script>\n<style>\np { color: red }\n</style>\n</head>\n<body>\n<p>The words of the page.</p>\n<pre>\nThe lines. They stay.\n</pre>\n<ul>\n<li>One item\n<li>Another one\n</ul>\n</body>\n</html>\n',
    ['var s = "Hello. You.";', 'p { color: red }', 'The lines. They stay.', '<meta charset="utf-8">'],
    ['The words of the page.', 'One item', 'Another one'],
  ),
  page(
    'html',
    '<p>One.</p>\n<!-- a comment --!>\n<p>Two.</p>\n<textarea>\nThe lines. They stay.\n</textarea>\n<svg><text>Label. Two.</text></svg>\n',
    ['a comment', 'The lines. They stay.'],
    ['One.', 'Two.'],
  ),
  page(
    'html',
    '{% extends "base.html" %}\n{% block content %}\n<p>The words of the page.</p>\n{% for x in list %}\n<li>{{ x.name }} is here.</li>\n{% endfor %}\n{% endblock %}\n',
    ['{% extends "base.html" %}', '{% for x in list %}'],
    ['The words of the page.'],
  ),
  page(
    'latex',
    '\\documentclass{article}\n\\usepackage{a}\n\\begin{document}\n\\maketitle\n\\section{Boats}\nThe words of the page.\n\\begin{equation}\n  E = mc^2\n\\end{equation}\n\\begin{lstlisting}\nfor x. Do y.\n\\end{lstlisting}\n\\begin{figure}[ht]\n  \\centering\n  \\includegraphics{a}\n  \\caption{The boat at sea.}\n  \\label{fig:a}\n\\end{figure}\n\\end{document}\n',
    [
      raw`\documentclass{article}`,
      'E = mc^2',
      'for x. Do y.',
      raw`\includegraphics{a}`,
      raw`\label{fig:a}`,
      raw`\centering`,
    ],
    ['The words of the page.', 'The boat at sea.'],
  ),
  page(
    'latex',
    '\\begin{itemize}\n  \\item One thing.\n  \\item Another thing.\n\\end{itemize}\n\n\\begin{tabular}{ll}\na & b \\\\\n\\hline\n\\end{tabular}\n\n% a comment. It stays.\nWords. % and a remark\n',
    ['a & b', raw`\hline`, 'a comment. It stays.', '% and a remark'],
    ['One thing.', 'Another thing.', 'Words.'],
  ),
  page(
    'latex',
    '\\newcommand{\\boat}{the boat. It is}\n\\tikzset{a/.style={b}}\n\\begin{tikzpicture}\n\\draw (0,0) -- (1,1) node {A. B};\n\\end{tikzpicture}\n\nThe words below.\n\n\\[ x = 1 \\]\n',
    [raw`\tikzset{a/.style={b}}`, 'node {A. B}', raw`\[ x = 1 \]`],
    ['The words below.'],
  ),
  page(
    'restructuredtext',
    'Boats\n=====\n\n.. image:: a.png\n   :alt: A boat. It is.\n\nThe words of the page::\n\n    make all. Then test.\n\n.. note::\n\n   The words of the note.\n\n.. code-block:: sh\n\n   make test. Now.\n\n+---+---+\n| a | b |\n+---+---+\n\n>>> sail(). Then\n',
    [
      '=====',
      '.. image:: a.png',
      ':alt: A boat. It is.',
      'make all. Then test.',
      'make test. Now.',
      '| a | b |',
      '>>> sail(). Then',
    ],
    ['The words of the page', 'The words of the note.'],
  ),
  page(
    'restructuredtext',
    ':Author: Ada\n:Date: 2024\n\n.. _sails:\n\n.. |x| replace:: y\n\nThe words below.\n\n=====  =====\nA      B\n=====  =====\none.   two.\n=====  =====\n\n.. autofunction:: a.b\n   :noindex:\n',
    [':Date: 2024', '.. _sails:', '.. |x| replace:: y', 'one.   two.', '.. autofunction:: a.b', ':noindex:'],
    ['The words below.'],
  ),
  page(
    'restructuredtext',
    '.. tip:: Short words.\n\n.. list-table:: Prices\n   :header-rows: 1\n\n   * - Name\n     - Price. It is.\n\n.. raw:: html\n\n   <p>Hello. You.</p>\n\n- One item.\n\n  Its second paragraph.\n',
    [':header-rows: 1', '<p>Hello. You.</p>'],
    ['Short words.', 'One item.', 'Its second paragraph.'],
  ),
  page(
    'asciidoc',
    '= Boats\nAda <a@b.example>\n:toc:\n:icons: font\n\nThe words of the page.\n\n[source,sh]\n----\nmake all. Then test.\n----\n\n|===\n|A |B. C\n|===\n\nimage::a.png[]\n\n****\nA sidebar.\n****\n',
    [':toc:', '[source,sh]', 'make all. Then test.', '|A |B. C', 'image::a.png[]'],
    ['The words of the page.', 'A sidebar.'],
  ),
  page(
    'asciidoc',
    '. One step.\n+\n[source,sh]\n----\nmake. Now.\n----\n+\nIts second paragraph.\n. Two steps.\n\nCPU:: The part that works.\n\n ls -l. Here\n\n////\nA comment. It stays.\n////\n',
    ['make. Now.', ' ls -l. Here', 'A comment. It stays.'],
    ['One step.', 'Its second paragraph.', 'Two steps.', 'The part that works.'],
  ),
  page(
    'asciidoc',
    'ifdef::a[]\nThe words of it.\nendif::[]\n\ninclude::b.adoc[]\n\n[NOTE]\n====\nThe note.\n\n....\nliteral. Text.\n....\n====\n\ntoc::[]\n',
    ['ifdef::a[]', 'endif::[]', 'include::b.adoc[]', 'literal. Text.', 'toc::[]'],
    ['The words of it.', 'The note.'],
  ),
  page(
    'typst',
    '#import "a.typ": *\n#set page(margin: 1cm)\n\n= Boats\n\nThe words of the page.\n\n#figure(\n  image("a.png"),\n  caption: [The boat at sea.],\n) <fig-a>\n\n$ x = 1 $\n\n```sh\nmake. Now.\n```\n\n#let f(x) = {\n  x. len()\n}\n',
    ['#import "a.typ": *', '#set page(margin: 1cm)', 'image("a.png")', '$ x = 1 $', 'make. Now.', 'x. len()'],
    ['The words of the page.', 'The boat at sea.'],
  ),
  page(
    'typst',
    '- One item\n+ Step one\n/ Keel: The long piece.\n\n#table(columns: 2, [A.], [B.])\n\n// A comment. It stays.\n#show: doc => conf(doc)\n\nWords.\n',
    ['A comment. It stays.', '#show: doc => conf(doc)', '#table(columns: 2,'],
    ['One item', 'Step one', 'The long piece.', 'Words.'],
  ),
  page(
    'org',
    '#+TITLE: Boats\n#+OPTIONS: toc:nil\n* Boats                 :sea:\n:PROPERTIES:\n:ID: a. b\n:END:\n\nThe words of the page.\n\n#+begin_src sh\nmake. Now.\n#+end_src\n\n#+RESULTS:\n: done. Now\n\n| A | B. C |\n|---+------|\n\n- One item.\n  Its second line.\n',
    ['#+OPTIONS: toc:nil', ':ID: a. b', 'make. Now.', ': done. Now', '| A | B. C |'],
    ['The words of the page.', 'One item.'],
  ),
  page(
    'org',
    '* TODO Sails\nSCHEDULED: <2024-01-01 Mon>\n:LOGBOOK:\n- Note taken. Then.\n:END:\nThe words below.\n\n#+begin_export latex\n\\newpage. Now\n#+end_export\n\n[fn:1] The note.\n\n\\begin{equation}\nx. y\n\\end{equation}\n\n# A comment. It stays.\n',
    ['SCHEDULED: <2024-01-01 Mon>', 'Note taken. Then.', raw`\newpage. Now`, 'x. y', 'A comment. It stays.'],
    ['The words below.', 'The note.'],
  ),
  page(
    'org',
    '#+begin_quote\nThe sea. It is.\n#+end_quote\n\n#+begin_verse\nA line.\nAnother.\n#+end_verse\n\n#+begin_comment\nLeft. Out.\n#+end_comment\n\n#+ATTR_HTML: :width 100\n#+CAPTION: A boat\n[[./a.png]]\n\n-----\n\nWords.\n',
    ['Left. Out.', '#+ATTR_HTML: :width 100', '[[./a.png]]', '-----'],
    ['Words.', 'The sea. It is.'],
  ),
  page(
    'plaintext',
    'Dear Ada,\n\nthank you for the letter. It came late.\n\n  - one\n  - two\n\nYours\n-- \nBob\n',
    [],
    ['thank you for the letter. It came late.'],
  ),
  page(
    'python',
    'x = "A. B"  # The name. It stays.\n\ndef f():\n    """Do it. Then rest."""\n    return 1\n',
    ['x = "A. B"', 'return 1'],
    [],
  ),
  page(
    'git-commit',
    'Mend the boat\n\nThe keel was broken. It is new.\n\nSigned-off-by: Ada <a@b.example>\n# Please enter the commit message for your changes. Lines starting\n# with # will be ignored.\n',
    ['Signed-off-by: Ada <a@b.example>', '# with # will be ignored.'],
    ['The keel was broken. It is new.'],
  ),
];
