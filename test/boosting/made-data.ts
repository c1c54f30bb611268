import { randomFrom } from '../../src/boosting/random.ts';

/** The data of test/fixtures/boosting.py: 8 columns, 10 % of column 1 missing, a quantity with uneven noise, and a label. */
export function madeData(seed: number, rows: number): { columns: Float32Array[]; quantity: Float64Array; label: Float64Array } {
  const random = randomFrom(seed);
  const columns = Array.from({ length: 8 }, () => new Float32Array(rows));
  const quantity = new Float64Array(rows);
  const label = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    const u = Array.from({ length: 8 }, random) as [number, number, number, number, number, ...number[]];
    const noise = random() + random() + random() - 1.5;
    const signal = 4 * u[0] + Math.sin(6 * u[1]) + (u[3] > 0.5 ? 2 * u[2] : -u[2]);
    quantity[row] = signal + noise * (0.5 + 2 * u[4]);
    label[row] = random() < 1 / (1 + Math.exp(3 - signal)) ? 1 : 0;
    columns.forEach((column, at) => { column[row] = at === 1 && u[1] < 0.1 ? NaN : (u[at] as number); });
  }
  return { columns, quantity, label };
}
