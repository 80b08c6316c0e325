/**
 * The only SQL. SQLite (WAL, synchronous=FULL for events) in its own worker thread with one writer and group commit, and a second worker
 * for reads, so that signalling never blocks on the disk. Plugs in from the side: implements the ports that the business declares.
 *
 * Two things to know: migrations are numbered and run in a transaction at start; events carry ids only, names and text live in erasable
 * tables.
 */
export * from './api.ts';
export { openStore, StoreError } from './open-store.ts';
