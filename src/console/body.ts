import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { SlackError } from './slack-error.ts';
import type { Json } from './types.ts';

/** Far above any message Slack accepts. */
const MOST_BYTES = 4_000_000;
/** Pictures that the app uploads travel as multipart and are held in memory. */
const MOST_MULTIPART_BYTES = 64_000_000;

/** The fields of a JSON or form body, or of the address's query. @throws SlackError invalid_post_type, invalid_json, request_too_large */
export async function readFields(request: IncomingMessage, query: URLSearchParams): Promise<Json> {
  const type = (request.headers['content-type'] ?? '').split(';')[0].trim().toLowerCase();
  const fields: Json = Object.fromEntries(query);
  if (request.method === 'GET') return fields;
  const text = (await readBytes(request, MOST_BYTES)).toString('utf8');
  if (type === 'application/x-www-form-urlencoded') return { ...fields, ...Object.fromEntries(new URLSearchParams(text)) };
  if (type === 'application/json' || text === '') return { ...fields, ...readJson(text || '{}') };
  throw new SlackError('invalid_post_type');
}

function readJson(text: string): Json {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  } catch {
    // Said below, as for any other text that is no object.
  }
  throw new SlackError('invalid_json');
}

/** An uploaded file's bytes: the whole body, or the first file of a multipart one. */
export async function readUpload(request: IncomingMessage): Promise<{ stream: Readable } | { bytes: Uint8Array }> {
  const type = request.headers['content-type'] ?? '';
  if (!type.startsWith('multipart/form-data')) return { stream: request };
  const form = await new Response(new Uint8Array(await readBytes(request, MOST_MULTIPART_BYTES)), { headers: { 'content-type': type } }).formData();
  const file = [...form.values()].find((value) => value instanceof Blob);
  if (!file) throw new SlackError('no_file_data');
  return { bytes: new Uint8Array(await file.arrayBuffer()) };
}

async function readBytes(request: IncomingMessage, most: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > most) throw new SlackError('request_too_large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
