/** What the page knows. `channel` is what is shown: a channel's id, or "home". `thread` is the message a reply goes to. */
export const state = { words: {}, locale: 'en-US', person: {}, bot: {}, channels: [], messages: new Map(), modals: [], home: null, prompts: null, channel: '', thread: null, unread: new Set() };

/** The page's own words in the person's language. @example t('console.uploading', { name: 'a.mp3', percent: 40 }) */
export function t(name, values = {}) {
  const words = state.words[state.locale]?.[name] ?? name;
  return words.replace(/\{(\w+)\}/g, (whole, value) => (value in values ? String(values[value]) : whole));
}

export const knows = (name) => name in (state.words[state.locale] ?? {});

/** Lines of "what — about" from the catalogue. */
export const pairs = (name) => t(name).split('\n').map((line) => line.split(' — '));

export const channelName = (id) => {
  const channel = state.channels.find((one) => one.id === id);
  return channel?.is_im ? state.bot.real_name : `#${channel?.name ?? ''}`;
};
