import { BookOpen, CircleParking, ListChecks, Phone } from 'lucide-react';
import { useCallback } from 'react';
import { useStore } from 'zustand';
import type { ArticleHit } from '../../shared/contracts/knowledge.ts';
import type { PaletteResult } from '../features/commands/index.ts';
import type { GuideName } from '../features/guide/guide-deeds.ts';
import { hitDetail, hitIcons } from '../features/search/index.ts';
import { type Text, useText } from '../i18n/index.ts';
import { currentWork, writtenIn } from '../stores/index.ts';
import type { Desk } from './desk.ts';

const paletteHits = 8;
const paletteArticles = 4;

/** What the palette finds beside actions: customers, companies and cases, articles, a number to call, a place where somebody is parked. */
export function usePaletteResults(desk: Desk): (typed: string) => Promise<readonly PaletteResult[] | null> {
  const text = useText();
  const mayRead = useStore(desk.stores.desk, (state) => state.user?.rights.includes('contact:read') === true);
  const mayServe = useStore(desk.stores.desk, (state) => state.user?.rights.includes('work:handle') === true);
  const mayDial = useStore(desk.stores.desk, (state) => state.user?.rights.includes('call:dial-out') === true);
  return useCallback(
    async (typed: string) => {
      const calls = [...(mayDial && isDiallable(typed) ? [callResult(text, typed, desk)] : []), ...pickUpResult(text, typed, desk)];
      const [hits, articles, guides] = await Promise.all([
        mayRead ? desk.search.find(typed, paletteHits) : [],
        mayServe ? desk.knowledge.find(typed, paletteArticles) : [],
        mayServe ? desk.guides.find(typed) : [],
      ]);
      if (hits === null && articles === null && guides === null && calls.length === 0) return null;
      const customers = (hits ?? []).map(
        (hit): PaletteResult => ({
          id: `${hit.kind}-${hit.id}`,
          icon: hitIcons[hit.kind],
          title: hit.title,
          detail: hitDetail(text, hit),
          open: () => desk.search.open(hit),
        }),
      );
      return [
        ...customers,
        ...calls,
        ...(guides ?? []).map((each) => guideResult(text, each, desk)),
        ...(articles ?? []).map((hit) => articleResult(text, hit, desk)),
      ];
    },
    [desk, text, mayRead, mayServe, mayDial],
  );
}

/** What may be a telephone number, as people type them. */
const isDiallable = (typed: string): boolean => /^\s*\+?[\d][\d ()./-]{2,30}\s*$/.test(typed);

/** The number of a place where somebody may be parked. */
function pickUpResult({ t }: Text, typed: string, desk: Desk): readonly PaletteResult[] {
  const slot = typed.trim();
  if (!/^[1-9]\d?$/.test(slot) || desk.stores.desk.getState().agent === null) return [];
  return [
    {
      id: 'pick-up',
      icon: CircleParking,
      title: t('palette.pickUp', { slot }),
      detail: t('palette.pickUpDetail'),
      open: () => desk.calls.pickUp(slot),
    },
  ];
}

function articleResult({ formats }: Text, { number, titles }: ArticleHit, desk: Desk): PaletteResult {
  const title = writtenIn(titles, formats.language)?.text ?? number;
  return {
    ...{ id: number, group: 'knowledge', icon: BookOpen, title, detail: number },
    open: () => desk.knowledge.open(number),
    beside: () => desk.knowledge.openBeside(number),
  };
}

function guideResult({ t, formats }: Text, { guideId, name }: GuideName, desk: Desk): PaletteResult {
  const { stores } = desk;
  const work = currentWork(stores.desk.getState(), stores.view.getState().selectedId);
  const detail = t(work && work.kind !== 'ringing' ? 'palette.guideHere' : 'palette.guideLook');
  return {
    ...{ id: `guide-${guideId}`, group: 'guides', icon: ListChecks, title: name[formats.language], detail },
    open: () => void desk.guides.open(guideId),
  };
}

function callResult({ t }: Text, typed: string, desk: Desk): PaletteResult {
  const number = typed.trim();
  return { id: 'dial', icon: Phone, title: t('dial.call', { number }), detail: t('dial.detail'), open: () => desk.dial(number) };
}
