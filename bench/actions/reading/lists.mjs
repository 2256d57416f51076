// Lists to be turned into prose or a table; none was seen by who wrote the rules.
export const lists = [
  'Things to pack:\n\n- two pairs of gloves\n- a torch with spare batteries\n- the blue folder',
  '- Wash the rice until the water stays clear.\n- Soak it for half an hour.\n- Bring it to the boil.',
  '1. Lena found the key.\n2. Nobody believed her.\n3. The cellar was empty.',
  '* The pump failed twice in March.\n* The spare part costs 340 euros.\n* Delivery takes six weeks.',
  'The prize goes to\n\n- Amina Yusuf\n- Bo Lindqvist\n- Carla Mendes',
  '- Do not open the case.\n- Keep dry.\n- Call +49 30 123 if it beeps.',
  '- fast\n- quiet\n- cheap',
  '- [x] Paint the fence\n- [ ] Order the stones\n- [ ] Ask the neighbours',
];
export const tables = [
  '- Oslo: 0.7 million\n- Bergen: 0.29 million\n- Tromsø: 0.08 million',
  'copper – red\nzinc – grey\ntin – white',
  '- Tuesday; choir; hall\n- Wednesday; chess; cellar\n- Friday; film; hall',
  '1. Ilse: 11 years\n2. Tomás: 9 years\n3. Priya: 12 years',
  'port = 8080\nhost = localhost\ndebug = false',
  '- The first item has a colon: yes\n- The second has none\n- The third: no',
];
