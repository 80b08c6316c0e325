import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { type Text, type TextKey, useText } from '../i18n/index.ts';
import { articleShown, currentWork, guideAt, isGuideShown, type Stores, unsavedCount } from '../stores/index.ts';
import type { Action } from '../ui/index.ts';
import { type ActionDefinition, type ActionId, type ActionMeans, type ActionState, actions, notReady } from './actions/index.ts';
import { pressKey, shortcutOf } from './keyboard.ts';

export interface BoundActions {
  readonly byId: Readonly<Record<ActionId, Action>>;
  readonly all: readonly Action[];
  /** Not ready, by each reason that is configured. */
  readonly notReady: readonly { readonly id: string; readonly name: string; readonly action: Action }[];
  /** What the palette lists. */
  readonly listed: readonly Action[];
}

/**
 * The actions with their names in the agent's language and what applies now; binds their keys. Whoever uses them is drawn anew when a name or what
 * applies changes, not with everything that happens.
 */
export function useActions(means: ActionMeans): BoundActions {
  const { t, formats } = useText();
  const binding = useMemo(() => new Binding(means, t, formats), [means, t, formats]);

  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (isTakenBy(event)) return;
      if (pressKey(event, currentState(means), means)) event.preventDefault();
    };
    // First in line, so that a key works wherever the focus is.
    window.addEventListener('keydown', pressed, { capture: true });
    return () => window.removeEventListener('keydown', pressed, { capture: true });
  }, [means]);

  return useSyncExternalStore(binding.follow, binding.now);
}

/** The actions as they are now; the same objects for as long as nothing of them changes. */
class Binding {
  readonly #means: ActionMeans;
  readonly #text: Pick<Text, 't' | 'formats'>;
  readonly #known = new Map<string, Action>();
  /** Names in the agent's language, each looked up once. */
  readonly #names = new Map<TextKey, string>();
  #judged: readonly unknown[] = [];
  #bound: BoundActions | null = null;

  constructor(means: ActionMeans, t: Text['t'], formats: Text['formats']) {
    this.#means = means;
    this.#text = { t, formats };
  }

  readonly follow = (changed: () => void): (() => void) => {
    const { desk, call, connection, view, configuration, record, account, customers, imports, flows, inbox, guides } =
      this.#means.desk.stores;
    const all = [desk, call, connection, view, configuration, record, account, customers, imports, flows, inbox, guides];
    const ends = [...all, this.#means.desk.stores.knowledge].map((store) => store.subscribe(changed));
    return () => {
      for (const end of ends) end();
    };
  };

  readonly now = (): BoundActions => {
    const state = currentState(this.#means);
    const { writes, panel } = state.inbox;
    const judged = [...Object.values({ ...state, inbox: writes }), panel];
    if (this.#bound && judged.every((each, at) => each === this.#judged[at])) return this.#bound;
    this.#judged = judged;
    const next = this.#bind(state);
    const { all: before = [] } = this.#bound ?? {};
    const isSame = next.all.length === before.length && next.all.every((action, at) => action === before[at]);
    this.#bound = isSame && this.#bound ? this.#bound : next;
    return this.#bound;
  };

  #bind(state: ActionState): BoundActions {
    const { t, formats } = this.#text;
    const bound = (Object.keys(actions) as ActionId[]).map((id): readonly [ActionId, Action, ActionDefinition] => {
      const definition: ActionDefinition = actions[id];
      const nameKey = typeof definition.nameKey === 'function' ? definition.nameKey(state) : definition.nameKey;
      return [id, this.#action(id, this.#name(nameKey), definition, state), definition];
    });
    const away = state.desk.reasons.map(({ id, name }) => {
      const ownName = name[formats.language];
      const label = t('action.agent.notReady', { reason: ownName });
      return { id, name: ownName, action: this.#action(`agent.notReady.${id}`, label, { ...notReady(id), shortcut: null }, state) };
    });
    const awayActions = away.map(({ action }) => action);
    const withAway = (list: readonly Action[]) =>
      list.flatMap((action) => (action.id === 'agent.available' ? [action, ...awayActions] : [action]));
    return {
      byId: Object.fromEntries(bound.map(([id, action]) => [id, action])) as unknown as Readonly<Record<ActionId, Action>>,
      notReady: away,
      all: withAway(bound.map(([, action]) => action)),
      listed: withAway(bound.filter(([, , definition]) => definition.isListed).map(([, action]) => action)),
    };
  }

  #name(key: TextKey): string {
    const name = this.#names.get(key) ?? this.#text.t(key);
    this.#names.set(key, name);
    return name;
  }

  #action(id: string, label: string, definition: Omit<ActionDefinition, 'nameKey'>, state: ActionState): Action {
    const isEnabled = definition.isEnabled(state);
    const known = this.#known.get(id);
    if (known?.label === label && known.isEnabled === isEnabled) return known;
    const means = this.#means;
    const action: Action = {
      id,
      label,
      shortcut: definition.shortcut,
      isEnabled,
      // Judged again when it happens: between render and click the world may have moved on.
      perform() {
        const now = currentState(means);
        if (definition.isEnabled(now)) definition.perform(now, means);
      },
    };
    this.#known.set(id, action);
    return action;
  }
}

/** What has the keyboard has a meaning of its own for that key, as a place to write has for the one that sends. */
function isTakenBy(event: KeyboardEvent): boolean {
  const shortcut = shortcutOf(event);
  const own = event.target instanceof Element ? event.target.closest('[data-own-keys]')?.getAttribute('data-own-keys') : null;
  return shortcut !== null && own?.split(' ').includes(shortcut) === true;
}

function guideNow({ guides, desk, view }: Stores): Pick<ActionState, 'guide' | 'isGuideShown'> {
  const work = currentWork(desk.getState(), view.getState().selectedId);
  const guide = guideAt(guides.getState(), work);
  return { guide, isGuideShown: isGuideShown(guide, work) };
}

function currentState({ desk: { stores, outside } }: ActionMeans): ActionState {
  const knowledge = stores.knowledge.getState();
  return {
    hasProgram: outside.isThere,
    desk: stores.desk.getState(),
    call: stores.call.getState(),
    connection: stores.connection.getState(),
    view: stores.view.getState(),
    hasUnsaved: unsavedCount(stores.configuration.getState()) > 0,
    record: stores.record.getState(),
    account: stores.account.getState(),
    customers: stores.customers.getState(),
    imports: stores.imports.getState(),
    flows: stores.flows.getState(),
    inbox: stores.inbox.getState(),
    ...guideNow(stores),
    article: articleShown(knowledge),
    suggestions: knowledge.suggestions,
    dismissed: knowledge.dismissed,
  };
}
