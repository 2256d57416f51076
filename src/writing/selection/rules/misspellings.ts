import { type PhraseTable, phraseTable } from './phraseTable.ts';

/** Spellings that are no English word, and the word that is meant. None of them has a second candidate. */
export const misspellings = phraseTable(`
  abscence>absence; accomodate>accommodate; accomodation>accommodation; accross>across; acheive>achieve;
  acheived>achieved; acknowlege>acknowledge; acquaintence>acquaintance; adress>address; adresses>addresses;
  agressive>aggressive; alot>a lot; amatuer>amateur; anual>annual; apparant>apparent; apparantly>apparently;
  appearence>appearance; arguement>argument; assasin>assassin; athiest>atheist; attendence>attendance;
  availible>available; avaliable>available; awfull>awful; basicly>basically; beatiful>beautiful; becuase>because;
  becasue>because; begining>beginning; beleive>believe; beleived>believed; belive>believe; benifit>benefit;
  buisness>business; bussiness>business; my calender>my calendar; your calender>your calendar; our calender>our calendar;
  his calender>his calendar; her calender>her calendar; their calender>their calendar; on the calender>on the calendar;
  in the calender>in the calendar; google calender>Google calendar; calender year>calendar year; calender years>calendar years;
  calender month>calendar month; calender days>calendar days; calender event>calendar event; calender invite>calendar invite; catagory>category; cemetary>cemetery; changable>changeable;
  charachter>character; cheif>chief; collegue>colleague; collegues>colleagues; comming>coming; commited>committed;
  commitee>committee; comitee>committee; comittee>committee; comparision>comparison; completly>completely;
  concious>conscious; concensus>consensus; consistant>consistent; convinient>convenient; critisism>criticism;
  decieve>deceive; definately>definitely; definatly>definitely; defiantely>definitely; is dependant on>is dependent on; are dependant on>are dependent on; be dependant on>be dependent on; was dependant on>was dependent on;
  desparate>desperate; developement>development; diffrent>different; dilema>dilemma; dissapear>disappear;
  dissapoint>disappoint; dissapointed>disappointed; ecstacy>ecstasy; embarass>embarrass; embarassing>embarrassing;
  embarassed>embarrassed; enviroment>environment; environement>environment; equiptment>equipment; especialy>especially;
  exagerate>exaggerate; excede>exceed; excelent>excellent; existance>existence; existant>existent;
  experiance>experience; explaination>explanation; familar>familiar; facinating>fascinating; febuary>February;
  finaly>finally; florescent light>fluorescent light; florescent lights>fluorescent lights; florescent lamp>fluorescent lamp; florescent bulb>fluorescent bulb; foriegn>foreign; forseeable>foreseeable; fourty>forty;
  foward>forward; freind>friend; freinds>friends; garantee>guarantee; gaurd>guard; generaly>generally;
  goverment>government; grammer>grammar; gratefull>grateful; greatful>grateful; guidence>guidance; happend>happened;
  harrass>harass; harrassment>harassment; heigth>height; heirarchy>hierarchy; helpfull>helpful; hieght>height;
  humerous>humorous; hygeine>hygiene; hypocracy>hypocrisy; identicle>identical; ignorence>ignorance;
  imediate>immediate; imediately>immediately; immediatly>immediately; incidently>incidentally; independant>independent;
  independance>independence; indispensible>indispensable; inital>initial; inteligence>intelligence;
  intelligance>intelligence; interupt>interrupt; intresting>interesting; intrest>interest; irresistable>irresistible;
  knowlege>knowledge; knowledgable>knowledgeable; labratory>laboratory; langauge>language;
  legth>length; lenght>length; liason>liaison; libary>library; libaries>libraries; lightening storm>lightning storm;
  maintainance>maintenance; maintenence>maintenance; managment>management; medeval>medieval; millenium>millennium;
  miniscule>minuscule; mischievious>mischievous; mispell>misspell;
  mispelled>misspelled; neccessary>necessary; necesary>necessary; neccessarily>necessarily; necessery>necessary;
  neice>niece; noticable>noticeable; occassion>occasion; occassionally>occasionally; occasionaly>occasionally;
  occured>occurred; occuring>occurring; occurence>occurrence; occurance>occurrence; ocurred>occurred;
  oppertunity>opportunity; oportunity>opportunity; orignal>original; origional>original; outragous>outrageous;
  paralell>parallel; parliment>parliament; particularily>particularly; particulary>particularly; pasttime>pastime;
  payed for>paid for; peice>piece; peices>pieces; percieve>perceive; performence>performance; permanant>permanent;
  perseverence>perseverance; personel>personnel; persue>pursue; playwrite>playwright; posess>possess;
  posession>possession; possable>possible; possibilty>possibility; potatoe>potato; practicaly>practically;
  preceed>precede; preferance>preference; prefered>preferred; prefering>preferring; presance>presence;
  privelege>privilege; priviledge>privilege; probaly>probably; proccess>process; proffesional>professional;
  proffessor>professor; promiss>promise; pronounciation>pronunciation; prufe>proof; quarentine>quarantine;
  questionaire>questionnaire; realy>really; reccomend>recommend; reccommend>recommend; recomend>recommend;
  recieve>receive; recieved>received; recieving>receiving; refered>referred; refering>referring; referance>reference;
  relevent>relevant; religous>religious; remeber>remember; repitition>repetition; resistence>resistance;
  responce>response; responsability>responsibility; responsable>responsible; restaraunt>restaurant;
  rediculous>ridiculous; rythm>rhythm; sacrafice>sacrifice; saftey>safety; scedule>schedule; scissers>scissors;
  secratary>secretary; sence>sense; sentance>sentence; seperate>separate; seperated>separated; seperately>separately;
  seperation>separation; sieze>seize; similer>similar; similiar>similar; sincerly>sincerely; speach>speech;
  stategy>strategy; stratagy>strategy; strenght>strength; studing>studying; succesful>successful;
  successfull>successful; succesfully>successfully; sucess>success; sucessful>successful; sufficent>sufficient;
  suprise>surprise; suprised>surprised; suprising>surprising; surveilence>surveillance; temperture>temperature;
  temperary>temporary; tendancy>tendency; thier>their; therefor we>therefore we; threshhold>threshold;
  tommorow>tomorrow; tomorow>tomorrow; tommorrow>tomorrow; tounge>tongue; truely>truly; twelth>twelfth; tyrany>tyranny;
  unfortunatly>unfortunately; unecessary>unnecessary; unneccessary>unnecessary; untill>until; unusuall>unusual;
  upto>up to; usefull>useful; useage>usage; usally>usually; vaccum>vacuum; vegatable>vegetable; vehical>vehicle;
  visable>visible; wether or not>whether or not; wellcome>welcome; wierd>weird; whereever>wherever; wich>which;
  wnat>want; writting>writing; writen>written; yatch>yacht; teh>the; taht>that; hte>the; adn>and; waht>what;
  woudl>would; coudl>could; shoudl>should; jsut>just; liek>like; konw>know; knwo>know; ahve>have;
  thign>thing; thigns>things; yuo>you; yoru>your; abotu>about; aboutthe>about the; int he>in the; itis>it is;
  theyre>they're; wierdly>weirdly; anwser>answer; asnwer>answer; exmaple>example; funtion>function; fucntion>function;
  paramter>parameter; parametre>parameter; reponse>response; retreive>retrieve; specifed>specified; wihtout>without;
  witht he>with the; restaraunts>restaurants; curiousity>curiosity; webiste>website; recived>received; reciept>receipt;
  enviromental>environmental; enviromentally>environmentally; acording>according;
  acordingly>accordingly; aditional>additional; aditionally>additionally; agian>again; allready>already; alwasy>always;
  alwyas>always; anyting>anything; apparantely>apparently; appriciate>appreciate; aproach>approach; arround>around;
  articel>article; artical>article; asume>assume; attatch>attach; attatched>attached; automaticly>automatically;
  avalable>available; behaviuor>behaviour; beggining>beginning; becomming>becoming; beleif>belief; betwen>between;
  bielieve>believe; bisness>business; carefull>careful; certian>certain; challange>challenge; charactor>character;
  choosen>chosen; cirmcumstances>circumstances; comunicate>communicate;
  comunication>communication; comunity>community; compatability>compatibility; compleatly>completely;
  conected>connected; conection>connection; confortable>comfortable; consistancy>consistency; contian>contain;
  contians>contains; correctely>correctly; currenty>currently; curently>currently;
  decison>decision; defualt>default; delivary>delivery; depandent>dependent; descripton>description; desctiption>description;
  destory>destroy; developped>developed; dificult>difficult; difficulity>difficulty; dissapeared>disappeared;
  dissappointed>disappointed; documention>documentation; documantation>documentation; eighter>either; embarrased>embarrassed;
  enought>enough; enogh>enough; enviroments>environments; esential>essential; everthing>everything; exacly>exactly;
  exection>execution; expecially>especially; expirience>experience; explicitely>explicitly; extention>extension;
  extreemly>extremely; faild>failed; feild>field; fianlly>finally; firts>first; folow>follow; folowing>following;
  follwing>following; foregin>foreign; functionaly>functionally; futher>further; futhermore>furthermore;
  gouvernment>government; hapen>happen; hapened>happened; imporve>improve;
  implemention>implementation; implementaion>implementation; importent>important; improvment>improvement;
  incorect>incorrect; infomation>information; informaton>information; independantly>independently;
  instade>instead; insted>instead; intergrate>integrate; intergration>integration; interprete>interpret; invoce>invoice;
  itslef>itself; knowlegde>knowledge; languge>language; lauguage>language; litle>little; lenghts>lengths;
  maintaince>maintenance; mantain>maintain; mesage>message; messsage>message; millon>million; mistery>mystery;
  mountian>mountain; naturaly>naturally; necesarily>necessarily; negociate>negotiate; nigth>night;
  nineth>ninth; ninty>ninety; normaly>normally; noticably>noticeably; obvioulsy>obviously; ocasion>occasion;
  ocassion>occasion; offical>official; ofcourse>of course; ommit>omit; ommited>omitted; ommitted>omitted; oposite>opposite;
  optionaly>optionally; orginal>original; originaly>originally; otherise>otherwise; otehr>other; paramaters>parameters;
  peformance>performance; peopel>people; poeple>people; perfom>perform; permision>permission; perfrom>perform;
  physicaly>physically; posible>possible; possiblity>possibility; presistent>persistent;
  previosly>previously; previuosly>previously; primative>primitive; prioritys>priorities;
  probelm>problem; problably>probably; proceedure>procedure; progess>progress;
  propery>property; propably>probably; quatity>quantity; quantaty>quantity; questionaires>questionnaires;
  reasonnable>reasonable; recieves>receives; recogniton>recognition;
  recomended>recommended; recomendation>recommendation; refrence>reference; regulary>regularly; relase>release;
  releated>related; remaning>remaining; repositry>repository; reqiure>require; requirment>requirement;
  requirments>requirements; resourse>resource; resposible>responsible; restarant>restaurant; retrun>return; returing>returning;
  reuqest>request; safly>safely; satify>satisfy; scenerio>scenario; secound>second; seperating>separating;
  severly>severely; similarily>similarly; simplier>simpler; sincerley>sincerely; somthing>something; soem>some;
  sofware>software; soluton>solution; specificaly>specifically; statment>statement; statments>statements;
  stoped>stopped; succeded>succeeded; succes>success; sugest>suggest; suggestons>suggestions;
  supposably>supposedly; suport>support; suported>supported; suppport>support; swiming>swimming;
  synchronus>synchronous; thorougly>thoroughly; thoughout>throughout; threfore>therefore;
  throught>through; togehter>together; togther>together; tranfer>transfer; tranlation>translation; truley>truly;
  unkown>unknown; unforseen>unforeseen; uniqe>unique; unsuccesful>unsuccessful; usefullness>usefulness; usualy>usually;
  varibale>variable; varient>variant; verison>version; versoin>version; visting>visiting; volonteer>volunteer; waht's>what's;
  weigth>weight; widht>width; attachement>attachment; attachements>attachments; acommodation>accommodation;
  acomodation>accommodation; acommodate>accommodate; enviromment>environment; profesional>professional; profesionals>professionals;
  profesionally>professionally; profesor>professor; algoritm>algorithm; algoritms>algorithms; algorythm>algorithm; restaurent>restaurant;
  restaurents>restaurants; enginer>engineer; enginers>engineers; beautifull>beautiful; beautifuly>beautifully; aswell>as well;
  infront of>in front of; thankyou for>thank you for; exemple>example; exemples>examples;
  inspite of>in spite of; eventhough>even though; incase of>in case of; evrything>everything; evryone>everyone;
  recomendations>recommendations; dissapointing>disappointing; suprisingly>surprisingly; posibility>possibility;
  posibilities>possibilities; oportunities>opportunities; comited>committed; developpment>development; developpers>developers;
  developper>developer; personnal>personal; personnaly>personally; langage>language; langages>languages;
  exercice>exercise; exercices>exercises; litterature>literature; medecine>medicine; publically>publicly;
  seperatly>separately; sentense>sentence; succesfull>successful; sucessfully>successfully; tecnology>technology; theather>theater; traficc>traffic; unfortunatelly>unfortunately; vegtables>vegetables; writeing>writing;
  hopefuly>hopefully; immediatelly>immediately; maintanance>maintenance; neccesary>necessary;
  ocassionally>occasionally; paralel>parallel; pronunciacion>pronunciation; proyect>project; resturant>restaurant; shedule>schedule;
  strengh>strength; transfered>transferred; wonderfull>wonderful; workign>working; wroking>working`);

