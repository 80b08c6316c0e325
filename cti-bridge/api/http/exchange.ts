import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type TmfType, tmfPath, tmfTypes } from '../../../shared/contracts/tmf/index.ts';
import type { Exchange, Sender } from '../../flows/customers/exchange.ts';
import { askerOf } from '../command.ts';
import { replyError } from './wire-reply.ts';

export interface ExchangeOptions {
  readonly exchange: Exchange;
}

/** What a bulk may have: what is more goes in several, each of which is stored when it is answered. */
export const bulkLimits = { bytes: 16 * 1024 * 1024, lines: 10_000 } as const;
export const listLimits = { usual: 20, most: 100 } as const;
const resourceLimitBytes = 1024 * 1024;

/**
 * Other systems: each resource of the TM Forum under its path (POST, PATCH, GET, list), and all kinds at once as lines of JSON under
 * /tmf-api/bulk. Their bearer is their secret, or that of a log-in whose role may exchange.
 */
export async function exchangeRoutes(app: FastifyInstance, { exchange }: ExchangeOptions): Promise<void> {
  await app.register(async (routes) => {
    const config = { right: 'record:exchange', answersTmf: true } as const;
    const readJson = routes.getDefaultJsonParser('error', 'error');
    routes.addContentTypeParser('application/merge-patch+json', { parseAs: 'string' }, readJson);
    for (const type of ['application/x-ndjson', 'application/ndjson', 'application/jsonl'])
      routes.addContentTypeParser(type, { parseAs: 'string' }, (_request, body, done) => done(null, body));

    for (const type of tmfTypes) {
      const path = tmfPath(type);
      routes.post(path, { config, bodyLimit: resourceLimitBytes }, async (request, reply) => {
        const sender = senderOf(exchange, request);
        if (!sender) return unknown(reply);
        const made = await exchange.create(sender, type, request.body);
        if (!made.ok) return replyError(reply, made.error.code, made.error.message);
        const { isNew, resource } = made.value;
        if (isNew) reply.header('location', `${path}/${encodeURIComponent(resource.id)}`);
        return fresh(reply)
          .status(isNew ? 201 : 200)
          .send(resource);
      });
      routes.get(path, { config }, async (request, reply) => list(type, request, reply));
      routes.get<{ Params: { id: string } }>(`${path}/:id`, { config }, async (request, reply) => {
        const sender = senderOf(exchange, request);
        if (!sender) return unknown(reply);
        const found = await exchange.read(sender, type, request.params.id);
        if (!found.ok) return replyError(reply, found.error.code, found.error.message);
        return fresh(reply).send(chosen(found.value, queryOf(request).fields));
      });
      routes.patch<{ Params: { id: string } }>(`${path}/:id`, { config, bodyLimit: resourceLimitBytes }, async (request, reply) => {
        const sender = senderOf(exchange, request);
        if (!sender) return unknown(reply);
        if (typeof request.body !== 'object' || request.body === null || Array.isArray(request.body))
          return replyError(reply, 'bad_request', 'A change is an object of the fields to change; null takes one away.');
        const changed = await exchange.patch(sender, type, request.params.id, request.body);
        if (!changed.ok) return replyError(reply, changed.error.code, changed.error.message);
        return fresh(reply).send(changed.value);
      });
    }

    routes.post('/tmf-api/bulk', { config: { ...config, takesFiles: true }, bodyLimit: bulkLimits.bytes }, async (request, reply) => {
      const sender = senderOf(exchange, request);
      if (!sender) return unknown(reply);
      if (typeof request.body !== 'string')
        return replyError(reply, 'bad_request', 'A bulk is lines of JSON, one resource each, as application/x-ndjson.');
      const written = readLines(request.body);
      if (written.length > bulkLimits.lines)
        return replyError(reply, 'too_large', `A bulk has ${bulkLimits.lines} lines at most; this one has ${written.length}.`);
      const lines = await exchange.takeAll(sender, written);
      const refused = lines.filter(({ outcome }) => outcome === 'refused').length;
      return fresh(reply).send({ taken: lines.length - refused, refused, lines });
    });
  });

  async function list(type: TmfType, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const sender = senderOf(exchange, request);
    if (!sender) return unknown(reply);
    const query = queryOf(request);
    const offset = numberOf(query.offset, 0);
    const limit = numberOf(query.limit, listLimits.usual);
    if (offset === null || offset > 10_000_000) return replyError(reply, 'bad_request', 'offset is a whole number.');
    if (limit === null || limit < 1 || limit > listLimits.most)
      return replyError(reply, 'bad_request', `limit is a whole number from 1 to ${listLimits.most}.`);
    const unknownFilter = Object.keys(query).find((name) => !known.has(name));
    if (unknownFilter !== undefined)
      return replyError(reply, 'bad_request', `There is no filter ${unknownFilter.slice(0, 60)}; there are ${[...known].join(', ')}.`);
    const owner = query['relatedParty.id'] ?? query['engagedParty.id'] ?? null;
    const found = await exchange.list(sender, type, { offset, limit, externalId: query.externalId ?? null, owner });
    if (!found.ok) return replyError(reply, found.error.code, found.error.message);
    const { resources, total } = found.value;
    return fresh(reply)
      .header('x-total-count', total)
      .header('x-result-count', resources.length)
      .send(resources.map((resource) => chosen(resource, query.fields)));
  }
}

const known: ReadonlySet<string> = new Set(['offset', 'limit', 'fields', 'externalId', 'relatedParty.id', 'engagedParty.id']);

function senderOf(exchange: Exchange, request: FastifyRequest): Sender | null {
  const asker = request.client ?? (request.signedIn && askerOf(request.signedIn));
  return asker && exchange.senderOf(asker);
}

const unknown = (reply: FastifyReply) => replyError(reply, 'unauthorized', 'Say who you are: authorization: Bearer SECRET.');
const fresh = (reply: FastifyReply) => reply.header('cache-control', 'no-store');

/** A line that is no JSON becomes nothing, and is refused as that with its number. An empty line is none. */
function readLines(body: string): readonly unknown[] {
  return body.split('\n').flatMap((line) => {
    if (line.trim() === '') return [];
    try {
      return [JSON.parse(line) as unknown];
    } catch {
      return [null];
    }
  });
}

type Query = Readonly<Record<string, string | undefined>>;
function queryOf(request: FastifyRequest): Query {
  const entries = Object.entries(request.query as Record<string, string | string[]>);
  return Object.fromEntries(entries.map(([name, value]) => [name, Array.isArray(value) ? value.at(-1) : value]));
}

function numberOf(written: string | undefined, usual: number): number | null {
  if (written === undefined) return usual;
  return /^\d{1,9}$/.test(written) ? Number(written) : null;
}

/** `fields=name,status`: these, and what a resource is known by. */
function chosen(resource: Readonly<Record<string, unknown>>, fields: string | undefined): Readonly<Record<string, unknown>> {
  if (fields === undefined || fields === '') return resource;
  const wanted = new Set(['id', 'href', '@type', ...fields.split(',').map((field) => field.trim())]);
  return Object.fromEntries(Object.entries(resource).filter(([name]) => wanted.has(name)));
}
