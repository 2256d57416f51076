// Passages as in shapingPassages.mjs, written and run once after all mending that the sets before led to. One of another hand and
// in the public domain: Jerome.

/** @type {import('./shapingPassages.mjs').AskedPassage[]} */
export const fifthFreshPassages = [
  {
    // Jerome K. Jerome, Three Men in a Boat (1889)
    text: 'There were four of us—George, and William Samuel Harris, and myself, and Montmorency. We were sitting in my room, smoking, and talking about how bad we were—bad from a medical point of view I mean, of course. We were all feeling seedy, and we were getting quite nervous about it. Harris said he felt such extraordinary fits of giddiness come over him at times, that he hardly knew what he was doing. With me, it was my liver that was out of order. I knew it was my liver that was out of order, because I had just been reading a patent liver-pill circular, in which were detailed the various symptoms by which a man could tell when his liver was out of order.',
    asked: [
      ['Where were they sitting?', /my room/u],
      ['What were they talking about?', /how bad/u],
      ['How many of them were there?', /four/u],
      ['Who is Montmorency?'],
      ['How old is Harris?'],
      ['When did they meet?'],
      ['Who wrote the circular?'],
    ],
  },
  {
    text: 'The survey ran from January to March and reached 1,215 households. Sixty-two percent of them heat with gas, a fifth with wood, and the rest with electricity or oil. Households with children use about a third more hot water. The interviews were carried out by students of the technical college, who were paid 14 euros an hour. Because of a printing error, page three was missing from eighty questionnaires, which were left out of the count.',
    asked: [
      ['How many households were reached?', /1,215/u],
      ['Who carried out the interviews?', /students/u],
      ['How much were the students paid?', /14 euros/u],
      ['Why were eighty questionnaires left out?', /printing error|missing/u],
      ['How many students were there?'],
      ['What did the survey cost?'],
      ['Which town was the survey made in?'],
      ['When will the results be published?'],
    ],
  },
  {
    text: '## Setting up the tent\n\nChoose level ground without stones. Lay out the groundsheet and peg its four corners. Slide the long poles through the blue sleeves and the short one through the grey sleeve. Raise the tent from the rear, so that the wind does not catch it. The guy ropes come last: they should be tight but not tear at the seams. With two people it takes about fifteen minutes. Dry the tent before you pack it, or it will grow mould.',
    asked: [
      ['How long does it take to set up?', /fifteen minutes/u],
      ['Why should the tent be raised from the rear?', /wind/u],
      ['What colour are the sleeves for the long poles?', /blue/u],
      ['What happens if the tent is packed wet?', /mould/u],
      ['How many people can sleep in the tent?'],
      ['How heavy is the tent?'],
      ['What does the tent cost?'],
      ['Who makes the tent?'],
    ],
  },
  {
    text: 'Dear Ms. Okonjo,\n\nI am writing to complain about the dishwasher that was delivered on 22 November (order 88-4107). It leaks at the door, and the lower basket is bent. Your technician, a Mr. Falk, came on the 29th but had no spare parts with him. He promised to come back within a week. That was a month ago. Please either replace the machine or refund the 540 euros that I paid. I can be reached on weekdays after five.\n\nYours sincerely\nRuth Abel',
    asked: [
      ['When was the dishwasher delivered?', /22 November/u],
      ['Who is Mr. Falk?', /technician/u],
      ['How much did she pay?', /540/u],
      ['What is the order number?', /88-4107/u],
      ['Who bent the basket?'],
      ['What is her phone number?'],
      ['When will the machine be replaced?'],
      ['Why does the door leak?'],
    ],
  },
  {
    text: '今年的读书节将于四月二十三日在市图书馆举行，由作家沈一鸣主持。活动免费，但需要提前在网上报名，名额为两百人。下午两点有儿童故事会，四点有旧书交换。因为停车位不足，主办方建议大家乘地铁前往。',
    asked: [
      ['读书节在哪里举行？', /市图书馆/u],
      ['谁主持读书节？', /沈一鸣/u],
      ['几点有儿童故事会？', /两点/u],
      ['为什么建议乘地铁？', /停车位/u],
      ['有多少个停车位？'],
      ['沈一鸣今年多大？'],
      ['旧书多少钱？'],
      ['图书馆的电话号码是多少？'],
    ],
  },
];
