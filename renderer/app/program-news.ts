import type { DesktopApi } from '../../shared/contracts/desktop-api.ts';
import type { WorkInHand } from '../../shared/contracts/desktop-safety.ts';
import { type Drafts, hasUnsavedFlow, type Outbox, type Stores, unsavedCount } from '../stores/index.ts';
import { isSameWork, workInHand } from './work-in-hand.ts';

export interface ProgramNewsMeans {
  readonly stores: Stores;
  readonly desktop: DesktopApi;
  readonly drafts: Drafts;
  readonly written: Drafts;
  readonly outbox: Outbox;
}

/**
 * Between the page and the program around it: what an administrator fixed and how updates stand come in, what is in hand goes out. Lives as long as
 * the page.
 */
export function programNews({ stores, desktop, drafts, written, outbox }: ProgramNewsMeans): void {
  const ignore = () => undefined; // the program refused, and has written down why
  desktop.call('settings:fixed', {}).then(({ names }) => stores.computer.setState({ fixed: names }), ignore);
  desktop.call('update:read', {}).then((update) => stores.computer.setState({ update }), ignore);
  desktop.on('update:changed', (update) => stores.computer.setState({ update }));

  let told: WorkInHand | null = null;
  const tell = () => {
    const texts = [drafts, written].flatMap(({ store }) => Object.values(store.getState()));
    const unsaved =
      texts.filter(({ status }) => status !== 'empty' && status !== 'saved').length +
      outbox.store.getState().length +
      unsavedCount(stores.configuration.getState()) +
      (hasUnsavedFlow(stores.flows.getState()) ? 1 : 0);
    const now = workInHand(stores.desk.getState(), unsaved);
    if (told !== null && isSameWork(told, now)) return;
    told = now;
    desktop.call('update:work', now).catch(ignore);
  };
  for (const store of [stores.desk, stores.configuration, stores.flows, drafts.store, written.store, outbox.store]) store.subscribe(tell);
  tell();
}
