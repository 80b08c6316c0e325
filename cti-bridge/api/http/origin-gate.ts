import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';

export interface OriginGateOptions {
  /** As configured; the port is asked late, because 0 is decided by the system. */
  readonly host: string;
  readonly port: () => number;
  /** Other names of this bridge, each with its port unless 80 or 443. */
  readonly names: readonly string[];
  readonly allowedOrigins: readonly string[];
}

export type GateAnswer = { readonly ok: true } | { readonly ok: false; readonly status: 403 | 421; readonly message: string };

/** Pages of the packaged desktop have this origin. */
export const desktopOrigin = 'app://crosspoint';

/**
 * Who may speak to us at all, judged by two headers a browser sets and a page cannot forge:
 *
 * - `Host` must be one of our names. A page that rebinds its own name to 127.0.0.1 still says its own name (DNS rebinding): 421.
 * - `Origin` must be one of our own origins or an allowed one: 403. There are no cookies here, so this is about pages that guess, not about
 *   pages that ride on a log-in.
 *
 * Without an Origin (no browser sends a POST or opens a WebSocket without one):
 * reading (GET, HEAD) and posting are open to programs, unless `Sec-Fetch-Site` shows that it is a browser after all; a socket.io upgrade
 * is let through, because it gets nowhere without a session's token; a SIP upgrade only from this machine itself.
 *
 * A picture for a page of no origin, which cannot read it, is let through like one without an Origin: so a mail's own page asks for its pictures.
 */
export class OriginGate {
  readonly #options: OriginGateOptions;

  constructor(options: OriginGateOptions) {
    this.#options = options;
  }

  judge(request: IncomingMessage, kind: 'http' | 'socket' | 'sip' | 'mounted'): GateAnswer {
    const { host, origin } = request.headers;
    if (!host || !this.#isOurs(host)) return { ok: false, status: 421, message: 'This bridge is not known by that name.' };
    // Whose pages may ask is for whoever is mounted to say.
    if (kind === 'mounted') return { ok: true };
    const isReading = request.method === 'GET' || request.method === 'HEAD';
    if (kind === 'http' && isReading && isPictureOfNoOrigin(request)) return { ok: true };
    if (origin !== undefined) return this.isAllowedOrigin(origin) ? { ok: true } : foreign;
    const site = request.headers['sec-fetch-site'];
    if (kind === 'http') return isReading || site === undefined || site === 'same-origin' ? { ok: true } : foreign;
    if (kind === 'sip') return isLoopbackAddress(request.socket.remoteAddress) ? { ok: true } : foreign;
    return { ok: true };
  }

  /** Of pages that are our desktop and lie elsewhere. */
  get desktopOrigins(): readonly string[] {
    return [desktopOrigin, ...this.#options.allowedOrigins];
  }

  isAllowedOrigin(origin: string): boolean {
    if (origin === desktopOrigin || this.#options.allowedOrigins.includes(origin)) return true;
    const match = /^https?:\/\/(.+)$/.exec(origin);
    return match?.[1] !== undefined && this.#isOurs(match[1]);
  }

  #isOurs(nameAndPort: string): boolean {
    const name = nameAndPort.toLowerCase();
    if (this.#options.names.some((own) => own.toLowerCase() === name)) return true;
    const port = this.#options.port();
    const bare = name.endsWith(`:${port}`) ? name.slice(0, -`:${port}`.length) : port === 80 ? name : null;
    if (bare === null) return false;
    const address = bare.startsWith('[') && bare.endsWith(']') ? bare.slice(1, -1) : bare;
    const { host } = this.#options;
    if (address === host.toLowerCase() && (isIP(address) !== 6 || bare !== address)) return true;
    // Rebinding needs a name. Where we listen on every address, each of them written as an address is ours.
    if (host === '0.0.0.0' || host === '::')
      return address === 'localhost' || isIP(address) === 4 || (isIP(address) === 6 && bare !== address);
    return isLoopbackAddress(host) || host === 'localhost' ? ['127.0.0.1', 'localhost', '[::1]'].includes(bare) : false;
  }
}

/** A sandboxed page under COEP `credentialless` asks for its pictures with `Origin: null` (Chromium), others without one. */
const isPictureOfNoOrigin = ({ headers }: IncomingMessage): boolean =>
  headers.origin === 'null' && headers['sec-fetch-mode'] === 'no-cors' && headers['sec-fetch-dest'] === 'image';

const foreign = { ok: false, status: 403, message: 'Pages of this origin may not speak to this bridge.' } as const;

export function isLoopbackAddress(address: string | undefined): boolean {
  return address !== undefined && /^(::ffff:)?127\.\d{1,3}\.\d{1,3}\.\d{1,3}$|^::1$/.test(address);
}
