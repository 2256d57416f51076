// Texts written for this evaluation (licence of the repository): what people select in an editor, of several kinds.
export const passages = [
  {
    name: 'manual',
    text: "Users who wish to utilize the synchronisation facility must first ascertain that `sync.enabled` has been set to true. It should be noted that, due to the fact that the server (which we host ourselves) is quite small, we can't really guarantee more than 20 requests per second. See [the limits](https://example.org/limits) for the exact numbers; in order to raise them, write to Maria Lopez. The first upload takes a while. Each file is hashed, compared with what the server has, and uploaded only when it differs. Nothing is ever deleted at once.",
  },
  {
    name: 'letter',
    text: "Hi guys, I just wanted to let you know that we can't come on Friday, because the car broke down again and it's gonna take a couple of days. We're really sorry about that! Maybe we could meet at the lake on 12 July instead? Anna says she'll bring the big tent, and there's a lot of room for everyone. Please let us know soon, as we need to book the place.",
  },
  {
    name: 'notice',
    text: 'Residents are required to submit the completed form prior to 30 June. Due to the fact that a large number of applications has been received, we are unable to process incomplete documents. In the event that you are not able to obtain a certificate, please contact the office in Harbour Street in order to request an extension. Additional information will be provided at a later time. The office is closed on Mondays.',
  },
  {
    name: 'paper',
    text: 'We study how soil moisture $\\theta$ changes after rain. Earlier work [@miller2018] assumed a constant rate $k = 0.3$, which does not hold for clay [@tanaka2020, p. 14]. Our measurements from 48 plots in two valleys show that the rate depends on temperature and on the depth of the roots. This is an important result, since most models ignore both. We propose a correction with a single parameter that can be estimated from three days of data.',
  },
  {
    name: 'story',
    text: 'The old ferry left at six, as it always did, with nobody on board but the captain and a dog. Martha stood at the window and watched it cross the grey water. She had meant to be on it. Her suitcase was by the door, packed since Sunday, and the letter lay on top of it, unopened. When the ferry was no bigger than a gull, she put the kettle on and sat down to read.',
  },
  {
    name: 'release notes',
    text: 'Version 2.4 brings faster start-up and a new export dialog. Start-up is faster because fonts are loaded only when they are needed. The export dialog shows a preview, remembers the last folder, and supports EPUB 3. In addition, we fixed 17 bugs, among them the crash on opening files larger than 2 GB. Please note that the old plug-in interface will be removed in version 3.0.',
  },
];

/** Nothing is wrong with these: `fix` must leave every character. */
export const correctTexts = [
  ...passages.map(({ text }) => text),
  'An hour ago, a European met an MRI technician at a university; he had had enough. “That that is, is,” she said.',
  'Each of you has a vote. The one I gave you is lost. It is essential that he have time; its colour is fine.',
  'Run `teh the the` first, then see https://example.org/a,b. It cost 1,000,000 euros, i.e. too much.',
  'Der Mann, der der Frau half, ist nicht mit dem Zug gefahren und das war auch gut.',
  'iPhone sales rose by 3.5 %. e.g. is short for exempli gratia... and so on.',
];

/** [with mistakes, as it should be]: slips that people make, one kind each. */
export const mistakes = [
  ['I recieved your letter yesterday.', 'I received your letter yesterday.'],
  ['They should of called us.', 'They should have called us.'],
  ['It was a a long day.', 'It was a long day.'],
  ['She bought an unicorn and a apple.', 'She bought a unicorn and an apple.'],
  ['We dont know the adress.', "We don't know the address."],
  ['Its a pity that it rained.', "It's a pity that it rained."],
  ['This is better then nothing.', 'This is better than nothing.'],
  ['On monday we will seperate them.', 'On Monday we will separate them.'],
  ['Their are many reasons.', 'There are many reasons.'],
  ['He go to school by bus.', 'He goes to school by bus.'],
  ['The results shows a clear trend.', 'The results show a clear trend.'],
  ['She have three book to return.', 'She has three books to return.'],
  ['I look forward to meet you.', 'I look forward to meeting you.'],
  ['Me and him went home.', 'He and I went home.'],
  ['The goverment,however,was slow.', 'The government, however, was slow.'],
  ['He said that he will come yesterday', 'He said that he would come yesterday.'],
  ['We was late because of the rain.', 'We were late because of the rain.'],
  ['You need to much time for this , I think.', 'You need too much time for this, I think.'],
  ['This are the begining of it.', 'This is the beginning of it.'],
  ['Whose going to tell him?', "Who's going to tell him?"],
];

export const lists = [
  'We need:\n\n- bread\n- milk\n- six eggs',
  '- Open the door.\n- Switch on the light.\n- Wait for 10 seconds.',
  '1. The survey was sent to 300 people\n2. Half of them answered within a week\n3. The rest was reminded by `mail`',
];

export const tables = [
  '- Berlin: 3.7 million\n- Paris: 2.1 million\n- Rome: 2.8 million',
  'oak – hard\npine – soft\nash – hard',
  '- name; age; town\n- Ada; 36; London\n- Max; 41; Ulm',
];

/** A question, and a word that an answer from the passage of that name must hold. */
export const questions = [
  ['manual', 'How many requests per second are guaranteed?', '20'],
  ['manual', 'Who can raise the limits?', 'Maria'],
  ['notice', 'When is the office closed?', 'Mondays'],
  ['notice', 'What is the deadline for the form?', '30 June'],
  ['paper', 'How many plots were measured?', '48'],
  ['paper', 'What does the rate depend on?', 'temperature'],
  ['story', 'Where was the suitcase?', 'door'],
  ['release notes', 'Why is start-up faster?', 'fonts'],
  ['release notes', 'What will be removed in version 3.0?', 'plug-in'],
  ['letter', 'What will Anna bring?', 'tent'],
];

/** before | word | after */
export const words = [
  ['The soup was ', 'good', ', and we asked for more.'],
  ['She ', 'walked', ' slowly along the river until it grew dark.'],
  ['It is ', 'important', ' to save your work before you close the window.'],
  ['The new law had a ', 'big', ' effect on small shops.'],
  ['He gave a ', 'short', ' answer and left the room.'],
];
