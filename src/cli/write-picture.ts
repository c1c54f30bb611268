import { writeFile } from 'node:fs/promises';
import type { Chart } from '../charts/types.ts';
import { UserError } from '../errors.ts';
import type { Services } from '../services.ts';

/** Draws a chart into a PNG file. @throws UserError `file-not-written` when there is no such folder or it may not be written to. */
export async function writePicture({ work }: Pick<Services, 'work'>, { spec }: Chart, file: string): Promise<void> {
  const png = await work.run('renderPng', { spec });
  await writeFile(file, png).catch((error: NodeJS.ErrnoException) => {
    throw new UserError('file-not-written', { file, reason: error.code ?? error.message }, { cause: error });
  });
}
