import { InvalidArgumentError } from 'commander';
import { ORIGINS, type Origin } from '../forecast/types.ts';

/** A number of known days that a forecast may be made from. @throws InvalidArgumentError */
export function readOrigin(value: string): Origin {
  const origin = ORIGINS.find((known) => String(known) === value);
  if (!origin) throw new InvalidArgumentError(`must be one of ${ORIGINS.join(', ')}`);
  return origin;
}
