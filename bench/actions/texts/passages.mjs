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
  {
    name: 'blog post',
    text: "I used to water my tomatoes every evening, and I was rather proud of it. Then a neighbour who has grown vegetables for forty years asked me to stop. Her rule is simple: water deeply, but only twice a week, so that the roots go down instead of staying near the surface. I was basically sure that this would kill the plants. It didn't. By August they were taller than mine had ever been, and in order to reach the top ones I needed a ladder.",
  },
  {
    name: 'minutes',
    text: 'The committee met on 4 March with nine members present. The treasurer reported a balance of 12,480 euros, which is approximately 900 euros more than last year. It was decided to purchase new chairs for the hall prior to the summer fair. Mr Okafor will obtain three offers and present them at the next meeting. The proposal to raise the fees was discussed at length but not put to the vote. The meeting ended at 9.30 p.m.',
  },
  {
    name: 'recipe',
    text: 'This soup is ready in half an hour and tastes even better on the next day. Chop two onions and fry them gently in olive oil until they are soft. Add 400 g of red lentils, a litre of stock and a teaspoon of cumin. Let it simmer for about 20 minutes, and stir it from time to time so that nothing sticks. At the end, add the juice of a lemon. If the soup is too thick, just add a bit of water.',
  },
  {
    name: 'complaint',
    text: "I'm writing because the bicycle that I ordered on 2 May (order 77120) still hasn't arrived. Your web page says that it was delivered on 9 May, but nobody in our house got it. I've called your office four times and I didn't get an answer, which is really not okay. Please find out where the parcel is and tell me by Friday. If you can't do that, I'd like to have my money back.",
  },
  {
    name: 'report',
    text: 'Sales of electric bicycles grew by 14 % in 2023, while sales of ordinary bicycles fell for the second year in a row. Dealers attribute this to high fuel prices and to subsidies in several regions. In addition, leasing by employers has become common: approximately one in four electric bicycles is now leased. The industry expects slower growth, due to the fact that many households have already bought one. Repair shops, however, are overwhelmed; customers wait three weeks on average.',
  },
  {
    name: 'paper in LaTeX',
    text: 'Graph colouring assigns colours to vertices such that neighbours differ. We prove that every planar graph with maximum degree $\\Delta \\geq 9$ has a total colouring with $\\Delta + 1$ colours, which was known for $\\Delta \\geq 10$ only \\cite{wang2007}. The proof utilizes discharging and is considerably shorter than earlier ones \\citep[see][]{kowalik2008}. In Section~\\ref{sec:main} we state the theorem. A program that verifies all 312 cases is available.',
  },
  {
    name: 'advice',
    text: "Don't try to learn a language by lists of words alone. It's much easier to remember a word that you have met in a story, a song or a conversation. Read every day, even if it's only a page, and don't look up more than five words. Talk to yourself while you cook. Find somebody who wants to learn your language and give each other half an hour. Most people give up in the third month; if you get through it, you'll probably stay.",
  },
  {
    name: 'fault report',
    text: 'The indexer stops with exit code 137 on machines with less than 2 GB of memory. This happens because `loadAll()` reads every file at once instead of one after the other. A workaround is to set `batchSize` to 16; in that case the run takes approximately twice as long. We have not been able to reproduce the problem on macOS. The fix in #4821 limits the memory to 512 MB and was tested with 40,000 files. It will be part of version 3.2.1.',
  },
];

/** Longer texts without headings. */
export const longTexts = [
  passages
    .slice(0, 6)
    .map(({ text }) => text)
    .join('\n\n'),
  passages
    .slice(6, 12)
    .map(({ text }) => text)
    .join('\n\n'),
];

export const lists = [
  'We need:\n\n- bread\n- milk\n- six eggs',
  '- Open the door.\n- Switch on the light.\n- Wait for 10 seconds.',
  '1. The survey was sent to 300 people\n2. Half of them answered within a week\n3. The rest was reminded by `mail`',
  '* The hall was cleaned.\n* Nobody came before noon.\n* At 3 p.m. it was full.',
  'Bring with you:\n\n1. a map of the area\n2. two litres of water\n3. a whistle',
  '- [x] Write the draft\n- [ ] Ask Maria for comments\n- [ ] Send it to the printer by 8 June',
];

