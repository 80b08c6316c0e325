/**
 * What can be asked of the database and what can be changed in it, as functions over a handle: they run inside the two worker threads.
 *
 * Two things to know: reads are given a handle that cannot write; and a write runs inside the unit of work of its whole batch, so it never
 * begins or commits anything itself and must be harmless when it is run a second time.
 */
import { contactReads } from './contact-reads.ts';
import { contactWrites } from './contact-writes.ts';
import { eventWrites } from './event-writes.ts';
import { interactionReads } from './interaction-reads.ts';
import { interactionWrites } from './interaction-writes.ts';
import { organisationReads } from './organisation-reads.ts';

export const readOperations = { ...contactReads, ...interactionReads, ...organisationReads };
export const writeOperations = { ...contactWrites, ...interactionWrites, ...eventWrites };

export type ReadOperations = typeof readOperations;
export type WriteOperations = typeof writeOperations;
export type { QueueSettings } from './organisation-reads.ts';
