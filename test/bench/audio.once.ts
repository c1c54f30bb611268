import { existsSync } from 'node:fs';
import { analyseAudio } from '../../src/audio/analyse.ts';
import { findFfmpeg } from '../../src/audio/ffmpeg.ts';
import { readConfig } from '../../src/config.ts';
import { DEMO_CARD } from '../../src/score/card.ts';
import { predictScore } from '../../src/score/session.ts';

// One file through the whole path in a process of its own, as bench/audio.ts measures it from outside.
const config = readConfig();
const { path: ffmpeg } = await findFfmpeg(config);
const { logMel, frames } = await analyseAudio({ path: process.argv[2] ?? '', ffmpeg, maxBytes: config.uploadMaxBytes });
if (existsSync(DEMO_CARD)) await predictScore({ logMel, frames });
console.log(JSON.stringify({ peakRssMb: process.resourceUsage().maxRSS / 1024 }));
