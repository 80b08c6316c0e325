import { createRoot } from 'react-dom/client';
import { App } from '../../../renderer/app/App.tsx';
import { createDesk } from '../../../renderer/app/desk.ts';
import { Gallery } from '../../../renderer/app/Gallery.tsx';
import { callerName } from '../../../renderer/i18n/index.ts';
import { createStores } from '../../../renderer/stores/index.ts';
import { wrapUpModes } from '../../../shared/contracts/configuration.ts';
import type { DesktopApi } from '../../../shared/contracts/desktop-api.ts';
import type { AssignedInteraction, WrapUpView } from '../../../shared/contracts/interaction.ts';
import { createI18n } from '../both-languages.ts';
import '../../../renderer/ui/index.ts';
import { isAdminScene, setAdminScene } from './admin-scenes.ts';
import { isBoardScene, setBoardScene } from './board-scenes.ts';
import { isCallScene, setCallScene } from './call-scenes.ts';
import { isCompanyScene, setCompanyScene } from './company-scenes.ts';
import { isDocumentScene, setDocumentScene } from './document-scenes.ts';
import { isFlowScene, setFlowScene } from './flow-scenes.ts';
import { isFollowUpScene, setFollowUpScene } from './follow-up-scenes.ts';
import { isGuideScene, setGuideScene } from './guide-scenes.ts';
import { isHelpScene, setHelpScene } from './help-scenes.ts';
import { isImportScene, setImportScene } from './import-scenes.ts';
import { isInboxScene, setInboxScene } from './inbox-scenes.ts';
import { isBesideCall, isKnowledgeScene, scriptKnowledge, setKnowledgeScene } from './knowledge-scenes.ts';
import { deskSceneOf, outsideSceneOf, programAround, StripOnStage, setOutsideScene } from './outside-scenes.tsx';
import { pop, type StageLanguage, type StageMatch } from './people.ts';
import { isPromptScene, setPromptScene } from './prompt-scenes.ts';
import { isRecordScene, setRecordScene } from './record-scenes.ts';
import { emptySnapshot, scriptedBridge } from './scripted-bridge.ts';
import { scriptedPhone } from './scripted-phone.ts';
import { scriptedSound } from './scripted-sound.ts';
import { isSoundScene, setSoundScene } from './sound-scenes.ts';
import { wrapUpOf } from './wrap-up.ts';

/**
 * The desktop on a stage: the real screens on scripted outsides. `?scene=ringing&lang=zh&theme=dark`. Scenes: login, failed, conflict,
 * replaced, crashed, light, message, message-ringing, idle, away, offline, ringing, callback, candidates, unknown, anonymous, talking, held, rejoining, talking-unknown, wrap-up, palette,
 * keys, gallery, and of the administration, the customer's page and the rest those of the `-scenes.ts` files.
 */
const query = new URLSearchParams(location.search);
const outside = outsideSceneOf(query.get('scene') ?? '');
const scene = outside ? deskSceneOf(outside.of) : (query.get('scene') ?? 'ringing');
const language: StageLanguage = query.get('lang') === 'zh' ? 'zh' : 'en';
const theme = query.get('theme') === 'dark' ? 'dark' : 'light';

const now = Date.now();
const name = language === 'en' ? 'Lena Hartmann' : '林晓月';
const bridge = scriptedBridge(emptySnapshot(now, name, language));
const phone = scriptedPhone();
const sound = scriptedSound();
const settings = { bridgeUrl: location.origin, theme, language } as const;
const program = outside && programAround(outside, settings);
const inBrowser: DesktopApi = { kind: 'browser', call: (async () => settings) as unknown as DesktopApi['call'], on: () => () => undefined };
const desktop = program?.desktop ?? inBrowser;
const stores = createStores(settings);
const i18n = createI18n(language);
document.documentElement.dataset.theme = theme;

const match: StageMatch =
  scene === 'candidates' || scene === 'unknown' || scene === 'anonymous' ? scene : scene === 'talking-unknown' ? 'unknown' : 'certain';
const note =
  language === 'en'
    ? 'October bill: £1,284.00 roaming, lines ending 201, 207 and 233, driver trips to Basel 9–11 Oct.\nWarning text was not sent. She wants it off before the November run on the 25th.'
    : '国际漫游费 ¥11,284.00，尾号 201、207、233，司机 10 月 9 日至 11 日前往巴塞尔。\n未发送提醒短信，客户希望在 11 月 25 日出账前减免。';

