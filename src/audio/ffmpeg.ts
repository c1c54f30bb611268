import { execFile } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import type { Config } from '../config.ts';
import { UserError } from '../errors.ts';

export type Ffmpeg = { path: string; version: string; source: 'FFMPEG_PATH' | 'ffmpeg-static' | 'PATH' | '@ffmpeg-installer/ffmpeg' };

const probes = new Map<string, Promise<Ffmpeg>>();

/**
 * The ffmpeg to decode with, started once per process to ask its version: FFMPEG_PATH, else ffmpeg-static's binary, else the one on
 * PATH, else (not in production, because it is a build of 2018 and uploads are hostile) @ffmpeg-installer/ffmpeg's.
 *
 * @throws UserError `ffmpeg-path` when FFMPEG_PATH is set and is no ffmpeg; `ffmpeg-missing` when there is none.
 * @example (await findFfmpeg(readConfig())).source // 'PATH' after `apt-get install ffmpeg`
 */
export async function findFfmpeg(config: Pick<Config, 'ffmpegPath' | 'production'>): Promise<Ffmpeg> {
  const key = `${config.production} ${config.ffmpegPath ?? ''}`;
  const probe = probes.get(key) ?? search(config);
  probes.set(key, probe);
  try {
    return await probe;
  } catch (error) {
    probes.delete(key); // it may be installed before the next file comes
    throw error;
  }
}

async function search({ ffmpegPath, production }: Pick<Config, 'ffmpegPath' | 'production'>): Promise<Ffmpeg> {
  if (ffmpegPath !== undefined) {
    const path = resolve(ffmpegPath);
    const version = await versionOf(path);
    if (version === undefined) throw new UserError('ffmpeg-path', { path });
    return { path, version, source: 'FFMPEG_PATH' };
  }
  const candidates = [
    { source: 'ffmpeg-static', path: await packagedPath(() => import('ffmpeg-static').then((it) => it.default)) },
    { source: 'PATH', path: 'ffmpeg' },
    ...(production ? [] : [{ source: '@ffmpeg-installer/ffmpeg', path: await packagedPath(() => import('@ffmpeg-installer/ffmpeg').then((it) => it.path)) } as const]),
  ] as const;
  for (const { source, path } of candidates) {
    const version = path === undefined ? undefined : await versionOf(path);
    if (path !== undefined && version !== undefined) return { path, version, source };
  }
  throw new UserError('ffmpeg-missing');
}

/** Path of an optional package's binary; undefined where the package or the binary is missing. */
async function packagedPath(load: () => Promise<string | null>): Promise<string | undefined> {
  try {
    const path = await load();
    if (!path) return undefined;
    await access(path, constants.X_OK);
    return path;
  } catch {
    return undefined;
  }
}

async function versionOf(path: string): Promise<string | undefined> {
  try {
    const { stdout } = await promisify(execFile)(path, ['-hide_banner', '-version'], { timeout: 15_000, killSignal: 'SIGKILL', windowsHide: true });
    return /^ffmpeg version (\S+)/.exec(stdout)?.[1];
  } catch {
    return undefined;
  }
}
