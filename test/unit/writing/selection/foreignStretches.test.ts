import { describe, expect, test } from 'vitest';
import { CancellationToken } from 'vscode-jsonrpc';
import { runAction } from '../../../../src/writing/selection/runAction.ts';
import type { ActionId } from '../../../../src/writing/selection/selectionAction.ts';
import { ScriptedEngine } from './scriptedEngine.ts';

async function after(action: ActionId, text: string, languageId: string, textLanguage = 'en') {
  const engine = Object.assign(new ScriptedEngine(), { knownParameters: () => 135e6 });
  const request = { action, text, languageId, textLanguage };
  const outcome = await runAction(request, engine, CancellationToken.None);
  return outcome.kind === 'proposal' ? outcome.text : text;
}

/** In each text `teh` is mended where it is not said to be in another language; there it is `TEH` in what is expected. */
const inPlace = (text: string) => [
  text.replaceAll('TEH', 'teh'),
  text.replace(/\bteh\b/gu, 'the').replaceAll('TEH', 'teh'),
];

describe('what is declared to be in another language stays', () => {
  test.each([
    ['html', '<p>This is teh end.</p>\n<p lang="de">Das TEH ist gut.</p>\n<p>It was teh end.</p>'],
    ['html', "<p>This is teh end.</p>\n<p class=x lang='fr-CA'>TEH mot.</p>"],
    ['html', '<p>This is <span lang=de>TEH Wort</span> in teh text.</p>'],
    ['html', '<div lang="de"><p>TEH eins.</p><p>TEH zwei.</p></div><p>It was teh end.</p>'],
    ['html', '<p lang="de">TEH eins.\n<p>It was teh end.'],
    ['html', '<ul><li lang="de">TEH eins<li>It was teh end</ul>'],
    ['html', '<div lang="de"><p>TEH eins.</p><p lang="en">It was teh end.</p><p>TEH zwei.</p></div>'],
    ['html', '<p lang="en">It was teh end.</p><p xml:lang="es">TEH uno.</p>'],
    ['html', '<blockquote lang="la"><p>TEH <b>fortes</b> TEH</p></blockquote><p>It was teh end.</p>'],
    ['html', '<p>See <code>&lt;p lang="de"&gt;</code> in teh text.</p>'],
    ['html', '<!-- <div lang="de"> --><p>It was teh end.</p>'],
    ['html', '<html lang="en"><body><p>It was teh end.</p><p lang="DE-at">TEH.</p></body></html>'],
    ['markdown', 'It was teh end.\n\n<p lang="de">Das TEH ist gut.</p>\n\nIt was teh start.'],
    ['markdown', '<div lang="de">\n\nDas TEH ist *TEH* gut.\n\n- TEH eins\n- TEH zwei\n\n</div>\n\nIt was teh start.'],
    ['markdown', 'He said <i lang="de">TEH Wort</i> at teh end.'],
    ['markdown', 'It was teh end with `<p lang="de">` in teh text.'],
    ['markdown', '```html\n<div lang="de">\n```\n\nIt was teh end.'],
    ['markdown', 'He said [TEH Wort]{lang=de} at teh end.'],
    [
      'markdown',
      'It was teh end.\n\n::: {lang=de}\nDas TEH ist gut.\n\n::: note\nTEH auch.\n:::\n\nTEH hier.\n:::\n\nIt was teh start.',
    ],
    ['markdown', 'It was teh end.\n\nDas TEH ist gut.\n{: lang="de"}\n\nIt was teh start.'],
    ['latex', 'It was teh end. \\foreignlanguage{german}{Das TEH ist {\\em TEH} gut.} It was teh start.'],
    [
      'latex',
      'It was teh end.\n\\begin{otherlanguage}{german}\nDas TEH ist gut.\n\nTEH auch.\n\\end{otherlanguage}\nIt was teh start.',
    ],
    ['latex', '\\begin{otherlanguage*}{french}\nTEH mot.\n\\end{otherlanguage*}\n\nIt was teh start.'],
    ['latex', 'It was \\textgerman{TEH Wort} at teh end, \\textbf{and} best.'],
    ['latex', 'It was teh end.\n\\begin{german}\nDas TEH ist gut.\n\\end{german}\nIt was teh start.'],
    ['latex', 'He wrote \\foreignquote{german}{TEH Wort} at teh end.'],
    [
      'latex',
      'It was teh end.\n\n\\selectlanguage{german}\nDas TEH ist gut.\n\n\\selectlanguage{english}\nIt was teh start.',
    ],
    ['latex', '% \\begin{otherlanguage}{german}\nIt was teh start. See \\verb|\\selectlanguage{german}| for teh rest.'],
    ['latex', '\\foreignlanguage{english}{It was teh end.} And teh start.'],
    ['restructuredtext', 'It was teh end.\n\n.. class:: language-de\n\nDas TEH ist gut.\n\nIt was teh start.'],
    [
      'restructuredtext',
      'It was teh end.\n\n.. class:: language-de\n\n   Das TEH ist gut.\n\n   TEH auch.\n\nIt was teh start.',
    ],
    ['restructuredtext', '.. role:: de\n   :class: language-de\n\nIt was :de:`TEH Wort` at teh end.'],
    ['asciidoc', 'It was teh end.\n\n[lang=de]\nDas TEH ist gut.\n\nIt was teh start.'],
    ['asciidoc', 'It was teh end.\n\n[quote,lang=de]\n____\nDas TEH ist gut.\n\nTEH auch.\n____\n\nIt was teh start.'],
    ['typst', 'It was #text(lang: "de")[TEH *Wort*] at teh end.'],
    ['typst', 'It was teh end.\n\n#set text(lang: "de")\nDas TEH ist gut.\n\n#set text(lang: "en")\nIt was teh start.'],
  ])('%s: %s', async (languageId, text) => {
    const [input, expected] = inPlace(text);
    expect(await after('fix', input!, languageId)).toBe(expected);
  });

  test('no other rewording touches it', async () => {
    const text = '<p>We do not utilize it.</p>\n<p lang="fr">We do not utilize it.</p>';
    for (const action of ['friendly', 'simplify'] as const) {
      const made = await after(action, text, 'html');
      expect(made).not.toBe(text);
      expect(made).toContain('<p lang="fr">We do not utilize it.</p>');
    }
  });

  test('in a German document what is said to be English stays, too', async () => {
    const text = 'Das ist gut , und so.\n\n<p lang="en">It was teh end , and so.</p>';
    expect(await after('fix', text, 'markdown', 'de')).toBe(
      'Das ist gut, und so.\n\n<p lang="en">It was teh end , and so.</p>',
    );
  });

  test('a form is changed in any language', async () => {
    expect(await after('numbered', '<div lang="de">\n\nEins ist alt. Zwei ist neu.\n\n</div>', 'markdown')).toContain(
      '1. Eins ist alt.\n2. Zwei ist neu.',
    );
  });
});
