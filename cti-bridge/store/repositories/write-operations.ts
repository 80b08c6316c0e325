import { callbackWrites } from './callback-writes.ts';
import { configurationWrites } from './configuration-writes.ts';
import { contactWrites } from './contact-writes.ts';
import { eventWrites } from './event-writes.ts';
import { interactionWrites } from './interaction-writes.ts';
import { routingWrites } from './routing-writes.ts';
import { scoreWrites } from './score-writes.ts';
import { searchWrites } from './search-writes.ts';

/** All that the writer thread performs. */
export const writeOperations = {
  ...callbackWrites,
  ...configurationWrites,
  ...contactWrites,
  ...interactionWrites,
  ...eventWrites,
  ...routingWrites,
  ...scoreWrites,
  ...searchWrites,
};
