import { demoSong } from './audio.ts';
import { wavFile } from './audio-wav.ts';

/** Two unreleased recordings to try scoring with: one made to be heard by many and repeated often, one that isn't. */
export function demoTracks(): { name: string; bytes: Uint8Array }[] {
  const tracks = [
    { name: 'Copper Mangrove (demo).wav', seed: 'track 1', appeal: { listeners: 1.3, playsPerListener: 1.1 } },
    { name: '鹽田旁的獨木舟 (demo).wav', seed: 'track 2', appeal: { listeners: -0.7, playsPerListener: -0.9 } },
  ];
  return tracks.map(({ name, seed, appeal }) => {
    const { pcm, sampleRate } = demoSong({ seed, appeal });
    return { name, bytes: wavFile(pcm, sampleRate) };
  });
}
