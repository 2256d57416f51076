// node bench/calibration/fetch.mjs: fetches all texts into out/bench/calibration/texts/PART
import { fetchTexts, sources } from './sources.mjs';

for (const part of Object.keys(sources)) process.stdout.write(`${await fetchTexts(part)}\n`);
