import type { AccountPage, Anniversary, Visit } from '../../../shared/contracts/account.ts';
import type { Consumption, ScoreReason } from '../../../shared/contracts/record.ts';
import { daysUntil, scoreReasonText, scoreRuleSentence, type Text } from '../../i18n/index.ts';
import type { AccountField } from '../../stores/index.ts';
import { boxOf, type PointsLine, type Tone } from '../../ui/index.ts';

export const kindsOfUse = ['mobile', 'voice', 'leasedLine', 'cloud', 'data', 'sms', 'broadband', 'roaming'] as const;

/** What a kind of use is called; one that other systems named is called as they do. */
export function kindName({ t }: Text, kind: string | null): string {
  if (kind === null) return t('account.kind.other');
  const known = kindsOfUse.find((each) => each === kind);
  return known ? t(`account.kind.${known}`) : kind;
}

export const boxes = ['develop', 'invest', 'growWith', 'serveWell', 'deepen', 'protect', 'selfService', 'keep', 'hold'] as const;

export function boxName({ t }: Text, at: { readonly value: number; readonly growth: number }): string {
  return t(`account.box.${boxes[boxOf({ x: at.value, y: at.growth })] ?? 'deepen'}`);
}

/** The reasons of a score, the heaviest first; with the rules by which they count where it is told how the score is made. */
export function pointsOf(text: Text, reasons: readonly ScoreReason[], withRules = false): readonly PointsLine[] {
  return reasons
    .toSorted((a, b) => b.points - a.points)
    .map((reason, index) => ({
      id: `${reason.code}-${index}`,
      text: scoreReasonText(text, reason),
      points: reason.points,
      note: withRules ? scoreRuleSentence(text, reason) : null,
    }));
}

/** How far a day is: today, tomorrow, in 12 days, 3 days ago. */
export function inDays({ t }: Text, days: number): string {
  if (days === 0) return t('account.day.today');
  if (days === 1) return t('account.day.tomorrow');
  return days < 0 ? t('account.day.ago', { count: -days }) : t('account.day.in', { count: days });
}

export function chipOfPlan(
  { t }: Text,
  { plan, done, inDays: days }: Anniversary,
): { readonly tone: Tone | 'plain'; readonly text: string } {
  if (done) return { tone: 'ready', text: t('account.plan.done') };
  if (plan !== null) return { tone: 'plain', text: t(`account.plan.${plan}`) };
  return { tone: days <= 30 ? 'waiting' : 'plain', text: t('account.plan.none') };
}

export function chipOfVisit({ t }: Text, visit: Visit, now: number): { readonly tone: Tone | 'accent' | 'plain'; readonly text: string } {
  if (visit.state === 'planned')
    return visit.at < now ? { tone: 'waiting', text: t('account.visit.overdue') } : { tone: 'accent', text: t('account.visit.planned') };
  if (visit.state === 'canceled') return { tone: 'plain', text: t('account.visit.canceled') };
  if (visit.mood === null) return { tone: 'plain', text: t('account.visit.done') };
  const tones = { good: 'ready', lead: 'ready', neutral: 'plain', atRisk: 'broken' } as const;
  return { tone: tones[visit.mood], text: t(`account.mood.${visit.mood}`) };
}

export function churnLevel(churn: number): 'high' | 'medium' | 'low' {
  return churn >= 70 ? 'high' : churn >= 40 ? 'medium' : 'low';
}

export function peopleCount(page: AccountPage): number {
  return page.people.length;
}

/** What a field of the file is called. */
export function fieldName({ t }: Text, field: AccountField): string {
  return t(`account.field.${field}`);
}

export function changeOf({ t, formats }: Text, consumption: Consumption): string | null {
  const { changePercent } = consumption;
  if (changePercent === null || changePercent === 0) return null;
  return t('account.changeIn3', { change: formats.change(changePercent) });
}

/** Today, tomorrow with the time, otherwise the date. */
export function dueWords(text: Text, at: number, now: number): string {
  return daysUntil(at, now) < 0 ? text.formats.date(at) : text.formats.deadline(at, now);
}
