import type { FastifyInstance } from 'fastify';
import { docsPage, docsStyle } from './docs-page.ts';
import { openApi } from './open-api.ts';

/** GET /docs for people, /docs/openapi.json for programs. Made once; what a system may do is decided by its bearer, not by what it knows. */
export function docsRoutes(app: FastifyInstance): void {
  const config = { right: 'public' } as const;
  const description = openApi();
  const page = docsPage(description);
  app.get('/docs', { config }, async (_request, reply) =>
    reply.header('cache-control', 'no-cache').type('text/html; charset=utf-8').send(page),
  );
  app.get('/docs/openapi.json', { config }, async (_request, reply) => reply.header('cache-control', 'no-cache').send(description));
  app.get('/docs/style.css', { config }, async (_request, reply) =>
    reply.header('cache-control', 'no-cache').type('text/css; charset=utf-8').send(docsStyle),
  );
}
