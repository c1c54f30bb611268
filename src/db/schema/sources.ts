/** Where a play came from. `other` is also used for counts that name no source. */
export const SOURCES = ['chart', 'playlist', 'search', 'library', 'radio', 'other'] as const;
export type Source = (typeof SOURCES)[number];
