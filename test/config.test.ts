import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, test } from 'vitest';
import { ConfigError, readConfig } from '../src/config.ts';
import { textFor } from '../src/text/catalogue.ts';
import { errorWords } from '../src/text/error-words.ts';

const WRONG = {
  DATABASE_URL: 'mysql://maya:hunter2@db/encore',
  FFMPEG_PATH: '/no/such/ffmpeg',
  SLACK_APP_TOKEN: 'xoxb-1-secret',
  CATALOGUE_TIME_ZONE: 'Mars/Olympus',
  PORT: 'eighty',
  WORKER_THREADS: '0',
  ENCORE_ROLE: 'worker',
  SLACK_API_URL: 'slack',
  LOG_LEVEL: 'loud',
};

function refusal(env: Record<string, string>): ConfigError {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error;
  }
  throw new Error('it was taken');
}
const words = (env: Record<string, string>) => errorWords(refusal(env), textFor('en'));

describe('a wrong configuration', () => {
  it('is told whole: every variable with what it is and what to do', () => {
    const lines = words(WRONG).split('\n');
    expect(lines[0]).toContain('10 settings are wrong');
    const told = lines.slice(1).join('\n');
    for (const name of Object.keys(WRONG)) expect(told).toContain(name);
    for (const part of ['“eighty”. Give a whole number from 0 to 65535', 'Asia/Taipei', 'trace, debug, info', 'postgres://user:password@host', "Give ffmpeg's full path", 'xapp-', 'unset SLACK_APP_TOKEN to use the local page', 'one process'])
      expect(told).toContain(part);
    expect(told).not.toMatch(/Invalid|NaN|expected|undefined/);
  });

  it('never shows a secret, not even a wrong one', () => {
    const told = words({ ...WRONG, SLACK_BOT_TOKEN: 'hunter2', SLACK_SIGNING_SECRET: 'swordfish' });
    expect(told).not.toMatch(/hunter2|secret\b|swordfish|maya/);
    expect(told).toContain('mysql://…');
    expect(told).toContain('(xoxb-…)');
  });

  it('is told in the language asked for, and in English where that is wrong too', () => {
    expect(words({ LOCALE: 'zh-TW', PORT: 'x' })).toMatch(/^有 1 項設定不正確.*\n {2}- PORT 是「x」。請填 0 到 65535 之間的整數。$/);
    expect(words({ LOCALE: 'fr', PORT: 'x' })).toMatch(/^2 settings are wrong.*\n.*PORT.*\n {2}- LOCALE is “fr”. Choose one of: en, zh-TW\.$/);
  });

  it.each([
    [{ SLACK_BOT_TOKEN: 'xoxb-1' }, 'SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP)'],
    [{ SLACK_SIGNING_SECRET: 's' }, 'SLACK_BOT_TOKEN is not'],
    [{ ENCORE_ROLE: 'web' }, 'Set the Slack tokens'],
    [{ FFMPEG_PATH: '/tmp' }, 'no program is there'],
    [{ DATABASE_URL: 'postgres://u:a b#c@h/x' }, 'percent-encoded'],
  ])('%o is told', (env, part) => {
    expect(words(env as Record<string, string>)).toContain(part);
  });
});

test('blank variables count as absent', () => {
  expect(readConfig({ PORT: ' ', FFMPEG_PATH: '', SLACK_BOT_TOKEN: '', LOCALE: '' })).toMatchObject({ ffmpegPath: undefined, slack: undefined, locale: 'en' });
});

test('an ffmpeg that may be run is taken', () => {
  expect(readConfig({ FFMPEG_PATH: process.execPath }).ffmpegPath).toBe(process.execPath);
});

test.each(['main.ts', 'cli.ts'])('%s tells a wrong configuration without a trace, and ends with 2', async (file) => {
  const args = [fileURLToPath(new URL(`../src/${file}`, import.meta.url)), ...(file === 'cli.ts' ? ['forecast', 'x'] : [])];
  const env = { ...process.env, LOCALE: 'zh-TW', PORT: 'x' };
  const { status, stderr } = await new Promise<{ status: unknown; stderr: string }>((done) => execFile(process.execPath, args, { env }, (error, _out, stderr) => done({ status: error?.code, stderr })));
  expect(status).toBe(2);
  expect(stderr).toContain('PORT 是「x」');
  expect(stderr).not.toContain('    at ');
}, 60_000);
