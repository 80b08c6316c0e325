/**
 * Branded identifiers. A brand costs nothing at run time and makes it a compile error to hand an agent's id to something that wants
 * a reservation's. Ids are made by `cti-bridge/kernel/ids.ts` (time-ordered, unique without coordination).
 */
declare const brand: unique symbol;
export type Branded<Name extends string> = string & { readonly [brand]: Name };

export type AgentId = Branded<'AgentId'>;
export type UserId = Branded<'UserId'>;
export type ContactId = Branded<'ContactId'>;
export type AccountId = Branded<'AccountId'>;
export type CaseId = Branded<'CaseId'>;
export type InteractionId = Branded<'InteractionId'>;
export type WorkItemId = Branded<'WorkItemId'>;
export type ReservationId = Branded<'ReservationId'>;
export type QueueId = Branded<'QueueId'>;
export type EventId = Branded<'EventId'>;
export type PopId = Branded<'PopId'>;
export type CallId = Branded<'CallId'>;
export type ConversationId = Branded<'ConversationId'>;
export type MessageId = Branded<'MessageId'>;
export type MessageFileId = Branded<'MessageFileId'>;
export type TrunkId = Branded<'TrunkId'>;

/** Says that a plain string is the id of something. Use it only where the string enters: a parsed message, a database row, a test. */
export function asId<Id extends string>(value: string): Id {
  return value as Id;
}
