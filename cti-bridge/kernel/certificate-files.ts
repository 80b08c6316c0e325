import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createSecureContext } from 'node:tls';
import type { Certificate, CertificatePair } from './certificate.ts';
import type { Clock, TimerHandle } from './clock.ts';
import { Emitter } from './emitter.ts';
import type { Log } from './log.ts';
import type { Result } from './result.ts';
import { err, ok } from './result.ts';
import type { Disposable } from './scope.ts';

export interface CertificateFilesOptions {
  readonly certificateFile: string;
  readonly keyFile: string;
  readonly clock: Clock;
  readonly log: Log;
  /** How often the files are looked at. */
  readonly everyMs?: number;
  /** For tests. Rejects as `readFile` does. */
  readonly read?: (path: string) => Promise<string>;
}

const lookEveryMs = 5_000;
const dayMs = 24 * 3_600_000;
/** From here on the health page says so. */
const warnBeforeMs = 14 * dayMs;

/**
 * The certificate in two PEM files, looked at every few seconds: what replaces it there is used from then on. What cannot be used, because it
 * is no certificate, does not fit its key, or has ended, is told on the health page and the one in use stays.
 */
export class CertificateFiles implements Certificate {
  readonly #options: CertificateFilesOptions;
  readonly #events: Emitter<{ replaced: CertificatePair }>;
  #current: CertificatePair;
  #next: TimerHandle | undefined;
  /** Why the files cannot be used in place of what is in use. */
  #refusal: string | null = null;
  #isStopped = false;

  private constructor(options: CertificateFilesOptions, current: CertificatePair) {
    this.#options = options;
    this.#current = current;
    this.#events = new Emitter((error) => options.log.error('certificate:listener-failed', { error: String(error) }));
    this.#lookLater();
  }

  /** The problem, in plain words with the names of the files, when there is nothing to begin with. An ended certificate is better than none. */
  static async open(options: CertificateFilesOptions): Promise<Result<CertificateFiles, string>> {
    const pair = await readPair(options);
    return pair.ok ? ok(new CertificateFiles(options, pair.value)) : pair;
  }

  get current(): CertificatePair {
    return this.#current;
  }

  onReplaced(listener: (pair: CertificatePair) => void): Disposable {
    return this.#events.on('replaced', listener);
  }

  /** What an administrator should know, in plain words, for the health page. */
  get problems(): readonly string[] {
    const { clock, certificateFile } = this.#options;
    const endsAt = endOf(this.#current);
    const left = endsAt - clock.now();
    const date = new Date(endsAt).toISOString().slice(0, 10);
    const ending =
      left <= 0
        ? [`The certificate in use has ended on ${date}: desktops and phones refuse it. Put a new one into ${certificateFile}.`]
        : left < warnBeforeMs
          ? [`The certificate ends on ${date}. Put a new one into ${certificateFile}; it is taken without a restart.`]
          : [];
    return this.#refusal === null ? ending : [`The certificate was not replaced: ${this.#refusal}`, ...ending];
  }

  /** Looks at the files now. */
  async reload(): Promise<void> {
    const { clock, log } = this.#options;
    const pair = await readPair(this.#options);
    if (this.#isStopped) return;
    if (pair.ok && pair.value.cert === this.#current.cert && pair.value.key === this.#current.key) {
      this.#refusal = null;
      return;
    }
    const refusal = pair.ok
      ? endOf(pair.value) <= clock.now()
        ? `The one in ${this.#options.certificateFile} has ended.`
        : null
      : pair.error;
    if (refusal !== null && refusal !== this.#refusal) log.warn('certificate:not-replaced', { why: refusal });
    this.#refusal = refusal;
    if (!pair.ok || refusal !== null) return;
    this.#current = pair.value;
    log.info('certificate:replaced', { until: new Date(endOf(pair.value)).toISOString() });
    this.#events.emit('replaced', pair.value);
  }

  stop(): void {
    this.#isStopped = true;
    this.#next?.cancel();
  }

  #lookLater(): void {
    if (this.#isStopped) return;
    this.#next = this.#options.clock.timer(this.#options.everyMs ?? lookEveryMs, () => void this.reload().finally(() => this.#lookLater()));
  }
}

const endOf = ({ cert }: CertificatePair): number => Date.parse(new X509Certificate(cert).validTo);

async function readPair(options: CertificateFilesOptions): Promise<Result<CertificatePair, string>> {
  const { certificateFile, keyFile, read = (path: string) => readFile(path, 'utf8') } = options;
  const texts: string[] = [];
  for (const path of [certificateFile, keyFile]) {
    try {
      texts.push(await read(path));
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
      return err(code === 'ENOENT' ? `There is no file ${path}.` : `The file ${path} cannot be read (${code}).`);
    }
  }
  const [cert = '', key = ''] = texts;
  return judge({ cert, key }, options);
}

/** What OpenSSL says is left out: it may quote the key. */
function judge(pair: CertificatePair, { certificateFile, keyFile }: CertificateFilesOptions): Result<CertificatePair, string> {
  let certificate: X509Certificate;
  try {
    certificate = new X509Certificate(pair.cert);
  } catch {
    return err(`The file ${certificateFile} holds no certificate in PEM form.`);
  }
  try {
    if (!certificate.checkPrivateKey(createPrivateKey(pair.key)))
      return err(`The key in ${keyFile} is not that of the certificate in ${certificateFile}.`);
  } catch {
    return err(`The file ${keyFile} holds no private key in PEM form, or one under a pass phrase.`);
  }
  try {
    createSecureContext(pair);
  } catch {
    return err(`The certificate in ${certificateFile} cannot be used for TLS.`);
  }
  return ok(pair);
}
