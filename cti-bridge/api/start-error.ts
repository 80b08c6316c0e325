export type StartErrorCode = 'port_taken' | 'port_forbidden' | 'address_unavailable' | 'listen_failed';

/** The bridge could not listen. The message is one line for the person who started it: what, why, what to do. */
export class StartError extends Error {
  readonly code: StartErrorCode;

  constructor(code: StartErrorCode, message: string, cause: unknown) {
    super(message, { cause });
    this.code = code;
  }

  static from(error: unknown, host: string, port: number): StartError {
    const cause = (error as NodeJS.ErrnoException).code;
    if (cause === 'EADDRINUSE') {
      return new StartError(
        'port_taken',
        `Port ${port} on ${host} is taken by another program (perhaps a bridge that already runs). Stop it, or choose another port with --port.`,
        error,
      );
    }
    if (cause === 'EACCES') {
      return new StartError(
        'port_forbidden',
        `This user may not listen on port ${port} of ${host}. Choose a port above 1023 with --port.`,
        error,
      );
    }
    if (cause === 'EADDRNOTAVAIL' || cause === 'ENOTFOUND') {
      return new StartError(
        'address_unavailable',
        `${host} is not an address of this machine. Set http.host to one that is, such as 127.0.0.1.`,
        error,
      );
    }
    return new StartError('listen_failed', `The bridge could not listen on ${host}:${port} (${cause ?? String(error)}).`, error);
  }
}
