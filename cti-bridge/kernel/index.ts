/**
 * Floor 0: what every other floor stands on. Knows nothing of telephony, customers or sockets.
 *
 * Two things to know: time is always an argument (`Clock`; tests pass a `VirtualClock`), and everything that must end hangs on a
 * `Scope` (timers, listeners, sockets, children), so that ending the scope ends them all, once, even if one of them throws.
 */
export type { Certificate, CertificatePair } from './certificate.ts';
export { CertificateFiles } from './certificate-files.ts';
export type { Clock, TimerHandle } from './clock.ts';
export { systemClock } from './clock.ts';
export { Emitter } from './emitter.ts';
export type { IdSource } from './ids.ts';
export { countingIds, createIdSource } from './ids.ts';
export { LimitedProcess, type LimitedProcessParts, type Performed } from './limited-process.ts';
export type { Log, LogFields } from './log.ts';
export { createLog, silentLog } from './log.ts';
export type { Mount } from './mount.ts';
export { programFile } from './program-file.ts';
export type { Result } from './result.ts';
export { err, ok } from './result.ts';
export type { Disposable } from './scope.ts';
export { Scope } from './scope.ts';
export type { Supervised } from './supervisor.ts';
export { supervise } from './supervisor.ts';
export { TimeLimitError, withTimeLimit } from './time-limit.ts';
export { TokenBucket } from './token-bucket.ts';
export { VirtualClock } from './virtual-clock.ts';
export { priorityOrder } from './weighted-order.ts';
