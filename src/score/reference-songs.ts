import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { UserError } from '../errors.ts';
import { DEMO_CARD, loadScoreCard } from './card.ts';

const file = z.object({
  version: z.literal(1),
  songs: z.array(
    z.object({ id: z.string(), title: z.string(), artist: z.string(), releaseDate: z.iso.date(), listeners: z.number(), playsPerListener: z.number(), embedding: z.array(z.number()) }),
  ),
});

/** A released song with its outcome in the first 30 days and its place among what the model has heard. */
export type ReferenceSong = z.infer<typeof file>['songs'][number];

/**
 * The songs whose predictions a model's percentiles are among.
 * @throws UserError `model-missing`, `model-broken`, also when the file is not the one that the card names.
 */
export async function loadReferenceSongs(cardPath: string = DEMO_CARD): Promise<ReferenceSong[]> {
  const { songs, songsSha256 } = await loadScoreCard(cardPath);
  const path = join(dirname(cardPath), songs);
  const content = await readFile(path).catch((error: unknown) => {
    throw new UserError('model-missing', { path }, { cause: error });
  });
  if (createHash('sha256').update(content).digest('hex') !== songsSha256) throw new UserError('model-broken', { path });
  try {
    return file.parse(JSON.parse(content.toString('utf8'))).songs;
  } catch (error) {
    throw new UserError('model-broken', { path }, { cause: error });
  }
}
