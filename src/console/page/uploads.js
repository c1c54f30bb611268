import { byId, h } from './dom.js';
import { ask } from './follow.js';
import { attempt, clearNotices, notice } from './notices.js';
import { post, upload } from './server.js';
import { channelName, state, t } from './state.js';

/** Slack's own limit. Told before the sending starts, since a refusal in the middle would look like a broken connection. */
const MOST_BYTES = 1e9;
const WHY = { file_upload_size_restricted: 'console.upload-too-large', broken: 'console.upload-broken' };

function failed(name, code) {
  if (code === 'server') return notice(t('console.upload-server', { name }));
  notice(t('console.upload-failed', { name, why: t(WHY[code] ?? 'console.upload-unreadable') }));
}

/** Sends one file, with a bar of its own; undefined when that failed. */
async function one(file) {
  const bar = h('progress', { max: 1, value: 0 });
  const line = h('span', {});
  const row = h('div', { class: 'upload' }, line, bar);
  const progress = (share) => {
    bar.value = share;
    line.textContent = t('console.uploading', { name: file.name, percent: Math.round(share * 100) });
  };
  progress(0);
  byId('uploads').append(row);
  try {
    return await upload(file, progress);
  } catch (error) {
    failed(file.name, error.code);
    return undefined;
  } finally {
    row.remove();
  }
}

/** Uploads files and shares those that arrived in one message, as Slack does. */
async function share(files) {
  clearNotices();
  ask();
  const { channel, thread } = state;
  const fit = files.filter(({ size }) => size > 0 && size <= MOST_BYTES);
  for (const { name, size } of files) if (size === 0 || size > MOST_BYTES) failed(name, size === 0 ? 'unreadable' : 'file_upload_size_restricted');
  const ids = (await Promise.all(fit.map(one))).filter(Boolean);
  if (ids.length > 0) await attempt(async () => await post('share', { files: ids, channel, ...(thread ? { thread_ts: thread } : {}) }));
}

const hasFiles = (event) => event.dataTransfer?.types.includes('Files');

export function startUploads() {
  const cover = byId('drop');
  const cancel = () => (cover.hidden = true);
  byId('attach').addEventListener('click', () => byId('files').click());
  byId('files').addEventListener('change', ({ target }) => {
    void share([...target.files]);
    target.value = '';
  });
  addEventListener('paste', (event) => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length > 0) void share(files);
  });
  addEventListener('dragenter', (event) => {
    if (!hasFiles(event) || state.channel === 'home') return;
    cover.hidden = false;
    cover.querySelector('p').textContent = t('console.drop-here', { where: channelName(state.channel) });
  });
  addEventListener('dragover', (event) => hasFiles(event) && event.preventDefault());
  cover.addEventListener('dragleave', (event) => event.target === cover && cancel());
  addEventListener('drop', (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    cancel();
    if (state.channel !== 'home') void share([...event.dataTransfer.files]);
  });
}
