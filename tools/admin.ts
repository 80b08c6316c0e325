import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { Administering } from './admin/administering.ts';

/**
 * `npm run admin`: the configuration of a bridge that does not run, as a file. Ends with 0 when it did what was asked, 1 when it could not
 * (nothing is changed then), 2 for wrong options.
 */

/** A line of standard input. Typed at a terminal it is not shown. */
async function readSecret(question: string): Promise<string> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const isTyped = process.stdin.isTTY === true;
  if (isTyped) process.stderr.write(question);
  const lines = createInterface({ input: process.stdin, output: nowhere, terminal: isTyped });
  const { promise, resolve } = Promise.withResolvers<string>();
  lines.once('line', resolve);
  lines.once('close', () => resolve(''));
  const line = await promise;
  lines.close();
  if (isTyped) process.stderr.write('\n');
  return line;
}

process.exitCode = await new Administering({
  folder: process.env.INIT_CWD ?? process.cwd(),
  say: (...lines) => process.stdout.write(`${lines.join('\n')}\n`),
  complain: (...lines) => process.stderr.write(`${lines.join('\n')}\n`),
  readSecret,
}).run(process.argv.slice(2));
