import type { Disposable } from './scope.ts';

/** What proves who we are over TLS, PEM each. The certificate may be followed by those above it. */
export interface CertificatePair {
  readonly cert: string;
  readonly key: string;
}

/** The one certificate of the house, which may be replaced while we run: connections that stand keep what they began with. */
export interface Certificate {
  readonly current: CertificatePair;
  onReplaced(listener: (pair: CertificatePair) => void): Disposable;
}
