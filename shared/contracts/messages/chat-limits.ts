/** How much a visitor's widget may send; apart from the schemas, so that the widget has the numbers without them. */
export const chatLimits = {
  textLength: 4_000,
  fileBytes: 10 * 1024 * 1024,
  fileNameLength: 200,
  nameLength: 100,
  emailLength: 254,
  phoneLength: 40,
  topicLength: 200,
  ratingLength: 1_000,
} as const;

/** Counts up when a widget that a browser still keeps could no longer speak to a new bridge. */
export const chatWireVersion = 1;

/**
 * Why the bridge ended a connection, as the code of its WebSocket. `again`: come back soon. `notFor`: no such site, or not for this origin.
 * `unreadable`: what was sent is none of ours. `tooMuch`: too fast, too many.
 */
export const chatCloseCodes = { again: 1012, unreadable: 4400, notFor: 4404, tooMuch: 4429 } as const;

/** What happened, as the text of a line by `system`; `name` of the line is the agent's. The widget says it in its language. */
export const chatSystemWords = [
  'waiting',
  'joined',
  'left',
  'transferred',
  'agentCalls',
  'closed',
  'closedByVisitor',
  'closedQuiet',
  'reopened',
] as const;
export type ChatSystemWord = (typeof chatSystemWords)[number];
