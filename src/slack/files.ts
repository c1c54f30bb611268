import { createWriteStream } from 'node:fs';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as wait } from 'node:timers/promises';
import type { WebClient } from '@slack/web-api';
import { RetryableError, UserError } from '../errors.ts';
import { slackErrorOf } from './post.ts';

const MEGABYTE = 1_000_000;
const DOWNLOAD_MS = 120_000;
/** Slack processes an uploaded picture for a moment before a message may show it. */
const READY_WAITS_MS = [0, 150, 300, 600, 1200, 2400];

/** Slack's own hosts, or an origin the app was told to trust. */
export function mayDownload(address: string, origins: readonly string[]): boolean {
  const url = URL.parse(address);
  if (!url) return false;
  return origins.includes(url.origin) || (url.protocol === 'https:' && /(^|\.)(slack\.com|slack-files\.com)$/.test(url.hostname));
}

export type Download = { url: string; token: string; path: string; maxBytes: number; origins: readonly string[]; signal?: AbortSignal };

/**
 * Streams a file of Slack's to `path` (created 0600), counting bytes as they come. The token goes to Slack's hosts only and never
 * along a redirect: Slack redirects to its login page when the token lacks files:read.
 * @throws UserError upload-too-large, file-not-slack, missing-scope, file-deleted; RetryableError when Slack is busy or away.
 */
export async function downloadFile({ url, token, path, maxBytes, origins, signal }: Download): Promise<void> {
  if (!mayDownload(url, origins)) throw new UserError('file-not-slack');
  const response = await request(url, token, signal);
  if (response.status >= 300 && response.status < 400) throw new UserError('missing-scope', { scope: 'files:read' });
  if (response.status === 404 || response.status === 410) throw new UserError('file-deleted');
  if (response.status === 401 || response.status === 403) throw new UserError('missing-scope', { scope: 'files:read' });
  if (!response.ok || !response.body) throw new RetryableError(`file download answered ${response.status}`, Number(response.headers.get('retry-after')) || 5);
  const tooLarge = () => new UserError('upload-too-large', { limit: Math.round(maxBytes / MEGABYTE) });
  if (Number(response.headers.get('content-length') ?? 0) > maxBytes) throw tooLarge();
  let bytes = 0;
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      done(bytes > maxBytes ? tooLarge() : null, chunk);
    },
  });
  try {
    await pipeline(Readable.fromWeb(response.body), counted, createWriteStream(path, { mode: 0o600 }));
  } catch (error) {
    throw error instanceof UserError ? error : diskOrNetwork(error);
  }
}

async function request(url: string, token: string, signal: AbortSignal | undefined): Promise<Response> {
  const limit = AbortSignal.timeout(DOWNLOAD_MS);
  try {
    return await fetch(url, { headers: { authorization: `Bearer ${token}` }, redirect: 'manual', signal: signal ? AbortSignal.any([signal, limit]) : limit });
  } catch (error) {
    throw new RetryableError('file download failed', 5, { cause: error });
  }
}

function diskOrNetwork(error: unknown): Error {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'ENOSPC' ? new UserError('disk-full', {}, { cause: error }) : new RetryableError('file download broke off', 5, { cause: error });
}

export type Picture = { fileId: string; alt: string };

/**
 * Uploads a picture that no one sees until a message shows it, and waits until Slack can show it.
 * @param hold is told the picture's id as soon as there is one.
 * @returns undefined when Slack would not take it: the answer then goes out in words alone.
 */
export async function uploadPicture(client: WebClient, png: Uint8Array, name: string, alt: string, hold?: (pictureId: string) => Promise<void>): Promise<Picture | undefined> {
  const uploaded = await client.filesUploadV2({ file: Buffer.from(png), filename: name, title: name, alt_text: alt });
  const fileId = uploaded.files?.[0]?.files?.[0]?.id;
  if (!fileId) return undefined;
  await hold?.(fileId);
  for (const pause of READY_WAITS_MS) {
    await wait(pause);
    const { file } = await client.files.info({ file: fileId });
    if (file?.mimetype) return { fileId, alt };
  }
  return undefined;
}

/** Deletes a file of the app's own; one that is gone already is as good. */
export async function deleteFile(client: WebClient, fileId: string): Promise<void> {
  await client.files.delete({ file: fileId }).catch((error: unknown) => {
    if (!['file_not_found', 'file_deleted'].includes(slackErrorOf(error) ?? '')) throw error;
  });
}
