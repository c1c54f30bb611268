/** Chinese, Japanese and Korean characters and full-width marks take two columns of a terminal. */
const widthOf = (text: string): number => [...text].reduce((width, character) => width + (/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/.test(character) ? 2 : 1), 0);

/**
 * Rows as aligned columns, one line each.
 * @example table([['a', 'bc'], ['歌', 'd']]) // 'a   bc\n歌  d\n'
 */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => widthOf(row[column] ?? ''))));
  const line = (row: readonly string[]) => row.map((cell, column) => cell + ' '.repeat(Math.max(0, (widths[column] ?? 0) - widthOf(cell)))).join('  ').trimEnd();
  return rows.map((row) => `${line(row)}\n`).join('');
}
