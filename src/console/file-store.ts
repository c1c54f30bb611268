import { createWriteStream } from 'node:fs';
import { copyFile, mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { typeOf } from './file-shape.ts';
import { newId, newSecret } from './ids.ts';
import { SlackError } from './slack-error.ts';
import type { ConsoleFile } from './types.ts';
import type { Workspace } from './workspace.ts';

/** Slack takes files up to 1 GB; what the app itself takes is for the app to say. */
const MOST_BYTES = 1_000_000_000;

export type Announced = { name: string; size: number; user: string; altText?: string };
export type Source = { path: string } | { bytes: Uint8Array } | { stream: Readable };

/** The bytes of uploaded files, in a private temporary folder that goes with the console. */
export type FileStore = {
  /** @throws SlackError file_upload_size_restricted */
  announce(file: Announced): ConsoleFile;
  /** Fills an announced file. @throws SlackError file_upload_size_restricted past 1 GB; nothing is left then. */
  fill(file: ConsoleFile, source: Source): Promise<void>;
  remove(file: ConsoleFile): Promise<void>;
  close(): Promise<void>;
};

/** @param parent gets a folder of this process's own; what a killed process left there is swept with its staged uploads. */
export async function createFileStore(workspace: Workspace, parent: string): Promise<FileStore> {
  await mkdir(parent, { recursive: true, mode: 0o700 });
  const folder = await mkdtemp(join(parent, `${process.pid}-console-`));
  const remove = async (file: ConsoleFile) => {
    workspace.files.delete(file.id);
    await rm(file.path, { force: true });
  };
  return {
    announce({ name, size, user, altText }) {
      if (size > MOST_BYTES) throw new SlackError('file_upload_size_restricted');
      const id = newId('F');
      const file: ConsoleFile = { id, name, title: name, ...typeOf(name), size, path: join(folder, id), user, altText, created: Math.floor(Date.now() / 1000), state: 'announced', uploadKey: newSecret(), shares: [] };
      workspace.files.set(id, file);
      return file;
    },
    async fill(file, source) {
      try {
        await write(file.path, source);
      } catch (error) {
        await remove(file);
        throw error;
      }
      file.size = (await stat(file.path)).size;
      file.state = 'stored';
    },
    remove,
    close: async () => await rm(folder, { recursive: true, force: true }),
  };
}

async function write(path: string, source: Source): Promise<void> {
  if ('path' in source) return await copyFile(source.path, path);
  if ('bytes' in source) return await writeFile(path, source.bytes, { mode: 0o600 });
  let bytes = 0;
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      done(bytes > MOST_BYTES ? new SlackError('file_upload_size_restricted') : null, chunk);
    },
  });
  await pipeline(source.stream, counted, createWriteStream(path, { mode: 0o600 }));
}
