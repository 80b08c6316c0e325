import type { StoredMessage } from '../../interactions/index.ts';

/**
 * Whether somebody served the last contact of a chat, by its messages, newest first; what nobody did for them is not theirs to rate. Whoever takes a
 * chat joins it, and where so much was written since that this is not among the messages, they wrote some of it.
 */
export function wasServed(messages: readonly StoredMessage[]): boolean {
  const interactionId = messages[0]?.interactionId ?? null;
  return messages.some(
    (each) => each.interactionId === interactionId && (each.agentId !== null || (each.kind === 'event' && each.text === 'joined')),
  );
}
