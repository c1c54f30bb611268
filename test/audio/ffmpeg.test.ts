import { execSync } from 'node:child_process';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createFolder, ffmpeg } from './files.ts';

const folder = createFolder();

/** The search as a new process would make it: nothing remembered. */
const search = async (config: { ffmpegPath?: string; production?: boolean }) => {
  const { findFfmpeg } = await import('../../src/audio/ffmpeg.ts');
  return await findFfmpeg({ ffmpegPath: config.ffmpegPath, production: config.production ?? false });
};
const code = async (config: Parameters<typeof search>[0]) =>
  await search(config).then(
    (found) => found.source,
    (error: { code?: string }) => error.code,
  );

beforeEach(() => vi.resetModules());
afterEach(() => {
  vi.doUnmock('ffmpeg-static');
  vi.doUnmock('@ffmpeg-installer/ffmpeg');
  vi.unstubAllEnvs();
});

const withoutPath = () => vi.stubEnv('PATH', folder.path('nowhere'));
const withoutPackages = () => {
  vi.doMock('ffmpeg-static', () => ({ default: folder.path('not-downloaded') }));
  vi.doMock('@ffmpeg-installer/ffmpeg', () => {
    throw new Error('not installed');
  });
};
const realPath = ffmpeg.includes('/') ? ffmpeg : execSync('command -v ffmpeg', { encoding: 'utf8' }).trim();

test('FFMPEG_PATH wins', async () => {
  const path = realPath;
  expect(await search({ ffmpegPath: path })).toEqual({ path, version: expect.stringMatching(/\S/), source: 'FFMPEG_PATH' });
});

test('a bad FFMPEG_PATH is an error, although another ffmpeg is there', async () => {
  const path = folder.write('not-ffmpeg', 'no binary');
  expect(await refusalOf({ ffmpegPath: path })).toEqual({ code: 'ffmpeg-path', context: { path } });
  expect(await refusalOf({ ffmpegPath: folder.path('absent') })).toMatchObject({ code: 'ffmpeg-path' });
});

test("ffmpeg-static's binary comes before PATH", async () => {
  const path = realPath;
  vi.doMock('ffmpeg-static', () => ({ default: path }));
  expect(await search({})).toMatchObject({ path, source: 'ffmpeg-static' });
});

test('where ffmpeg-static could not download, PATH is used', async () => {
  withoutPackages();
  const path = realPath;
  vi.stubEnv('PATH', path.slice(0, path.lastIndexOf('/')));
  expect(await search({ production: true })).toMatchObject({ path: 'ffmpeg', source: 'PATH' });
});

test('the old installer build is for trying out only', async () => {
  const path = realPath;
  withoutPackages();
  vi.doMock('@ffmpeg-installer/ffmpeg', () => ({ path, default: { path } }));
  withoutPath();
  expect(await code({})).toBe('@ffmpeg-installer/ffmpeg');
  expect(await code({ production: true })).toBe('ffmpeg-missing');
});

test('nothing found is told, and looked for again the next time', async () => {
  withoutPackages();
  withoutPath();
  const { findFfmpeg } = await import('../../src/audio/ffmpeg.ts');
  const config = { ffmpegPath: undefined, production: false };
  await expect(findFfmpeg(config)).rejects.toMatchObject({ code: 'ffmpeg-missing' });
  const path = realPath;
  vi.stubEnv('PATH', path.slice(0, path.lastIndexOf('/')));
  expect(await findFfmpeg(config)).toMatchObject({ source: 'PATH' });
});

test('it is started once per process', async () => {
  const { findFfmpeg } = await import('../../src/audio/ffmpeg.ts');
  const config = { ffmpegPath: realPath, production: false };
  const first = await findFfmpeg(config);
  expect(await findFfmpeg({ ...config })).toBe(first);
});

async function refusalOf(config: Parameters<typeof search>[0]) {
  const { UserError } = await import('../../src/errors.ts');
  return await search(config).then(
    () => 'found',
    (error: unknown) => (error instanceof UserError ? { code: error.code, context: error.context } : error),
  );
}
