/** Lower factor of a symmetric positive definite matrix, in place; only the lower triangle is read and written. */
export function cholesky(matrix: Float64Array[]): Float64Array[] {
  for (let row = 0; row < matrix.length; row++) {
    const line = matrix[row] as Float64Array;
    for (let column = 0; column <= row; column++) {
      const other = matrix[column] as Float64Array;
      let sum = line[column] as number;
      for (let at = 0; at < column; at++) sum -= (line[at] as number) * (other[at] as number);
      line[column] = column === row ? Math.sqrt(sum) : sum / (other[column] as number);
    }
  }
  return matrix;
}

/** Solves lower * x = right. */
export function solveLower(lower: readonly Float64Array[], right: Float64Array): Float64Array {
  const result = right.slice();
  for (let row = 0; row < result.length; row++) {
    const line = lower[row] as Float64Array;
    let sum = result[row] as number;
    for (let at = 0; at < row; at++) sum -= (line[at] as number) * (result[at] as number);
    result[row] = sum / (line[row] as number);
  }
  return result;
}

/** Solves lower' * x = right. */
export function solveUpper(lower: readonly Float64Array[], right: Float64Array): Float64Array {
  const result = right.slice();
  for (let row = result.length - 1; row >= 0; row--) {
    const line = lower[row] as Float64Array;
    const value = (result[row] as number) / (line[row] as number);
    result[row] = value;
    for (let at = 0; at < row; at++) result[at] = (result[at] as number) - (line[at] as number) * value;
  }
  return result;
}
