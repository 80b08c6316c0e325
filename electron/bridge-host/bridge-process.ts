import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';

export interface BridgeAddresses {
  readonly http: string;
  readonly sip: string;
  /** Where mail is brought by SMTP; absent where none is taken. */
  readonly mail?: string;
}

export interface BridgeProcessOptions {
  /** A real Node, 24.15 or newer. */
  readonly node: string;
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** Where everything it prints is kept; null keeps nothing. */
  readonly logFile: string | null;
  readonly readyLimitMs: number;
  readonly drainLimitMs: number;
  /** A line for the person at the terminal: warnings, errors, and what the bridge says outside its log. */
  say(line: string): void;
}

interface LogLine {
  readonly level?: number | string;
  readonly msg?: string;
  readonly event?: string;
  readonly [field: string]: unknown;
}

const readyEvent = 'bridge:ready';
const levels: Readonly<Record<string, number>> = { debug: 20, info: 30, warn: 40, error: 50, fatal: 60 };

/** One log line for a person: `warning: trunk:refused source=192.0.2.1`. Null for what belongs in the file only. */
export function describeLogLine(line: LogLine): string | null {
  const level = typeof line.level === 'number' ? line.level : (levels[line.level ?? 'info'] ?? 30);
  if (level < 40) return null;
  const { level: _, time: __, msg, event, ...facts } = line;
  const shown = Object.entries(facts).map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`);
  return [level >= 50 ? 'error:' : 'warning:', msg ?? event ?? 'unnamed', ...shown].join(' ');
}

/**
 * Room for the garbage of some calls: with less, collecting it takes a seventh of the time of a bridge that has much to do. What a call leaves
 * behind lives for the 32 s of its transactions, so the old heap would otherwise grow to several times what is in use before it is tidied.
 */
export const bridgeNodeFlags = ['--max-semi-space-size=8', '--heap-growing-percent=40'];
/** One arena of the C library for all threads: each further one holds memory that none of ours ever needs again. */
export const bridgeEnvironment = { MALLOC_ARENA_MAX: '1' };

/**
 * The bridge as a child process. It runs in its own process group, so that Ctrl-C reaches only us and the bridge is asked to drain exactly
 * once. `ready` settles when it serves, or with what it said when it could not; `ended` settles when the process is gone.
 */
export class BridgeProcess {
  readonly ready: Promise<BridgeAddresses>;
  readonly ended: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
  readonly #child: ChildProcess;
  readonly #drainLimitMs: number;
  #lastWords: string[] = [];

  constructor(options: BridgeProcessOptions) {
    this.#drainLimitMs = options.drainLimitMs;
    // The fourth channel lets the bridge notice that we are gone, even if we were killed.
    this.#child = spawn(options.node, [...bridgeNodeFlags, options.program, ...options.args], {
      cwd: options.cwd,
      env: { ...process.env, ...bridgeEnvironment },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      detached: true,
    });
    const { promise, resolve, reject } = Promise.withResolvers<BridgeAddresses>();
    this.ready = promise;
    this.ready.catch(() => {}); // whoever awaits it hears it; nobody has to
    const log = options.logFile === null ? null : createWriteStream(options.logFile, { flags: 'a' });
    log?.on('error', (error) => options.say(`warning: the log file cannot be written (${error.message})`));
    const where = options.logFile === null ? '' : ` Its log: ${options.logFile}`;

    let isReady = false;
    const limit = setTimeout(() => {
      const said = this.#lastWords.map((words) => `\n${words}`).join('');
      reject(new Error(`The bridge was not ready within ${options.readyLimitMs / 1000} s.${where}${said}`));
      this.kill();
    }, options.readyLimitMs);

    createInterface({ input: this.#child.stdout as NodeJS.ReadableStream }).on('line', (text) => {
      log?.write(`${text}\n`);
      const line = parseLine(text);
      if (line === null) return options.say(text);
      if ((line.msg ?? line.event) === readyEvent && typeof line.http === 'string' && typeof line.sip === 'string') {
        isReady = true;
        clearTimeout(limit);
        resolve({ http: line.http, sip: line.sip, ...(typeof line.mail === 'string' ? { mail: line.mail } : {}) });
      }
      const shown = describeLogLine(line);
      if (shown !== null) options.say(shown);
    });
    createInterface({ input: this.#child.stderr as NodeJS.ReadableStream }).on('line', (text) => {
      log?.write(`${text}\n`);
      this.#lastWords = [...this.#lastWords, text].slice(-20);
      if (isReady) options.say(text);
    });

    this.ended = new Promise((settle) => {
      const end = (code: number | null, signal: NodeJS.Signals | null) => {
        clearTimeout(limit);
        log?.end();
        const said = this.#lastWords.join('\n');
        reject(new Error(said || `The bridge ended before it was ready (${signal ?? `exit ${code}`}).${where}`));
        settle({ code, signal });
      };
      this.#child.once('error', (error) => {
        this.#lastWords.push(`The bridge could not be started: ${error.message}`);
        end(null, null);
      });
      // Normally both streams close with the process; a grandchild that still holds one must not keep us waiting.
      this.#child.once('exit', (code, signal) => setTimeout(end, 1_000, code, signal).unref());
      this.#child.once('close', end);
    });
  }

  /** Asks it to end its calls and stop, in its own time. */
  askToDrain(): void {
    this.#child.kill('SIGTERM');
  }

  /** The same, and kills it when it has not ended within the limit. */
  async drain(): Promise<void> {
    this.askToDrain();
    const limit = setTimeout(() => this.kill(), this.#drainLimitMs);
    await this.ended;
    clearTimeout(limit);
  }

  /** Ends it and everything it started, at once. */
  kill(): void {
    const { pid, exitCode, signalCode } = this.#child;
    if (pid === undefined || exitCode !== null || signalCode !== null) return;
    if (process.platform === 'win32') this.#child.kill('SIGKILL');
    else process.kill(-pid, 'SIGKILL');
  }
}

function parseLine(text: string): LogLine | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as LogLine) : null;
  } catch {
    return null; // not a log line
  }
}
