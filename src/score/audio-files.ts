import { glob, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../errors.ts';

const SOUND = /\.(aac|aiff?|alac|ape|flac|m4a|mka|mp2|mp3|mp4|oga|ogg|opus|wav|wma|wv)$/i;

/**
 * Every audio file of a folder and the folders in it, in order of path.
 * @throws UserError `audio-folder-missing`
 */
export async function audioFilesIn(folder: string): Promise<string[]> {
  if (!(await stat(folder).catch(() => undefined))?.isDirectory()) throw new UserError('audio-folder-missing', { folder });
  const files: string[] = [];
  for await (const file of glob('**/*', { cwd: folder })) if (SOUND.test(file)) files.push(join(folder, file));
  return files.sort();
}
