import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { usualSettings } from '../../shared/contracts/desktop-api.ts';
import type { OutsideWish } from '../../shared/contracts/outside.ts';
import { useText } from '../i18n/index.ts';
import type { Desk } from './desk.ts';
import { outsideState, outsideWords } from './outside-state.ts';
import type { BoundActions } from './use-actions.ts';

/** Keeps what stands outside the window as the desk is, and does what is pressed there by the same actions as the window's. Draws nothing. */
export function OutsideDesk({ desk, actions }: { readonly desk: Desk; readonly actions: BoundActions }) {
  const { stores, outside } = desk;
  const text = useText();
  const facts = {
    desk: useStore(stores.desk),
    call: useStore(stores.call),
    connection: useStore(stores.connection),
    outcomes: useStore(stores.view, (view) => view.outcomes),
    settings: useStore(stores.settings),
  };
  const isEndArmed = useStore(stores.outside, ({ isEndArmed }) => isEndArmed);
  const { end } = facts.settings.hotKeys ?? usualSettings.hotKeys;
  useEffect(() => outside.show(outsideState(text, { ...facts, actions, endKey: isEndArmed ? plainKey(end) : null }), outsideWords(text)));

  const now = useRef({ actions, text });
  useEffect(() => {
    now.current = { actions, text };
  });
  useEffect(() => {
    const stop = outside.listen((wish) => perform(now.current.actions, wish));
    return () => {
      stop();
      outside.show(null, outsideWords(now.current.text));
    };
  }, [outside]);
  return null;
}

function perform({ byId, notReady }: BoundActions, wish: OutsideWish): void {
  if (wish.kind === 'notReady') notReady.find(({ id }) => id === wish.reason)?.action.perform();
  else if (wish.action !== 'window.show') byId[wish.action].perform();
}

/** As keys are printed: `Ctrl Alt F12`. */
const plainKey = (key: string) => key.replace('Control', 'Ctrl').replaceAll('+', ' ');
