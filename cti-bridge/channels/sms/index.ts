/**
 * Text messages: over SMPP 3.4 to a network's center, or over HTTP to a provider. It knows numbers and texts, and nothing of customers.
 *
 * Two things to know: what arrives is answered when `Arrivals` has stored it, and not before; and a message that may have left is `unknown`
 * and never sent again by itself. It promises that a connection which is dead is found and made again within half a minute, and that no
 * byte of the other side does more than end that connection.
 */
export { freshMs, type Headers, sign, signatureHeader, timestampHeader } from './http/signature.ts';
export { mostWebhookBytes, type Webhook, type WebhookReply } from './http/webhook.ts';
export { smsMount, type WrongSignatures } from './http/webhook-mount.ts';
export { SmsLines, type SmsLinesParts } from './sms-lines.ts';
