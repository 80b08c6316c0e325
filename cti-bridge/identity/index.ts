/**
 * Who may sign in and what they may do. Passwords are argon2id; failed attempts are limited per account and per address; a log-in makes a
 * session with a random bearer token and, for agents, a random SIP password that dies with it.
 *
 * Two things to know: unknown user and wrong password look and take the same; and one agent has one session: a second log-in takes over
 * explicitly.
 */

export { type ApiClientIdentity, ApiClients } from './api-clients.ts';
export { AttemptLimiter, AttemptsByAddress } from './attempt-limiter.ts';
export { KeptLogIns } from './kept-log-ins.ts';
export { hashPassword } from './passwords.ts';
export * from './ports.ts';
export { type RelayCredentials, relayCredentials } from './relay-credentials.ts';
export type { PhoneCredentials, SessionEnd, UserSession } from './session-registry.ts';
export { SessionRegistry } from './session-registry.ts';
export type { LoginRefusal } from './verify-login.ts';
export { verifyLogin } from './verify-login.ts';
