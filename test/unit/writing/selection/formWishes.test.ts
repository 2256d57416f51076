import { describe, expect, test } from 'vitest';
import { CancellationToken } from 'vscode-jsonrpc';
import { contradictsItself, unmetWish } from '../../../../src/writing/selection/checks/wishes.ts';
import { noteText } from '../../../../src/writing/selection/notes.ts';
import { runAction } from '../../../../src/writing/selection/runAction.ts';
import { ScriptedEngine } from './scriptedEngine.ts';

/** A wish about form asks for all of the text in another form: what the model leaves out, doubles or makes up is refused. */
const steps = 'Open the door. Go in, but do not run. Then look left and right for 10 seconds. Leave by 5 pm.';
const tools = '- Hammer: 3 pieces\n- Saw: 1 piece, rusty\n- Nails: 200 pieces';
const han = '先打开门。不要跑。看左边和右边。五点离开。';

const check = (wish: string, source: string, result: string) => {
  const found = unmetWish(wish, source, result);
  return found && noteText(found);
};

describe('an answer that does what was asked passes', () => {
  test.each([
    [
      'As a numbered list',
      steps,
      '1. Open the door.\n2. Go in, but do not run.\n3. Then look left and right for 10 seconds.\n4. Leave by 5 pm.',
    ],
    [
      'As a numbered list',
      steps,
      '1. Open the door\n2. Go in, but do not run\n3. Look left and right for 10 seconds\n4. Leave by 5 pm',
    ],
    ['a numbered list, please', steps, `Steps:\n\n1. ${steps.replaceAll(/\. (?=\p{Lu})/gu, '.\n1. ')}`.slice(8)],
    ['Please write it as a bullet list.', steps, `- ${steps.replaceAll(/\. (?=\p{Lu})/gu, '.\n- ')}`],
    [
      'bullet points without losing anything',
      steps,
      '* **Open the door.**\n* Go in, but do not run.\n* Look left and right for 10 seconds.\n* Leave by 5 pm.',
    ],
    [
      'Can you turn this into a checklist?',
      steps,
      '- [ ] Open the door.\n- [ ] Go in, but do not run.\n- [ ] Look left and right for 10 seconds.\n- [ ] Leave by 5 pm.',
    ],
    [
      'As a table',
      tools,
      '| Tool | Pieces | Note |\n|---|---|---|\n| Hammer | 3 pieces | |\n| Saw | 1 piece | rusty |\n| Nails | 200 pieces | |',
    ],
    ['Turn the list into one paragraph.', tools, 'Hammer: 3 pieces; saw: 1 piece, rusty; and nails: 200 pieces.'],
    ['in one paragraph', steps.replaceAll('. ', '.\n\n'), steps],
    ['Each sentence on a new line', steps, steps.replaceAll(/\. (?=\p{Lu})/gu, '.\n')],
    ['Make it bold', steps, `**${steps}**`],
    ['in capital letters', steps, steps.toUpperCase()],
    ['as a quote', steps, `> ${steps}`],
    ['sort it alphabetically', 'pear\napple\nfig', 'apple\nfig\npear'],
    ['请改成编号列表', han, '1. 先打开门。\n2. 不要跑。\n3. 看左边和右边。\n4. 五点离开。'],
    ['Bitte als nummerierte Liste', 'Geh los. Komm an.', '1. Geh los.\n2. Komm an.'],
    [
      'in two sentences',
      steps,
      'Open the door and go in without running. Look left and right for 10 seconds and leave by 5 pm.',
    ],
    ['Make it shorter.', steps, 'Open the door, look left and right, leave by 5 pm.'],
    ['as a numbered list of the dangers', steps, '1. Running\n2. Not looking'],
    ['as a list in German', steps, '- Öffne die Tür\n- Geh'],
  ])('%s: %#', (wish, source, result) => expect(check(wish, source, result)).toBeUndefined());
});