export const tables = [
  '- Berlin: 3.7 million\n- Paris: 2.1 million\n- Rome: 2.8 million',
  'oak – hard\npine – soft\nash – hard',
  '- name; age; town\n- Ada; 36; London\n- Max; 41; Ulm',
  '1. Monday – closed\n2. Tuesday – 9 to 5\n3. Wednesday – 9 to 5\n4. Thursday – 9 to 8',
  'key = value\nname = Inkling\nport = 8080',
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
  ['minutes', 'How much money is there?', '12,480'],
  ['minutes', 'Who will ask for offers?', 'Okafor'],
  ['recipe', 'How long does the soup simmer?', '20 minutes'],
  ['complaint', 'When was the bicycle ordered?', '2 May'],
  ['report', 'How many bicycles are leased?', 'one in four'],
  ['fault report', 'Why does the indexer stop?', 'loadAll'],
  ['advice', 'When do most people give up?', 'third month'],
  ['blog post', 'How often should tomatoes be watered?', 'twice a week'],
];

/** before | word | after */
export const words = [
  ['The soup was ', 'good', ', and we asked for more.'],
  ['She ', 'walked', ' slowly along the river until it grew dark.'],
  ['It is ', 'important', ' to save your work before you close the window.'],
  ['The new law had a ', 'big', ' effect on small shops.'],
  ['He gave a ', 'short', ' answer and left the room.'],
  ['The results ', 'show', ' that the method works for all three groups.'],
  ['We need a ', 'fast', ' way to find the file again.'],
  ['They were ', 'happy', ' when the rain stopped at last.'],
  ['The committee ', 'decided', ' to buy new chairs for the hall.'],
  ['This is a very ', 'difficult', ' question, and nobody could answer it.'],
  ['The old ', 'house', ' at the end of the street was sold in May.'],
  ['The program ', 'stops', ' when it finds an empty line.'],
];

/** Wishes for what an action does, as people put them. */
export const namedWishes = [
  ['letter', 'Please make it sound more polite.'],
  ['notice', 'make it friendlier'],
  ['report', 'Shorten this.'],
  ['manual', 'Rewrite it in plain English.'],
  ['minutes', 'Turn this into bullet points.'],
  ['complaint', 'Could you make this more professional?'],
];

/** Wishes that no action is made for. */
export const wishes = [
  ['letter', 'Say at the end that I look forward to it.'],
  ['notice', 'Write it as if you were talking to a child.'],
  ['recipe', 'Turn it into numbered steps.'],
  ['minutes', 'Put it into the present tense.'],
  ['complaint', 'Make it angrier.'],
  ['release notes', 'Write it in one sentence.'],
];

/** Wishes for a longer text, to be met passage by passage. */
export const longWishes = ['Put it into the present tense.', 'Make it angrier.', 'Address the reader directly.'];

/** Some 300 words. */
export const fourPassages = (first) =>
  Array.from({ length: 4 }, (_, i) => passages[(first + i) % passages.length].text).join('\n\n');

const commit = (path, hunk, mode = '') =>
  `diff --git a/${path} b/${path}\n${mode}--- a/${path}\n+++ b/${path}\n@@ -1,3 +1,4 @@ ${hunk}\n unchanged\n-old line\n+new line\n+another\n`;

/** Diffs as git prints them. */
export const diffs = [
  commit('docs/setup.md', '# Installation'),
  commit('src/parser.ts', 'export function parse(text: string) {'),
  commit('README.md', '# Readme', 'new file mode 100644\n'),
  commit('docs/a.md', '# A') + commit('docs/b.md', '# B') + commit('docs/c.md', '# C'),
  'diff --git a/old.md b/new.md\nsimilarity index 100%\nrename from old.md\nrename to new.md\n',
  'diff --git a/gone.md b/gone.md\ndeleted file mode 100644\n--- a/gone.md\n+++ /dev/null\n@@ -1 +0,0 @@\n-text\n',
];
