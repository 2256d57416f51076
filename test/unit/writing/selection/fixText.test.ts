import { expect, test } from 'vitest';
import { loadTagger } from '../../../../src/writing/selection/checks/tagger.ts';
import { fixText } from '../../../../src/writing/selection/rules/fixText.ts';
import { inMarkdown } from './inMarkdown.ts';

const check = (text: string, expected: string) =>
  expect({ text, fixed: inMarkdown(fixText)(text) }).toEqual({ text, fixed: expected });

test('spelling, confusions and doubled words', () => {
  check('I recieved it definately untill then.', 'I received it definitely until then.');
  check('We should of gone , but they dont know.', "We should have gone, but they don't know.");
  check('Their are many. Its a pity.', "There are many. It's a pity.");
  check(
    'It is better then nothing. She is more taller than him.',
    'It is better than nothing. She is taller than him.',
  );
  check(
    'The weather depends of the wind. I did it by my self.',
    'The weather depends on the wind. I did it by myself.',
  );
  check('This is the the end of a a story.', 'This is the end of a story.');
});

test('articles, as the next word sounds', () => {
  check('An user has a hour for an university.', 'A user has an hour for a university.');
  check('She bought an unicorn, a apple and a umbrella.', 'She bought a unicorn, an apple and an umbrella.');
});

test('number and verb forms', () => {
  check('He go home. She don’t care.', 'He goes home. She doesn’t care.');
  check('We was late. They where not there.', 'We were late. They were not there.');
  check(
    'The results shows a clear trend. The children was tired.',
    'The results show a clear trend. The children were tired.',
  );
  check('This are the books. These is the last copies.', 'This is the books. These are the last copies.');
  check('There is many people. Everyone have a copy.', 'There are many people. Everyone has a copy.');
  check('She has three book to return. It took two hour.', 'She has three books to return. It took two hours.');
  check(
    'I look forward to meet you. We are looking forward to hear from you.',
    'I look forward to meeting you. We are looking forward to hearing from you.',
  );
  check("He didn't went to the shop. She can sings very well.", "He didn't go to the shop. She can sing very well.");
  check('Me and him went home. You need to much time.', 'He and I went home. You need too much time.');
});

test('capitals and blanks', () => {
  check('On monday i think it works. it is late.', 'On Monday I think it works. It is late.');
  check('It works,but slowly.', 'It works, but slowly.');
  check('The goverment,however,was slow.', 'The government, however, was slow.');
});

test('what is right, code and other languages stay as they are', () => {
  for (const text of [
    'I had had enough; that that is, is. “Long, long ago,” he said.',
    'An hour ago, a one-off user of an MRI met a European at a university.',
    'Each of you has a book. The one I gave you is lost. It is essential that he have time.',
    'The end... and then, e.g. at 3 p.m., it went on.',
    'Its colour and their dog; you’re right, it’s fine.',
    'Run `teh the the` or see https://example.org/teh,now.',
    'Der der Mann ist nicht mit dem Hund und das ist auch gut.',
    'iPhone users say “we was robbed”. It cost 1,000,000 euros.',
    'In the office, “publically” is not a word we use ... or is it?',
  ])
    check(text, text);
});

test('what an earlier version took for a mistake in published text', () => {
  for (const text of [
    'The first tool is apt. apt is a front end of dpkg. make distclean removes the files.',
    'Many use an ftp server, an xterm, an ssh key, an sql query or an html page over an n-way link.',
    'The data follow a unimodal distribution, and a udev rule sets a uid.',
    'Mount it with ro,nodev,noexec; the values lie between a and b.',
    'Instant messaging (IM) was common. An IM client is still needed.',
    'We compare the old vs. the new version (esp. in the U.S. and in the U.K. as well, e.g. the first).',
    'He said he would of course come, if only for what he and she have in common.',
    'A three day trip with a two year old child. One of the results shows a clear trend.',
    'To many people this is new. It belongs to much of the north.',
    'Bonjour ; nous sommes dans la ville et les enfants sont dans le parc.',
    'See https://example.org/[owner]/issues . It holds all reports.',
    'Names such as Duran Duran are said twice. The band is “the the”.',
    'It was written by An Yang and An Ordinary Man.',
    'Their going was a relief; your not knowing helped. Trees were bare with the frost.',
    'Its time to live is long, where i is the index. I suppose to some extent it is.',
    'The x axis,  the y axis  and  the z axis are lined up with blanks.',
  ])
    check(text, text);
});

