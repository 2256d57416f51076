// Passages as in shapingPassages.mjs, written when the kinds of questions that secondFreshPassages.mjs showed to be missed had been
// mended, and run for the first time after that. Of others and in the public domain: Stoker, Franklin, Farmer.

/** @type {import('./shapingPassages.mjs').AskedPassage[]} */
export const thirdFreshPassages = [
  {
    // Bram Stoker, Dracula (1897)
    text: '3 May. Bistritz. Left Munich at 8:35 P.M., on 1st May, arriving at Vienna early next morning; should have arrived at 6:46, but train was an hour late. Buda-Pesth seems a wonderful place, from the glimpse which I got of it from the train and the little I could walk through the streets. I feared to go very far from the station, as we had arrived late and would start as near the correct time as possible.\n\nWe left in pretty good time, and came after nightfall to Klausenburgh. Here I stopped for the night at the Hotel Royale. I had for dinner, or rather supper, a chicken done up some way with red pepper, which was very good but thirsty. I asked the waiter, and he said it was called “paprika hendl,” and that, as it was a national dish, I should be able to get it anywhere along the Carpathians.',
    asked: [
      ['When did he leave Munich?', /8:35/u],
      ['How late was the train?', /hour late/u],
      ['What did he have for dinner?', /chicken/u],
      ['Why did he fear to go far from the station?', /arrived late/u],
      ['What did the dinner cost?'],
      ['Who owns the hotel?'],
      ['How many days did he stay in Vienna?'],
      ['Where was he born?'],
    ],
  },
  {
    // Benjamin Franklin, Autobiography (1791)
    text: 'My father married young, and carried his wife with three children into New England, about 1682. By the same wife he had four children more born there, and by a second wife ten more, in all seventeen; of which I remember thirteen sitting at one time at his table, who all grew up to be men and women, and married; I was the youngest son, and the youngest child but two, and was born in Boston, New England. My mother, the second wife, was Abiah Folger, daughter of Peter Folger, one of the first settlers of New England.',
    asked: [
      ['Where was the writer born?', /Boston/u],
      ['How many children did the second wife have?', /ten more/u],
      ['Who was the father of Abiah Folger?', /Peter Folger/u],
      ['Was he the youngest son?', /youngest son/u],
      ['When was the writer born?'],
      ['What was the name of the first wife?'],
      ['Why did his father go to New England?'],
      ['How old was his father?'],
    ],
  },
  {
    // Fannie Farmer, The Boston Cooking-School Cook Book (1896)
    text: '## Baked custard\n\nBeat four eggs slightly, add half a cup of sugar and a quarter of a teaspoon of salt; pour on slowly four cups of scalded milk. Strain into buttered moulds, set in a pan of hot water. Sprinkle with nutmeg, and bake in a slow oven until firm, which may be readily determined by running a silver knife through custard; if knife comes out clean, custard is done. During baking, care must be taken that water surrounding mould does not reach boiling-point, or custard will whey.',
    asked: [
      ['How many eggs do I need?', /four eggs/u],
      ['What happens if the water boils?', /whey/u],
      ['How do I know that the custard is done?', /knife/u],
      ['How much sugar is needed?', /half a cup/u],
      ['How long does it bake?', /until firm/u],
      ['How many people does it serve?'],
      ['Who invented custard?'],
      ['What does a mould cost?'],
    ],
  },
  {
    text: '# fieldnote\n\nA small tool that turns voice memos into Markdown notes. It runs on Linux and macOS; Windows is not supported yet.\n\n## Requirements\n\n- Node 20 or newer\n- about 900 MB of disk space for the speech model\n- ffmpeg on the path\n\n## Privacy\n\nNothing is sent anywhere. Recordings are deleted after thirty days, because they take a lot of space. To keep one, move it into `kept/`.\n\n## Licence\n\nMIT. The speech model has a licence of its own, see `MODEL-LICENCE`.',
    asked: [
      ['Is Windows supported?', /not supported/u],
      ['How much disk space does it need?', /900 MB/u],
      ['Why are recordings deleted?', /space/u],
      ['How do I keep a recording?', /move it/u],
      ['Who wrote it?'],
      ['Which languages does it recognize?'],
      ['When was it released?'],
      ['How accurate is the speech model?'],
    ],
  },
  {
    text: 'Hi all,\n\njust a short note about the move. The vans come on Thursday at 7:30, so please have your desks empty by Wednesday evening. Boxes are in the corridor next to the lift. Label each one with your name and the new room number. Monitors and chairs stay where they are, the movers wrap them. Greta has the keys of the new building and will be there from six.\n\nThe phones will be off from Thursday noon until Friday morning. If something is urgent, call my mobile.\n\nBest, Samir',
    asked: [
      ['When do the vans come?', /Thursday/u],
      ['Where are the boxes?', /corridor/u],
      ['Who has the keys?', /Greta/u],
      ['How long will the phones be off?', /Friday morning/u],
      ['What is the number of his mobile?'],
      ['How many vans come?'],
      ['Where is the new building?'],
      ['Why do they move?'],
    ],
  },
  {
    text: 'The Orrick Free Library opened on 14 September 1904 in a former grain store. Its first librarian, Adela Stroud, had been a schoolteacher for nineteen years. The building burned in 1931; most of the books were saved by pupils, who passed them along a chain to the church. The present building, of yellow brick, was designed by Thomas Whitlock and cost 41,000 dollars. Its reading room seats eighty. In 2011 the county took the library over.',
    asked: [
      ['When did the library open?', /1904/u],
      ['Who was Adela Stroud?', /librarian/u],
      ['How much did the present building cost?', /41,000/u],
      ['Who saved the books?', /pupils/u],
      ['Why did the building burn?'],
      ['How many books does the library have?'],
      ['When did Adela Stroud die?'],
      ['Who runs the church?'],
    ],
  },
  {
    text: '## Known problems in 5.2\n\n- Printing from the preview fails when the page has a table wider than the paper. Turn on *Shrink to fit* until this is mended.\n- On slow machines the spelling checker may need up to ten seconds after start.\n- The Polish dictionary lacks words with apostrophes.\n\n## Removed in 5.2\n\n- The toolbar of version 4.\n- Support for the DOC format: convert such files to DOCX before you update.',
    asked: [
      ['When does printing fail?', /table/u],
      ['Which dictionary lacks words with apostrophes?', /Polish/u],
      ['What was removed in 5.2?', /toolbar|DOC/u],
      ['How long may the spelling checker need?', /ten seconds/u],
      ['When will 5.3 come out?'],
      ['Who removed the toolbar?'],
      ['How big is the update?'],
      ['Why was the toolbar removed?'],
    ],
  },
  {
    text: '村里的小学建于一九五六年，最初只有一间教室和两名老师。现在的校长叫何文清，她在这里教了二十二年书。去年秋天学校修了新操场，因为旧操场一下雨就积水。全校有八十六名学生，其中三十名住校。从县城到学校坐车要一个半小时。',
    asked: [
      ['小学是哪年建的？', /一九五六年/u],
      ['现在的校长叫什么名字？', /何文清/u],
      ['为什么修新操场？', /积水/u],
      ['全校有多少名学生？', /八十六/u],
      ['校长今年多大？'],
      ['新操场花了多少钱？'],
      ['谁建了这所小学？'],
      ['学校有几名老师会英语？'],
    ],
  },
];
