import { createDesk } from '../../../../renderer/app/desk.ts';
import { openHeadset } from '../../../../renderer/phone/index.ts';
import { createStores } from '../../../../renderer/stores/index.ts';
import type { DesktopApi } from '../../../../shared/contracts/desktop-api.ts';
import { scriptedHid } from '../../../support/scripted-headset.ts';
import { emptySnapshot, scriptedBridge } from '../../../support/ui-stage/scripted-bridge.ts';
import { scriptedPhone } from '../../../support/ui-stage/scripted-phone.ts';
import { scriptedSound } from '../../../support/ui-stage/scripted-sound.ts';

/** A desk on scripted outsides, with what rang and what the desktop was told. */
export function deskOnStage(now: number, program: DesktopApi | null = null) {
  const snapshot = emptySnapshot(now);
  const bridge = scriptedBridge(snapshot);
  const phone = scriptedPhone();
  const sound = scriptedSound();
  const computer = scriptedHid();
  const heard: string[] = [];
  /** Where the ringer was told to ring. */
  const rings: string[] = [];
  const told: string[] = [];
  const kept = new Map<string, string>();
  const stores = createStores({
    bridgeUrl: 'http://127.0.0.1:8600',
    theme: 'light',
    language: 'en',
    check: { at: Date.now(), microphone: null },
  });
  const desktop: DesktopApi = program ?? {
    kind: 'browser',
    call: async (name) => {
      told.push(name);
      return {} as never;
    },
    on: () => () => undefined,
  };
  let login = bridge.loginOutcome.ok ? bridge.loginOutcome.value : null;
  let left: typeof login = null;
  /** What is kept of messages: those being written, and those that were sent off. */
  const keptMessages = new Map<string, string>();
  const keptOutbox = new Map<string, string>();
  /** Guides being written. */
  const keptWritten = new Map<string, string>();
  const keptArticles = new Map<string, string>();
  const keptGuides = new Map<string, string>();
  const desk = createDesk({
    stores,
    bridge,
    phone,
    desktop,
    ringer: {
      start: () => void heard.push('ring'),
      stop: () => void heard.push('quiet'),
      use: (devices) => void rings.push(devices.ringer),
    },
    sound,
    openHeadset: (listener) => openHeadset(computer.hid, listener),
    notices: { areAllowed: () => true, ask: async () => undefined },
    chime: () => void heard.push('chime'),
    saveFile: (name) => void told.push(`saved ${name}`),
    keeper: {
      read: () => login,
      write: (value) => {
        login = value;
      },
      forget: () => {
        login = null;
        left = null;
      },
      left: () => left,
    },
    journal: {
      all: () => [...kept].map(([interactionId, text]) => ({ interactionId, text })),
      read: (id) => kept.get(id) ?? null,
      write: (id, text) => void kept.set(id, text),
      forget: (id) => void kept.delete(id),
    },
    messageJournal: {
      all: () => [...keptMessages].map(([interactionId, text]) => ({ interactionId, text })),
      read: (id) => keptMessages.get(id) ?? null,
      write: (id, text) => void keptMessages.set(id, text),
      forget: (id) => void keptMessages.delete(id),
    },
    outboxJournal: {
      all: () => [...keptOutbox].map(([id, text]) => ({ id, text })),
      write: (id, text) => void keptOutbox.set(id, text),
      forget: (id) => void keptOutbox.delete(id),
    },
    guideJournal: {
      all: () => [...keptGuides].map(([interactionId, text]) => ({ interactionId, text })),
      read: (id) => keptGuides.get(id) ?? null,
      write: (id, text) => void keptGuides.set(id, text),
      forget: (id) => void keptGuides.delete(id),
    },
    writtenGuideJournal: {
      all: () => [...keptWritten].map(([interactionId, text]) => ({ interactionId, text })),
      read: (id) => keptWritten.get(id) ?? null,
      write: (id, text) => void keptWritten.set(id, text),
      forget: (id) => void keptWritten.delete(id),
    },
    writtenArticleJournal: {
      all: () => [...keptArticles].map(([interactionId, text]) => ({ interactionId, text })),
      read: (id) => keptArticles.get(id) ?? null,
      write: (id, text) => void keptArticles.set(id, text),
      forget: (id) => void keptArticles.delete(id),
    },
    describe: () => ({ title: 'Somebody', body: '' }),
  });
  const sent = (name: string) => bridge.commands.filter((command) => command.name === name);
  return {
    kept,
    keptGuides,
    keptWritten,
    keptArticles,
    keptMessages,
    keptOutbox,
    snapshot,
    bridge,
    phone,
    sound,
    computer,
    rings,
    stores,
    desk,
    heard,
    told,
    sent,
    isKept: () => login !== null,
    keptLogin: () => login,
    /** The program was killed; another one begins. */
    crashed: () => {
      left = login;
      login = null;
    },
  };
}

/** What a page asks of a screen, and jsdom has none: no preference matches, nothing moves. */
export function standInForScreen(): void {
  window.matchMedia = (query) =>
    ({
      matches: false,
      media: query,
      addEventListener: () => undefined,
      removeEventListener: () => undefined,
    }) as unknown as MediaQueryList;
  document.documentElement.animate ??= () => ({}) as Animation;
}
