import { after, afterEach, before } from 'mocha';
import * as vscode from 'vscode';
import { closeAll } from './documentInFront.ts';
import { PersonAtScreen } from './personAtScreen.ts';

/** For the suite that calls it: the extension is active, a person sits at the screen, and no test leaves anything open. */
export function personInSuite(): PersonAtScreen {
  const person = new PersonAtScreen();
  before(async () => {
    await vscode.extensions.getExtension('inkling.inkling')!.activate();
    person.arrive();
  });
  after(() => person.leave());
  afterEach(async () => {
    await closeAll();
    person.forget();
  });
  return person;
}
