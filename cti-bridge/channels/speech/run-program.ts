import { spawn } from 'node:child_process';
import { err, ok, type Result } from '../../kernel/index.ts';

export interface ProgramRun {
  readonly program: string;
  readonly args: readonly string[];
  readonly input: string;
  readonly limitMs: number;
  readonly mostBytes: number;
}

/** Nothing of the bridge's environment is the program's business: secrets may be there. */
const env = { PATH: '/usr/local/bin:/usr/bin:/bin:/opt/homebrew/bin', LANG: 'C.UTF-8' };

/** Starts a program without a shell, hands it a text, and answers with all that it writes. The error says in plain words what went wrong. */
export function runProgram({ program, args, input, limitMs, mostBytes }: ProgramRun): Promise<Result<Buffer, string>> {
  return new Promise((resolve) => {
    const child = spawn(program, [...args], { env, stdio: ['pipe', 'pipe', 'pipe'], windowsHide: true });
    const pieces: Buffer[] = [];
    let bytes = 0;
    let said = '';
    let stopped: string | undefined;
    const stop = (why: string) => {
      stopped ??= why;
      child.kill('SIGKILL');
    };
    const limit = setTimeout(() => stop(`took more than ${limitMs} ms`), limitMs);
    const end = (result: Result<Buffer, string>) => {
      clearTimeout(limit);
      resolve(result);
    };
    child.stdout.on('data', (piece: Buffer) => {
      bytes += piece.length;
      if (bytes > mostBytes) stop(`wrote more than ${mostBytes} bytes`);
      else pieces.push(piece);
    });
    child.stderr.on('data', (piece: Buffer) => {
      said = (said + piece.toString('utf8')).slice(0, 300);
    });
    child.once('error', (error) => end(err(error.message)));
    child.once('close', (code, signal) => {
      if (stopped !== undefined) end(err(stopped));
      else if (code !== 0) end(err(`ended with ${code ?? signal}: ${said}`));
      else end(ok(Buffer.concat(pieces)));
    });
    // A program that does not read to the end is judged by how it ends.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}
