import type { i18n } from 'i18next';
import type { DesktopApi, DesktopSettings } from '../../shared/contracts/desktop-api.ts';
import { connectBridge } from '../bridge/index.ts';
import { draftJournal, type KeptTexts, outboxJournal, type PageReport, type SessionSecret, sessionKeeper } from '../desktop/index.ts';
import { callerName } from '../i18n/index.ts';
import { computerSound, createRinger, type Hid, lazyPhone, loadSipPhone, openHeadset, playChime } from '../phone/index.ts';
import { createStores, hasUnsavedArticle, hasUnsavedFlow, unsavedCount } from '../stores/index.ts';
import { createDesk, type Desk } from './desk.ts';
import { outsideRinger } from './outside-ringer.ts';
import { programNews } from './program-news.ts';
import { saveFile } from './save-file.ts';

/** What is left on this computer: unsaved texts, and lines of trouble. */
export interface KeptParts {
  readonly texts: KeptTexts;
  /** The log-in of a program that crashed; null where there is no key store. */
  readonly secret: SessionSecret | null;
  readonly report: PageReport;
}

/** Builds the desktop's parts and connects them; the only place that knows them all. */
export function composeDesk(desktop: DesktopApi, settings: DesktopSettings, i18n: i18n, kept: KeptParts, page: Window): Desk {
  const { texts, secret, report } = kept;
  const stores = createStores(settings);
  const tellKeeping = () => stores.computer.setState({ keepsTexts: texts.isKept() });
  tellKeeping();
  texts.onChange(tellKeeping);
  const writer = () => stores.desk.getState().user?.userId ?? '';
  const desk = createDesk({
    stores,
    desktop,
    bridge: connectBridge({ url: settings.bridgeUrl, report }),
    phone: lazyPhone(loadSipPhone),
    ringer: desktop.kind === 'electron' ? outsideRinger(desktop) : createRinger(),
    sound: computerSound(page.navigator.mediaDevices),
    openHeadset: (listener) => openHeadset((page.navigator as Navigator & { readonly hid?: Hid }).hid, listener),
    notices: {
      areAllowed: () => desktop.kind === 'electron' || ('Notification' in page && Notification.permission === 'granted'),
      ask: async () => void ('Notification' in page && (await Notification.requestPermission())),
    },
    chime: playChime,
    saveFile: (name, content) => saveFile(page.document, name, content),
    ...(/\/wallboard$/.test(page.location.pathname) ? { startPlace: 'wallboard' as const } : {}),
    keeper: sessionKeeper(page.sessionStorage, secret),
    journal: draftJournal(texts, writer),
    messageJournal: draftJournal(texts, writer, 'message'),
    outboxJournal: outboxJournal(texts, writer),
    guideJournal: draftJournal(texts, writer, 'guide'),
    writtenGuideJournal: draftJournal(texts, writer, 'writtenGuide'),
    writtenArticleJournal: draftJournal(texts, writer, 'writtenArticle'),
    describe(offer) {
      const language = i18n.language === 'zh' ? 'zh' : 'en';
      return { title: callerName((key, facts) => i18n.t(key, facts ?? {}), offer.pop), body: offer.pop.queueName[language] };
    },
  });
  programNews({ stores, desktop, drafts: desk.drafts, written: desk.written, outbox: desk.outbox });
  page.addEventListener('online', () => desk.wake());
  desktop.on('power:suspending', () => desk.sleep());
  desktop.on('power:resumed', () => desk.wake());
  // A browser asks before it throws away what is unsaved of the configuration or of a call flow.
  page.addEventListener('beforeunload', (event) => {
    const isUnsaved =
      unsavedCount(stores.configuration.getState()) > 0 ||
      hasUnsavedFlow(stores.flows.getState()) ||
      hasUnsavedArticle(stores.articles.getState());
    if (desktop.kind === 'browser' && isUnsaved) event.preventDefault();
  });
  page.addEventListener('pagehide', () => desk.leave());
  return desk;
}
