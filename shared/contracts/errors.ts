import * as z from 'zod/mini';

/** Every error code that crosses a wire. The desktop translates the code; `message` is English, for logs and for the curious. */
export const errorCodes = [
  'bad_request', // the payload did not fit its schema
  'unauthorized', // no session, or it has ended
  'forbidden', // the session lacks the right
  'not_found',
  'conflict', // the thing has moved on (the offer is gone, a newer revision is stored)
  'too_many_requests',
  'too_large', // more bytes than this takes
  'login_failed', // unknown user and wrong password look the same
  'session_replaced', // the same agent signed in elsewhere
  'version_mismatch',
  'storage_unavailable', // nothing was stored; try again
  'device_unreachable',
  'internal',
] as const;
export const errorCodeSchema = z.enum(errorCodes);
export type ErrorCode = (typeof errorCodes)[number];

export const wireErrorSchema = z.object({ code: errorCodeSchema, message: z.string() });
export type WireError = z.infer<typeof wireErrorSchema>;

/** What every command is answered with. Expected refusals are values, never thrown across the wire. */
export type Ack<Value> = { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly error: WireError };
