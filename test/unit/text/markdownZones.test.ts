import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { CaretReader } from '../../../src/text/caretReader.ts';
import type { ZoneKind } from '../../../src/text/zone.ts';
import { caretOf } from '../../../src/writing/completion/caret.ts';
import { atCaret } from '../writing/support/atCaret.ts';
import { invitesProse } from './support/zoneAt.ts';

function zoneOf(drawn: string, languageId: string): ZoneKind {
  const request = atCaret(drawn, { languageId });
  return new CaretReader().zoneAt(request, request.prefix, caretOf(request), request.suffix);
}

function check(kind: 'shown' | 'silent', name: string, languageId: string, drawn: readonly string[]): void {
  describe(`${kind}: ${name}`, () => {
    test.each(drawn)('%j', (text) => {
      const zone = zoneOf(text, languageId);
      expect(`${zone}: ${invitesProse(zone) ? 'shown' : 'silent'}`).toBe(`${zone}: ${kind}`);
    });
  });
}

check('shown', 'what opens no front matter', 'markdown', [
  '---\n\n# Notes\n\nThank you |',
  '---\n\nThank you |',
  '---\nThank you |',
  '---\n***\nThank you |',
  '---\n- one |',
  '+++\nThank you |',
  '+++\n\nThank you |',
  '{Thank you |',
  '{{< toc >}}\n\nThank you |',
  '{% include a %}\n\nThank you |',
  '{: .class}\nThank you |',
  '{#one}\n\nThank you |',
  '\n---\ntitle: a\n---\nThank you |',
  'Text\n---\nThank you |',
  '----\ntitle: one\n\nThank you |',
  '---\ntitle: one\n---\nThank you |',
  '---\ntitle: one\n...\nThank you |',
  '{\n "a": 1\n}\n\nThank you |',
  '+++\na = 1\n+++\nThank you |',
  '% Title\n\nThank you |',
]);

check('silent', 'front matter', 'markdown', [
  '---\ntitle: A walk |',
  '---\n# a comment\ntitle: A walk |',
  '---\r\ntitle: A walk |',
  '\uFEFF---\ntitle: A walk |',
  '---\ntags:\n  - walks |',
  "---\n'title': A walk |",
  '---\ntitle: a\n\nsubtitle: |',
  '---|',
  '+++|',
  '+++\ntitle = "A walk |',
  '+++\n[params]\ntitle = "A walk |',
  '{\n  "title": "A walk |',
  '{\n"title": "A walk |',
  '{ "title": "A walk |',
  '{\n  "a": {\n    "title": "A walk |',
]);

check('shown', 'behind a fence whose container has ended', 'markdown', [
  '> ```\n> code\n\nThank you |',
  '> ~~~\n> code\n\nThank you |',
  '> > ```\n> > code\n\nThank you |',
  '> - ```\n>   code\n\nThank you |',
  '- item\n\n  ```\n  code\n\nThank you |',
  '- ```\n  code\n\nThank you |',
  '1. item\n\n   ```\n   code\n\nThank you |',
  '* a\n  * b\n\n    ```\n    code\n\nThank you |',
  '- ```\n  code\n- Thank you |',
  '> ```\n> code\n> ```\n> Thank you |',
  '- ```\n  code\n  ```\n  Thank you |',
  '[^1]: Note.\n\n    ```\n    code\n\nThank you |',
  '> $$\n> x\n\nThank you |',
  '- $$\n  x\n\nThank you |',
  '> <!-- note\n\nThank you |',
  '> ```\n> code\n\n# A heading |',
  '> ```\n> code\n\n- An item |',
  '- ~~~sh\n  code\n\nThank you |',
  '> [!TIP]\n> ```\n> code\n\nThank you |',
  '> ```\r\n> code\r\n\r\nThank you |',
]);

check('silent', 'in a fence', 'markdown', [
  '```\nThank you |',
  '~~~\nThank you |',
  '```js\n\nThank you |',
  '> ```\n> Thank you |',
  '- ```\n  Thank you |',
  '- item\n\n  ```\n  Thank you |',
  '````\n```\nThank you |',
  '```\n~~~\nThank you |',
  '    Thank you |',
  'Text\n\n    Thank you |',
  'Text\n\n\tThank you |',
  '- item\n\n      Thank you |',
  '```|',
  '```{r}\n# Thank you |',
  '```{code-block} python\n# Thank you |',
  ':::{code-block} python\n# Thank you |',
  '{% highlight c %}\n// Thank you |',
  '```\nThank you\n\nvery much |',
]);

check('shown', 'words with a dollar sign', 'markdown', [
  'Set $HOME to the folder |',
  'The $PATH variable holds the |',
  'Set $\x7bHOME} to the folder |',
  'It costs $5 and |',
  'It costs $5 and $6 |',
  'It costs 5$ and |',
  'Call $(pwd) and |',
  'Use $GITHUB_TOKEN as the |',
  'The formula $x$ is |',
  'The formula $x$ and $y$ are |',
  'a \\$x is |',
  'in `$x` the |',
  '$x^2$ holds |',
  'US$ are |',
  'It costs $1,000 for |',
  'The variable $name holds the name of the |',
  'Between $5 and $10 there |',
  '$$x$$ holds |',
  '- Set $HOME to |',
  '> Set $HOME to |',
]);

