import { access, constants } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { UserError } from '../errors.ts';

export type Weight = 400 | 700;

/** Which characters a font file has; where two have a character, the first is used. How they are cut: fonts/convert.py. */
export const SLICES = ['latin', 'core', 'rare-1', 'rare-2', 'simplified', 'japanese', 'korean'] as const;
export type Slice = (typeof SLICES)[number];

/** Absolute path of a font file. */
export const fontFile = (slice: Slice, weight: Weight): string => fileURLToPath(new URL(`./fonts/${slice}-${weight}.ttf`, import.meta.url));

/** The family name inside that file: every file is a family of its own, so that nothing falls back by itself. */
export const fontFamily = (slice: Slice, weight: Weight): string => `Encore ${slice} ${weight}`;

/**
 * Paths of all the font files, once each was found readable.
 * @throws UserError `fonts-missing` with the first path that can't be read.
 */
export async function fontFiles(): Promise<string[]> {
  const paths = SLICES.flatMap((slice) => [fontFile(slice, 400), fontFile(slice, 700)]);
  for (const path of paths)
    await access(path, constants.R_OK).catch((cause: unknown) => {
      throw new UserError('fonts-missing', { path }, { cause });
    });
  return paths;
}
