import { InvalidArgumentError } from 'commander';

/** A time in a recording, as minutes and seconds or as seconds. @throws InvalidArgumentError @example readSeconds('1:05') // 65 */
export function readSeconds(value: string): number {
  const [, minutes = '0', seconds] = /^(?:(\d{1,4}):(?=\d\d(?:\.|$)))?(\d{1,6}(?:\.\d+)?)$/.exec(value) ?? [];
  if (seconds === undefined || (value.includes(':') && Number(seconds) >= 60)) throw new InvalidArgumentError('must be a time such as 1:05 or 65 (seconds)');
  return 60 * Number(minutes) + Number(seconds);
}
