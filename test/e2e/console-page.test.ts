import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { startToy, type Toy } from '../console/toy-app.ts';
import { BROWSER, QUIET } from './browser.ts';
import { createGate, registerToy, type Gate } from './console-toy.ts';

describe.skipIf(!BROWSER)(`the console page${BROWSER ? '' : ' (skipped: no Chromium found; set CHROMIUM_PATH)'}`, () => {
  let browser: Browser;
  let toy: Toy;
  let page: Page;
  let gate: Gate;
  let faults: string[];
  let folder: string;

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: BROWSER, args: QUIET });
    folder = await mkdtemp(join(tmpdir(), 'console-page-'));
  });
  afterAll(async () => {
    await browser?.close();
    await rm(folder, { recursive: true, force: true });
  });
  beforeEach(async () => {
    gate = createGate();
    toy = await startToy((app) => registerToy(app, gate));
    page = await browser.newPage({ viewport: { width: 1280, height: 860 } });
    faults = [];
    page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
    page.on('pageerror', (error) => faults.push(String(error)));
    page.on('request', (request) => !request.url().startsWith(toy.console.url) && faults.push(`outside request: ${request.url()}`));
    await page.goto(toy.console.url);
  });
  afterEach(async () => {
    expect(faults).toEqual([]);
    await page.close();
    gate.open();
    await toy.close();
  });

  const line = () => page.getByRole('textbox', { name: /#demos/ });
  const say = async (text: string) => {
    await line().fill(text);
    await line().press('Enter');
  };

  it('offers examples while nothing was said, and sends the one that is pressed', async () => {
    await page.getByRole('heading', { name: 'Try one of these' }).waitFor();
    const examples = page.locator('.examples button');
    expect(await examples.count()).toBe(5);
    await examples.first().click();
    await page.getByText('Only visible to you').waitFor();
    expect(await examples.first().isVisible()).toBe(false);
  });

  it('answers a command privately with the picture and its alt text, and posts it when the button is pressed', async () => {
    await say('/forecast 海邊的錄音機');
    const picture = page.getByAltText(/41,200 plays by day 60/);
    await picture.waitFor();
    await expect.poll(async () => await picture.evaluate((image: { naturalWidth?: number }) => image.naturalWidth)).toBe(1120);
    await page.getByRole('button', { name: 'Post to channel' }).click();
    await page.getByText('Posted by @You').waitFor();
    const shot = await page.screenshot();
    expect(shot.readUInt32BE(16)).toBe(1280);
  });

  it('asks before a button that wants confirming, and does nothing when the person keeps it', async () => {
    await say('/forecast 海邊的錄音機');
    await page.getByRole('button', { name: 'Forget it' }).click();
    await page.getByRole('button', { name: 'Keep' }).click();
    expect(await page.getByRole('heading', { name: '海邊的錄音機 — 阿灘與慢潮' }).count()).toBe(1);
    await page.getByRole('button', { name: 'Forget it' }).click();
    await page.getByRole('button', { name: 'Forget', exact: true }).click();
    await page.getByRole('heading', { name: '海邊的錄音機 — 阿灘與慢潮' }).waitFor({ state: 'detached' });
  });

  it('replaces a private question by the answer that was picked', async () => {
    await say('/forecast nothing of the kind');
    await page.getByRole('button', { name: 'Harbour Lights — North Pier' }).click();
    await page.getByText('You took the first.').waitFor();
    expect(await page.getByText('Which one do you mean?').count()).toBe(0);
  });

  it('takes several files and shows progress turn into the answer, in each thread', async () => {
    const names = ['夜車 demo.mp3', 'second.wav'];
    const paths = names.map((name) => join(folder, name));
    for (const path of paths) await writeFile(path, Buffer.alloc(300_000));
    await page.locator('#files').setInputFiles(paths);
    await page.getByText('Listening to “夜車 demo.mp3”').waitFor();
    await page.getByText('Listening to “second.wav”').waitFor();
    gate.open();
    await expect.poll(async () => await page.getByAltText(/41,200/).count()).toBe(2);
    expect(await page.getByText('Listening to').count()).toBe(0);
    expect(await page.locator('.thread .message').count()).toBe(2);
    expect(toy.console.messages()).toHaveLength(3);
  });

  it('takes a file that is dropped onto the page', async () => {
    const dropped = await page.evaluateHandle(`(() => { const data = new DataTransfer(); data.items.add(new File([new Uint8Array(2000)], 'dropped.flac', { type: 'audio/flac' })); return data; })()`);
    await page.dispatchEvent('body', 'dragenter', { dataTransfer: dropped });
    await page.getByText('Drop to share in #demos').waitFor();
    await page.dispatchEvent('#drop', 'drop', { dataTransfer: dropped });
    await page.getByText('Listening to “dropped.flac”').waitFor();
    expect(toy.console.messages()[0].files?.[0]).toMatchObject({ name: 'dropped.flac', size: 2000, mimetype: 'audio/flac' });
    gate.open();
    await page.getByAltText(/41,200/).waitFor();
  });

  it('says which files can not be shared, and shares the others', async () => {
    const paths = ['empty.mp3', 'huge.wav', 'fine.mp3'].map((name) => join(folder, name));
    for (const path of paths) await writeFile(path, path.endsWith('fine.mp3') ? 'sound' : '');
    await truncate(paths[1], 1_000_000_001);
    await page.locator('#files').setInputFiles(paths);
    await page.getByText("empty.mp3 could not be uploaded: it is empty, a folder, or can't be read.").waitFor();
    await page.getByText('huge.wav could not be uploaded: Slack takes files up to 1 GB.').waitFor();
    await page.getByText('Listening to “fine.mp3”').waitFor();
    expect(toy.console.messages()[0].files).toHaveLength(1);
  });

  it('says that it was not the file when the server fails to take it', async () => {
    const path = join(folder, 'sound.mp3');
    await writeFile(path, 'sound');
    await page.route('**/page/upload?**', async (route) => await route.fulfill({ status: 500, contentType: 'application/json', body: '{"ok":false,"error":"internal_error"}' }));
    await page.locator('#files').setInputFiles([path]);
    await page.getByText('sound.mp3 could not be uploaded: Encore failed to store it. Nothing is wrong with the file').waitFor();
    expect(await page.getByText("can't be read").count()).toBe(0);
    faults.splice(0); // the browser itself reports the 500
  });

  it('says what it hears when plain words in the channel go unheard, and not for a command or a mention', async () => {
    const unheard = page.getByText('does not read along in channels');
    await say('hello');
    await unheard.waitFor();
    await say('hello again');
    await expect.poll(async () => await unheard.count()).toBe(1);
    await say('@Encore hello');
    await expect.poll(async () => await unheard.count()).toBe(0);
    expect(toy.console.messages()).toHaveLength(3);
  });

  it('fills in a modal, is told what is wrong and sends it again', async () => {
    await say('/forecast 海邊的錄音機');
    await page.getByRole('combobox').last().selectOption('Friday');
    const modal = page.getByRole('dialog', { name: 'Weekly digest' });
    await modal.getByLabel('Artist').fill('pier');
    await modal.getByRole('option', { name: 'North Pier' }).click();
    await modal.getByLabel('Hour').fill('25');
    await modal.getByRole('button', { name: 'Subscribe' }).click();
    await modal.getByText('An hour is between 0 and 23.').waitFor();
    expect(await modal.getByLabel('Artist').inputValue()).toBe('North Pier');
    await modal.getByLabel('Hour').fill('9');
    await modal.getByRole('button', { name: 'Subscribe' }).click();
    await modal.waitFor({ state: 'hidden' });
  });

  it('completes commands and brings back what was sent, by keyboard alone', async () => {
    await line().press('/');
    await page.getByRole('option', { name: /where is this song heading/ }).waitFor();
    await line().press('Tab');
    expect(await line().inputValue()).toBe('/forecast ');
    await line().pressSequentially('nothing');
    await line().press('Enter');
    await page.getByText('Which one do you mean?').waitFor();
    await line().press('ArrowUp');
    expect(await line().inputValue()).toBe('/forecast nothing');
  });

  it('offers every command of the manifest', async () => {
    await line().press('/');
    const { features } = parse(await readFile(new URL('../../manifest.yml', import.meta.url), 'utf8')) as { features: { slash_commands: { command: string }[] } };
    await page.getByRole('option').first().waitFor();
    const offered = await page.getByRole('option').locator('code').allTextContents();
    expect(offered.map((usage) => usage.split(' ')[0]).sort()).toEqual(features.slash_commands.map(({ command }) => command).sort());
  });

  /** Where the newest message begins, in px below the top of the view; and how tall the view is. */
  const newestTop = async () => await page.evaluate<{ top: number; view: number }>(`(() => { const view = document.querySelector('#scroll').getBoundingClientRect(); return { top: [...document.querySelectorAll('.message')].at(-1).getBoundingClientRect().top - view.top, view: view.height }; })()`);
  const toTop = async () => await page.evaluate(`new Promise((done) => { const view = document.querySelector('#scroll'); view.addEventListener('scroll', () => requestAnimationFrame(done), { once: true }); view.scrollTop = 0; })`);

  it('shows the answer to what was just sent, a tall one from its top, wherever the conversation was read before', async () => {
    for (const times of [1, 2]) {
      await say('/forecast 海邊的錄音機');
      await expect.poll(async () => await page.getByAltText(/41,200/).count()).toBe(times);
      await expect.poll(async () => (await newestTop()).top).toBeLessThan(60);
      expect((await newestTop()).top).toBeGreaterThanOrEqual(0);
      await toTop();
    }
    await page.getByRole('button', { name: 'Post to channel' }).first().click();
    await page.getByText('Posted by @You').waitFor();
    const posted = async () => {
      const { top, view } = await newestTop();
      return top > 0 && top < view;
    };
    await expect.poll(posted).toBe(true);
  });

  it('tells of an answer below, and goes there, when the person has scrolled away', async () => {
    await say('/forecast 海邊的錄音機');
    await page.getByAltText(/41,200/).waitFor();
    await say('/forecast 海邊的錄音機');
    await expect.poll(async () => await page.getByAltText(/41,200/).count()).toBe(2);
    await expect.poll(async () => (await newestTop()).top).toBeLessThan(60);
    await toTop();
    await toy.app.client.chat.postMessage({ token: toy.console.botToken, channel: 'C0CONSOLE1', text: 'Weekly digest' });
    const below = page.getByRole('button', { name: 'New answer below' });
    await below.waitFor();
    expect(await page.evaluate(`document.querySelector('#scroll').scrollTop`)).toBe(0);
    await below.click();
    await below.waitFor({ state: 'hidden' });
    const { top, view } = await newestTop();
    expect(top > 0 && top < view).toBe(true);
  });

  it('replies in a thread', async () => {
    await say('a thought');
    await page.locator('.message', { hasText: 'a thought' }).hover();
    await page.getByRole('button', { name: 'Reply in thread' }).click();
    await page.getByRole('textbox', { name: 'Reply in thread' }).fill('another');
    await page.keyboard.press('Enter');
    await page.locator('.thread', { hasText: 'another' }).waitFor();
    expect(toy.console.messages()[1].thread_ts).toBe(toy.console.messages()[0].ts);
  });

  it('shows words as words, never as markup', async () => {
    await toy.console.say('<img src=x onerror=alert(1)> *bold* `code` https://example.com');
    const message = page.locator('.message').last();
    await message.getByText('<img src=x onerror=alert(1)>').waitFor();
    expect(await message.locator('.content img').count()).toBe(0);
    expect(await message.locator('strong').textContent()).toBe('bold');
  });

  it("changes the page's words and the person's language", async () => {
    await page.getByRole('button', { name: '繁體中文' }).click();
    await page.getByRole('heading', { name: '試試看' }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('zh-TW');
    expect(await page.evaluate(`[...document.fonts].map(({ status }) => status)`)).toEqual(['loaded', 'loaded']);
    const { user } = await toy.app.client.users.info({ user: 'U0CONSOLE1', include_locale: true, token: toy.console.botToken });
    expect(user?.locale).toBe('zh-TW');
  });

  it('says so when the app does not answer a command', async () => {
    await say('/unheard');
    await page.getByText('/unheard: Encore did not answer within 3 seconds.').waitFor();
  });

  it('shows the whole conversation again after a reload, also on a narrow screen without sideways scrolling', async () => {
    await say('/forecast 海邊的錄音機');
    await page.getByAltText(/41,200/).waitFor();
    await page.setViewportSize({ width: 400, height: 800 });
    await page.reload();
    await page.getByAltText(/41,200/).waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(400);
  });

  it('is closed to other pages, other hosts and requests without the key', async () => {
    const address = toy.console.url;
    const say_ = async (headers: Record<string, string>) => (await fetch(`${address}page/say`, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify({ text: 'x', channel: 'C0CONSOLE1' }) })).status;
    const key = /console-key" content="([0-9a-f]{32})"/.exec(await (await fetch(address)).text())?.[1] ?? '';
    expect(await say_({})).toBe(403);
    expect(await say_({ 'x-console-key': key })).toBe(403);
    expect(await say_({ 'x-console-key': key, origin: 'http://127.0.0.1:9' })).toBe(403);
    expect(await say_({ 'x-console-key': key, origin: address.slice(0, -1) })).toBe(200);
    expect((await fetch(`${address}page/changes`)).status).toBe(403);
    const { promise, resolve } = Promise.withResolvers<number | undefined>();
    const { request } = await import('node:http');
    request(address, { headers: { host: 'evil.example' } }, (response) => resolve(response.resume().statusCode)).end();
    expect(await promise).toBe(421);
    expect(await readFile(new URL('../../src/console/page/index.html', import.meta.url), 'utf8')).not.toContain(key);
  });
});
