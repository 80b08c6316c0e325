/**
 * SIP on the page (RFC 3261 §7, §20, §25): bytes to values and back. No sockets, no time, no state.
 *
 * Two things to know: parsing never throws and keeps header values verbatim; and the encoder refuses line breaks, so nothing that came from
 * a person can add a header.
 */
export type { CSeq } from './cseq.ts';
export { headerLines, headerOf, headerTokens, headerValues } from './headers.ts';
export type {
  Essentials,
  Header,
  ReceivedMessage,
  ReceivedRequest,
  ReceivedResponse,
  SipMessage,
  SipRequest,
  SipResponse,
} from './message.ts';
export type { NameAddr } from './name-addr.ts';
export { formatNameAddr, parseNameAddr } from './name-addr.ts';
export type { Params } from './params.ts';
export { parseParams } from './params.ts';
export type { ParseFailure } from './parse.ts';
export { maxMessageBytes, parseMessage } from './parse.ts';
export type { ResponseParts } from './response.ts';
export { createResponse } from './response.ts';
export { quote, splitOutsideQuotes, unquote } from './scan.ts';
export { contentType, sdpOf } from './sdp-body.ts';
export { serializeMessage } from './serialize.ts';
export { reasonPhrase } from './status.ts';
export type { SipUri } from './uri.ts';
export { encodeUser, formatHostPort, parseUri, schemeOf, userOf } from './uri.ts';
export type { Via } from './via.ts';
export { branchOf, formatVia, magicCookie, parseVia } from './via.ts';
