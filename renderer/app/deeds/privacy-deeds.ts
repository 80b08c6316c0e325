import type { Bridge } from '../../bridge/index.ts';
import type { PrivacyDeeds } from '../../features/privacy/index.ts';
import { noPrivacy, notify, type Stores } from '../../stores/index.ts';

/** Downloads, erasure, holds and lapsed records: each deed asks the bridge and puts its answer into the store. */
export function privacyDeeds({
  stores,
  bridge,
  saveFile,
  downloadLink,
  erased,
}: {
  readonly stores: Stores;
  readonly bridge: Pick<Bridge, 'command' | 'fetchFile'>;
  saveFile(name: string, content: Blob): void;
  /** Downloads what the bridge offers at this path: to the disk as it comes, however much it is. */
  downloadLink(path: string): Promise<unknown>;
  /** Somebody is gone: what shows them closes. */
  erased(contactId: string): void;
}): PrivacyDeeds & { clear(): void } {
  const { privacy: store } = stores;

  async function download(path: string, name: string): Promise<void> {
    store.setState({ isBusy: true });
    const outcome = await bridge.fetchFile(path);
    store.setState({ isBusy: false });
    if (outcome.ok) saveFile(outcome.value.name ?? name, outcome.value.content);
    else notify(stores, { kind: 'commandFailed', code: outcome.error.code });
  }

  const deeds: PrivacyDeeds & { clear(): void } = {
    saveDossier: (contactId) => download(`/api/contacts/${encodeURIComponent(contactId)}/dossier`, `dossier-${contactId}.html`),
    async exportCustomers(text) {
      store.setState({ isBusy: true });
      const link = await bridge.command('privacy:export-link', { text: text.slice(0, 200) });
      store.setState({ isBusy: false });
      if (link.ok) await downloadLink(link.value.path);
      else notify(stores, { kind: 'commandFailed', code: link.error.code });
    },
    ask: (dialog) => store.setState({ dialog, failure: null, removed: null }),
    async erase(confirmName, reason) {
      const { dialog, isBusy } = store.getState();
      if (!dialog || isBusy) return;
      store.setState({ isBusy: true, failure: null });
      const outcome = await bridge.command('privacy:erase', { contactId: dialog.contactId, confirmName, reason });
      if (!outcome.ok) return store.setState({ isBusy: false, failure: outcome.error.code });
      store.setState({ isBusy: false, removed: outcome.value.removed });
      erased(dialog.contactId);
    },
    async hold(contactId, reason, until) {
      store.setState({ isBusy: true, failure: null });
      const outcome = await bridge.command('privacy:hold', { contactId, reason, until });
      if (!outcome.ok) return store.setState({ isBusy: false, failure: outcome.error.code });
      store.setState({ isBusy: false, dialog: null });
      if (store.getState().asked.phase !== 'none') await deeds.look();
    },
    async look() {
      store.setState({ asked: { phase: 'loading' }, failure: null });
      const [rules, holds] = await Promise.all([bridge.command('privacy:lapsed', {}), bridge.command('privacy:holds', {})]);
      if (!rules.ok) return store.setState({ asked: { phase: 'failed', code: rules.error.code } });
      if (!holds.ok) return store.setState({ asked: { phase: 'failed', code: holds.error.code } });
      store.setState({ asked: { phase: 'ready' }, rules: rules.value.rules, holds: holds.value.holds });
    },
    confirm: (confirming) => store.setState({ confirming, failure: null, deleted: null }),
    async deleteLapsed(ruleId) {
      const rule = store.getState().rules.find((each) => each.ruleId === ruleId);
      if (!rule || store.getState().isBusy) return;
      store.setState({ isBusy: true, failure: null });
      const outcome = await bridge.command('privacy:delete-lapsed', { ruleId, expected: rule.people });
      store.setState({ isBusy: false, confirming: null });
      await deeds.look();
      if (outcome.ok) store.setState({ deleted: { ruleId, people: outcome.value.deleted, isDone: outcome.value.isDone } });
      else store.setState({ failure: outcome.error.code });
    },
    clear: () => store.setState(noPrivacy, true),
  };
  return deeds;
}
