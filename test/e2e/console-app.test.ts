import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Database } from '../../src/db/client.ts';
import { testDatabase } from '../db/database.ts';
import { BROWSER, QUIET } from './browser.ts';
import { loadSmallCatalogue } from './slack/catalogue.ts';
import { wavSong } from './slack/sound.ts';
import { freePort } from './slack/workspace.ts';

vi.setConfig({ testTimeout: 90_000 }); // a busy machine scores slowly
const PATIENCE = { timeout: 60_000 };

describe.skipIf(!BROWSER)(`Encore on its console page${BROWSER ? '' : ' (skipped: no Chromium found; set CHROMIUM_PATH)'}`, () => {
  let db: Database;
  let app: ChildProcess;
  let browser: Browser;
  let page: Page;
  let dataDir: string;

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'encore-console-app-'));
    db = await testDatabase();
    await loadSmallCatalogue(db);
    const port = String(await freePort());
    const env = { ...process.env, DATABASE_URL: db.url, ENCORE_DATA_DIR: dataDir, CONSOLE_PORT: port, SLACK_BOT_TOKEN: '', LOG_LEVEL: 'error' };
    app = spawn(process.execPath, ['src/main.ts'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    await once(app.stdout as NonNullable<typeof app.stdout>, 'data');
    browser = await chromium.launch({ executablePath: BROWSER, args: QUIET });
    page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    await page.goto(`http://127.0.0.1:${port}/`);
  });
  afterAll(async () => {
    await browser?.close();
    if (app?.kill('SIGTERM')) await once(app, 'exit');
    await db?.close();
    await rm(dataDir, { recursive: true, force: true });
  });

  const say = async (text: string) => {
    const line = page.getByRole('textbox', { name: /#demos/ });
    await line.fill(text);
    await line.press('Enter');
  };

  test('a forecast asked for by its Chinese title comes with its picture and its numbers', async () => {
    await say('/forecast 海邊的錄音機');
    const picture = page.getByAltText(/Forecast for “海邊的錄音機”/);
    await picture.waitFor(PATIENCE);
    await expect.poll(async () => await picture.evaluate((image: { naturalWidth?: number }) => image.naturalWidth), PATIENCE).toBe(1920);
    expect(await page.getByText('31 Oct 2026').count()).toBeGreaterThan(0);
  });

  test('a wrong title offers titles; the one that is pressed is forecast in their place', async () => {
    await say('/forecast Harbor Light');
    await page.getByRole('button', { name: /Harbour Lights/ }).click(PATIENCE);
    await page.getByAltText(/Forecast for “Harbour Lights”/).waitFor(PATIENCE);
    expect(await page.getByRole('button', { name: /Harbour Lights —/ }).count()).toBe(0);
  });

  test('an audio file that is shared is scored in its thread', async () => {
    await page.setInputFiles('input[type=file]', { name: 'our demo.wav', mimeType: 'audio/wav', buffer: Buffer.from(wavSong(45)) });
    await page.getByText(/Listening to “our demo”|Fetching “our demo”/).first().waitFor(PATIENCE);
    await page.getByAltText(/Score of “our demo”/).waitFor(PATIENCE);
    await page.getByText('no model of your own is trained yet').waitFor(PATIENCE);
  });

  test('/similar names finished songs', async () => {
    await say('/similar 海邊的錄音機');
    await page.getByText('Songs that began like 海邊的錄音機').last().waitFor(PATIENCE);
  });

  test('the language switch changes the language of the answers', async () => {
    await page.getByRole('button', { name: '繁體中文' }).or(page.getByText('繁體中文')).first().click();
    await say('/forecast 海邊的錄音機');
    await page.getByAltText(/〈海邊的錄音機〉/).waitFor(PATIENCE);
  });
});
