import { expect, test } from 'vitest';
import { CancellationToken } from 'vscode-jsonrpc';
import { runAction } from '../../../../src/writing/selection/runAction.ts';
import type { ActionId } from '../../../../src/writing/selection/selectionAction.ts';
import { ScriptedEngine } from './scriptedEngine.ts';

/** What rules make of a text; the text itself where they leave it. */
async function byRules(action: ActionId, text: string, textLanguage?: string): Promise<string> {
  const request = {
    action,
    text,
    languageId: 'markdown',
    way: 'rules',
    ...(textLanguage && { textLanguage }),
  } as const;
  const outcome = await runAction(request, new ScriptedEngine(), CancellationToken.None);
  return outcome.kind === 'proposal' ? outcome.text : text;
}

/** Each holds what is a mistake in English, and none in the language that it is in. */
const foreign: readonly (readonly [language: string, text: string])[] = [
  ['pl', 'Ten plik to jest a nie ten, a i on jest w tym folderze od rana.'],
  ['sv', 'Det är en adress som man kan skriva till, och den är inte hemlig alls.'],
  ['da', 'Man kan finde en beskrivelse i bogen, og den er ikke lang at læse.'],
  ['no', 'Det er en enkel måte å gjøre det på, og i dag gjør vi det igjen.'],
  ['fi', 'Tämä on osoite, johon voi kirjoittaa, eikä se ole mikään salaisuus.'],
  ['hu', 'Ez a fájl az a fájl, amit tegnap a kollégám i küldött nekem a levelében.'],
  ['ro', 'Acesta este un fișier pe care i l-am trimis ieri, și a ajuns la timp.'],
  ['cs', 'Tento soubor je a zůstane tady, a i ten druhý je ve složce od rána.'],
  ['tr', 'Bu dosya dün sabah gönderildi ve o zamandan beri klasörde duruyor.'],
  ['ca', 'Aquest és el fitxer que i la meva companya em va enviar ahir al matí.'],
  ['hr', 'Ova datoteka je i ostaje ovdje, a i ona druga je u mapi od jutra.'],
  ['vi', 'Tôi đã gửi cho anh ấy một bức thư, i anh ấy sẽ trả lời vào ngày mai.'],
];

test.each(foreign)('rules for English leave %s alone: %s', async (_, text) => {
  for (const action of ['fix', 'formal', 'friendly', 'simplify', 'shorten'] as const) {
    expect([action, await byRules(action, text)]).toEqual([action, text]);
  }
});

test('in English they run, and where a document says another language they do not', async () => {
  const text = 'I recieved the letter, and it was a honest answer to the question.';
  expect(await byRules('fix', text)).toBe('I received the letter, and it was an honest answer to the question.');
  const short = 'Recieved: a honest answer';
  expect(await byRules('fix', short)).not.toBe(short);
  expect(await byRules('fix', short, 'pl')).toBe(short);
});
