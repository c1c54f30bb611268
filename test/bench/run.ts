import { readdirSync } from 'node:fs';

/** `npm run bench -- NAME args`: runs `bench(args)` of ./NAME.ts and prints what it returns as JSON on the last line. */
type Bench = { bench: (args: string[]) => Promise<unknown> };

const names = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.ts') && file !== 'run.ts' && !file.includes('.once.'))
  .map((file) => file.slice(0, -3));
const [name = '', ...args] = process.argv.slice(2);

if (names.includes(name)) {
  const { bench }: Bench = await import(`./${name}.ts`);
  console.log(JSON.stringify(await bench(args)));
} else {
  console.error(`${name === '' ? 'Name a benchmark' : `There is no benchmark "${name}"`}: ${names.join(', ')}. Example: npm run bench -- audio song.mp3`);
  process.exitCode = 1;
}
