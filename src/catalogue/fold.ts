/**
 * The form in which titles and names are compared: NFKC (so full-width Latin becomes plain), lower case, no invisible characters,
 * single spaces, trimmed. Applied when a song is imported and again to what the user types.
 *
 * @example searchKey('  ＬＯＶＥ   Story ') // 'love story'
 */
export function searchKey(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\p{Cf}/gu, '').replace(/\s+/gu, ' ').trim();
}
