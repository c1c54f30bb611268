import type { Similarity } from './similarity.ts';

/**
 * How much each frame is a border: what lies before it resembles itself, what lies after it too, but not each other. In units of the song's
 * own spread, its mean removed. Source: Foote, "Automatic audio segmentation using a measure of audio novelty", ICME 2000, with a Gaussian taper.
 * @param half frames of context on each side
 */
export function novelty({ count, values }: Similarity, half: number): Float32Array {
  const taper = Float64Array.from({ length: half }, (_, i) => Math.exp(-0.5 * ((i + 0.5) / (0.5 * half)) ** 2));
  const curve = new Float64Array(count);
  for (let border = 0; border < count; border++) {
    const reach = Math.min(half, border, count - border);
    let sum = 0;
    let weights = 0;
    for (let i = 0; i < reach; i++)
      for (let j = 0; j < reach; j++) {
        const before = (border - 1 - i) * count;
        const after = (border + i) * count;
        const weight = (taper[i] as number) * (taper[j] as number);
        sum += weight * ((values[before + border - 1 - j] as number) + (values[after + border + j] as number) - 2 * (values[before + border + j] as number));
        weights += weight;
      }
    curve[border] = weights > 0 ? sum / weights : 0;
  }
  return standardised(curve);
}

/** Mean 0 and standard deviation 1; all zero when constant. */
function standardised(values: Float64Array): Float32Array {
  const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, values.length);
  const scale = variance > 1e-18 ? 1 / Math.sqrt(variance) : 0;
  return Float32Array.from(values, (value) => (value - mean) * scale);
}
