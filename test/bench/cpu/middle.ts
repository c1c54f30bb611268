/** The median; of an even number of values the higher of the two middle ones. @example middle([3, 1, 2]) // 2 */
export const middle = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
