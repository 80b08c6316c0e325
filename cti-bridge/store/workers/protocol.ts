import type { MessagePort } from 'node:worker_threads';
import type { StoreErrorCode } from '../store-error.ts';

/** What a worker is started with. */
export interface WorkerSetup {
  readonly folder: string;
  readonly seed: 'demo' | 'demoAlone' | 'none';
  readonly people: number;
  /** Epoch ms of this start: the demo's dates are relative to the first one. */
  readonly now: number;
}

export interface OperationCall {
  readonly name: string;
  readonly args: readonly unknown[];
}

export type OperationOutcome =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly code: StoreErrorCode; readonly message: string };

/**
 * To the worker: a list of calls. The writer does them as one unit of work, the reader one by one. `purge` is for the writer alone: what was
 * deleted before it is to be gone from the disk. `stop` has no calls.
 */
export type WorkerRequest =
  | { readonly kind: 'calls'; readonly id: number; readonly calls: readonly OperationCall[] }
  | { readonly kind: 'purge'; readonly id: number }
  /** For mass work that passes the main thread by: see `bulk/`. */
  | { readonly kind: 'door'; readonly port: MessagePort }
  | { readonly kind: 'stop' };

/** From the worker: ready or not after the start; then one answer per request, an outcome per call. */
export type WorkerReply =
  | { readonly kind: 'ready' }
  /** A door was closed; so many are open still. */
  | { readonly kind: 'doors'; readonly open: number }
  | { readonly kind: 'failed'; readonly code: StoreErrorCode; readonly message: string }
  | { readonly kind: 'outcomes'; readonly id: number; readonly outcomes: readonly OperationOutcome[] }
  /** The unit of work as a whole did not happen. */
  | { readonly kind: 'refused'; readonly id: number; readonly code: StoreErrorCode; readonly message: string };
