import type { i18n } from 'i18next';
import { useSyncExternalStore } from 'react';
import { App } from '../../../renderer/app/App.tsx';
import type { Desk } from '../../../renderer/app/desk.ts';
import { Strip } from '../../../renderer/features/strip/Strip.tsx';
import type { DesktopApi, DesktopSettings } from '../../../shared/contracts/desktop-api.ts';
import type { OutsideState } from '../../../shared/contracts/outside.ts';
import { pop, type StageLanguage } from './people.ts';
import type { ScriptedBridge } from './scripted-bridge.ts';

/**
 * What stands outside the window: `strip-` and the name of a scene shows the call strip of that scene by itself; `link` a number that another
 * program asks to be called, `computer` what is set for the computer, `locked-away` what somebody is told who comes back.
 */
const windowScenes = ['link', 'link-several', 'computer', 'locked-away'] as const;
export type OutsideScene = { readonly kind: 'strip' | (typeof windowScenes)[number]; readonly of: string };

export function outsideSceneOf(scene: string): OutsideScene | null {
  if (scene.startsWith('strip-')) return { kind: 'strip', of: scene.slice('strip-'.length) };
  const kind = windowScenes.find((each) => each === scene);
  return kind ? { kind, of: 'idle' } : null;
}

export interface Program {
  readonly desktop: DesktopApi;
  follow(changed: () => void): () => void;
  read(): OutsideState | null;
}

/** A program around the page, as far as the page asks it. */
export function programAround(scene: OutsideScene, settings: DesktopSettings): Program {
  const followers = new Set<() => void>();
  let state: OutsideState | null = null;
  let number = scene.kind.startsWith('link') ? '+442079460123' : null;
  const answers: Readonly<Record<string, (request: never) => unknown>> = {
    'link:take': () => {
      const taken = { number };
      number = null;
      return taken;
    },
    'outside:show': (shown: { state: OutsideState | null }) => {
      state = shown.state;
      for (const changed of followers) changed();
      return {};
    },
  };
  return {
    desktop: {
      kind: 'electron',
      call: (async (name: string, request: never) => answers[name]?.(request) ?? settings) as unknown as DesktopApi['call'],
      on: () => () => undefined,
    },
    follow(changed) {
      followers.add(changed);
      return () => void followers.delete(changed);
    },
    read: () => state,
  };
}

/** Before the desk begins. */
export function setOutsideScene({ kind, of }: OutsideScene, bridge: ScriptedBridge, desk: Desk, language: StageLanguage): void {
  const isEnglish = language === 'en';
  const hit = (id: string, title: string) => ({
    ...{ kind: 'person' as const, id, contactId: null, title, subtitle: isEnglish ? 'Okafor Logistics' : '东海物流' },
    ...{ tier: 'diamond' as const, isKeyAccount: true, matched: 'number' as const, detail: null },
  });
  const found = [hit('c-1', isEnglish ? 'Margaret Okafor' : '陈志远'), hit('c-2', isEnglish ? 'James Okafor' : '陈明')];
  bridge.answers['customer:search'] = () => ({ ok: true, value: { hits: kind === 'link-several' ? found : found.slice(0, 1) } });
  setTimeout(() => {
    if (kind === 'computer') desk.stores.view.setState({ open: 'computer' });
    if (kind === 'locked-away')
      desk.stores.notices.setState(
        [
          { id: 1, kind: 'lockedAway' },
          { id: 2, kind: 'hotKeysTaken', keys: ['Control+Alt+F3'] },
        ],
        true,
      );
    if (of === 'muted') desk.stores.call.setState({ isMuted: true });
    if (of === 'muted' || of === 'weak') {
      const own = {
        lostInPercent: 1,
        lostOutPercent: 4,
        jitterMs: 12,
        roundTripMs: 48,
        spokenDb: -30,
        silentForMs: 0,
        network: 'wifi' as const,
      };
      desk.stores.call.setState({ carried: ['r-1'], lines: { 'r-1': own } });
      bridge.push('call:quality', { interactionId: 'i-1', lossPercent: 4, jitterMs: 38, bars: 2 });
    }
    if (of === 'end-again') desk.stores.outside.setState({ isEndArmed: true });
    if (of === 'second') {
      const now = Date.now();
      const offered = { reservationId: 'r-2', interactionId: 'i-2', channel: 'voice' as const, offeredAt: now, ringsUntil: now + 20_000 };
      bridge.push('reservation:offered', { ...offered, pop: { ...pop('unknown', now, 71_000, language), interactionId: 'i-2' } });
    }
  }, 100);
}

/** The scene of the desk whose strip it is. */
export const deskSceneOf = (of: string): string =>
  of === 'muted' || of === 'weak' || of === 'end-again' || of === 'second' ? 'call-recorded' : of;

/** The strip by itself; the desk that tells it what to show is out of sight. */
export function StripOnStage({ program, desk, i18n }: { readonly program: Program; readonly desk: Desk; readonly i18n: i18n }) {
  const state = useSyncExternalStore(program.follow, program.read);
  return (
    <>
      {state ? (
        <main style={{ padding: 20 }}>
          <h1 className="sr-only">Call strip</h1>
          <Strip state={state} onWish={() => undefined} onMenu={() => undefined} />
        </main>
      ) : null}
      <div hidden>
        <App desk={desk} i18n={i18n} />
      </div>
    </>
  );
}
