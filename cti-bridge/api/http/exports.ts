import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { type Exports, exportLinkPath } from '../../flows/customers/exports.ts';
import { askerOf } from '../command.ts';
import { dossierPage } from './dossier-page.ts';
import { replyError } from './wire-reply.ts';

export interface ExportOptions {
  readonly exports: Exports;
}

/** GET /api/exports/customers.csv and /api/contacts/:contactId/dossier: downloads, with the bearer of a log-in; and links, without one. */
export function exportRoutes(app: FastifyInstance, { exports }: ExportOptions): void {
  const config = { right: 'record:export' } as const;

  const asList = (reply: FastifyReply, content: AsyncIterable<string>) =>
    reply
      .header('cache-control', 'no-store')
      .header('content-disposition', 'attachment; filename="customers.csv"')
      .type('text/csv; charset=utf-8')
      .send(Readable.from(content));

  app.get<{ Querystring: { text?: string } }>('/api/exports/customers.csv', { config, exposeHeadRoute: false }, async (request, reply) => {
    if (!request.signedIn) return replyError(reply, 'unauthorized', 'Sign in first.');
    const text = String(request.query.text ?? '').slice(0, 200);
    const content = await exports.customers(askerOf(request.signedIn), text);
    return content.ok ? asList(reply, content.value) : replyError(reply, content.error.code, content.error.message);
  });

  // Whoever has the link was given it by `privacy:export-link` less than a minute ago. Asking for the head alone would use it up.
  app.get<{ Params: { token: string } }>(
    `${exportLinkPath}:token`,
    { config: { right: 'public' }, exposeHeadRoute: false },
    async ({ params }, reply) => {
      const content = exports.takeLink(params.token);
      return content ? asList(reply, content) : replyError(reply, 'not_found', 'This link was used already, or is too old.');
    },
  );

  app.get<{ Params: { contactId: string }; Querystring: { format?: string } }>(
    '/api/contacts/:contactId/dossier',
    { config },
    async (request, reply) => {
      if (!request.signedIn) return replyError(reply, 'unauthorized', 'Sign in first.');
      const { contactId } = request.params;
      const dossier = await exports.dossier(askerOf(request.signedIn), contactId.slice(0, 64));
      if (!dossier.ok) return replyError(reply, dossier.error.code, dossier.error.message);
      reply.header('cache-control', 'no-store');
      const name = `dossier-${contactId.replace(/[^\w.-]/g, '_')}`;
      if (request.query.format === 'json')
        return reply.header('content-disposition', `attachment; filename="${name}.json"`).send(dossier.value);
      return reply
        .header('content-disposition', `attachment; filename="${name}.html"`)
        .type('text/html; charset=utf-8')
        .send(dossierPage(dossier.value));
    },
  );
}
