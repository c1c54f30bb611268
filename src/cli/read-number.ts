import { InvalidArgumentError } from 'commander';

/** An option's value as a positive number. @throws InvalidArgumentError when it isn't one. */
export function readNumber(value: string): number {
  const number = Number(value);
  if (!(number > 0) || !Number.isFinite(number)) throw new InvalidArgumentError('must be a positive number');
  return number;
}