check('silent', 'a formula', 'markdown', [
  'where $x + |',
  'where $x|',
  'where $\\alpha |',
  'where $x_{1}|',
  'where $x$ and $y + |',
  '$$\nx + |',
  '$$\nx\n\ny + |',
  '$$ x + |',
  'where $$x + |',
  '> $$\n> x + |',
  '- $$\n  x + |',
  '\\[\nx + |',
  '\\begin{align}\nx &= |',
  'where $f(x) = |',
  'where $(a) + |'.replace('(a)', 'a'),
]);

check('shown', 'paragraphs of list items, notes and definitions', 'markdown', [
  '1.  Open the page.\n\n    Thank you |',
  '- Open the page.\n\n    Thank you |',
  '- Open the page.\n\n  Thank you |',
  '- Open the page.\n\n\tThank you |',
  '* Open the page.\n\n  Thank you |',
  '10. Open the page.\n\n    Thank you |',
  '- One\n    - Two\n\n        Thank you |',
  '- One\n  - Two\n\n    Thank you |',
  '- One\n\n    - Two |',
  '- [ ] One\n\n  Thank you |',
  'Term\n\n:   The definition.\n\n    Thank you |',
  'Term\n:   The definition.\n\n    Thank you |',
  'Term\n: Thank you |',
  '[^1]: The note.\n\n    Thank you |',
  '[^1]: Thank you |',
  '[^note]: One\n    Thank you |',
  '!!! note\n\n    Thank you |',
  '!!! note "Title"\n    Thank you |',
  '??? tip\n    One.\n\n    Thank you |',
  '> - One\n>\n>   Thank you |',
  '1. One\n\n   > Thank you |',
  '- One\n\n\n  Thank you |',
]);

check('shown', 'directives with prose', 'markdown', [
  '```{note}\nThank you |',
  '```{warning} Title\nThank you |',
  '````{tip}\n```\ncode\n```\nThank you |',
  '```{admonition} Title\n:class: tip\nThank you |',
  '```{note}\nText\n```\nThank you |',
  ':::{note}\nThank you |',
  ':::note\nThank you |',
  '::: {.callout-tip}\nThank you |',
  ':::: {.columns}\n::: {.column}\nThank you |',
  '::: {.column}\nText\n:::\nThank you |',
  ':::tip Title\n\nThank you |',
  '~~~{note}\nThank you |',
  '- ```{note}\n  Thank you |',
  '```{note}\n- Thank you |',
  '{{% notice %}}\nThank you |',
  '{{< callout >}}\nThank you\n{{< /callout >}}\nThank you |',
  '```{dropdown} More\nThank you |',
  '```{versionadded} 1.2\nThank you |',
  '```{seealso}\nThank you |',
  '```{prf:theorem}\nThank you |',
]);

check('silent', 'links, wiki links, citations, tags and templates', 'markdown', [
  'See [[Project no|',
  'See [[Project notes#The |',
  'See ![[ima|',
  '- See [[Project |',
  'See [my link](./my docu|',
  'See [my link](my docu|',
  'See [my link](<my docu|',
  'See [my link](a.md "The ti|',
  'See ![my image](./my pic|',
  'See [a](b) and [c](./d e|',
  'See [text][my re|',
  'See [text][|',
  '[ref]: ./my|',
  '[ref]: htt|',
  'See [^no|',
  'as [@smi|',
  'as [@smith; @do|',
  'as @smi|',
  'See <https://a.b/|',
  'See https://a.b/c|',
  'mail a@b.o|',
  '<a href="|',
  '<img src="a b|',
  'the <span class="a" id="|',
  'the {{< ref |',
  'the {% in|',
  'the {{ na|',
  '<div class="|',
  'see {ref}`the|',
]);

check('shown', 'words behind links, tags and the like', 'markdown', [
  'It holds for all x <y and z. Thank you |',
  'It holds for all x < y and |',
  'a <b and c |',
  'if n<m then |',
  'See [[Project notes]] and |',
  'See [[Project|the notes ‖',
  'See [my link](a.md) and |',
  'See [my link](<a b.md>) and |',
  'See [my li|',
  'a [ that nobody closes and |',
  'See [text][ref] and |',
  'See [^1] and |',
  'as [@smith] says |',
  'as @smith says |',
  '<span>The |',
  'the <b>bold</b> word |',
  'the {{ name }} is |',
  '<br>\nThank you |'.replace('<br>\n', 'a<br>\n'),
  'an e-mail (see below) and |',
  'a `code` span and |',
  'this & that |',
  'AT&T is |',
  '*emphasis that goes |',
  '<!-- a note --> and |'.replace('<!--', 'Text <!--'),
]);

check('shown', 'MDX', 'mdx', [
  'import A from "a"\n\nThank you |',
  '<A>\n\nThank you |',
  '<A>\n  Thank you |',
  '    Thank you |',
  '<A b={c} /> Thank you |',
]);
check('silent', 'MDX', 'mdx', ['import A from "|', 'export const a = {\n  b: |', '<A b="|', '<A\n  b={|']);

test('the given cases of Markdown', () => {
  const file = readFileSync('test/unit/text/support/caretCases.jsonl', 'utf8');
  for (const line of file.trim().split('\n')) {
    const { prefix, languageId, expect: kind } = JSON.parse(line);
    expect(`${prefix.slice(-80)}: ${invitesProse(zoneOf(`${prefix}‖`, languageId))}`).toBe(
      `${prefix.slice(-80)}: ${kind === 'shown'}`,
    );
  }
});