test('a doubled word stays where a sentence may need it', () => {
  for (const text of [
    'What he did did not matter to anyone.',
    'The tools that most of us use use a great deal of memory.',
    'Those who have have more to lose than those who had had nothing.',
    'All that she is is a friend. What it was was a mistake.',
    'All who can can come, and all who will will stay.',
    'In all that they do do not follow them.',
    'What she does does not matter. Those we need need us.',
    'The people I work with with pleasure are here.',
    'Those that are are few. What there were were lies.',
    'What may may be, and who must must go.',
    'The ones I like like music. The rules that make make sense.',
    'The room he went in in the morning was cold.',
    'The thing I looked at at noon was red.',
    'Whatever you say say it well. Who knows knows.',
    'He gave it it back. I told her her name.',
    'The pen that I write with with care is blue.',
    'The one who got got away.',
    'What we saw saw us, too.',
    'What you want want is what you need need is.',
    'If what you know now now helps, use it.',
    'Everything that went went well.',
  ])
    check(text, text);
  check('We went to to the the house and and saw our our friends.', 'We went to the house and saw our friends.');
});

test('an article stays where the sound is right or in doubt', () => {
  const right =
    'an hour, an honest man, an honor, an heir, an heirloom, an hors d’oeuvre, an umbrella, an uncle, an unanswered call, an unable man, an urge, an urn, an onerous task, an NGO, an SQL query, a SQL query, an FBI agent, an LED, a UFO, an x-ray, an xterm, an e-mail, an 8-bit value, a U-turn, a uranium mine, a unanimous vote, a unary operator, a unique thing, a unicorn, a unisex name, a European idea, a eulogy, a euro, a ewe, a one-off, a once popular idea, a ukulele, a Ukrainian town, a useful tool, a usurper, a utopian plan, a Utopian plan, an Oneida woman, a Unix tool, an herb, a herb, an historic day, a historic day, an homage, a yard, an yttrium laser, a Ouija board, an RSS feed, a URL, an MRI, a NASA plan, an unannounced visit, an unionized gas';
  for (const phrase of right.split(', ')) check(`It is ${phrase} that we saw.`, `It is ${phrase} that we saw.`);
});

test('i stays where it is an index or a name', () => {
  for (const text of [
    'For every vertex i do the following: mark *i* as seen. When i do not exceed n, stop.',
    'The loop over i will end. Here i = 3 holds.',
    'Take the node i could not reach.',
    'If i do not exceed k, go on.',
    'Let `i` be zero. Then i will grow.',
    'The i-th item is small, and i have two of them.',
    'For each index i want a value.',
    'See part i like before. The row i had no value.',
    'With i <n we stop when i get there.',
    'Let $i$ be small. When i see it, stop.',
  ])
    check(text, text);
  check('Today i think it works and i’m glad that i know it.', 'Today I think it works and I’m glad that I know it.');
});

test('nothing is mended within names, paths, addresses and identifiers', () => {
  for (const text of [
    'We track it in monday.com and in sunday.md and in january.csv.',
    'Open notes/friday/todo.txt and friday-report.txt and C:\\tuesday\\teh.doc here.',
    'Write to teh@example.org or @teh or #monday for this.',
    'The call of recieve_data and of recieveData and recieve.now is old.',
    'See ns::recieve and a->recieve and recieve=1 here.',
    'The file august.txt and ./teh and ../teh/the are here.',
    'Ask sunday_club and monday/tuesday about it.',
    'In the file the.the.txt are words.',
  ])
    check(text, text);
  check(
    'On monday, sunday. We meet on friday: then we recieve.',
    'On Monday, Sunday. We meet on Friday: then we receive.',
  );
});

test('marks of other languages stay', () => {
  for (const text of ["C'est bon ; merci.", 'Bien ! Oui ; non.', 'Bon ; adieu.', 'Ja ; nein.']) check(text, text);
  check(
    'This is the one that we have ; it is good and it is there.',
    'This is the one that we have; it is good and it is there.',
  );
});

test('hostile input ends within the time of a test', async () => {
  const tag = await loadTagger();
  for (const unit of ['a ', 'the ', 'a,', ' . ', 'i ', 'he have ', 'x. the ', ',,', '   a'])
    expect(fixText(unit.repeat(8_000), { tag }).length).toBeGreaterThan(0);
}, 30_000);

