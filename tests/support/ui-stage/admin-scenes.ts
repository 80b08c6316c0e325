import type { Desk } from '../../../renderer/app/desk.ts';
import { blankEntry } from '../../../renderer/features/admin/blank.ts';
import { type AdminSection, addEntry, putAt, removeEntry } from '../../../renderer/stores/index.ts';
import { rightsOfRole } from '../../../shared/contracts/rights.ts';
import { scriptAdministration, stageConfiguration } from './organisation.ts';
import type { ScriptedBridge } from './scripted-bridge.ts';

/**
 * Pictures of the administration: `admin-SECTION` shows a section with its first entry, `admin` the queue of most fields; `admin-new`,
 * `admin-problems`, `admin-review`, `admin-conflict`, `admin-history`, `admin-undo`, `admin-leave`, `admin-empty`, `admin-look` (read-only), `admin-many` (10,000
 * people), `admin-desk-phone`.
 */
export const isAdminScene = (scene: string) => scene === 'admin' || scene.startsWith('admin-');

export function setAdminScene(scene: string, bridge: ScriptedBridge, desk: Desk): void {
  const role = scene === 'admin-look' ? 'supervisor' : 'administrator';
  const user = { ...bridge.snapshotNow.user, role, rights: [...rightsOfRole[role]] };
  bridge.snapshotNow = { ...bridge.snapshotNow, user, agent: role === 'administrator' ? null : bridge.snapshotNow.agent };
  if (bridge.loginOutcome.ok) bridge.loginOutcome = { ok: true, value: { ...bridge.loginOutcome.value, user } };
  const empty = stageConfiguration();
  const crowd = empty.users.flatMap((user) =>
    user.agent && scene === 'admin-many'
      ? Array.from({ length: 2_000 }, (_each, n) => ({
          ...user,
          id: `${user.id}-${n}`,
          username: `${user.id}-${n}`,
          name: `${user.name} ${n}`,
          agent: user.agent && { ...user.agent, id: `${user.id}-${n}`, extension: String(100_000 + n) + user.agent.extension },
        }))
      : [],
  );
  const start = scene === 'admin-empty' ? { ...empty, skills: [], users: [], queues: [] } : { ...empty, users: [...crowd, ...empty.users] };
  const administration = scriptAdministration(bridge, start);
  administration.saveAs(
    'Ruth Adeyemi',
    (all) => ({
      ...all,
      users: all.users.map((each) =>
        each.agent && each.id === 'priya' ? { ...each, agent: { ...each.agent, skills: { technical: 9, billing: 2 } } } : each,
      ),
    }),
    'Priya helps out at billing',
  );
  administration.saveAs('Ada Bergström', (all) => ({
    ...all,
    queues: all.queues.map((each) =>
      each.id === 'sales'
        ? { ...each, ringSeconds: 25, strategy: 'leastBusy', serviceLevel: { targetPercent: 85, thresholdSeconds: 30 } }
        : each,
    ),
  }));

  const { configuration: store, view } = desk.stores;
  const after = async () => {
    view.setState({ place: 'admin' });
    await desk.configuration.open();
    const named = scene === 'admin-many' ? 'users' : scene.replace(/^admin-?/, '');
    const section = (named in store.getState().stems || named === 'organisation' || named === 'history' ? named : 'queues') as AdminSection;
    store.setState((now) => ({
      section,
      selected: scene === 'admin-empty' ? {} : { queues: 0, [section]: section === 'dispositions' || section === 'orgUnits' ? 2 : 0 },
      wanted: now.wanted,
    }));
    const change = (path: string, value: unknown) => store.setState((now) => putAt(now, path, value), true);
    const changeSome = () => {
      change('queues/0/serviceLevel/targetPercent', 85);
      change('queues/0/rings/1/needs', 'billing or keyAccounts or french >= 3');
      change('queues/1/hours', 'office');
      change('users/1/agent/skills/french', 4);
      change('hours/0/weekly/fri', [{ from: '08:00', to: '16:00' }]);
      store.setState((now) => removeEntry(now, 'reasons', 3), true);
      store.setState((now) => addEntry(now, 'skills', { id: 'italian', name: { en: 'Italian', zh: '意大利语' } }), true);
      store.setState({ section: 'queues', wanted: null });
    };
    switch (scene) {
      case 'admin-new':
        store.setState((now) => addEntry(now, 'queues', blankEntry('queues', administration.configuration)), true);
        return;
      case 'admin-problems':
        change('queues/0/needs', 'billing >= 12');
        change('queues/0/ringSeconds', 2);
        change('queues/0/overflow/queue', 'billing');
        change('queues/2/hours', 'evenings');
        change('users/1/agent/extension', '6012');
        store.setState((now) => removeEntry(now, 'skills', 3), true);
        store.setState({ section: 'queues' });
        return desk.configuration.review();
      case 'admin-desk-phone':
        change('users/0/agent/phone', { kind: 'registered', password: { env: 'DESK_6012' }, answersItself: true });
        store.setState({ section: 'users', selected: { users: 0 } });
        return;
      case 'admin-fields':
        change('queues/0/needs', 'billing >= 12');
        change('queues/0/ringSeconds', 2);
        change('queues/0/rings/1/afterSeconds', 10);
        return;
      case 'admin-review':
        changeSome();
        return desk.configuration.review();
      case 'admin-conflict':
        changeSome();
        await desk.configuration.review();
        administration.saveAs('Ruth Adeyemi', (all) => ({
          ...all,
          queues: all.queues.map((each) =>
            each.id === 'billing' ? { ...each, serviceLevel: { targetPercent: 90, thresholdSeconds: 15 } } : each,
          ),
        }));
        return desk.configuration.save('');
      case 'admin-clash':
        changeSome();
        administration.saveAs('Ruth Adeyemi', (all) => ({
          ...all,
          queues: all.queues.map((each) =>
            each.id === 'billing' ? { ...each, serviceLevel: { targetPercent: 90, thresholdSeconds: 15 } } : each,
          ),
        }));
        return desk.configuration.takeOverNewest();
      case 'admin-leave':
        changeSome();
        return desk.goTo('work');
      case 'admin-history':
        bridge.answers['user:set-password']?.({ userId: 'xiaoyue', password: '' });
        store.setState({ openRevision: 3 });
        return desk.configuration.readHistory(false);
      case 'admin-undo':
        store.setState({ section: 'history', openRevision: 3, undo: { revision: 3, isBusy: false, problems: [] } });
        return;
      case 'admin-changed':
        changeSome();
        return;
      default:
    }
  };
  const unsubscribe = desk.stores.session.subscribe((session) => {
    if (session.phase !== 'signedIn') return;
    unsubscribe();
    void after();
  });
}
