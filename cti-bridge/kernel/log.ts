import pino from 'pino';

export type LogFields = Readonly<Record<string, unknown>>;

/** Events, not prose: a stable name, then facts. Never a secret, never a full phone number or a text a customer wrote. */
export interface Log {
  debug(event: string, fields?: LogFields): void;
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
  child(fields: LogFields): Log;
}

const secretPaths = ['password', 'token', 'secret', 'authorization', '*.password', '*.token', '*.secret', '*.authorization'];

/** JSON lines on standard output. `level`: debug, info, warn, error or silent. */
export function createLog(level: string, destination?: { write(line: string): void }): Log {
  return wrap(
    pino(
      { level, redact: { paths: secretPaths, censor: '[secret]' }, base: null, timestamp: pino.stdTimeFunctions.isoTime },
      destination ?? linesTogether(pino.destination({ fd: 1, sync: true })),
    ),
  );
}

const longestWaiting = 64 * 1024;

/**
 * What one turn of the event loop says goes out at its end, in one piece: a call says a dozen things while somebody waits for it. An error
 * goes out at once, for it may be the last that is said.
 */
export function linesTogether(
  out: { write(text: string): unknown },
  later: (work: () => void) => unknown = setImmediate,
): { write(line: string): void } {
  let waiting = '';
  const flush = (): void => {
    const lines = waiting;
    waiting = '';
    if (lines !== '') out.write(lines);
  };
  process.once('exit', flush);
  return {
    write(line) {
      if (waiting === '') later(flush);
      waiting += line;
      if (waiting.length > longestWaiting || /^\{"level":[56]/.test(line)) flush();
    },
  };
}

function wrap(logger: pino.Logger): Log {
  return {
    debug: (event, fields = {}) => logger.debug(fields, event),
    info: (event, fields = {}) => logger.info(fields, event),
    warn: (event, fields = {}) => logger.warn(fields, event),
    error: (event, fields = {}) => logger.error(fields, event),
    child: (fields) => wrap(logger.child(fields)),
  };
}

export const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {}, child: () => silentLog };
