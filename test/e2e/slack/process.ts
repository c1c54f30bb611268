import { spawn, type ChildProcess } from 'node:child_process';
import { BOT_TOKEN, freePort, type Workspace } from './workspace.ts';

export type AppProcess = { child: ChildProcess; /** Everything it wrote so far. */ output: () => string };

/** `npm start` as a process of its own. Resolves when it is ready. */
export async function startProcess(workspace: Workspace, { databaseUrl, dataDir, logLevel = 'info' }: { databaseUrl: string; dataDir: string; logLevel?: string }): Promise<AppProcess> {
  const port = await freePort();
  const child = spawn(process.execPath, ['src/main.ts'], {
    env: {
      ...process.env,
      DATABASE_URL: databaseUrl,
      ENCORE_DATA_DIR: dataDir,
      SLACK_BOT_TOKEN: BOT_TOKEN,
      SLACK_SIGNING_SECRET: workspace.signingSecret,
      SLACK_API_URL: workspace.apiUrl,
      HOST: '127.0.0.1',
      PORT: String(port),
      LOG_LEVEL: logLevel,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const ready = new Promise<void>((done, fail) => {
    const read = (chunk: Buffer) => {
      output += chunk.toString();
      if (output.includes('"ready"')) done();
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', () => fail(new Error(`it ended: ${output}`)));
  });
  await ready;
  workspace.appUrl = `http://127.0.0.1:${port}`;
  return { child, output: () => output };
}
