import { spawn } from 'node:child_process';
import { root } from './project.ts';

export interface CommandResult {
  readonly code: number;
  readonly output: string;
  readonly stdout: string;
  readonly ms: number;
}

export interface CommandOptions {
  readonly cwd?: string;
  readonly limitMs?: number;
  readonly env?: Readonly<Record<string, string>>;
  /** Show what it prints while it runs, instead of only collecting it. */
  readonly isShown?: boolean;
}

/** Runs a program to its end and collects what it said. Never rejects: a program that is missing or too slow has code 127 or 124. */
export function runCommand(command: string, args: readonly string[], options: CommandOptions = {}): Promise<CommandResult> {
  const started = performance.now();
  const limitMs = options.limitMs ?? 10 * 60_000;
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: options.cwd ?? root,
      env: { ...process.env, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    let stdout = '';
    const done = (code: number, note = '') => {
      clearTimeout(limit);
      resolve({ code, output: output + note, stdout, ms: performance.now() - started });
    };
    const limit = setTimeout(() => {
      child.kill('SIGKILL');
      done(124, `\n${command} did not finish within ${limitMs / 1000} s\n`);
    }, limitMs);
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk;
      output += chunk;
      if (options.isShown) process.stdout.write(chunk);
    });
    child.stderr.on('data', (chunk: Buffer) => {
      output += chunk;
      if (options.isShown) process.stderr.write(chunk);
    });
    child.on('error', (error) => done(127, `${command}: ${error.message}\n`));
    child.on('close', (code) => done(code ?? 1));
  });
}
