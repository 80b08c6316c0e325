import type { Bridge } from '../../bridge/index.ts';
import type { FiguresDeeds } from '../../features/figures/index.ts';

export function figuresDeeds(bridge: Pick<Bridge, 'command'>): FiguresDeeds {
  return {
    async contacts(figure) {
      const outcome = await bridge.command('figures:contacts', { figure });
      return outcome.ok ? { ok: true, contacts: outcome.value.contacts } : { ok: false, failure: outcome.error.code };
    },
  };
}
