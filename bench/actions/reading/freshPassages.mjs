// Passages as in shapingPassages.mjs. They were written before the retrieval was changed, and looked at once, at the end.

/** @type {import('./shapingPassages.mjs').AskedPassage[]} */
export const freshPassages = [
  {
    text: 'The museum reopens on 12 October after two years of work. Admission is 8 euros; children under ten get in free. The new wing was designed by the Danish architect Kirsten Holm and houses the coin collection. Guided tours start at the east entrance. Photographs are allowed without flash.',
    asked: [
      ['When does the museum reopen?', /12 October/u],
      ['Who designed the new wing?', /Holm/u],
      ['Where do guided tours start?', /east entrance/u],
      ['How many coins are in the collection?'],
      ['How long does a guided tour take?'],
      ['What does admission cost?', /8 euros/u],
    ],
  },
  {
    text: 'Grandmother kept the letters in a biscuit tin under the stairs. She had tied them with a green ribbon and never let us read them. After the funeral my uncle Aurel opened the tin. There were thirty-one letters, all from a man called Casimir, and a pressed violet.',
    asked: [
      ['Where did grandmother keep the letters?', /biscuit tin/u],
      ['Who opened the tin?', /Aurel/u],
      ['How many letters were there?', /thirty-one/u],
      ['When did grandmother die?'],
      ['Where did Casimir live?'],
    ],
  },
  {
    text: 'Install the package with pip. The first run downloads nothing; all word lists are included. Set `INKWELL_HOME` to change where settings are stored. The command `inkwell check` reports errors and exits with code 3 if it finds any. Support for Japanese is planned.',
    asked: [
      ['What does the command check report?', /errors/u],
      ['How is the package installed?', /pip/u],
      ['Which languages are supported?'],
      ['Who maintains the package?'],
      ['Which code does it exit with?', /3/u],
    ],
  },
  {
    text: 'Rainfall in the basin fell by 14 % between 1990 and 2020. The lake lost a third of its area because the river that feeds it was diverted for irrigation. Fishing has stopped in the southern villages. Researchers from Leuven measured the salt content each spring; it has doubled since 2005.',
    asked: [
      ['Why did the lake lose a third of its area?', /diverted/u],
      ['Who measured the salt content?', /Leuven/u],
      ['By how much did rainfall fall?', /14/u],
      ['What is the name of the river?'],
      ['How deep is the lake?'],
    ],
  },
  {
    text: 'Dear Ms. Abara, thank you for your order of 3 June. The blue armchair is out of stock and will be sent in week 27. The lamp was handed to the carrier today. You can follow the parcel under the number KX-20931. If you would rather have a refund, please reply by Monday.',
    asked: [
      ['When will the armchair be sent?', /week 27/u],
      ['What is the number of the parcel?', /KX-20931/u],
      ['What was handed to the carrier?', /lamp/u],
      ['How much does the armchair cost?'],
      ['Who is the carrier?'],
    ],
  },
  {
    text: 'The council met in the old school. Mayor Delgado proposed a tax on empty houses, which was rejected by nine votes to seven. Councillor Pike asked for a new bus stop near the clinic. The clerk will publish the accounts before the end of July.',
    asked: [
      ['Who proposed a tax on empty houses?', /Delgado/u],
      ['Where did the council meet?', /old school/u],
      ['When will the accounts be published?', /July/u],
      ['How many houses are empty?'],
      ['When will the bus stop be built?'],
    ],
  },
  {
    text: '这家面馆开在火车站对面，已经有四十年历史。老板姓周，每天凌晨三点起床和面。招牌牛肉面卖十八元一碗。由于房租上涨，面馆打算明年搬到河边的新市场。',
    asked: [
      ['面馆开在哪里？', /火车站/u],
      ['牛肉面多少钱一碗？', /十八元/u],
      ['面馆为什么要搬？', /房租/u],
      ['老板几点起床？', /三点/u],
      ['面馆有几张桌子？'],
    ],
  },
  {
    text: 'Knead the dough for ten minutes and let it rise in a warm place until it has doubled. Brush the loaf with milk. Bake it at 220 degrees for 35 minutes. My aunt Zdenka adds caraway seeds, which give it the taste of the bread sold in Brno.',
    asked: [
      ['How long should the dough be kneaded?', /ten minutes/u],
      ['Who adds caraway seeds?', /Zdenka/u],
      ['How much flour is needed?'],
      ['What should the loaf be brushed with?', /milk/u],
    ],
  },
];
