import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import type { Exports } from '../../flows/customers/exports.ts';
import { askerOf } from '../command.ts';
import { dossierPage } from './dossier-page.ts';
import { replyError } from './wire-reply.ts';

export interface ExportOptions {
  readonly exports: Exports;
}

/** GET /api/exports/customers.csv and /api/contacts/:contactId/dossier: downloads, with the bearer of a log-in. */
export function exportRoutes(app: FastifyInstance, { exports }: ExportOptions): void {
  const config = { right: 'record:export' } as const;

  app.get<{ Querystring: { text?: string } }>('/api/exports/customers.csv', { config }, async (request, reply) => {
    if (!request.signedIn) return replyError(reply, 'unauthorized', 'Sign in first.');
    const text = String(request.query.text ?? '').slice(0, 200);
    return reply
      .header('cache-control', 'no-store')
      .header('content-disposition', 'attachment; filename="customers.csv"')
      .type('text/csv; charset=utf-8')
      .send(Readable.from(exports.customers(askerOf(request.signedIn), text)));
  });

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