function interaction(state: 'assigned' | 'wrapping', call: Partial<AssignedInteraction['call']>): AssignedInteraction {
  const talkedMs = state === 'assigned' ? 402_000 : 554_000;
  const answeredAt = now - talkedMs - (state === 'wrapping' ? 34_000 : 0);
  return {
    interactionId: 'i-1',
    reservationId: 'r-1',
    state,
    pop: pop(match, answeredAt, 78_000, language),
    call: { interactionId: 'i-1', reservationId: 'r-1', state: 'talking', answeredAt, heldSince: null, endedAt: null, end: null, ...call },
    wrapUp: state === 'wrapping' ? wrapUp() : null,
    draft: { interactionId: 'i-1', text: note, revision: 3, savedAt: now - 20_000 },
  };
}

/** `wrap-up` is timed; `wrap-up-optional` and so on name the other modes, `wrap-up-stored` an outcome chosen before the end. */
function wrapUp(): WrapUpView {
  if (scene === 'wrap-up-stored') return wrapUpOf('timedNoEarlyExit', now, 'credit-full');
  return wrapUpOf(wrapUpModes.find((mode) => scene === `wrap-up-${mode}`) ?? 'timed', now);
}

function setTheScene(): void {
  const { agent } = bridge.snapshotNow;
  if (!agent) return;
  const as = (workState: typeof agent.workState) => {
    bridge.snapshotNow = { ...bridge.snapshotNow, agent: { ...agent, workState, since: now - 402_000 } };
  };
  switch (isBesideCall(scene) || isGuideScene(scene) ? 'talking' : scene) {
    case 'away':
      bridge.snapshotNow = { ...bridge.snapshotNow, agent: { ...agent, presence: 'notReady', notReadyReason: 'break' } };
      return;
    case 'ringing':
    case 'callback':
    case 'candidates':
    case 'unknown':
    case 'anonymous':
      as('reserved');
      bridge.snapshotNow = {
        ...bridge.snapshotNow,
        offers: [
          {
            reservationId: 'r-1',
            interactionId: 'i-1',
            channel: 'voice',
            offeredAt: now - 3_000,
            ringsUntil: now + 17_500,
            pop: {
              ...pop(match, now, 71_000, language),
              callback: scene === 'callback' ? { promisedAt: now - 1_260_000, attempt: 1 } : null,
            },
          },
        ],
      };
      return;
    case 'message':
    case 'message-ringing': {
      as(scene === 'message' ? 'engaged' : 'reserved');
      const left = { recordingId: 'r-9', leftAt: now - 3_600_000, durationMs: 38_000 };
      const popped = { ...pop(match, now, 71_000, language), message: left };
      const item = interaction('assigned', { state: 'connecting', answeredAt: null, message: { canCallBack: true } });
      bridge.snapshotNow =
        scene === 'message'
          ? { ...bridge.snapshotNow, interactions: [{ ...item, pop: popped, draft: null }] }
          : {
              ...bridge.snapshotNow,
              offers: [
                {
                  ...{ reservationId: 'r-1', interactionId: 'i-1', channel: 'voice', pop: popped },
                  ...{ offeredAt: now - 3_000, ringsUntil: now + 17_500 },
                },
              ],
            };
      return;
    }
    case 'talking':
    case 'talking-unknown':
    case 'held':
    case 'rejoining':
      as('engaged');
      bridge.snapshotNow = {
        ...bridge.snapshotNow,
        interactions: [
          interaction(
            'assigned',
            scene === 'held' ? { state: 'held', heldSince: now - 58_000 } : scene === 'rejoining' ? { state: 'rejoining' } : {},
          ),
        ],
      };
      return;
    case 'wrap-up':
    case 'wrap-up-optional':
    case 'wrap-up-required':
    case 'wrap-up-timedNoEarlyExit':
    case 'wrap-up-stored':
      as('wrappingUp');
      bridge.snapshotNow = {
        ...bridge.snapshotNow,
        interactions: [
          interaction('wrapping', { state: 'ended', endedAt: now - 34_000, end: { by: 'caller', reason: 'hungUp', fault: 'unknown' } }),
        ],
      };
      return;
    default:
  }
}

