import type { FastifyInstance } from 'fastify';
import type { Metrics } from '../metrics.ts';
import type { HealthReasons } from '../ports.ts';

export interface StatusOptions {
  readonly metrics: Metrics;
  readonly health: HealthReasons;
  readonly isDraining: () => boolean;
}

/** GET /health for those who watch the process, GET /metrics for those who watch the figures. */
export function statusPages(app: FastifyInstance, { metrics, health, isDraining }: StatusOptions): void {
  app.get('/health', { config: { right: 'public' } }, async (_request, reply) => {
    const reasons = health();
    const status = isDraining() ? 'draining' : reasons.length > 0 ? 'degraded' : 'ready';
    // Degraded still serves calls: a load balancer must not take it out.
    return reply
      .status(status === 'draining' ? 503 : 200)
      .header('cache-control', 'no-store')
      .send({ status, reasons });
  });

  app.get('/metrics', { config: { right: 'system:observe', isOpenOnLoopback: true } }, async (_request, reply) => {
    const { contentType, text } = await metrics.page();
    return reply.header('cache-control', 'no-store').type(contentType).send(text);
  });
}
