import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { createConsole, type Console } from '../../src/console/create-console.ts';
import { consoleSurface } from '../../src/console/open.ts';
import type { Database } from '../../src/db/client.ts';
import { createLog } from '../../src/log.ts';
import { createWorkPool, type WorkPool } from '../../src/work/pool.ts';
import { testDatabase } from '../db/database.ts';
import { BROWSER, QUIET } from './browser.ts';
import { loadSmallCatalogue } from './slack/catalogue.ts';
import { wavSong } from './slack/sound.ts';

const PATIENCE = { timeout: 30_000 };

describe.skipIf(!BROWSER)(`Encore on its console page${BROWSER ? '' : ' (skipped: no Chromium found; set CHROMIUM_PATH)'}`, () => {
  let db: Database;
  let work: WorkPool;
  let slack: Console;
  let app: Awaited<ReturnType<typeof createApp>>;
  let browser: Browser;
  let page: Page;
  let dataDir: string;

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'encore-console-app-'));
    const config = readConfig({ ENCORE_DATA_DIR: dataDir });
    const log = createLog('silent');
    db = await testDatabase();
    await loadSmallCatalogue(db);
    work = createWorkPool(1);
    slack = await createConsole({ port: 0, locale: 'en', log });
    app = await createApp({ config, log, db, work }, consoleSurface(slack));
    await app.start();
    browser = await chromium.launch({ executablePath: BROWSER, args: QUIET });
    page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    await page.goto(slack.url);
  });
  afterAll(async () => {
    await browser?.close();
    await app?.stop();
    await slack?.close();
    await work?.close();
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
    await page.getByText('it shows how scoring works').waitFor(PATIENCE);
  });

  test('the language switch changes the language of the answers', async () => {
    await page.getByRole('button', { name: '繁體中文' }).or(page.getByText('繁體中文')).first().click();
    await say('/forecast 海邊的錄音機');
    await page.getByAltText(/〈海邊的錄音機〉/).waitFor(PATIENCE);
  });
});
