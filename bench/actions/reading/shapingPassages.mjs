// Passages of our own of many kinds, with questions: `right` is what an answer must hold; without it the text does not say.
// They were read while the retrieval was changed.

/** @typedef {{ text: string, asked: readonly (readonly [string, RegExp?])[] }} AskedPassage */

/** @type {AskedPassage[]} */
export const shapingPassages = [
  {
    text: 'The ferry to Hollis Island leaves at 9.15 and 16.40 every day except Sunday. Tickets cost 12 pounds and can be bought on board. Dogs travel free. In winter the crossing takes an hour because the captain avoids the shallow channel. The island shop is run by Edith Marlowe, who also rents out bicycles.',
    asked: [
      ['When does the ferry leave?', /9\.15/u],
      ['Who rents out bicycles?', /Marlowe/u],
      ['How much does it cost to take a dog?', /free/u],
      ['How much is it to rent a bicycle?'],
      ['Who owns the ferry?'],
      ['Why does the crossing take an hour in winter?', /shallow/u],
    ],
  },
  {
    text: 'Dear colleagues, from 1 March the canteen will close at 14:00 instead of 15:00. Mr. Okafor has retired after 31 years; his post will be filled by Lena Brandt from the Hamburg office. Please return the yellow meal cards to reception by Friday. New cards can be charged online. The coffee machine on the second floor remains out of order.',
    asked: [
      ['At what time will the canteen close?', /14:00/u],
      ['Who replaces Mr. Okafor?', /Brandt/u],
      ['Where should the meal cards be returned?', /reception/u],
      ['Why did Mr. Okafor retire?'],
      ['When will the coffee machine be repaired?'],
      ['How can the new cards be charged?', /online/u],
    ],
  },
  {
    text: 'Version 4.2 drops support for Node 14. The parser is now written in Rust and reads large files three times faster. The option `strict` was renamed to `exact`. A memory leak in the watcher was found by Tomasz Kowal and fixed. Windows paths with spaces are still broken.',
    asked: [
      ['What was the option strict renamed to?', /exact/u],
      ['Who found the memory leak?', /Kowal/u],
      ['Which language is the parser written in?', /Rust/u],
      ['When was version 4.2 released?'],
      ['Who wrote the parser?'],
    ],
  },
  {
    text: 'Old Henrik never spoke of the war. He mended nets in the shed behind the church and whistled while he worked. On Thursdays his niece brought him soup in a blue can. When the harbour froze in 1947, he walked across the ice to Vadsund to fetch a doctor for the innkeeper’s wife.',
    asked: [
      ['Where did Henrik mend nets?', /shed/u],
      ['Who brought the soup?', /niece/u],
      ['When did the harbour freeze?', /1947/u],
      ['What was the name of the niece?'],
      ['What is the name of the doctor?'],
      ['Why did Henrik walk to Vadsund?', /doctor/u],
    ],
  },
  {
    text: 'We tested 212 tablets from four manufacturers. Dissolution was complete within 30 minutes in all but nine samples. The samples from the second manufacturer lost 6 % of their weight when stored at 40 °C. No significant difference in taste was reported. The tests were paid for by the Ministry of Health.',
    asked: [
      ['How many tablets were tested?', /212/u],
      ['Who paid for the tests?', /Ministry/u],
      ['How long did dissolution take?', /30 minutes/u],
      ['What is the name of the second manufacturer?'],
      ['How many patients took part?'],
    ],
  },
  {
    text: 'To descale the kettle, fill it halfway with water and add two spoons of citric acid. Let it stand for twenty minutes; do not boil it. Rinse it three times with cold water. Vinegar works too but damages the rubber seal. Repeat every month if your water is hard.',
    asked: [
      ['How often should the kettle be rinsed?', /three times/u],
      ['What does vinegar damage?', /seal/u],
      ['How long should the kettle stand?', /twenty minutes/u],
      ['How much does citric acid cost?'],
      ['Where can citric acid be bought?'],
    ],
  },
  {
    text: 'The Varnavian parliament passed the water act by 61 votes to 38 on Tuesday night. The opposition leader, Marta Sool, called it a gift to the mining companies. Farmers will have to meter their wells from next year. Demonstrations were reported in three northern towns. The president has ten days to sign the act.',
    asked: [
      ['When did parliament pass the water act?', /Tuesday/u],
      ['Who is the opposition leader?', /Sool/u],
      ['How long does the president have to sign the act?', /ten days/u],
      ['What is the name of the president?'],
      ['How many people demonstrated?'],
      ['What will farmers have to do?', /meter/u],
    ],
  },
  {
    text: 'Hi Ben, the plumber came this morning and says the boiler needs a new valve. It will be about 180 euros, and he can come back on the 14th. I told him you would call. His number is 0171 555 0192. Could you also water the plants on the balcony? Love, Nora',
    asked: [
      ['What does the boiler need?', /valve/u],
      ['When can the plumber come back?', /14th/u],
      ['What is the number of the plumber?', /0171/u],
      ['What is the name of the plumber?'],
      ['How old is the boiler?'],
    ],
  },
  {
    text: 'The heron stood in the ditch beside the rape field, one leg drawn up. It had been there since the snow began. My grandfather says herons bring bad luck to fishermen, but he says that of magpies and priests as well. I have counted eleven visits this winter, more than in any year before.',
    asked: [
      ['Where did the heron stand?', /ditch/u],
      ['How many visits has the author counted?', /eleven/u],
      ['What does the grandfather say about herons?', /bad luck/u],
      ['What did the heron eat?'],
      ['How old is the grandfather?'],
    ],
  },
  {
    text: 'A hash table stores pairs of keys and values. The key is turned into an index by a hash function. When two keys have the same index, the table keeps both in a list. Looking up a value takes constant time on average. The idea was described by Hans Peter Luhn in an IBM memorandum in 1953.',
    asked: [
      ['Who described the idea of the hash table?', /Luhn/u],
      ['How is a key turned into an index?', /hash function/u],
      ['What happens when two keys have the same index?', /list/u],
      ['How much memory does a hash table need?'],
      ['Which university did Luhn work at?'],
    ],
  },
  {
    text: 'The tenant pays the rent by the third working day of each month. The deposit amounts to two months’ rent and is returned within six weeks after the end of the lease. Pets need the landlord’s written consent. Either party may end the lease with three months’ notice. The landlord bears the cost of repairs above 100 euros.',
    asked: [
      ['How high is the deposit?', /two months/u],
      ['When is the deposit returned?', /six weeks/u],
      ['Who bears the cost of repairs?', /landlord/u],
      ['How much is the rent?'],
      ['What is the name of the landlord?'],
      ['What do pets need?', /consent/u],
    ],
  },
  {
    text: 'Minutes, 4 May. Present: Ruiz, Tanaka, Webb; Osei sent apologies. Tanaka reported that the roof survey is finished. It was decided to ask three firms for offers. Webb will write to the insurance company. The next meeting is on 8 June in the small hall.',
    asked: [
      ['Who will write to the insurance company?', /Webb/u],
      ['When is the next meeting?', /8 June/u],
      ['Where is the next meeting?', /small hall/u],
      ['How many firms will be asked for offers?', /three/u],
      ['Who did the roof survey?'],
      ['How much will the new roof cost?'],
    ],
  },
  {
    text: '图书馆从五月一日起延长开放时间，每天早上八点开门，晚上十点关门。借书证可以在一楼服务台办理，费用是二十元。学生每次最多可以借十本书。三楼的阅览室因为漏水暂时关闭。',
    asked: [
      ['图书馆几点开门？', /八点/u],
      ['借书证在哪里办理？', /服务台/u],
      ['学生最多可以借几本书？', /十本/u],
      ['阅览室为什么关闭？', /漏水/u],
      ['馆长叫什么名字？'],
      ['图书馆有多少本书？'],
    ],
  },
  {
    text: '李明上周从上海出差回来，带了两盒茶叶送给王经理。新项目定于九月十五日启动，由陈芳负责。预算是三百万元，比去年多了五十万元。会议室的投影仪坏了，还没有人修。',
    asked: [
      ['谁负责新项目？', /陈芳/u],
      ['新项目什么时候启动？', /九月十五日/u],
      ['预算是多少？', /三百万/u],
      ['谁弄坏了投影仪？'],
      ['王经理多大年纪？'],
    ],
  },
  {
    text: 'Our allotment lies between the railway and the old brickworks. We grow beans, leeks and dahlias. Last summer a badger dug up the carrots, so Piotr built a fence out of pallets. Water comes from a pump that we share with four neighbours. The lease runs until 2031 and costs 90 euros a year.',
    asked: [
      ['Who built the fence?', /Piotr/u],
      ['Until when does the lease run?', /2031/u],
      ['How many neighbours share the pump?', /four/u],
      ['What did the badger dig up?', /carrots/u],
      ['Why did Piotr build a fence?', /badger/u],
      ['How big is the allotment?'],
      ['Who owns the brickworks?'],
    ],
  },
  {
    text: 'The patient, a 54-year-old baker, had coughed for three weeks. Chest X-ray was normal. Blood tests showed raised eosinophils. She had moved into a damp flat in January. After treatment with prednisolone the cough disappeared within five days. Dr. Lindqvist suspects a mould allergy.',
    asked: [
      ['How old is the patient?', /54/u],
      ['How long had the patient coughed?', /three weeks/u],
      ['Who suspects a mould allergy?', /Lindqvist/u],
      ['When did the patient move into the flat?', /January/u],
      ['What did the blood tests show?', /eosinophils/u],
      ['What is the name of the patient?'],
      ['Where does Dr. Lindqvist work?'],
      ['How much prednisolone was given?'],
    ],
  },
  {
    text: 'To reset your password, open Settings and choose Security. A link is sent to the address that you signed up with; it is valid for one hour. If no mail arrives, look in the spam folder. Accounts that were not used for two years are deleted. Support answers between 9 and 17 on working days.',
    asked: [
      ['How long is the link valid?', /one hour/u],
      ['Where is the link sent?', /address/u],
      ['Which accounts are deleted?', /two years/u],
      ['When does support answer?', /between 9 and 17/u],
      ['What is the telephone number of support?'],
      ['How long must a password be?'],
    ],
  },
  {
    text: 'The violin was made in Cremona around 1720 and bears the label of Carlo Bergonzi. It belonged to a Russian count until the revolution, when a ship’s cook carried it to Odessa in a flour sack. Its present owner, the violinist Ayaka Mori, bought it at an auction in London for 1.4 million pounds. The back was cracked in 1969 and repaired by a master in Vienna.',
    asked: [
      ['Where was the violin made?', /Cremona/u],
      ['Who carried the violin to Odessa?', /cook/u],
      ['Who is the present owner?', /Mori/u],
      ['How much did the violin cost?', /1\.4 million/u],
      ['When was the back cracked?', /1969/u],
      ['What is the name of the count?'],
      ['Who cracked the back?'],
      ['When was the auction?'],
    ],
  },
  {
    text: 'In this lesson you will learn how plants drink. Water rises through thin tubes in the stem, which are called xylem. The leaves lose water through tiny openings. On a hot day an oak can lose 150 litres. Put a white flower into blue ink and you can watch the petals change their color within a few hours.',
    asked: [
      ['What are the tubes in the stem called?', /xylem/u],
      ['How much water can an oak lose on a hot day?', /150/u],
      ['How do leaves lose water?', /openings/u],
      ['How old can an oak become?'],
      ['Who discovered xylem?'],
      ['Why does a plant need salt?'],
    ],
  },
  {
    text: '昨天下午三点，市中心医院门口发生了一起交通事故。一辆红色轿车撞上了路边的自行车，骑车人受了轻伤。司机姓赵，是一名出租车公司的会计。警察说，事故的原因是路面结冰。',
    asked: [
      ['事故是什么时候发生的？', /三点/u],
      ['事故发生在哪里？', /医院门口/u],
      ['事故的原因是什么？', /结冰/u],
      ['司机的工资是多少？'],
      ['骑车人叫什么名字？'],
    ],
  },
];
