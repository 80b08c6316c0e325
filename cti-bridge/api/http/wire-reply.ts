import type { FastifyReply } from 'fastify';
import type { Ack, ErrorCode, WireError } from '../../../shared/contracts/errors.ts';
import type { TmfError } from '../../../shared/contracts/tmf/index.ts';

const statusOf: Readonly<Record<ErrorCode, number>> = {
  bad_request: 400,
  unauthorized: 401,
  login_failed: 401,
  session_replaced: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  version_mismatch: 426,
  too_many_requests: 429,
  too_large: 413,
  internal: 500,
  device_unreachable: 503,
  storage_unavailable: 503,
};

/** A refusal over HTTP: the same error as over the socket, with its usual status; in an `Ack` where the route answers with one. */
export function replyError(reply: FastifyReply, code: ErrorCode, message: string): FastifyReply {
  const error: WireError = { code, message };
  if (reply.request.routeOptions.config?.answersTmf) return refuseSystem(reply, code, message);
  return reply
    .status(statusOf[code])
    .header('cache-control', 'no-store')
    .send(reply.request.routeOptions.config?.answersAck ? ({ ok: false, error } satisfies Ack<never>) : error);
}

function refuseSystem(reply: FastifyReply, code: ErrorCode, message: string): FastifyReply {
  const status = statusOf[code];
  const error: TmfError = { code, reason: code.replaceAll('_', ' '), message, status: String(status) };
  return reply.status(status).header('cache-control', 'no-store').send(error);
}
