import type { StoredSurvey, SurveyAnswer, SurveyRepository, SurveySubject } from '../../../../cti-bridge/interactions/index.ts';

interface Kept extends StoredSurvey {
  readonly state: 'due' | 'sent' | 'answered' | 'dropped';
  readonly answeredBy: string | null;
}

/** Surveys in memory, for one of each contact. */
export class FakeSurveys implements SurveyRepository {
  readonly subjects = new Map<string, SurveySubject>();
  readonly kept = new Map<string, Kept>();
  readonly answers = new Map<string, SurveyAnswer>();

  /** What the events and the rows say to a start. */
  unasked: Awaited<ReturnType<SurveyRepository['readUnasked']>> = [];
  untold: Awaited<ReturnType<SurveyRepository['readUntold']>> = [];

  async readSubject(interactionId: string) {
    return this.subjects.get(interactionId) ?? null;
  }
  async plan(survey: StoredSurvey, since: number) {
    const isSame = (each: Kept) =>
      each.addressKey === survey.addressKey || (each.contactId !== null && each.contactId === survey.contactId);
    const wasAsked = [...this.kept.values()].some((each) => each.dueAt > since && each.state !== 'dropped' && isSame(each));
    if (wasAsked || this.kept.has(survey.interactionId)) return false;
    this.kept.set(survey.interactionId, { ...survey, state: 'due', answeredBy: null });
    return true;
  }
  async readDue(now: number, limit: number) {
    return [...this.kept.values()].filter(({ state, dueAt }) => state === 'due' && dueAt <= now).slice(0, limit);
  }
  async nextDueAt() {
    const due = [...this.kept.values()].filter(({ state }) => state === 'due').map(({ dueAt }) => dueAt);
    return due.length === 0 ? null : Math.min(...due);
  }
  async settle(...[interactionId, as, at]: Parameters<SurveyRepository['settle']>) {
    const kept = this.kept.get(interactionId);
    if (kept?.state === 'due') this.kept.set(interactionId, { ...kept, state: as.state, sentAt: as.state === 'sent' ? at : null });
  }
  async findByToken(token: string) {
    const found = [...this.kept.values()].find((each) => each.token === token && (each.state === 'sent' || each.state === 'answered'));
    return found ? { ...found, isAnswered: found.state === 'answered' } : null;
  }
  async findAsked(lineId: string, addressKey: string, since: number, answeredBy: string) {
    const fits = (each: Kept) =>
      each.by === 'sms' && each.sourceId === lineId && each.addressKey === addressKey && (each.sentAt ?? 0) >= since;
    return [...this.kept.values()].find((each) => fits(each) && (each.state === 'sent' || each.answeredBy === answeredBy)) ?? null;
  }
  async answer(interactionId: string, answer: SurveyAnswer, answeredBy: string) {
    const kept = this.kept.get(interactionId);
    if (!kept || (kept.state !== 'sent' && kept.answeredBy !== answeredBy)) return false;
    this.kept.set(interactionId, { ...kept, state: 'answered', answeredBy });
    this.answers.set(interactionId, answer);
    return true;
  }
  async findWordless(lineId: string, addressKey: string, since: number, text: string) {
    const fits = (each: Kept) =>
      each.sourceId === lineId && each.addressKey === addressKey && (each.sentAt ?? 0) >= since && each.state === 'answered';
    return (
      [...this.kept.values()].find((each) => fits(each) && ['', text].includes(this.answers.get(each.interactionId)?.text ?? '?')) ?? null
    );
  }
  async comment(interactionId: string, text: string) {
    const answer = this.answers.get(interactionId);
    if (answer) this.answers.set(interactionId, { ...answer, text });
    return answer !== undefined;
  }
  async readUnasked() {
    return this.unasked.filter(({ interactionId }) => !this.kept.has(interactionId));
  }
  async readUntold() {
    return this.untold;
  }
  async rate(interactionId: string, answer: SurveyAnswer) {
    this.answers.set(interactionId, answer);
    return { queueId: null, agentId: null };
  }
}
