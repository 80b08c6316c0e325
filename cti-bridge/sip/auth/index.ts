/**
 * Digest authentication (RFC 7616, RFC 3261 §22).
 *
 * Two things to know: nonces prove themselves and live five minutes, so strangers cost no memory; and known and unknown users get the same
 * answer after the same work.
 */
export type { Attempt, Credentials } from './authenticating.ts';
export { Authenticating } from './authenticating.ts';
export type { AuthVerdict } from './authenticator.ts';
export { Authenticator } from './authenticator.ts';
export type { Challenge, DigestAlgorithm, DigestCredentials, DigestInput } from './digest.ts';
export { answerChallenge, digestResponse, formatChallenge, parseCredentials, parseDigestHeader } from './digest.ts';
export { Nonces } from './nonces.ts';
