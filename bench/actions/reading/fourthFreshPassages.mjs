// Passages as in shapingPassages.mjs, written when the kinds of questions that the second and third set showed to be missed had
// been mended, and run once, at the end. Of others and in the public domain: Grossmith, Wells.

/** @type {import('./shapingPassages.mjs').AskedPassage[]} */
export const fourthFreshPassages = [
  {
    // George and Weedon Grossmith, The Diary of a Nobody (1892)
    text: 'My dear wife Carrie and I have just been a week in our new house, “The Laurels,” Brickfield Terrace, Holloway—a nice six-roomed residence, not counting basement, with a front breakfast-parlour. We have a little front garden; and there is a flight of ten steps up to the front door, which, by-the-by, we keep locked with the chain up. Cummings, Gowing, and our other intimate friends always come to the little side entrance, which saves the servant the trouble of going up to the front door, thereby taking her from her work. We have a nice little back garden which runs down to the railway. We were rather afraid of the noise of the trains at first, but the landlord said we should not notice them after a bit, and took £2 off the rent.',
    asked: [
      ['What is the name of the house?', /Laurels/u],
      ['How many steps are there?', /ten steps/u],
      ['Why were they afraid of the trains?', /noise/u],
      ['Who is the landlord?'],
      ['How much is the rent?'],
      ['When did they marry?'],
    ],
  },
  {
    // H. G. Wells, The Time Machine (1895)
    text: 'The thing the Time Traveller held in his hand was a glittering metallic framework, scarcely larger than a small clock, and very delicately made. There was ivory in it, and some transparent crystalline substance. He took one of the small octagonal tables that were scattered about the room, and set it in front of the fire, with two legs on the hearthrug. On this table he placed the mechanism. Then he drew up a chair, and sat down. The only other object on the table was a small shaded lamp.',
    asked: [
      ['Where did he place the mechanism?', /table/u],
      ['What else was on the table?', /lamp/u],
      ['Where did he set the table?', /fire/u],
      ['What was the lamp made of?'],
      ['Who made the mechanism?'],
      ['How heavy was the framework?'],
    ],
  },
  {
    text: 'Harbour Rovers beat Wexley Town 3–1 on Saturday in front of 2,400 spectators. Wexley took the lead through Owen Pryce after nine minutes, but Rovers equalised before half-time. Substitute Malik Osei scored twice in the last ten minutes. Goalkeeper Dan Hurst left the field with a broken finger and will miss six weeks. Rovers are now third in the table. Their next match is at Colby on 12 April.',
    asked: [
      ['How many spectators were there?', /2,400/u],
      ['Who scored twice?', /Osei/u],
      ['Why did Dan Hurst leave the field?', /broken finger/u],
      ['When is the next match?', /12 April/u],
      ['Who equalised for Rovers?'],
      ['How old is Malik Osei?'],
      ['What did the tickets cost?'],
      ['Where was the match played?'],
    ],
  },
  {
    text: '## Common questions\n\n**Can I change my address?** Yes, in the settings, until the parcel has been packed.\n\n**How do I return something?** Put it back into its box and hand it in at any post office within 14 days. The label is in the parcel. Refunds take about five working days. Underwear and opened software cannot be returned.\n\n**Do you deliver abroad?** Only to Norway and Iceland at the moment.',
    asked: [
      ['How long do refunds take?', /five working days/u],
      ['Where is the label?', /in the parcel/u],
      ['Can opened software be returned?', /cannot/u],
      ['What does delivery to Norway cost?'],
      ['Which post office is open on Sunday?'],
      ['Who pays for the return?'],
    ],
  },
  {
    text: 'Notice is hereby given that the footpath between Mill Lane and the river will be closed to the public from 3 to 28 February 2025 while the bank is being reinforced. Walkers should use the path over Crow Hill instead, which is about 400 metres longer. Objections must reach the county office in writing by 17 January. The works are carried out by Dellmann Ltd. on behalf of the water board.',
    asked: [
      ['Why will the footpath be closed?', /reinforced/u],
      ['Who carries out the works?', /Dellmann/u],
      ['By when must objections arrive?', /17 January/u],
      ['How much longer is the other path?', /400 metres/u],
      ['What do the works cost?'],
      ['How long is the footpath?'],
      ['Who owns the footpath?'],
      ['Why is the bank weak?'],
    ],
  },
  {
    text: 'Fog forms when air near the ground cools to the point at which it can hold no more water. It is most frequent in valleys, because cold air is heavier and flows downhill. Fog over the sea is different: warm moist air drifts over cold water. By convention one speaks of fog when one can see less than 1,000 metres; above that it is called mist. Airports close their runways at 550 metres unless they have special equipment.',
    asked: [
      ['When does fog form?', /cools/u],
      ['Why is fog most frequent in valleys?', /heavier/u],
      ['What is it called above 1,000 metres?', /mist/u],
      ['How long does fog last?'],
      ['Which airport has special equipment?'],
      ['Who invented the convention?'],
    ],
  },
  {
    text: '本市第二条地铁线路昨天正式开通，全长二十三公里，共设十七个车站。首班车早上六点从东站出发。票价两元起，学生半价。市长赵国平在开通仪式上说，第三条线路将于明年动工。由于信号系统出现故障，开通时间比原计划推迟了四个月。',
    asked: [
      ['地铁线路有多少个车站？', /十七个/u],
      ['首班车几点出发？', /六点/u],
      ['市长叫什么名字？', /赵国平/u],
      ['第三条线路什么时候动工？', /明年/u],
      ['第三条线路有多长？'],
      ['信号系统是谁做的？'],
      ['地铁花了多少钱？'],
      ['司机叫什么名字？'],
    ],
  },
];
