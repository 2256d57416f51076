// Passages as in shapingPassages.mjs, of fourteen kinds, with questions as a reader would put them. Written before the search
// for answers was read or run on them. Of others and in the public domain: Doyle, Austen, Stevenson, Darwin, Beeton, 朱自清.

/** @type {import('./shapingPassages.mjs').AskedPassage[]} */
export const secondFreshPassages = [
  {
    // Arthur Conan Doyle, The Red-Headed League (1891)
    text: 'I had called upon my friend, Mr. Sherlock Holmes, one day in the autumn of last year and found him in deep conversation with a very stout, florid-faced, elderly gentleman with fiery red hair. With an apology for my intrusion, I was about to withdraw when Holmes pulled me abruptly into the room and closed the door behind me.\n\n“You could not possibly have come at a better time, my dear Watson,” he said cordially.\n\n“I was afraid that you were engaged.”\n\n“So I am. Very much so.”\n\n“Then I can wait in the next room.”\n\n“Not at all. This gentleman, Mr. Wilson, has been my partner and helper in many of my most successful cases, and I have no doubt that he will be of the utmost use to me in yours also.”',
    asked: [
      ['When did Watson call upon Holmes?', /autumn/u],
      ['Who closed the door?', /Holmes pulled/u],
      ['What colour was the hair of the gentleman?', /red/u],
      ['How old is Mr. Wilson?'],
      ['Where does Holmes live?'],
      ['Why is Mr. Wilson there?'],
    ],
  },
  {
    // Jane Austen, Pride and Prejudice, chapter 13 (1813)
    text: 'Hunsford, near Westerham, Kent, 15th October.\n\nDear Sir,\n\nThe disagreement subsisting between yourself and my late honoured father always gave me much uneasiness, and since I have had the misfortune to lose him, I have frequently wished to heal the breach; but for some time I was kept back by my own doubts. My mind, however, is now made up on the subject, for having received ordination at Easter, I have been so fortunate as to be distinguished by the patronage of the Right Honourable Lady Catherine de Bourgh, widow of Sir Lewis de Bourgh, whose bounty and beneficence has preferred me to the valuable rectory of this parish. If you should have no objection to receive me into your house, I propose myself the satisfaction of waiting on you and your family, Monday, November 18th, by four o’clock, and shall probably trespass on your hospitality till the Saturday se’nnight following.\n\nI remain, dear sir, your well-wisher and friend, William Collins',
    asked: [
      ['When was he ordained?', /Easter/u],
      ['When does he want to come?', /18th/u],
      ['Who was the husband of Lady Catherine?', /Sir Lewis/u],
      ['How did his father die?'],
      ['How many people live in the house?'],
      ['What is the name of his wife?'],
    ],
  },
  {
    // Robert Louis Stevenson, Treasure Island (1883)
    text: 'I remember him as if it were yesterday, as he came plodding to the inn door, his sea-chest following behind him in a hand-barrow, a tall, strong, heavy, nut-brown man, his tarry pigtail falling over the shoulder of his soiled blue coat, his hands ragged and scarred, with black, broken nails, and the sabre cut across one cheek, a dirty, livid white. He threw down three or four gold pieces on the threshold. “You can tell me when I’ve worked through that,” says he, looking as fierce as a commander.\n\nAll day he hung round the cove or upon the cliffs with a brass telescope; all evening he sat in a corner of the parlour next the fire and drank rum and water very strong. Every day when he came back from his stroll he would ask if any seafaring men had gone by along the road.',
    asked: [
      ['What colour was his coat?', /blue/u],
      ['What did he drink?', /rum/u],
      ['Where did he sit in the evening?', /corner|parlour/u],
      ['What was the name of the inn?'],
      ['Who gave him the sabre cut?'],
      ['When did he leave?'],
    ],
  },
  {
    // Charles Darwin, The Voyage of the Beagle (1839)
    text: 'After having been twice driven back by heavy southwestern gales, Her Majesty’s ship Beagle, a ten-gun brig, under the command of Captain Fitz Roy, R. N., sailed from Devonport on the 27th of December, 1831. The object of the expedition was to complete the survey of Patagonia and Tierra del Fuego, commenced under Captain King in 1826 to 1830; to survey the shores of Chile, Peru, and of some islands in the Pacific; and to carry a chain of chronometrical measurements round the World. On the 6th of January we reached Teneriffe, but were prevented landing, by fears of our bringing the cholera.',
    asked: [
      ['Where did the ship sail from?', /Devonport/u],
      ['What was the purpose of the expedition?', /survey/u],
      ['Why could they not land at Teneriffe?', /cholera/u],
      ['How many men were on board?'],
      ['Who paid for the expedition?'],
      ['How fast was the ship?'],
    ],
  },
  {
    // Isabella Beeton, The Book of Household Management (1861), shortened
    text: '## Plum-pudding of fresh fruit\n\nTo every 3/4 lb. of suet crust allow 1-1/2 pint of damsons or any other plum, and 1/4 lb. of moist sugar.\n\nMake a suet crust; line a buttered pudding-basin with a portion of it; fill the basin with the fruit, sweeten, and put on the lid; pinch the edges of the crust together, that the juice does not escape; tie over a floured cloth, put the pudding into boiling water, and boil from 2-1/2 to 3 hours. Allow the pudding to stand in the basin 2 or 3 minutes before turning it out.\n\nSufficient for 6 or 7 persons. Seasonable, with various kinds of plums, from the beginning of August to the beginning of October.',
    asked: [
      ['How long does the pudding boil?', /3 hours/u],
      ['For how many people is it enough?', /6 or 7/u],
      ['Why are the edges pinched together?', /juice/u],
      ['How hot should the oven be?'],
      ['How many eggs do I need?'],
      ['Who invented the recipe?'],
    ],
  },
  {
    text: '# ledgerline\n\nledgerline turns bank statements into plain-text journals. It reads CSV, OFX and the PDF files of eleven banks.\n\n## Install\n\n```sh\npipx install ledgerline\n```\n\nPython 3.10 or newer is needed. On Windows the PDF reader has to be installed apart.\n\n## Use\n\nRun `ledgerline import statement.csv`; the journal is written beside the statement. Existing journals are never overwritten: a number is added to the name instead. Rules for accounts live in `rules.toml`, which is read from the current folder first and from your home folder otherwise.\n\nThe project was started by Ines Falk in 2019 and is maintained by four volunteers. Bugs go to the issue tracker, questions to the mailing list.',
    asked: [
      ['Which version of Python do I need?', /3\.10/u],
      ['Where are questions to be sent?', /mailing list/u],
      ['Who started the project?', /Falk/u],
      ['Under which licence is it published?'],
      ['How do I undo an import?'],
      ['What does it cost?'],
    ],
  },
  {
    text: '# Changelog\n\n## 2.4.0 – 2026-03-02\n\n- The search box remembers the last ten queries. It can be cleared with Shift+Delete.\n- Exporting to EPUB is twice as fast, because images are no longer read twice.\n- `--strict` now exits with 2 rather than 1.\n\n## 2.3.1 – 2026-01-19\n\n- Fixed a crash when a footnote stood in a table.\n- Support for macOS 11 has been removed.\n\n## 2.3.0 – 2025-11-30\n\n- New: dark mode for the preview, contributed by Joon Park.',
    asked: [
      ['What was fixed in 2.3.1?', /footnote/u],
      ['Who contributed dark mode?', /Park/u],
      ['Why is exporting faster?', /images/u],
      ['When will 2.5 be released?'],
      ['How much memory does it use?'],
      ['Who fixed the crash?'],
    ],
  },
  {
    text: 'Minutes of the allotment society, 4 May\n\nPresent: Mrs. Quill (chair), Mr. Adeyemi, Mr. Bosch, Ms. Lindgren. Apologies: Mr. Pruitt.\n\nThe minutes of the April meeting were approved. Mr. Bosch reported that the water pump had failed twice and that a new one would cost about 640 euros. It was agreed to buy it from the reserve. Ms. Lindgren will ask the town for a second skip. The rent for the plots stays at 45 euros a year. Mr. Adeyemi offered to mow the paths until September. The next meeting is on 8 June at the usual place.',
    asked: [
      ['How much is a new water pump?', /640/u],
      ['Who will mow the paths?', /Adeyemi/u],
      ['When is the next meeting?', /8 June/u],
      ['Why was Mr. Pruitt absent?'],
      ['How big is a plot?'],
      ['Where is the next meeting?', /usual place/u],
    ],
  },
  {
    text: 'A freight train carrying grain left the rails near Aldersham early on Tuesday, blocking both tracks of the coast line. Nobody was hurt. The operator, Northmark Rail, said that eleven of the thirty-two wagons had overturned after a bridge bearing gave way. Engineers expect one track to be open again by Friday evening; until then buses will run between Aldersham and Port Levin. The line was last inspected in February, according to the transport ministry. Farmers in the area worry that the spilled grain will draw rats.',
    asked: [
      ['How many wagons overturned?', /eleven/u],
      ['Was anybody hurt?', /Nobody/u],
      ['What was the train carrying?', /grain/u],
      ['Who drove the train?'],
      ['How much will the repairs cost?'],
      ['When was the bridge built?'],
      ['Why did the bridge bearing give way?'],
    ],
  },
  {
    text: '## Replacing the filter\n\n**Warning:** unplug the unit before you open it. Wait five minutes until the fan has stopped.\n\n1. Press both catches and lift the front panel.\n2. Pull the old filter out by its tab. Do not shake it indoors.\n3. Slide the new filter in, with the arrow pointing to the fan.\n4. Close the panel until it clicks.\n5. Hold RESET for three seconds. The red light goes out.\n\nThe filter lasts about six months. In a workshop it has to be changed every eight weeks. Filters of other makers void the warranty.',
    asked: [
      ['How long does a filter last?', /six months/u],
      ['In which direction does the arrow point?', /fan/u],
      ['What happens when I hold RESET?', /light goes out/u],
      ['How much does a new filter cost?'],
      ['How loud is the fan?'],
      ['Where can I buy filters?'],
    ],
  },
  {
    text: 'Lake Orvand lies 412 metres above the sea and covers 96 square kilometres. Its deepest point, off the village of Sethe, is 138 metres down. Three rivers feed it; only the Dorn leaves it, towards the south. About 31,000 people live on its shores, most of them in Marrow, which was founded in 1288 by Cistercian monks. The lake freezes about once in twenty years, the last time in February 2012. Trout and pike are fished commercially; motor boats have been banned since 1994.',
    asked: [
      ['How deep is the lake?', /138/u],
      ['Who founded Marrow?', /monks/u],
      ['Since when have motor boats been banned?', /1994/u],
      ['How long is the Dorn?'],
      ['Who owns the lake?'],
      ['When did the lake freeze for the first time?'],
      ['How many people live in Marrow?'],
    ],
  },
  {
    text: 'Dear Mr. Haddad,\n\nThank you for your offer of 9 August. We would like to order forty chairs of the model Rialto in oak, at the price of 118 euros each. Please deliver them to the side entrance in Weber Street, as the main gate is closed for building work until the end of September. Our caretaker, Mr. Ostrow, will be there from seven in the morning.\n\nThe tables will have to wait: the board has not decided on their size yet.\n\nKind regards\nPaula Winter',
    asked: [
      ['How many chairs do they order?', /forty/u],
      ['Why should the chairs be delivered to the side entrance?', /building work/u],
      ['Who is Mr. Ostrow?', /caretaker/u],
      ['How will the chairs be paid?'],
      ['What is the phone number of the caretaker?'],
      ['When will the chairs be delivered?'],
    ],
  },
  {
    // 朱自清《背影》(1925)
    text: '我与父亲不相见已二年余了，我最不能忘记的是他的背影。那年冬天，祖母死了，父亲的差使也交卸了，正是祸不单行的日子。我从北京到徐州，打算跟着父亲奔丧回家。丧事完毕，父亲要到南京谋事，我也要回北京念书，我们便同行。到南京时，有朋友约去游逛，勾留了一日；第二日上午便须渡江到浦口，下午上车北去。其实我那年已二十岁，北京已来往过两三次，是没有甚么要紧的了。他给我拣定了靠车门的一张椅子；我将他给我做的紫毛大衣铺好坐位。',
    asked: [
      ['祖母是什么时候死的？', /冬天/u],
      ['作者那年多大？', /二十岁/u],
      ['父亲为什么要到南京？', /谋事/u],
      ['母亲叫什么名字？'],
      ['车票多少钱？'],
      ['父亲那年多大？'],
    ],
  },
  {
    text: '社区食堂从九月一日起每天供应早餐，时间是六点半到九点。六十五岁以上的老人凭证可以打八折。午餐每份十五元，需要在前一天下午四点以前预订。食堂由退休教师林秀芳负责，共有七名员工。因为厨房要更换燃气管道，十月八日暂停营业一天。有意见的居民可以把意见写在门口的本子上。',
    asked: [
      ['谁负责食堂？', /林秀芳/u],
      ['午餐多少钱？', /十五元/u],
      ['为什么十月八日暂停营业？', /燃气管道/u],
      ['早餐多少钱？'],
      ['食堂的电话号码是多少？'],
      ['食堂在哪里？'],
    ],
  },
];
