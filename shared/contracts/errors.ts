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

/** Why something about a call or written work is refused, where the code alone says too little to whoever asked for it. */
export const callRefusals = [
  'notYours', // the call is somebody else's by now, or over
  'notNow', // not in this moment of the call
  'nobody', // there is nobody by that name or number
  'cannotBeAsked', // out of reach, signed out, or with another call
  'callFull',
  'queueClosed',
  'oneAtATime', // somebody is being asked already
  'mayNotDialOut',
  'noWayOut', // nothing leads to that number
  'numberRefused', // the calling rules stand against it
  'placesTaken',
  'placeEmpty',
  'placeBusy', // they are being picked up, or whoever asks has another call
  'signedOut', // work cannot be given to whoever is not at work,
  'outOfReach', // whose desktop is not connected,
  'supervising', // who listens in,
  'notTheirChannel', // who does not take contacts of this kind,
  'noRoom', // or who has as many as they may have
  'alreadyTheirs',
  'changingHands', // somebody is taking it at this moment
] as const;
export type CallRefusal = (typeof callRefusals)[number];

export const wireErrorSchema = z.object({ code: errorCodeSchema, message: z.string(), why: z.optional(z.enum(callRefusals)) });
export type WireError = z.infer<typeof wireErrorSchema>;

/** What every command is answered with. Expected refusals are values, never thrown across the wire. */
export type Ack<Value> = { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly error: WireError };
