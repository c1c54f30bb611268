import type { WebClient } from '@slack/web-api';
import type { Chart } from '../../charts/types.ts';
import type { Services } from '../../services.ts';
import { uploadPicture, type Picture } from '../files.ts';

/** Draws a chart and uploads it. A picture that fails costs the picture, not the answer: the numbers go out without it. */
export async function pictureOf({ work, log }: Services, client: WebClient, { spec, alt }: Chart, name: string, hold?: (pictureId: string) => Promise<void>): Promise<Picture | undefined> {
  try {
    return await uploadPicture(client, await work.run('renderPng', { spec }), name, alt, hold);
  } catch (error) {
    log.error({ err: error }, 'picture');
    return undefined;
  }
}
