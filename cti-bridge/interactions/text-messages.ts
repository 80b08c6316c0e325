/** `notSet`: this house has nothing that sends text messages. */
export type TextMessageOutcome = 'sent' | 'notSent' | 'notSet';

/** Sends a text message to a telephone number. Resolves when whoever carries it has taken it. Never rejects. */
export interface TextMessages {
  send(to: string, text: string, signal: AbortSignal): Promise<TextMessageOutcome>;
}