setTheScene();
const isSignedIn = !['login', 'failed', 'conflict', 'replaced', 'crashed'].includes(scene);
const noJournal = { all: () => [], read: () => null, write: () => undefined, forget: () => undefined };
const desk = createDesk({
  stores,
  bridge,
  phone,
  desktop,
  ringer: { start: () => undefined, stop: () => undefined, use: () => undefined },
  sound,
  openHeadset: () => ({ choose: async () => false, show: () => undefined, stop: () => undefined }),
  notices: { areAllowed: () => true, ask: async () => undefined },
  chime: () => undefined,
  saveFile: () => undefined,
  keeper: {
    read: () => (isSignedIn && bridge.loginOutcome.ok ? bridge.loginOutcome.value : null),
    write: () => undefined,
    forget: () => undefined,
    left: () => (scene === 'crashed' && bridge.loginOutcome.ok ? bridge.loginOutcome.value : null),
  },
  journal: {
    all: () => (scene === 'left-draft' ? [{ interactionId: 'i-0', text: note }] : []),
    read: () => null,
    write: () => undefined,
    forget: () => undefined,
  },
  messageJournal: noJournal,
  outboxJournal: noJournal,
  guideJournal: noJournal,
  writtenGuideJournal: noJournal,
  writtenArticleJournal: noJournal,
  describe: (offer) => ({ title: callerName((key, facts) => i18n.t(key, facts ?? {}), offer.pop), body: '' }),
});
if (isCallScene(scene)) setCallScene(scene, bridge, desk, language);
if (isAdminScene(scene)) setAdminScene(scene, bridge, desk);
if (isBoardScene(scene)) setBoardScene(scene, bridge, desk, language);
if (isRecordScene(scene)) setRecordScene(scene, bridge, desk, language);
if (isPromptScene(scene)) setPromptScene(scene, bridge, desk, now);
if (isImportScene(scene)) setImportScene(scene, bridge, desk, language);
if (isInboxScene(scene)) setInboxScene(scene, bridge, desk, language);
if (isDocumentScene(scene)) setDocumentScene(scene, bridge, desk, language);
if (isFlowScene(scene)) setFlowScene(scene, bridge, desk, language);
if (isFollowUpScene(scene)) setFollowUpScene(scene, bridge, desk, language);
if (isHelpScene(scene)) setHelpScene(scene, bridge, desk, language);
if (isGuideScene(scene)) setGuideScene(scene, bridge, desk, language);
if (isCompanyScene(scene)) setCompanyScene(scene, bridge, desk, language);
scriptKnowledge(bridge, now, language);
if (isKnowledgeScene(scene)) setKnowledgeScene(scene, bridge, desk, language);
if (outside) setOutsideScene(outside, bridge, desk, language);
desk.start();
if (scene === 'failed') stores.session.setState({ phase: 'signedOut', failure: 'login_failed', isBusy: false }, true);
if (scene === 'conflict') stores.session.setState({ phase: 'signedOut', failure: 'conflict', isBusy: false }, true);
if (scene === 'replaced') stores.session.setState({ phase: 'replaced', at: now }, true);
if (scene === 'offline' || scene === 'light') bridge.loseConnection();
if (scene === 'light') {
  desk.drafts.edit('i-1', note);
  stores.connection.setState({ phone: 'lost' });
  stores.computer.setState({ update: { kind: 'ready', version: '1.1.0', mayInstall: true } });
  stores.view.setState({ open: 'connection' });
}
if (isSoundScene(scene)) setSoundScene(scene, bridge, desk, phone, sound);
if (scene === 'palette' || scene === 'keys') stores.view.setState({ open: scene });
if (scene.startsWith('talking') || scene === 'held' || isBesideCall(scene) || isGuideScene(scene)) {
  stores.call.setState({ carried: ['r-1'] });
  bridge.push('call:quality', { interactionId: 'i-1', lossPercent: 0, jitterMs: 4, bars: 4 });
}
if (scene.startsWith('wrap-up') || scene === 'what-next') {
  stores.view.setState({ outcomes: { 'i-1': 'credit-full' } });
  stores.call.setState({ lastBars: 4 });
}

const root = document.getElementById('root');
if (root)
  createRoot(root).render(
    scene === 'gallery' ? (
      <Gallery />
    ) : program && outside?.kind === 'strip' ? (
      <StripOnStage program={program} desk={desk} i18n={i18n} />
    ) : (
      <App desk={desk} i18n={i18n} />
    ),
  );