test('agreement, where the verb stands right behind its subject', () => {
  check('Me and my wife was late.', 'My wife and I were late.');
  check('Me and my friends went to Italy.', 'My friends and I went to Italy.');
  check(
    'The old results was good. Our new neighbors is happy.',
    'The old results were good. Our new neighbors are happy.',
  );
  check('She like to swim. He want a book.', 'She likes to swim. He wants a book.');
  check('He had went home.', 'He had gone home.');
  for (const text of [
    'The news is good. The series was long. The United States is large.',
    'The works is closed. My masters was hard. The waterworks is old.',
    'The alias is removed. The bus was late. The class is full. The canvas was white.',
    'The defaults is a dictionary. The current axes is the default.',
    'Ten miles is far. Two hours was enough. Politics is hard.',
    'The use of these facility is free.',
    'One of the results is new. The list of results is long.',
    'Does she like it? Let him like it. If he want it, so be it.',
    'Whatever energy he had went into it. The chances he had went to her.',
    'Everyone have a good summer. Everyone but you has done that. Hey everyone, are you free?',
    'It is essential that he have time. I suggest she take it.',
    'What he and she have is good. The people she is with are old.',
    'He told you May made me do it.',
  ])
    check(text, text);
});

test('spellings of a published list, but no name, command, foreign word or word that is spoken of', () => {
  check('The documenation was approved by the commitee.', 'The documentation was approved by the committee.');
  check('Unfortuntely the responce was negitive.', 'Unfortunately the response was negative.');
  for (const text of [
    'Mount it with exportfs, or use alevt. Synopsys offers it.',
    'The word “recieve” is often wrong; so is *seperate*.',
    'We met Mr Wich and Mrs Thier in Recieve Street.',
    'Pass it as char *templte or as $reponse or as %paramter here.',
    'Er sagte: die Adresse ist falsch und das Futur ist nicht leicht.',
    'Nothin’ of it, he was gettin’ old.',
    'He painted still lifes.',
    'In “Adresse” and “Entreprise” there are other letters.',
  ])
    check(text, text);
});

test('what a later version took for a mistake in published text', () => {
  for (const text of [
    'A horse came, and a horseshoe fell. It is a horse race.',
    'If x is not a member of a, return a unchanged.',
    'Partition the set a according to the predicate f.',
    'It is a nary operator. An n-ary operator is another.',
    'Run git add --renormalize . Then go on.',
    'The list once,upon,a,time,there,was is split.',
    'The operators and and or are known. We return the And and let it be.',
    'It is a move from from to to. The keywords of of and to to are two.',
    'If the array becomes smaller then entries are removed.',
    'They sold it to the might of the Empire. He must of necessity go. In May of 1990 it ended.',
    'Did he use to go there? Is there going to be rain? Does everyone have a book?',
    'How much people eat is known. Most best practices are old.',
    'In vim, :set im goes to insert mode, and gui is gu[i].',
    'The editor of Ive and Im is here. IM is old.',
    'There’s one in the same house. Your A level and its A side are good.',
    'He heard that a priori and a posteriori are Latin.',
    'The file is called friday.txt, and "april" and "june" are keys.',
    'The pen I write with with care, the room we were in in May.',
    'See e.g. the list, cf. the table, esp. the rest.',
    'Thy belly is like a heap of wheat.',
    'This should of itself teach us. It added what it could of gloom.',
    'In 1995 Grammer hosted it; the literature (Groth) is old; the communit is.',
    'It rose by 45 per cent. that year. Do not overstay your welcome.',
    'Great films will made there. It can found in the same way.',
    'Use {scond} here. If she have the misfortune to know it.',
    'He is used to much gayer places. They are used to much better rooms.',
    'Set iabbrev teh the and iabbrev recieve receive.',
    'It was an hundred miles, with an heart light and gay, to his great surprize.',
    'The buildds are triggered. Did not we? when the organ was in the street?',
  ])
    check(text, text);
  check('This is the\nthe end of it.', 'This is the end of it.');
  check('I must of lost it. It may of been late.', 'I must have lost it. It may have been late.');
  check('Im not sure. Yesterday i was ill.', "I'm not sure. Yesterday I was ill.");
});