describe('an answer that loses, doubles or invents is refused', () => {
  test.each([
    // lost
    ['As a numbered list', steps, '1. Open the door.\n2. Look left and right for 10 seconds.\n3. Leave by 5 pm.'],
    [
      'As a numbered list',
      steps,
      '1. Open the door.\n2. Go in.\n3. Look left and right for 10 seconds.\n4. Leave by 5 pm.',
    ],
    ['As a numbered list', steps, '1. Door\n2. In\n3. Left and right\n4. 5 pm'],
    [
      'as bullets',
      steps,
      '- Open the door.\n- Go in, but do run.\n- Look left and right for 10 seconds.\n- Leave by 5 pm.',
    ],
    ['as bullets', steps, '- Open the door.\n- Go in, but do not run.\n- Look left and right.\n- Leave by 5 pm.'],
    ['Format as a markdown list', steps, '- Open the door.\n- Go in.'],
    ['as a checklist', steps, '- [ ] Open the door\n- [x] Leave by 5 pm'],
    ['As a table', tools, '| Tool | Pieces |\n|---|---|\n| Hammer | 3 |\n| Saw | 1 |\n| Nails | 200 |'],
    ['as a table', tools, '| Tool | Pieces |\n|---|---|\n| Hammer | 3 pieces |\n| Nails | 200 pieces |'],
    ['in one paragraph', steps.replaceAll('. ', '.\n\n'), 'Open the door. Go in, but do not run. Leave by 5 pm.'],
    ['put it in bold', steps, '**Open the door.** Go in. **Leave by 5 pm.**'],
    ['in upper case', steps, 'OPEN THE DOOR. LEAVE BY 5 PM.'],
    ['请改成编号列表', han, '1. 先打开门。\n2. 看左边和右边。\n3. 五点离开。'],
    ['Bitte als Liste', 'Geh los. Komm nicht an.', '- Geh los.\n- Komm an.'],
    ['sort it alphabetically', 'pear\napple\nfig', 'apple\nfig'],
    ['as a quote', steps, '> Open the door.'],
    ['in five sentences', steps, 'A door is there. It is open. We see it. It is fine. We leave.'],
    // doubled
    [
      'As a numbered list',
      steps,
      '1. Open the door.\n2. Open the door.\n3. Go in, but do not run.\n4. Look left and right for 10 seconds.\n5. Leave by 5 pm.',
    ],
    ['as a list', 'Eat well. Sleep well.', '- Eat well.\n- Sleep well.\n- Sleep well.'],
    [
      'as a table',
      tools,
      `| Tool | Pieces |\n|---|---|\n${'| Hammer | 3 pieces |\n'.repeat(2)}| Saw | 1 piece, rusty |\n| Nails | 200 pieces |`,
    ],
    ['in one paragraph', 'Eat.\n\nSleep.', 'Eat. Sleep. Eat.'],
    ['bold', 'Eat. Sleep.', '**Eat. Sleep.** Eat. Sleep.'],
    // made up
    ['As a numbered list', 'Eat well. Sleep well.', '1. Eat well.\n2. Sleep well.\n3. Drink water.'],
    ['as bullet points', 'Eat well. Sleep well.', '- **Food**: Eat well.\n- **Rest**: Sleep well for 8 hours.'],
    [
      'as a table',
      tools,
      '| Tool | Pieces | Price |\n|---|---|---|\n| Hammer | 3 pieces | $12 |\n| Saw | 1 piece, rusty | $9 |\n| Nails | 200 pieces | $1 |',
    ],
    ['in one paragraph', 'Eat.\n\nSleep.', 'Eat. Sleep. Be happy.'],
    ['one sentence per line', 'Eat. Sleep.', 'Eat.\nSleep.\nGood luck!'],
    ['make it two sentences', steps, 'Wait for 30 minutes by the door. Leave by 5 pm.'],
    ['shorter', steps, 'Visitors receive tickets, drinks and a friendly welcome.'],
    ['at most 20 words', steps, 'Entrance rules: knock, wait, smile, pay 25 euros, and leave by 5 pm.'],
    // another order, another form
    ['As a numbered list', 'Eat well. Sleep now.', '1. Sleep now.\n2. Eat well.'],
    ['As a numbered list', 'Eat. Sleep. Go.', '1. Eat.\n3. Sleep.\n2. Go.'],
    ['As a numbered list', 'Eat. Sleep. Go.', '1. Eat.\n2. Sleep.\n\nGo.'],
    ['as a table', 'Eat: well\nSleep: long', '- Eat: well\n- Sleep: long'],
    ['in two paragraphs', 'Eat. Sleep.', 'Eat. Sleep.'],
    ['in one paragraph', '- Eat\n- Sleep', '- Eat\n- Sleep'],
    ['in italics', 'Eat.', 'Eat.'],
    ['in lower case', 'Eat.', 'EAT.'],
  ])('%s: %#', (wish, source, result) => expect(check(wish, source, result)).toBeDefined());
});

test.each([
  ['As a list in one paragraph', true],
  ['as a table, as a numbered list', true],
  ['in capital letters and in small letters', true],
  ['each sentence on its own line, in one paragraph', true],
  ['Turn the list into one paragraph', false],
  ['Turn the bullet points into a table', false],
  ['Turn the table into a list', false],
  ['as a list or as a table', false],
  ['first a table, then one paragraph about it', false],
  ['a bold list', false],
])('%s contradicts itself: %s', (wish, expected) => expect(contradictsItself(wish)).toBe(expected));

test('the model is told what it left out, and the text stays when it leaves it out again', async () => {
  const short = '1. Open the door.\n2. Leave by 5 pm.';
  const engine = new ScriptedEngine({ parameters: 8e9, write: () => short });
  const request = { action: 'custom', text: steps, languageId: 'markdown', instruction: 'As a numbered list' } as const;
  const outcome = await runAction(request, engine, CancellationToken.None);
  expect(outcome).toMatchObject({ kind: 'none', detail: expect.stringContaining('it leaves out: go, in, but, do') });
  expect(engine.conversations[1]!.at(-1)!.content).toContain('it leaves out: go, in, but, do');
});
