/** What ffmpeg said on stderr, reduced to what matters. */
export type DecoderReport = {
  /** Seconds the container promises for its sound; null when it says nothing or only guesses from the bitrate. */
  promisedSeconds: number | null;
  /** ffmpeg recognised the container. */
  opened: boolean;
  hasAudioStream: boolean;
  encrypted: boolean;
  /** Packets that could not be decoded and were skipped. */
  damagedPackets: number;
  /** Integrated loudness; null when nothing was loud enough, or when the format changed on the way and the meter began anew. */
  lufs: number | null;
  /** The last complaint, for the log: without file names and tags. */
  lastWords: string;
};

const LONGEST_LINE = 2000;

/** Tags stand deeper than all that is looked for; a hostile one goes on for millions of lines. */
const TAG = '      ';

/** Lines that explain nothing. */
const ROUTINE = /^(\[Parsed_ebur128|(Input|Output) #|Stream mapping|size=|video:|Conversion failed|Output file is empty|To ignore this)/;

/**
 * Reads ffmpeg's stderr line by line in bounded memory, however much a hostile file makes it write.
 * A tag can't imitate the lines looked for: ffmpeg indents tags deeper.
 */
export function createReport() {
  const facts = { duration: null as number | null, guessed: false, opened: false, film: false, tracks: 0, encrypted: false, damaged: 0 };
  const meter = { summaries: 0, lufs: null as number | null };
  let lastWords = '';
  let rest = '';
  let inInput = true;
  const readLine = (line: string) => {
    if (line.startsWith(TAG)) return;
    if (/^(Stream mapping|Output #)/.test(line)) inInput = false;
    if (inInput) readInputLine(line, facts);
    else readMeterLine(line, meter);
    if (/^(\[[^\]]*\] )?Error (while decoding stream|submitting packet to decoder)/.test(line)) facts.damaged++;
    if (/DRM protected|activation_bytes option is missing/.test(line)) facts.encrypted = true;
    if (/^[^ ]/.test(line) && !ROUTINE.test(line)) lastWords = wordsOf(line);
  };
  return {
    read(chunk: Buffer) {
      const lines = (rest + chunk.toString('latin1')).split(/[\r\n]/);
      rest = (lines.pop() ?? '').slice(0, LONGEST_LINE);
      for (const line of lines) readLine(line.slice(0, LONGEST_LINE));
    },
    finish(): DecoderReport {
      readLine(rest);
      rest = '';
      // A length is that of the longest stream, and that may be the picture or another track.
      const promisedSeconds = facts.guessed || facts.film || facts.tracks > 1 ? null : facts.duration;
      return { promisedSeconds, opened: facts.opened, hasAudioStream: facts.tracks > 0, encrypted: facts.encrypted, damagedPackets: facts.damaged, lufs: meter.summaries === 1 ? meter.lufs : null, lastWords };
    },
  };
}

function readInputLine(line: string, facts: { duration: number | null; guessed: boolean; opened: boolean; film: boolean; tracks: number }): void {
  if (line.startsWith('Input #0')) facts.opened = true;
  const duration = /^ {2}Duration: (\d+):(\d\d):(\d\d\.\d+),/.exec(line);
  if (duration) facts.duration = Number(duration[1]) * 3600 + Number(duration[2]) * 60 + Number(duration[3]);
  if (line.includes('Estimating duration from bitrate')) facts.guessed = true;
  if (/^ {2,4}Stream #0:\d+\S*: Video: /.test(line) && !line.includes('(attached pic)')) facts.film = true;
  if (/^ {2,4}Stream #0:\d+\S*: Audio: /.test(line)) facts.tracks++;
}

/** What ebur128 says at the end: -70 is its gate, so it heard nothing. */
function readMeterLine(line: string, meter: { summaries: number; lufs: number | null }): void {
  if (/^\[Parsed_ebur128\S* @ \S+\] Summary:$/.test(line)) meter.summaries++;
  const [, integrated] = (meter.summaries > 0 && /^ {4}I: +(-?\d+\.\d) LUFS$/.exec(line)) || [];
  if (integrated !== undefined && Number(integrated) > -70) meter.lufs = Number(integrated);
}

/** `[mp3 @ 0x55] Header missing` and `file:/a/b.mp3: Header missing` both read `Header missing`. */
const wordsOf = (line: string) => line.replace(/^\[[^\]]*\] /, '').replace(/^file:.*: /, '').slice(0, 200);
