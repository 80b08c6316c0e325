import type { Desk } from '../../../renderer/app/desk.ts';
import { file, messageOf, workOf } from './conversations.ts';
import { madePdf } from './made-pdf.ts';
import type { StageLanguage } from './people.ts';
import type { ScriptedBridge } from './scripted-bridge.ts';

/** Documents: a fax whose pages the bridge draws, a letter as PDF, and one that cannot be shown. */
const scenes = ['document-fax', 'document-pdf', 'document-broken'] as const;
type DocumentScene = (typeof scenes)[number];

export const isDocumentScene = (scene: string): scene is DocumentScene => scenes.some((each) => each === scene);

export function setDocumentScene(scene: DocumentScene, bridge: ScriptedBridge, desk: Desk, language: StageLanguage): void {
  const now = Date.now();
  const say = (en: string, zh: string) => (language === 'en' ? en : zh);
  const work = workOf('document', now, { interactionId: 'i-fax', name: say('Meridian Hosting', '经纬托管') }, language);
  const { conversationId } = work.conversation;
  const isPdf = scene === 'document-pdf';
  const sent = file({
    fileId: 'f-fax',
    name: isPdf ? say('Cancellation.pdf', '解约函.pdf') : say('Fax-2026-11-22.tif', '传真-2026-11-22.tif'),
    mediaType: isPdf ? 'application/pdf' : 'image/tiff',
    pages: 3,
  });
  const message = messageOf(conversationId, 1, 'in', '', now - 120_000, { subject: sent.name, files: [sent] });
  bridge.answers['conversation:messages'] = () => ({
    ok: true,
    value: { conversation: work.conversation, messages: [message], hasMore: false },
  });
  bridge.fetchFile = async (path) => {
    if (scene === 'document-broken') return { ok: false, error: { code: 'bad_request', message: 'damaged' } };
    const number = Number(/pages\/(\d+)/.exec(path)?.[1] ?? 0);
    if (isPdf) return { ok: true, value: { name: null, content: new Blob([madePdf()]) } };
    const sizes = JSON.stringify({ pages: [1, 2, 3].map(() => ({ width: 1728, height: 2290 })) });
    return { ok: true, value: { name: null, content: number === 0 ? new Blob([sizes]) : await faxPage(number) } };
  };
  bridge.snapshotNow = { ...bridge.snapshotNow, inbox: { mine: [work], waiting: [] } };
  setTimeout(() => {
    desk.stores.view.setState({ selectedId: work.interactionId });
    const opening = setInterval(() => {
      const button = document.querySelector<HTMLButtonElement>('.message-file');
      if (!button) return;
      clearInterval(opening);
      button.click();
    }, 20);
  });
}

/** As the bridge draws one: ink on paper. */
function faxPage(number: number): Promise<Blob> {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [864, 1145];
  const ink = canvas.getContext('2d');
  if (ink) {
    ink.fillStyle = '#fff';
    ink.fillRect(0, 0, 864, 1145);
    ink.fillStyle = '#000';
    ink.fillRect(60, 60, 120, 44);
    ink.font = '30px serif';
    for (const [at, line] of ['Meridian Hosting', '', 'Cancellation of contract 50020041', `Page ${number}`].entries())
      ink.fillText(line, 60, 200 + at * 54);
  }
  return new Promise((resolve, reject) => canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture')))));
}