/** `didnt`, `did'nt` */
const misplacedApostrophes = 'do does did is are was were have has had would could should'
  .split(' ')
  .map((verb) => `${verb}nt>${verb}n't; ${verb}'nt>${verb}n't`)
  .join(';');

/** Words that exist, where they cannot be meant. */
export const confusions: PhraseTable = new Map([
  ...phraseTable(`
  ${misplacedApostrophes}; wo'nt>won't; ca'nt>can't; youre>you're; youve>you've;
  weve>we've; theyve>they've; thats>that's; thats name>whose name; theres>there's; whats>what's; heres>here's;
  i'am>I'm; oclock>o'clock; atleast>at least; aswell as>as well as; infact>in fact; eachother>each other;
  shouldn't of>shouldn't have;
  couldn't of>couldn't have; wouldn't of>wouldn't have; they're is>there is; they're are>there are; your the>you're the;
  your a>you're a; your an>you're an; you're own>your own; its an>it's an; its the>it's the;
  its been>it's been; who's own>whose own; for all intensive purposes>for all intents and purposes;
  peak my interest>pique my interest; sneak peak>sneak peek; per say>per se; vice a versa>vice versa;
  baited breath>bated breath; and etc>etc;
  informations>information; informations are>information is; informations were>information was; softwares>software;
  softwares are>software is; furnitures>furniture; most easiest>easiest;
  he dont>he doesn't; she dont>she doesn't;
  nobody dont>nobody doesn't; he wont>he won't; she wont be>she won't be; this wont>this won't; that wont>that won't; there wont be>there won't be;
  could able to>could; can able to>can;
  i wont>I won't; you wont>you won't; we wont>we won't; they wont>they won't; it wont>it won't;
  youll>you'll; theyll>they'll; itll>it'll; thatll>that'll; wouldve>would've; couldve>could've; shouldve>should've; mustve>must've;
  would of course; could of course; should of course; wouldn't of course; couldn't of course; shouldn't of course;
  by my self>by myself; by your self>by yourself; by him self>by himself; by it self>by itself; i am agree>I agree;
  we are agree>we agree; they are agree>they agree; depends of the>depends on the; depend of the>depend on the;
  depends of>depends on; most fastest>fastest; most biggest>biggest;
  your the best>you're the best;
  could you advice>could you advise; can you advice>can you advise; please advice me>please advise me;
  who's book>whose book; it's own>its own;
  rather then …>rather than;
  a case and point>a case in point; your not sure>you're not sure;
  your not a>you're not a; your not the>you're not the;
  their not sure>they're not sure;
  its not a>it's not a; its not the>it's not the;
  is suppose to>is supposed to; are suppose to>are supposed to;
  was suppose to>was supposed to; were suppose to>were supposed to; be suppose to>be supposed to;
  i'm suppose to>I'm supposed to; it's suppose to>it's supposed to; you're suppose to>you're supposed to;
  thank you for you help>thank you for your help`),
  ...phraseTable(
    'should of>should have; could of>could have; would of>would have; must of>must have; might of>might have; may of>may have',
    { next: /^VB[ND]$/u },
  ),
  ...phraseTable('the might of; his might of; in may of; must of necessity'),
  // `before their are used` means they
  ...phraseTable('their is>there is; their are>there are; their was>there was; their were>there were', {
    next: /^(?:DT|CD|JJ|PDT)$/u,
  }),
  ...phraseTable("ive>I've", { next: /^(?:VBN|VBD|RB)$/u }),
  ...phraseTable("cant>can't; wont>won't", { next: /^VB$/u }),
  ...phraseTable("im>I'm", { next: /^(?:VBG|JJ|RB)$/u }),
]);
